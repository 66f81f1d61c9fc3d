"""The columns of the years chart: every year in order, gaps included, the undated apart."""

from __future__ import annotations

from collections.abc import Sequence

from report.model import Row
from report.render.chart import Pair
from report.survey import UNDATED

SPAN = 25
"""Years shown one by one, up to the newest; what is older is one column."""


def timeline(rows: Sequence[Row], made_at: str) -> tuple[list[Pair], Pair]:
    """Return the columns of works by year, oldest first, and the column of the undated.

    ``made_at`` is the report's own ISO 8601 time: later years are wrong, and one column too.
    """
    works = {int(row.value): (row.en.works, row.zh.works) for row in rows if row.value != UNDATED}
    undated = {row.value: (row.en.works, row.zh.works) for row in rows}.get(UNDATED, (0, 0))
    now = int(made_at[:4]) if made_at[:4].isdecimal() else max(works, default=0)
    newest = max((year for year in works if year <= now), default=now)
    oldest = max(min(works, default=newest), newest - SPAN + 1)
    shown = range(oldest, newest + 1) if any(year <= now for year in works) else range(0)
    earlier = [counts for year, counts in works.items() if year < oldest]
    later = [counts for year, counts in works.items() if year > now]
    pairs = [Pair(str(year), *works.get(year, (0, 0)), _marked(year, shown)) for year in shown]
    if earlier:
        pairs.insert(0, _sum(f"≤{oldest - 1}", earlier))
    if later:
        pairs.append(_sum(f">{now}", later))
    return pairs, Pair("undated", *undated)


def _sum(label: str, counts: Sequence[tuple[int, int]]) -> Pair:
    return Pair(label, sum(en for en, _ in counts), sum(zh for _, zh in counts))


def _marked(year: int, shown: range) -> bool:
    """All labels of a few years, else every fifth that does not run into the first column's."""
    return len(shown) <= 7 or (year % 5 == 0 and year - shown[0] >= 3)
