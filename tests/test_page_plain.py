"""Which plain text is a page."""

from __future__ import annotations

import pytest

from page.plain import is_page

CASES = [  # body, path, whether it is a page
    (b"Section 1\nText.\x0c\nPage 2", "/law.txt", True),  # with a form feed, as RFCs have them
    ("第一章 总则".encode("gb18030"), "/a", True),
    ("第一章 总则".encode("utf-16"), "/a", True),
    (b"\x1b$B@/I\x1b(B", "/iso-2022-jp", True),
    (b"\x7fELF\x02\x01\x01\x00", "/a.txt", False),
    (b"Rar!\x1a\x07\x01\x00", "/a", False),
    (b'{"error": "not found"}\n', "/a", False),
    ("[摘要] 本文说明。".encode(), "/a", True),
    (b"User-agent: *", "/robots.txt", False),
    (b"User-agent: *", "/ROBOTS.TXT", False),
    (b"What robots.txt is for.", "/help/robots.txt", True),
    (b"Contact: mailto:a@a.example", "/.well-known/security.txt", False),
    (b"\xef\xbb\xbfhttps://a.example/1\nhttps://a.example/2", "/map.txt", False),
    ("见下。\nhttps://a.example/1".encode(), "/a.txt", True),
]


@pytest.mark.parametrize(("body", "path", "page"), CASES)
def test_which_plain_text_is_a_page(body: bytes, path: str, page: bool) -> None:
    assert is_page(body, f"https://a.example{path}") == page
