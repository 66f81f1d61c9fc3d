"""The columns of the years chart: every year in order, gaps included, the undated apart."""

from __future__ import annotations

from collections.abc import Sequence

from report.model import Row
from report.render.chart import Pair
from report.survey import UNDATED

SPAN = 25
"""Years shown one by one, up to the newest; what is older is one column."""


def timeline(rows: Sequence[Row]) -> tuple[list[Pair], Pair]:
    """Return the columns of works by year, oldest first, and the column of the undated."""
    works = {int(row.value): (row.en.works, row.zh.works) for row in rows if row.value != UNDATED}
    undated = next((row for row in rows if row.value == UNDATED), None)
    last = Pair("undated", undated.en.works, undated.zh.works) if undated else Pair("undated", 0, 0)
    if not works:
        return [], last
    newest = max(works)
    oldest = max(min(works), newest - SPAN + 1)
    shown = range(oldest, newest + 1)
    pairs = [Pair(str(year), *works.get(year, (0, 0)), _marked(year, shown)) for year in shown]
    earlier = [pair for year, pair in works.items() if year < oldest]
    if earlier:
        en, zh = (sum(counts) for counts in zip(*earlier, strict=True))
        pairs.insert(0, Pair(f"to {oldest - 1}", en, zh))
    return pairs, last


def _marked(year: int, shown: range) -> bool:
    """All labels of a few years, else every fifth that does not run into the first column's."""
    return len(shown) <= 7 or (year % 5 == 0 and year - shown[0] >= 3)
