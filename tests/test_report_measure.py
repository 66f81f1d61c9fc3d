"""Counts: that the rows add up, whatever was crawled, and that small numbers make no ratio."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.model import KINDS, REGIONS
from report.counts import Row, log2_ratio
from report.gap.evidence import NONE, Evidence
from report.model import Measurement
from store.model import Removed, SourceRow, StoredPage
from store.records import Account, Run
from tests.gap_webs import corpus, judged
from tests.report_store import GOV, MemoryStore, a_hub, a_page, measurement_of

TEXTS = {
    "zh": st.sampled_from(["数字政府", "數字政府", "一网通办，城市大脑", "政务云", ""]),
    "en": st.sampled_from(["Digital government", "one-stop city brain", "government cloud", ""]),
    "ja": st.just("数字政府"),
}
SOURCES = [
    SourceRow("a", "甲", ("zh",), KINDS[0], REGIONS[0]),
    SourceRow("b", "乙", ("zh",), KINDS[0], REGIONS[1]),
    SourceRow("c", "C", ("en",), "new kind", ""),
    SourceRow("d", "", (), "", ""),
]


@st.composite
def stored_pages(draw: st.DrawFn, url_id: int) -> StoredPage:
    lang = draw(st.sampled_from(["en", "zh", "ja"]))
    langs = draw(st.lists(st.sampled_from(["en", "zh", "ja"]), max_size=2, unique=True))
    return a_page(
        url_id,
        lang=lang,
        parts=tuple((part, draw(TEXTS[part])) for part in langs),
        title=draw(TEXTS[lang]),
        source=draw(st.sampled_from(SOURCES)),
        host=draw(st.sampled_from(["a.cn", "b.org"])),
        date=draw(st.sampled_from(["", "1982", "2024-05", "2024-05-06", "9999", "no date"])),
        script=draw(st.sampled_from(["hans", "hant", "mixed", ""])),
        kind=draw(st.sampled_from(["article", "article", "hub"])),
        sketch=draw(st.sampled_from([b"", b"x", b"y"])),
        flags=draw(st.sampled_from([(), ("truncated",), ("new flag",)])),
    )


@st.composite
def stores(draw: st.DrawFn) -> MemoryStore:
    count = draw(st.integers(0, 12))
    ids = range(1, count + 1)
    pages: list[StoredPage | Removed] = [draw(stored_pages(i)) for i in ids]
    routes = {i: draw(st.sampled_from([(), ("links",), ("links", "feed")])) for i in ids}
    return MemoryStore(pages, routes)


@given(stores(), st.booleans())
def test_the_rows_add_up(store: MemoryStore, hubs: bool) -> None:
    measured = measurement_of(store, include_hubs=hubs)
    for totals in (measured.en, measured.zh):
        assert totals.works <= totals.pages
        assert totals.reprints == totals.pages - totals.works
        assert totals.bilingual <= totals.pages
        for table in measured.tables:
            assert_adds_up(measured, table.name, totals.lang)
    stored = sum(row.articles + row.hubs for row in measured.stored)
    assert stored == len(store.pages)


def assert_adds_up(measured: Measurement, name: str, lang: str) -> None:
    if name == "scripts" and lang == "en":
        return
    table, totals = measured.table(name), getattr(measured, lang)
    cells = [getattr(row, lang) for row in table.rows]
    assert all(0 <= cell.works <= cell.pages <= totals.pages for cell in cells)
    if table.partition:
        assert sum(cell.pages for cell in cells) == totals.pages
        assert sum(cell.works for cell in cells) == totals.works
    else:
        assert max((cell.works for cell in cells), default=0) <= totals.works
        assert sum(cell.pages for cell in cells) >= totals.pages


@given(stores())
def test_no_page_is_counted_twice_or_dropped_by_order(store: MemoryStore) -> None:
    turned = dataclasses.replace(store, pages=store.pages[::-1])
    one, other = (dataclasses.asdict(measurement_of(s)) for s in (store, turned))
    assert one == other


RATIOS = [(5, 5, 0.0), (5, 20, 2.0), (20, 5, -2.0), (4, 100, None), (100, 4, None), (0, 0, None)]


@pytest.mark.parametrize(("en", "zh", "log2"), RATIOS)
def test_ratios_need_five_works_on_both_sides(en: int, zh: int, log2: float | None) -> None:
    assert log2_ratio(en, zh) == log2


def test_a_work_counts_once_where_its_first_page_stands() -> None:
    pages = [
        a_page(1, date="2024-05-06", sketch=b"x", source=GOV),
        a_page(2, date="2023", sketch=b"x", source=GOV._replace(id="b", kind="press")),
        a_page(3, "数字政府与政务云", date="", sketch=b"x"),
    ]
    measured = measurement_of(MemoryStore(pages, {1: ("feed",), 2: ("links", "feed")}))
    assert rows(measured, "years") == {"2023": (1, 1), "2024": (1, 0), "undated": (1, 0)}
    assert rows(measured, "kinds") == {"government": (2, 0), "press": (1, 1)}
    assert rows(measured, "concepts") == {"dg": (3, 1), "cloud": (1, 1)}
    assert rows(measured, "routes") == {"feed": (2, 1), "links": (1, 1), "": (1, 1)}
    assert measured.zh.reprints == 2


def rows(measured: Measurement, name: str) -> dict[str, tuple[int, int]]:
    return {r.value: (r.zh.pages, r.zh.works) for r in measured.table(name).filled()}


def test_concepts_are_in_the_order_of_their_works_and_zeros_stay() -> None:
    pages = [
        *(a_page(1 + i, "数字政府") for i in range(10)),
        *(a_page(20 + i, "数字政府 一网通办") for i in range(3)),
        *(a_page(40 + i, "Digital government, city brain", "en") for i in range(6)),
    ]
    table = measurement_of(MemoryStore(pages), evidence=Evidence(None, judged())).table("concepts")
    assert [row.value for row in table.rows] == ["dg", "brain", "onestop", "cloud"]
    by_id: dict[str, Row] = {row.value: row for row in table.rows}
    assert by_id["dg"].log2 == pytest.approx(1.115)
    assert by_id["brain"].log2 is None
    assert (by_id["brain"].label, by_id["brain"].label_zh) == ("city brain", "城市大脑")


def test_no_ratio_of_works_is_given_before_the_split_rate_is_judged() -> None:
    for evidence in (NONE, Evidence(splits={"zh": judged()["zh"]})):
        measured = measurement_of(corpus(30, 60), evidence=evidence)
        assert measured.works_log2 is None
        assert {row.log2 for table in measured.tables for row in table.rows} == {None}
        assert measured.pages_log2 == 1.0
    assert measurement_of(corpus(30, 60), evidence=Evidence(None, judged())).works_log2 == 1.0


def test_doubts_of_all_and_of_pages_on_topic() -> None:
    store = MemoryStore(
        [a_page(1, date=""), a_page(2, "无", date=""), a_hub(3, lang="ja", date="")]
    )
    doubt = measurement_of(store).doubts[0]
    assert dataclasses.astuple(doubt) == ("undated", 0, 2, 1, 0, 1)


def test_the_books_come_through_as_they_are() -> None:
    account = Account(9, 4, 1, 2, 1, 1, (("failed", "dns", 1),))
    ran = Run(3, "a", "b", "limit", '{"contact": "me"}', 7, account, (("max_pages", "gov", 5),))
    measured = measurement_of(MemoryStore([a_page(1)], {}, (ran,), account))
    assert measured.account == account
    (run,) = measured.runs
    assert (run.id, run.outcome, run.fetched) == (3, "limit", 7)
    assert dataclasses.astuple(run.limits[0]) == ("max_pages", "中国政府网", 5)
    assert "contact" not in str(dataclasses.asdict(measured))
