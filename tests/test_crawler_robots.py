"""robots.txt: the rules of RFC 9309 as a table."""

from __future__ import annotations

import pytest

from crawler.robots import AGENT, MAX_BYTES, from_response

GROUPS = b"""\
User-agent: *
Disallow: /all

User-agent: duizhao
Disallow: /ours
"""
CASES = [
    # (file, path, allowed)
    (b"", "/", True),
    (b"User-agent: *\nDisallow:", "/a", True),
    (b"User-agent: *\nDisallow: /", "/", False),
    (b"User-agent: *\nDisallow: /", "/a?b", False),
    (b"user-agent: *\ndisallow: /a", "/a", False),  # 2.2: field names are case-insensitive
    (b"User-agent: *\nDisallow: /a", "/A", True),  # 2.2.2: paths are not
    (b"User-agent: *\nDisallow: /a", "/abc", False),  # prefix
    (b"User-agent: *\nDisallow: /a/", "/a", True),
    (b"User-agent: *\nDisallow: /a$", "/a", False),  # 2.2.3: $ ends
    (b"User-agent: *\nDisallow: /a$", "/ab", True),
    (b"User-agent: *\nDisallow: /*.php", "/x/y.php?z", False),  # 2.2.3: * any
    (b"User-agent: *\nDisallow: /*.php$", "/x.php?z", True),
    (b"User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b", True),  # 2.2.2: the longest wins
    (b"User-agent: *\nAllow: /a/b\nDisallow: /a", "/a/c", False),
    (b"User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),  # 2.2.2: a tie allows
    (GROUPS, "/all", True),  # 2.2.1: our own group replaces *
    (GROUPS, "/ours", False),
    (b"User-agent: DUIZHAO\nDisallow: /", "/", False),  # 2.2.1: case-insensitive
    (b"User-agent: other\nDisallow: /", "/", True),
    (b"User-agent: other\nUser-agent: duizhao\nDisallow: /", "/", False),  # grouped
    (b"User-agent: duizhao\nDisallow: /a\n\nUser-agent: duizhao\nDisallow: /b", "/b", False),
    (b"\xef\xbb\xbfUser-agent: *\nDisallow: /", "/", False),  # a BOM is not part of the name
    (b"User-agent: *\r\nDisallow: /\r\n", "/", False),
    (b"User-agent: *\rDisallow: /", "/", False),
    (b"User-agent: x\rDisallow: /\r\rUser-agent: Duizhao/0.1\rDisallow: /a\r", "/b", True),
    (b"User-agent: x\rAllow: /\r\rUser-agent: Duizhao/0.1\rDisallow: /a\r", "/a", False),
    ("User-agent: *\r\nDisallow: /a\r\n".encode("utf-16"), "/a", False),  # an editor's "Unicode"
    (b"\xfe\xff" + "# 规则\nUser-agent: *\nDisallow: /a".encode("utf-16-be"), "/a", False),
    (b"User-agent: * # everyone\nDisallow: /a # not this", "/a", False),
    (b"User-agent: *\nDisallow: /%E6%95%B0", "/%E6%95%B0%E5%AD%97", False),
    (b"User-agent: *\nDisallow: /\xe6\x95\xb0", "/%E6%95%B0", False),  # UTF-8 is percent-encoded
    (b"<html><body>not found</body></html>", "/a", True),  # nonsense forbids nothing
    (b"\x00\xff\xfe garbage \n\nDisallow: /", "/a", True),  # a rule outside any group
    (b"User-agent: *\nCrawl-delay: 5\nDisallow: /a", "/a", False),  # unknown lines do not split
    (b"User-agent: *\nDisallow: /a\nSitemap: http://a.cn/s.xml\nDisallow: /b", "/b", False),
    (b"User-agent: Duizhao/0.1\nDisallow: /", "/", False),  # 2.2.1: the product token counts
    (b"User-agent: duizhaobot\nDisallow: /", "/", True),  # another token, however alike
    (b"User-agent: zhao\nDisallow: /", "/", True),
    (b"User-agent: zhao\nAllow: /\n\nUser-agent: *\nDisallow: /", "/", False),
    (b"User-agent: x\nDisallow: /\n", "/", True),
    (b"User-agent: *\nDisallow: /\n\nUser-agent: duizhao\nAllow: /\n", "/a", True),
    (b"User-agent: *\nDisallow: /\n\nUser-agent: duizhao\n", "/a", True),  # an empty group
    (b"User-agent: duizhao # us\nDisallow: /", "/", False),
    (b"User-agent: *\nDisallow: /a/*/c\n", "/a/b/b/c", False),
    (b"User-agent: *\nDisallow: *.gif$\n", "/x.gif", False),
    (b"User-agent: *\nAllow: /p\nDisallow: /\n", "/page", True),  # 5.2: longest match
    (b"User-agent: *\nAllow: /folder\nDisallow: /folder\n", "/folder/page", True),
    (b"User-agent: *\nAllow: /page\nDisallow: /*.htm\n", "/page.htm", False),
    (b"User-agent: *\nAllow: /$\nDisallow: /\n", "/", True),
    (b"User-agent: *\nAllow: /$\nDisallow: /\n", "/a", False),
    (b"User-agent: *\nDisallow: /a%3cd\n", "/a%3Cd", False),  # 2.2.2: case of escapes
    (b"User-agent: *\nDisallow: /a?b=\n", "/a?b=c", False),
    (b"  User-agent : *  \n  Disallow : /a  \n", "/a", False),  # white space around
    (b"User-agent: *\nDisallow: /\xca\xfd", "/a", True),  # GB18030 in a path harms nothing else
    (b"Sitemap: http://a.cn/s.xml\nUser-agent: *\nDisallow: /a", "/a", False),
]


@pytest.mark.parametrize(("body", "path", "allowed"), CASES)
def test_rules(body: bytes, path: str, allowed: bool) -> None:
    rules = from_response(200, body)
    assert rules.allows(f"http://a.cn{path}", AGENT) is allowed


@pytest.mark.parametrize(
    ("status", "reachable", "allowed"),
    [
        (200, True, False),
        (204, True, True),
        (400, True, True),  # 2.3.1.3: unavailable allows
        (401, True, True),
        (403, True, True),
        (404, True, True),
        (410, True, True),
        (429, False, False),  # a plea to slow down
        (500, False, False),  # 2.3.1.4: unreachable forbids
        (503, False, False),
        (599, False, False),
    ],
)
def test_status(status: int, reachable: bool, allowed: bool) -> None:
    body = b"User-agent: *\nDisallow: /" if status != 204 else b""
    rules = from_response(status, body)
    assert (rules.reachable, rules.allows("http://a.cn/", AGENT)) == (reachable, allowed)


def test_only_the_first_half_megabyte_counts() -> None:
    filler = b"User-agent: *\nDisallow: /early\n" + b"# filler\n" * 1_200_000
    rules = from_response(200, filler + b"User-agent: *\nDisallow: /late\n")
    assert not rules.allows("http://a.cn/early", AGENT)
    assert rules.allows("http://a.cn/late", AGENT)


def test_half_a_line_at_the_end_of_it_is_no_rule() -> None:
    begun = b"User-agent: *\nDisallow: /early\n"
    filler = b"#" * (MAX_BYTES - len(begun) - len("\nDisallow: /"))
    rules = from_response(200, begun + filler + b"\nDisallow: /private\n")
    assert not rules.allows("http://a.cn/early", AGENT)
    assert rules.allows("http://a.cn/public", AGENT)


@pytest.mark.parametrize(
    ("asked", "wait"), [(0.0, 3600.0), (60.0, 3600.0), (7200.0, 7200.0), (1e9, 86_400.0)]
)
def test_a_server_in_trouble_is_left_alone_as_long_as_it_asks(asked: float, wait: float) -> None:
    assert from_response(503, b"", asked).wait == wait


@pytest.mark.parametrize(
    ("line", "seconds"),
    [(b"5", 5.0), (b"0.05", 0.05), (b"86400", 86400.0), (b"-3", 0.0), (b"soon", 0.0), (b"", 0.0)],
)
def test_crawl_delay(line: bytes, seconds: float) -> None:
    rules = from_response(200, b"User-agent: *\nCrawl-delay: " + line + b"\nDisallow: /x")
    assert rules.delay(AGENT) == seconds


def test_sitemaps_are_offered() -> None:
    body = b"Sitemap: http://a.cn/1.xml\nUser-agent: *\nDisallow:\nsitemap: /2.xml"
    assert from_response(200, body).sitemaps() == ("http://a.cn/1.xml", "/2.xml")


@pytest.mark.parametrize("blank", ["\n", " \n", "\t \r\n", " ", "user\n"])
def test_blank_lines_are_passed_at_once(blank: str) -> None:
    """Not in the square of their number, which here would be an hour."""
    body = blank * (500_000 // len(blank)) + "\nUser-agent: *\nDisallow: /no"
    rules = from_response(200, body.encode())
    assert not rules.allows("http://a.cn/no", AGENT)
