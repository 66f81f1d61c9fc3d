"""Sources: every kind of mistake, with its line and advice, and the normal form of hosts."""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path

import pytest

from config.load import load
from tests.configuring import SOURCE, problems, write

# What is replaced, by what, the line of the problem, and part of its message.
SOURCE_ERRORS = [
    ('kind = "press"', 'kind = "goverment"', 5, "did you mean 'government'?"),
    ('kind = "press"', 'kind = "Press"', 5, "did you mean 'press'?"),
    ('region = "mainland"', 'region = "Macao"', 6, "did you mean 'Macau'?"),
    ('region = "mainland"', "region = 1", 6, "1 is not text"),
    ('["zh"]', '["zh", "fr"]', 4, "'fr' is none of en, zh"),
    ('["zh"]', "[]", 4, "langs is empty"),
    ('["zh"]', '"zh"', 4, "'zh' is not an array"),
    ('id = "s"', 'id = "S p"', 2, "'S p' is no id"),
    ('id = "s"', 'id = "../s"', 2, "'../s' is no id"),
    ('id = "s"\n', "", 1, "'id' is missing"),
    ('name = "S"', 'name = " \u3000 "', 3, "is empty"),
    ('name = "S"', 'name = "S\\u001b[31m"', 3, r"'S\x1b[31m' holds a control character"),
    ('name = "S"', 'nmae = "S"', 3, "unknown key 'nmae'; did you mean 'name'?"),
    ('name = "S"', 'name = "S"\nname = "T"', 4, "Cannot overwrite a value"),
    ('home = ["https://example.org/"]', "", 1, "no entry point"),
    ('home = ["https://example.org/"]', "home = []", 1, "no entry point"),
    ("https://example.org/", "ftp://example.org/", 7, "only http:// and https://"),
    ("https://example.org/", "file:///etc/passwd", 7, "only http:// and https://"),
    ("https://example.org/", "example.org", 7, "only http:// and https://"),
    ("https://example.org/", "https:///path", 7, "names no host"),
    ("https://example.org/", "https://me:secret@example.org/", 7, "user name or password"),
    ("https://example.org/", "https://@example.org/", 7, "user name or password"),
    ("https://example.org/", "https://example.org:99999/", 7, "is no URL"),
    ("https://example.org/", "https://exa mple.org/", 7, "without spaces"),
    ("https://example.org/", "https://example.org/\\nx", 7, "without spaces"),
    ("https://example.org/", "https://[::1/", 7, "is no URL"),
    ("https://example.org/", "https://exa%mple.org/", 7, "cannot be a name"),
    ("https://example.org/", f"https://example.org/{'a' * 2000}", 7, "2,000 letters at most"),
    ("home = [", 'home = [\n  "https://a.org/",\n  "gopher://b.org/",\n', 9, "'gopher://b.org/'"),
    ("region =", 'deny = ["ok", "("]\nregion =', 6, "'(' is no regular expression"),
    ("region =", 'allow = ["a{99999999999999999}"]\nregion =', 6, "is no regular expression"),
    ("region =", 'deny = ["example"]\nregion =', 8, "refused by this source's own deny"),
    ("region =", 'allow = ["/zwgk/"]\nregion =', 8, "refused by this source's own allow"),
    ("region =", 'hosts = ["https://example.org"]\nregion =', 6, "is no host name"),
    ("region =", 'hosts = ["*.example.org"]\nregion =', 6, "is no host name"),
    ("region =", "max_pages = -1\nregion =", 6, "-1 is not a whole number from 1"),
    ("region =", "max_depth = 1.5\nregion =", 6, "1.5 is not a whole number"),
    ("[[source]]", f"{SOURCE}[[source]]", 9, "id: 's' is another source's"),
    ("[[source]]", "[source]", 1, "double brackets"),
    ("[[source]]", 'sources = "x.toml"\n[[source]]', 1, "both given"),
]


@pytest.mark.parametrize(("old", "new", "line", "message"), SOURCE_ERRORS)
def test_mistakes_in_a_source(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    assert old in SOURCE
    path = write(tmp_path, SOURCE.replace(old, new, 1))
    found = problems(path)
    assert any(each.startswith(f"{path}:{line}: ") and message in each for each in found), found
    assert not any("secret" in each for each in found)


def test_a_pattern_is_tried_on_the_address_as_it_is_crawled(tmp_path: Path) -> None:
    bare = SOURCE.replace("example.org/", "example.org")
    config = load(write(tmp_path, f"{bare}allow = ['example\\.org/']\n"))
    assert config.sources[0].home == ("https://example.org",)


def test_addresses_and_hosts_take_their_normal_form(tmp_path: Path) -> None:
    more = 'hosts = ["WWW.Example.ORG.", "政务.cn", "x.org:8080"]\nfeed = ["HTTP://政务.cn:80/f"]\n'
    path = write(tmp_path, f'{SOURCE}{more}[crawl]\nallow_addresses = ["127.0.0.1", "fd00::/8"]\n')
    config = load(path)
    assert config.sources[0].hosts == (
        "example.org",
        "xn--zfr164b.cn",
        "www.example.org",
        "x.org:8080",
    )
    assert config.crawl.allow_addresses == (ip_network("127.0.0.1"), ip_network("fd00::/8"))
