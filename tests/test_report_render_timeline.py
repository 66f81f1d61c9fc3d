"""The years' columns: gaps stay, old years gather, impossible ones do not stretch the chart."""

from __future__ import annotations

import pytest

from report.model import Cell, Row
from report.render.timeline import SPAN, timeline
from tests.report_store import NOW


def columns(**works: int) -> list[tuple[str, int]]:
    rows = [Row(y.strip("y"), "", "", Cell(n, n), Cell(), None) for y, n in works.items()]
    shown, last = timeline(rows, NOW)
    assert last.label == "undated"
    return [(pair.label, pair.en) for pair in (*shown, last) if pair.en or pair is not last]


CASES = [
    ({}, []),
    ({"undated": 3}, [("undated", 3)]),
    ({"y2020": 1, "y2022": 2}, [("2020", 1), ("2021", 0), ("2022", 2)]),
    ({"y2026": 1, "y9999": 2}, [("2026", 1), (">2026", 2)]),
    ({"y9998": 1, "y9999": 2}, [(">2026", 3)]),
]


@pytest.mark.parametrize(("works", "expected"), CASES)
def test_columns(works: dict[str, int], expected: list[tuple[str, int]]) -> None:
    assert columns(**works) == expected


def test_old_years_are_one_column() -> None:
    found = columns(y0001=1, y1982=2, y2025=3)
    assert found[0] == (f"≤{2025 - SPAN}", 3)
    assert len(found) == SPAN + 1
    assert found[-1] == ("2025", 3)
