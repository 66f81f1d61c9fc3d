"""Strings made harmless: for a line, for a spreadsheet, for a link."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.render.inert import cell, link, plain
from tests.report_html import HOSTILE_URLS

PLAIN = [
    ("数字政府 ＡＢ", "数字政府 ＡＢ"),
    ("a\r\nb\tc", "a b c"),
    ("a\x00\x1b[31mb", "a [31mb"),
    ("\u202egnp.exe\u2066", "\ufffdgnp.exe\ufffd"),
    ("\ud800x\ufffe", "\ufffdx\ufffd"),
    ("𠮷👩‍💻", "𠮷👩‍💻"),
]


@pytest.mark.parametrize(("text", "expected"), PLAIN)
def test_plain(text: str, expected: str) -> None:
    assert plain(text) == expected


CELLS = [
    ("数字政府", "数字政府"),
    ("", ""),
    ("=1", "'=1"),
    ("+1", "'+1"),
    ("-1", "'-1"),
    ("@x", "'@x"),
    ("＝1", "'＝1"),
    ("＋1", "'＋1"),
    ("－1", "'－1"),
    ("＠x", "'＠x"),
    ("\tx", "' x"),
    ("\rx", "' x"),
    ("  =1", "'  =1"),
    ("\u3000＝1", "'\u3000＝1"),
    ("a=1", "a=1"),
]


@pytest.mark.parametrize(("text", "expected"), CELLS)
def test_cells(text: str, expected: str) -> None:
    assert cell(text) == expected


any_text = st.text(st.characters(), max_size=30)


@given(any_text)
def test_any_text_becomes_one_writable_line(text: str) -> None:
    clean = plain(text)
    assert plain(clean) == clean
    assert clean.encode("utf-8").decode("utf-8") == clean
    assert len(clean.splitlines()) <= 1


@given(st.lists(any_text, min_size=1, max_size=4))
def test_any_cells_come_back_and_none_is_a_formula(texts: list[str]) -> None:
    buffer = io.StringIO()
    csv.writer(buffer).writerow([cell(text) for text in texts])
    (row,) = csv.reader(io.StringIO(buffer.getvalue()))
    assert row == [cell(text) for text in texts]
    assert not any(value.lstrip().startswith(tuple("=+-@＝＋－＠\t\r")) for value in row)


@pytest.mark.parametrize("url", HOSTILE_URLS)
def test_links_that_may_not_live(url: str) -> None:
    assert link(url) == ""


@pytest.mark.parametrize(
    "url",
    [
        "https://www.gov.cn/zhengce/2022-06/23/content_5697299.htm",
        "http://example.org:8080/?q=数字政府&a='b'",
        "HTTPS://例子.中国/路径#节",
    ],
)
def test_links_that_live_stay_as_they_are(url: str) -> None:
    assert link(url) == url
