"""Differences of shares between the languages, by concept, year, kind of source and region (B5)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from report.counts import Row, Table
from report.estimate import prevalence
from report.estimate.arrays import Bools, Ints
from report.estimate.prevalence import Marked, Suppressed, prevalences
from report.estimate.ranking import ranked
from report.estimate.strata import length_deciles
from report.gap.arrays import Work, sites_of
from report.gap.model import Difference
from report.gap.said import number, probability, reason

CHARACTERS_A_WORD = 1.94
"""Chinese characters for one English word: of 240 parallel paragraphs (XQuAD), which
``benchmarks/report.py`` counts again. A tenth more or less shifts a standardised difference by at
most a tenth of a bit."""

VALUES: dict[str, Callable[[Work], Iterable[str]]] = {
    "concepts": lambda work: work.concepts,
    "years": lambda work: (work.first.year,),
    "kinds": lambda work: (work.first.source.kind,),
    "regions": lambda work: (work.first.region,),
}
"""Dimension → a work's values; the names are those of the report's tables."""


def differences(
    works: Mapping[str, Sequence[Work]], tables: Sequence[Table]
) -> tuple[Difference, ...]:
    """Return a row for every value that occurs, of every dimension; suppressed rows too."""
    english, chinese = works["en"], works["zh"]
    deciles = length_deciles(_lengths(english, "en"), _lengths(chinese, "zh"))
    sides = (
        _Side(english, sites_of(english), deciles[0]),
        _Side(chinese, sites_of(chinese), deciles[1]),
    )
    found: list[Difference] = []
    for table in tables:
        if table.name in VALUES and table.filled():
            found += _dimension(*sides, table.name, table.filled())
    return tuple(found)


class _Side(NamedTuple):
    """One language: its works, and the site and decile of length of each."""

    works: Sequence[Work]
    site: Ints
    decile: Ints


def _dimension(en: _Side, zh: _Side, name: str, rows: Sequence[Row]) -> list[Difference]:
    has = [_has(side.works, VALUES[name], rows) for side in (en, zh)]
    plain = prevalences(Marked(has[0], en.site), Marked(has[1], zh.site))
    level = prevalences(Marked(has[0], en.site, en.decile), Marked(has[1], zh.site, zh.decile))
    ranks = _ranks(plain)
    of = (len(en.works), len(zh.works))
    return [_row(name, rows[i], of, plain[i], level[i], ranks.get(i)) for i in range(len(rows))]


def _has(
    works: Sequence[Work], values: Callable[[Work], Iterable[str]], rows: Sequence[Row]
) -> Bools:
    column = {row.value: place for place, row in enumerate(rows)}
    pairs = [
        (place, column[value])
        for place, work in enumerate(works)
        for value in values(work)
        if value in column
    ]
    found = np.zeros((len(works), len(rows)), dtype=bool)
    found[tuple(np.array(pairs, dtype=np.int64).reshape(-1, 2).T)] = True
    return found


def _lengths(works: Sequence[Work], lang: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the lengths of first pages in Chinese characters, or what stands for them."""
    factor = CHARACTERS_A_WORD if lang == "en" else 1.0
    return np.array([factor * work.first.volume for work in works], dtype=np.float64)


def _ranks(rows: Sequence[prevalence.Difference | Suppressed]) -> dict[int, int]:
    """Return the rank of each compared row: 1 leans most to Chinese, after shrinkage."""
    compared = [
        (i, row.log2, row.se)
        for i, row in enumerate(rows)
        if isinstance(row, prevalence.Difference) and row.se > 0 and math.isfinite(row.se)
    ]
    if not compared:
        return {}
    order = ranked(np.array([c[1] for c in compared]), np.array([c[2] for c in compared]))
    return {compared[place][0]: rank for rank, place in enumerate(order.tolist(), 1)}


def _stands_out(plain: prevalence.Difference, level: prevalence.Difference) -> bool:
    """Whether a row is beyond chance as found and at equal lengths, the same way.

    Longer works mention more: as found, a language that writes at greater length stands out in
    everything.
    """
    return plain.marked and level.marked and (plain.log2 > 0) == (level.log2 > 0)


def _row(
    name: str,
    row: Row,
    of: tuple[int, int],
    plain: prevalence.Difference | Suppressed,
    level: prevalence.Difference | Suppressed,
    rank: int | None,
) -> Difference:
    known = plain if isinstance(plain, prevalence.Difference) else None
    even = level if isinstance(level, prevalence.Difference) else None
    why = plain.why if isinstance(plain, Suppressed) else None
    uneven = level.why if known and isinstance(level, Suppressed) else None
    return Difference(
        dimension=name,
        value=row.value,
        label=row.label,
        label_zh=row.label_zh,
        en_works=plain.en_works,
        en_of=of[0],
        zh_works=plain.zh_works,
        zh_of=of[1],
        log2=number(known.log2 if known else None),
        low=number(known.interval.low if known else None),
        high=number(known.interval.high if known else None),
        p=probability(known.p if known else None),
        marked=bool(known and even and _stands_out(known, even)),
        standardised=number(even.log2 if known and even else None),
        standardised_low=number(even.interval.low if known and even else None),
        standardised_high=number(even.interval.high if known and even else None),
        rank=rank,
        suppressed=reason(why) if why else None,
        unstandardised=reason(uneven) if uneven else None,
    )
