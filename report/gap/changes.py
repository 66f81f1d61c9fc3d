"""What is new since an earlier report, and which gaps moved beyond noise."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from report.counted import Counted
from report.counts import Row
from report.gap.model import INCOMPARABLE, Change, Changes, Difference, Reason
from report.previous import Earlier

NOT_THE_WEB = {
    "terms_changed": (
        "The topic’s word list is not the one that the earlier report counted with: works may be"
        " new or gone for that reason alone, and no gap is said to have moved.",
        "主题词表与先前报告所用的不同：作品的增减可能仅由此造成，因此不判断差距是否变化。",
    ),
    "terms_unknown": (
        "The earlier report is of an older version and did not keep its word list, so it cannot be"
        " known whether what changed is the web or the list.",
        "先前的报告出自旧版本，没有记录词表，因此无从得知变化的是网络还是词表。",
    ),
    "hubs_changed": (
        "Only one of the two reports counts home pages and lists of links as pages: works may be"
        " new or gone for that reason alone, and no gap is said to have moved.",
        "两次报告中只有一次把首页和链接列表计为页面：作品的增减可能仅由此造成，"
        "因此不判断差距是否变化。",
    ),
    "sources_changed": (
        "The works come from other sources than then ({new} new, {gone} no longer there): works may"
        " be new or gone for that reason alone.",
        "作品的来源与当时不同（新增{new}个，不再有{gone}个）：作品的增减可能仅由此造成。",
    ),
}
"""What may look like a change of the web: sentences in both tongues, by code."""


def changes(
    before: Earlier,
    concepts: Sequence[Row],
    differences: Sequence[Difference],
    works: tuple[int, int],
    counted: Counted,
) -> Changes:
    """Compare with an earlier report; ``works`` are those found now, English first, and ``counted``
    is what decided them.

    A gap moved when its difference changed by more than the root of the sum of the squares of both
    half intervals. The corpora overlap, so that is cautious. Where there was no gap and is none,
    none moved. A concept that was or is suppressed has no gap that could move, nor has any where
    other words, or hubs, were counted. Concepts that the earlier report did not know begin at 0.
    """
    cautions = _cautions(before.counted, counted)
    comparable = INCOMPARABLE.isdisjoint(caution.code for caution in cautions)
    now = {row.value: row for row in differences if row.dimension == "concepts"}
    rows = []
    for row in concepts:
        en, zh = before.concepts.get(row.value, (0, 0))
        moved = _moved(before.gaps.get(row.value), now.get(row.value)) if comparable else ""
        counts = (en, row.en.works, zh, row.zh.works)
        rows.append(Change(row.value, row.label, row.label_zh, *counts, moved))
    en, zh = before.works
    return Changes(before.made_at, en, works[0], zh, works[1], tuple(rows), cautions)


def _cautions(before: Counted, now: Counted) -> tuple[Reason, ...]:
    """Return what but the web may have changed the counts."""
    new = _only(now.sources, before.sources)
    gone = _only(before.sources, now.sources)
    found = {
        "terms_unknown": before.terms is None,
        "terms_changed": before.terms not in (None, now.terms),
        "hubs_changed": before.hubs != now.hubs,
        "sources_changed": bool(new or gone),
    }
    return tuple(
        Reason(code, *(sentence.format(new=new, gone=gone) for sentence in NOT_THE_WEB[code]))
        for code, holds in found.items()
        if holds
    )


def _only(these: Mapping[str, bool], those: Mapping[str, bool]) -> int:
    """Count the sources with a page on topic that the others do not have at all."""
    return sum(filled and source not in those for source, filled in these.items())


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
