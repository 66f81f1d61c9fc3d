"""The reading list: its order, its length, and that one source is not the whole of it."""

from __future__ import annotations

from report.reading import LENGTH, PER_SOURCE
from store.model import StoredPage
from tests.report_store import GOV, MemoryStore, a_page, measurement_of


def titles(*pages: StoredPage) -> list[str]:
    return [work.title for work in measurement_of(MemoryStore(pages)).reading]


def named(url_id: int, title: str, text: str = "", **fields: object) -> StoredPage:
    source = GOV._replace(id=f"s{url_id}")
    return a_page(url_id, f"数字政府 {text}", title=title, **({"source": source} | fields))  # type: ignore[arg-type]


def test_the_order() -> None:
    assert titles(
        named(1, "old", date="2001"),
        named(2, "undated", date=""),
        named(3, "new"),
        named(4, "copied", sketch=b"c", date="2002"),
        named(5, "the copy", sketch=b"c", date="2003"),
        named(6, "two concepts", "政务云"),
        a_page(7, "一网通办 政务云 城市大脑", title="no core concept"),
    ) == ["two concepts", "copied", "new", "old", "undated", "no core concept"]


def test_english_first_then_chinese_and_reprints_are_counted() -> None:
    pages = [a_page(1, sketch=b"z"), a_page(2, sketch=b"z"), a_page(3, "Digital government", "en")]
    reading = measurement_of(MemoryStore(pages)).reading
    assert [(work.lang, work.copies) for work in reading] == [("en", 0), ("zh", 1)]


def test_no_source_fills_the_list_and_the_list_ends() -> None:
    assert len(titles(*(named(i, "t", source=GOV) for i in range(1, 9)))) == PER_SOURCE
    assert len(titles(*(named(i, "t") for i in range(1, 40)))) == LENGTH
