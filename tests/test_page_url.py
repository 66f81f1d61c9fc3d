"""The canonical URL as a table, and as properties."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from page.url import MAX_LENGTH, _as_it_stands, _canonical, canonical, host_of

CASES = [
    # (link, base, key)
    ("HTTP://Example.COM:80/a", "", "http://example.com/a"),
    ("https://a.cn:443", "", "https://a.cn/"),
    ("http://a.cn:8080/", "", "http://a.cn:8080/"),
    ("http://a.cn/a/../b/./c", "", "http://a.cn/b/c"),
    ("../../../x", "http://a.cn/b/", "http://a.cn/x"),
    ("http://a.cn/a/b/..", "", "http://a.cn/a/"),
    ("http://a.cn/x#part", "", "http://a.cn/x"),
    ("http://a.cn/x?b=2&a=1", "", "http://a.cn/x?a=1&b=2"),
    ("http://a.cn/x?utm_source=a&utm_medium=b&id=3", "", "http://a.cn/x?id=3"),
    ("http://a.cn/x?utm_source=a", "", "http://a.cn/x"),
    ("http://a.cn/x?fbclid=1&spm=2&from=x", "", "http://a.cn/x?from=x"),
    ("/x;jsessionid=ABC?PHPSESSID=1", "http://a.cn/", "http://a.cn/x"),
    ("http://a.cn/x?a=1;b=2", "", "http://a.cn/x?a=1%3Bb%3D2"),  # one value, as browsers have it
    ("http://a.cn/x?sid=42", "", "http://a.cn/x?sid=42"),  # an article's number at many a site
    ("/2018-世界", "http://a.cn/x", "http://a.cn/2018-%E4%B8%96%E7%95%8C"),
    ("http://a.cn/%e4%b8%96", "", "http://a.cn/%E4%B8%96"),
    ("http://a.cn/%B5%E7", "", "http://a.cn/%B5%E7"),  # GBK stays GBK
    ("http://中国.cn/", "", "http://xn--fiqs8s.cn/"),
    ("http://user:secret@a.cn/", "", "http://a.cn/"),
    ("//b.cn/x", "https://a.cn/", "https://b.cn/x"),
    ("?page=2", "http://a.cn/list?utm_source=1", "http://a.cn/list?page=2"),
    ("  http://a.cn/x\n", "", "http://a.cn/x"),
    ("http://a.cn/a\nb", "", "http://a.cn/ab"),
    ("http://a.cn\\b", "", None),
    ("http://[::1]:80/a", "", "http://[::1]/a"),
    ("http://a.cn./x", "", "http://a.cn/x"),
    ("javascript:alert(1)", "http://a.cn/", None),
    ("mailto:a@b.cn", "http://a.cn/", None),
    ("file:///etc/passwd", "http://a.cn/", None),
    ("data:text/html,x", "http://a.cn/", None),
    ("ftp://a.cn/x", "", None),
    ("http://", "", None),
    ("http:///x", "", None),
    ("http://a.cn:port/", "", None),
    ("http://a.cn:99999/", "", None),
    ("http://[::1", "", None),
    ("http://a b/", "", None),
    ("", "", None),
    ("http://a.cn/" + "x" * MAX_LENGTH, "", None),
]


@pytest.mark.parametrize(("link", "base", "key"), CASES)
def test_keys(link: str, base: str, key: str | None) -> None:
    assert canonical(link, base) == key


@given(st.text(max_size=60), st.sampled_from(["", "http://a.cn/x/y?z=1"]))
def test_never_raises_and_is_idempotent(link: str, base: str) -> None:
    key = canonical(link, base)
    if key is not None:
        assert canonical(key) == key
        assert key.isascii()
        assert key.startswith(("http://", "https://"))
        assert host_of(key)


@given(st.text("/.%ab?&=;:@[]世é #\\", max_size=40))
def test_hostile_shapes_are_idempotent_too(rest: str) -> None:
    key = canonical("http://a.cn/" + rest)
    if key is not None:
        assert canonical(key) == key
        assert host_of(key) == "a.cn"


_PIECES = (
    "http://",
    "https://",
    "/",
    "a",
    "b.cn",
    ".",
    "-",
    ":8080",
    ":80",
    "A",
    "..",
    "%41",
    "%E6%96",
    "%e6",
    "%2F",
    "?",
)


@given(st.lists(st.sampled_from(_PIECES), max_size=7).map("".join))
def test_a_plain_address_is_its_own_key(url: str) -> None:
    for base in ("", "http://a.cn:8700/x/y", "https://b.cn/"):
        plain = _as_it_stands(url, base)
        assert plain is None or plain == _canonical(urljoin(base, url))
