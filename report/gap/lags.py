"""Who wrote of it first, for the topic and for each concept (B7).

Dates of before the web are left out: a law may carry its own. That is also where the window of
what could be seen begins; where the earliest works lie at it, an end stays open.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from config.model import Topic
from report.estimate.lag import EARLIEST, First, lag
from report.estimate.refused import Refused
from report.gap.arrays import Work
from report.gap.model import First as Earliest
from report.gap.model import Lag
from report.gap.said import number, reason

WINDOW = 1990.0
"""The first year of the web, as in ``page.datetext``: dates before it are not of web pages."""


Dated = list[tuple[float, Work]]


def lags(works: Mapping[str, Sequence[Work]], topic: Topic) -> tuple[Lag, ...]:
    """Return the lag of the topic, and of every concept that both languages date often enough.

    Positive years: English follows Chinese. Concepts come in the topic's order.
    """
    if not (works["en"] or works["zh"]):
        return ()
    dated = {lang: _dated(works[lang]) for lang in ("en", "zh")}
    found = [_lag("", topic.en, topic.zh, dated)]
    by_concept = {lang: _by_concept(dated[lang]) for lang in ("en", "zh")}
    for concept in topic.concepts:
        mine = {lang: by_concept[lang].get(concept.id, []) for lang in ("en", "zh")}
        if min(len(mine[lang]) for lang in ("en", "zh")) >= EARLIEST:
            found.append(_lag(concept.id, concept.en, concept.zh, mine))
    return tuple(found)


def _by_concept(dated: Dated) -> dict[str, Dated]:
    """Return each concept's works, in the same order."""
    found: dict[str, Dated] = {}
    for pair in dated:
        for concept in pair[1].concepts:
            found.setdefault(concept, []).append(pair)
    return found


def _dated(works: Sequence[Work]) -> Dated:
    """Return the works with a date of the web's time, the earliest first."""
    dated = [(years(work.first.date), work) for work in works if work.first.date]
    kept = [(at, work) for at, work in dated if at >= WINDOW]
    return sorted(kept, key=lambda pair: (pair[0], pair[1].first.url))


def years(day: str) -> float:
    """Return an ISO date as years and a fraction; of a month or a year its middle.

    >>> years("2020"), years("2020-07"), round(years("2020-07-01"), 2)
    (2020.5, 2020.5417, 2020.5)
    """
    year, month, rest = int(day[:4]), day[5:7], day[8:10]
    if not month:
        return year + 0.5
    within = (int(rest) - 1) / 365.25 if rest else 0.5 / 12
    return round(year + (int(month) - 1) / 12 + within, 4)


def _lag(subject: str, label: str, label_zh: str, dated: Mapping[str, Dated]) -> Lag:
    en, zh = (np.array([at for at, _ in dated[lang]], dtype=float) for lang in ("en", "zh"))
    found = lag(en, zh, WINDOW)
    if isinstance(found, Refused):
        return Lag(subject, label, label_zh, None, None, None, None, reason(found))
    after = found.interval.swapped()  # theirs is how much later Chinese is
    return Lag(
        subject,
        label,
        label_zh,
        number(after.low, 2),
        number(after.high, 2),
        _earliest("en", dated["en"], found.en),
        _earliest("zh", dated["zh"], found.zh),
        reason(found.refused) if found.refused else None,
    )


def _earliest(lang: str, dated: Dated, first: First) -> Earliest:
    page = dated[0][1].first
    limit = None if math.isinf(first.earliest) else _day(first.earliest)
    return Earliest(lang, first.dated, page.date, limit, page.url, page.title)


def _day(at: float) -> str:
    """Return years and a fraction as an ISO date."""
    year = int(at)
    return (date(year, 1, 1) + timedelta(days=int((at - year) * 365.25))).isoformat()
