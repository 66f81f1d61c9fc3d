"""What is new since an earlier report, and which gaps moved beyond noise."""

from __future__ import annotations

import math
from collections.abc import Sequence

from report.counts import Row
from report.gap.model import Change, Changes, Difference
from report.previous import Earlier


def changes(
    before: Earlier,
    concepts: Sequence[Row],
    differences: Sequence[Difference],
    works: tuple[int, int],
) -> Changes:
    """Compare with an earlier report; ``works`` are those found now, English first.

    A gap moved when its difference changed by more than the root of the sum of the squares of both
    half intervals. The corpora overlap, so that is cautious. Where there was no gap and is none,
    none moved. A concept that was or is suppressed
    has no gap that could move. Concepts that the earlier report did not know begin at 0.
    """
    now = {row.value: row for row in differences if row.dimension == "concepts"}
    rows = []
    for row in concepts:
        en, zh = before.concepts.get(row.value, (0, 0))
        moved = _moved(before.gaps.get(row.value), now.get(row.value))
        counts = (en, row.en.works, zh, row.zh.works)
        rows.append(Change(row.value, row.label, row.label_zh, *counts, moved))
    en, zh = before.works
    return Changes(before.made_at, en, works[0], zh, works[1], tuple(rows))


def _moved(was: tuple[float, float, float] | None, now: Difference | None) -> str:
    if was is None or now is None or now.log2 is None or now.low is None or now.high is None:
        return ""
    log2, low, high = was
    noise = math.hypot((high - low) / 2, (now.high - now.low) / 2)
    gap_then, gap_now = _is_gap(low, high), _is_gap(now.low, now.high)
    if abs(now.log2 - log2) <= noise or not (gap_then or gap_now):
        return ""
    if gap_then != gap_now:
        return "opened" if gap_now else "closed"
    if (now.log2 > 0) != (log2 > 0):
        return "turned"
    return "grew" if abs(now.log2) > abs(log2) else "shrank"


def _is_gap(low: float, high: float) -> bool:
    return low > 0 or high < 0
