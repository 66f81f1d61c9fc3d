"""What is new since an earlier report, and which gaps moved beyond noise."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from report.counts import Row
from report.gap.model import Change, Changes, Difference


def changes(
    previous: Mapping[str, Any],
    concepts: Sequence[Row],
    differences: Sequence[Difference],
    works: tuple[int, int],
) -> Changes:
    """Compare with an earlier ``report.json``; ``works`` are those found now, English first.

    A gap moved when its difference changed by more than the root of the sum of the squares of both
    half intervals. The corpora overlap, so that is cautious. A concept that was or is suppressed
    has no gap that could move. Concepts that the earlier report did not know begin at 0.
    """
    before = {row["value"]: row for row in _table(previous, "concepts")}
    gaps = {
        row["value"]: row
        for row in previous.get("gap", {}).get("differences", ())
        if row["dimension"] == "concepts"
    }
    now = {row.value: row for row in differences if row.dimension == "concepts"}
    rows = []
    for row in concepts:
        was = before.get(row.value, {})
        en, zh = (was.get(lang, {}).get("works", 0) for lang in ("en", "zh"))
        moved = _moved(gaps.get(row.value), now.get(row.value))
        counts = (en, row.en.works, zh, row.zh.works)
        rows.append(Change(row.value, row.label, row.label_zh, *counts, moved))
    en, zh = (previous[lang]["works"] for lang in ("en", "zh"))
    return Changes(previous["made_at"], en, works[0], zh, works[1], tuple(rows))


def _table(report: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    rows: Sequence[Mapping[str, Any]] = next(
        (table["rows"] for table in report["tables"] if table["name"] == name), ()
    )
    return rows


def _moved(was: Mapping[str, Any] | None, now: Difference | None) -> str:
    if was is None or now is None or was["log2"] is None or now.log2 is None:
        return ""
    ends = (was["low"], was["high"], now.low, now.high)
    if any(end is None for end in ends):
        return ""
    noise = math.hypot((was["high"] - was["low"]) / 2, ((now.high or 0) - (now.low or 0)) / 2)
    if abs(now.log2 - was["log2"]) <= noise:
        return ""
    gap_then, gap_now = _is_gap(was["low"], was["high"]), _is_gap(now.low, now.high)
    if gap_then != gap_now:
        return "opened" if gap_now else "closed"
    return "grew" if abs(now.log2) > abs(was["log2"]) else "shrank"


def _is_gap(low: float | None, high: float | None) -> bool:
    return (low is not None and low > 0) or (high is not None and high < 0)
