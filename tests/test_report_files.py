"""The four files: whole, inert and readable, whatever was crawled."""

from __future__ import annotations

import csv
import functools
import json
import math
from collections.abc import Callable
from pathlib import Path

import pytest

from report.files import CSV, JSON, PAGES, ReportFiles
from report.model import SCHEMA
from report.render.inert import plain
from report.render.tables import COLUMNS, PAGE_COLUMNS
from report.survey import MAX_TITLE
from store.records import Account, Run
from tests.report_html import HOSTILE, assert_inert, hostile_store, parsed
from tests.report_store import MemoryStore, a_hub, a_page, files_of

FILES = (CSV, JSON, PAGES)
RUN = Run(1, "2026-01-01T00:00:00Z", "", "running", "{}", 0, None, ())

STORES = {
    "nothing": MemoryStore(),
    "nothing fetched": MemoryStore(ran=(RUN,), books=Account(1, 0, 0, 0, 0, 1)),
    "nothing on topic": MemoryStore([a_page(1, "天气")]),
    "hubs only": MemoryStore([a_hub(1), a_hub(2, lang="en")]),
    "English only": MemoryStore([a_page(i, "Digital government", "en") for i in range(1, 9)]),
    "Chinese only": MemoryStore([a_page(i) for i in range(1, 9)]),
    "all undated": MemoryStore([a_page(i, date="") for i in range(1, 9)]),
    "one page, bilingual": MemoryStore([a_page(1, parts=(("zh", "数字政府"), ("en", "x")))]),
    "other languages": MemoryStore([a_page(1, lang="ja"), a_page(2, lang="")]),
    "no title, no date, no source": MemoryStore([a_page(1, date="", host="", sketch=b"")]),
    "impossible years": MemoryStore([a_page(1, date="0000"), a_page(2, date="9999")]),
    "unbalanced books": MemoryStore(books=Account(5, 1, 1, 1, 1, 0)),
    "hostile, even": hostile_store(0),
    "hostile, odd": hostile_store(1),
}
HOSTILE_STORES = ("hostile, even", "hostile, odd")


@pytest.fixture(scope="module")
def report_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], ReportFiles]:
    """Write the report of a store, once for all tests that read it."""

    @functools.cache
    def made(name: str) -> ReportFiles:
        return files_of(STORES[name], tmp_path_factory.mktemp("report") / "new" / "folder")

    return made


@pytest.fixture(params=STORES)
def files(request: pytest.FixtureRequest, report_of: Callable[[str], ReportFiles]) -> ReportFiles:
    return report_of(request.param)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def refuse(constant: str) -> float:
    raise AssertionError(f"{constant} is no JSON")


def test_the_html_is_whole_and_inert(files: ReportFiles) -> None:
    html = files.html.read_text("utf-8")
    assert html.startswith("<!DOCTYPE html>")
    assert html.rstrip().endswith("</html>")
    assert_inert(html, FILES)
    # Words of pages may say anything, so numbers are looked for in cells and charts alone.
    cells = [e.text_content() for e in parsed(html).iter("td", "svg")]
    assert not [c for c in cells if c.strip().lower() in {"nan", "inf", "-inf", "none"}]


def test_the_json_is_strict_and_says_what_was_measured(files: ReportFiles) -> None:
    data = json.loads(files.json.read_text("utf-8"), parse_constant=refuse)
    measured = files.measurement
    assert data["schema"] == measured.schema == SCHEMA
    assert data["zh"]["works"] == measured.zh.works
    assert {t["name"] for t in data["tables"]} == {t.name for t in measured.tables}
    assert data["account"]["discovered"] == measured.account.discovered


def test_the_csv_says_what_was_measured(files: ReportFiles) -> None:
    raw = files.csv.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    found = rows(files.csv)
    assert tuple(found[0]) == COLUMNS
    for row in found:
        assert row["number"] == "" or math.isfinite(float(row["number"]))
    totals = {
        (row["language"], row["value"]): row["number"] for row in found if row["table"] == "totals"
    }
    for side in (files.measurement.en, files.measurement.zh):
        assert int(totals[side.lang, "pages"]) == side.pages
        assert int(totals[side.lang, "reprints"]) == side.reprints


def test_the_pages_are_one_a_row(files: ReportFiles) -> None:
    found = rows(files.pages_csv)
    measured = files.measurement
    assert all(tuple(row) == PAGE_COLUMNS for row in found)
    for side in (measured.en, measured.zh):
        mine = [row for row in found if row["language"] == side.lang]
        assert len(mine) == side.pages
        assert len({row["work"] for row in mine}) == side.works
        assert sum(row["reprint"] == "1" for row in mine) == side.reprints


@pytest.mark.parametrize("name", HOSTILE_STORES)
def test_no_cell_is_a_formula(name: str, report_of: Callable[[str], ReportFiles]) -> None:
    files = report_of(name)
    for path in (files.csv, files.pages_csv):
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        for cell in cells:
            if cell.lstrip().startswith(tuple("=+-@＝＋－＠\t\r")):
                float(cell)  # a negative number is no formula; anything else fails here
        assert any(cell.startswith("'") for cell in cells)


def test_hostile_titles_are_shown_as_text(report_of: Callable[[str], ReportFiles]) -> None:
    texts = [
        parsed(report_of(name).html.read_text("utf-8")).text_content() for name in HOSTILE_STORES
    ]
    for word in HOSTILE:
        assert any(plain(word)[:MAX_TITLE].strip() in text for text in texts)


@pytest.mark.parametrize("name", ["nothing", "hubs only", "nothing on topic"])
def test_where_there_is_nothing_no_chart_is_drawn(
    name: str, report_of: Callable[[str], ReportFiles]
) -> None:
    root = parsed(report_of(name).html.read_text("utf-8"))
    assert "No data" in root.text_content()
    assert not root.xpath("//svg")


def test_unbalanced_books_are_said_to_be_wrong(report_of: Callable[[str], ReportFiles]) -> None:
    html = report_of("unbalanced books").html.read_text("utf-8")
    assert "the books of this store are wrong" in html


def test_a_report_of_the_same_pages_is_the_same_bytes(tmp_path: Path) -> None:
    one, two = (files_of(hostile_store(0), tmp_path / name) for name in "ab")
    for path, other in zip(
        (one.html, one.csv, one.json, one.pages_csv),
        (two.html, two.csv, two.json, two.pages_csv),
        strict=True,
    ):
        assert path.read_bytes() == other.read_bytes()
