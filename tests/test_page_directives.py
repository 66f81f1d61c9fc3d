"""What meta tags and X-Robots-Tag headers ask of us."""

from __future__ import annotations

import pytest

from page.build import build
from page.directives import in_headers, in_meta, is_ours

BOTH = {"noindex", "nofollow"}


@pytest.mark.parametrize(
    ("content", "asked"),
    [
        ("noindex", {"noindex"}),
        ("NOINDEX,NOFOLLOW", BOTH),
        ("noindex， nofollow", BOTH),  # a Chinese comma
        ("none", BOTH),
        ("index, follow", set()),
        ("noarchive, nosnippet", set()),  # about showing, not about keeping
        ("noindexes", set()),
        ("max-snippet:50; nofollow", {"nofollow"}),
        ("unavailable_after: 2026-01-01", {"noindex"}),
        ("unavailable_after: 2030-01-01", set()),
        ("unavailable_after: 25 Jun 2020 15:00:00 PST", {"noindex"}),
        ("unavailable_after: 25-Aug-2007 15:00:00 EST", {"noindex"}),
        ("unavailable_after: 明年", set()),
        ("", set()),
    ],
)
def test_meta(content: str, asked: set[str]) -> None:
    assert in_meta([content], "2026-06-01") == asked
    assert in_headers([content], "2026-06-01") == asked


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        (["noindex", "nofollow"], BOTH),  # two headers
        (["duizhao: noindex"], {"noindex"}),
        (["Duizhao: none"], BOTH),
        (["googlebot: noindex, nofollow"], BOTH),
        (["BaiduSpider: noindex"], {"noindex"}),
        (["otherbot: noindex"], set()),
        (["otherbot: noindex", "nofollow"], {"nofollow"}),
        (["googlebot-image: noindex"], set()),
        (["unavailable_after: 2020-01-01, nofollow"], BOTH),
    ],
)
def test_headers(values: list[str], asked: set[str]) -> None:
    assert in_headers(values, "2026-06-01") == asked


@pytest.mark.parametrize("name", ["robots", "ROBOTS", " Baiduspider ", "Sogou web spider"])
def test_names_that_are_ours(name: str) -> None:
    assert is_ours(name)


@pytest.mark.parametrize("text", ["The city opened its data.", "市政府开放了数据。"])
@pytest.mark.parametrize("name", ["robots", "duizhao", "360Spider"])
def test_pages_of_both_languages(text: str, name: str) -> None:
    body = f'<meta charset=utf-8><meta name="{name}" content="noindex"><p>{text}</p>'
    page = build(body.encode(), "http://a.cn/")
    assert (page.noindex, page.nofollow) == (True, False)


@pytest.mark.parametrize(
    ("value", "asked"),
    [
        ("a{}x", set()),
        ("{}: noindex", {"noindex"}),
        ("a {}: noindex", set()),
        ("noindex{}", {"noindex"}),
    ],
)
def test_long_headers_are_read_at_once(value: str, asked: set[str]) -> None:
    """Not in the square of their length, which here would be hours."""
    assert in_headers([value.format(" " * 1_000_000)], "2026-06-01") == asked
