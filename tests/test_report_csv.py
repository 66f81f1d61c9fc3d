"""``report.csv``: every number of ``report.json``, and every table and unit documented."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

from report.files import CSV
from report.gap.evidence import NONE, Evidence
from report.gap.model import Change, Changes, Claimed, Reason
from report.render.gap_csv import _changes, _claim
from report.render.meaning_csv import meaning_lines
from report.render.tables import COLUMNS, PAGE_COLUMNS
from tests.gap_webs import corpus, judged, sample
from tests.report_html import hostile_store
from tests.report_meanings import REFUSED, meaning
from tests.report_store import MemoryStore, written

DOCUMENT = (Path(__file__).resolve().parent.parent / "docs" / "REPORT.md").read_text("utf-8")
FULL = Evidence(sample((200, 150), (200, 120)), judged(), meaning=meaning())


def documented() -> dict[str, set[str]]:
    """The units of each table, as the document's second table names them."""
    units: dict[str, set[str]] = {}
    for line in DOCUMENT.split("| Table |")[1].split("##")[0].splitlines()[2:]:
        if line.strip():
            names, _, said = line.strip("|").split("|")
            for name in re.findall("`([^`]+)`", names):
                units[name] = set(re.findall("`([^`]+)`", said))
    return units


@pytest.mark.parametrize(
    ("store", "evidence"), [(corpus(60, 90), FULL), (hostile_store(0), FULL), (MemoryStore(), NONE)]
)
def test_every_table_and_unit_is_documented(
    store: MemoryStore, evidence: Evidence, tmp_path: Path
) -> None:
    written(store, tmp_path, evidence)
    made: defaultdict[str, set[str]] = defaultdict(set)
    with (tmp_path / CSV).open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            assert None not in row
            made[row["table"]] |= {row["unit"]} - {""}
    change = Changes(
        "2024", 1, 2, 3, 4, (Change("dg", "a", "b", 1, 2, 3, 4, ""),), (Reason("c", "", ""),)
    )
    claim = Claimed(
        "s", "k", "dg", "a", "b", "2024", "q", "", 1, None, "exact", "none", "", "", 1, 1
    )
    for line in (*_changes(change), *_claim(claim)):
        made[line[0]].add(line[4])
    known = documented()
    assert {name: units - known.get(name, set()) for name, units in made.items()} == {
        name: set() for name in made
    }


def test_the_columns_are_documented() -> None:
    assert all(f"| `{column}` |" in DOCUMENT for column in COLUMNS)
    pages = DOCUMENT.split("## pages.csv")[1]
    assert all(
        f"`{column}`" in pages
        for column in PAGE_COLUMNS
        if column in ("work", "reprint", "bilingual", "concepts", "routes", "warnings", "length")
    )


def test_meaning_has_a_row_for_every_number() -> None:
    rows = {line[:2] + line[3:5]: line[5] for line in meaning_lines(meaning())}
    assert rows["explained", "dg", "zh", "mentioned"] == 24
    assert rows["explained", "dg", "zh", "corrected"] == 5.5
    assert rows["explained", "dg", "zh", "corrected_low"] is None
    assert rows["explained_all", "uses", "en", "share_high"] == 0.3
    assert rows["explained_all", "uses", "zh", "share"] is None
    assert rows["counterparts_year", "2023", "en", "share_low"] == 0.02
    assert rows["word_list", "recall", "zh", "judged"] == 100
    assert rows["framing", "dg", "zh/en", "bits"] == 0.12
    assert rows["framing", "dg", "zh", "sites"] == 9
    words = {line[2:5]: line[5] for line in meaning_lines(meaning("x")) if line[0] == "collocates"}
    assert words["x", "zh", "times"] == 20
    assert words["market", "zh/en", "log2_high"] == -1.0
    assert words["x", "zh/en", "marked"] == 1


def test_what_is_refused_says_why_in_a_row() -> None:
    rows = [line for line in meaning_lines(meaning(claimed=False)) if line[4] == "refused"]
    assert [(line[0], line[2]) for line in rows] == [
        ("explained_all", REFUSED[0]),
        ("framing", REFUSED[0]),
    ]
