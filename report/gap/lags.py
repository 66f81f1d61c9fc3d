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


Dated = list[tuple[float, float, Work]]
"""Works with the beginning and the end of what their date may be, in years; the earliest first."""


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
        for concept in pair[2].concepts:
            found.setdefault(concept, []).append(pair)
    return found


def _dated(works: Sequence[Work]) -> Dated:
    """Return the works with a date of the web's time, the earliest first."""
    dated = [(*years(work.first.date), work) for work in works if work.first.date]
    kept = [one for one in dated if one[0] >= WINDOW]
    return sorted(kept, key=lambda one: (one[0], one[1], one[2].first.url))


def years(day: str) -> tuple[float, float]:
    """Return an ISO date as years and a fraction: the beginning and the end of what it may be.

    >>> years("2020"), years("2020-07"), years("2020-07-01")
    ((2020.0, 2021.0), (2020.5, 2020.5833), (2020.5, 2020.5027))
    """
    year, month, rest = int(day[:4]), day[5:7], day[8:10]
    if not month:
        return float(year), year + 1.0
    begun = year + (int(month) - 1) / 12
    if not rest:
        return round(begun, 4), round(begun + 1 / 12, 4)
    at = begun + (int(rest) - 1) / 365.25
    return round(at, 4), round(at + 1 / 365.25, 4)


def _lag(subject: str, label: str, label_zh: str, dated: Mapping[str, Dated]) -> Lag:
    en, zh = (np.array([one[0] for one in dated[lang]], dtype=float) for lang in ("en", "zh"))
    ends = tuple(np.array([one[1] for one in dated[lang]], dtype=float) for lang in ("en", "zh"))
    found = lag(en, zh, WINDOW, (ends[0], ends[1]))
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
    page = dated[0][2].first
    limit = None if math.isinf(first.earliest) else _day(first.earliest)
    return Earliest(lang, first.dated, page.date, limit, page.url, page.title)


def _day(at: float) -> str:
    """Return years and a fraction as an ISO date."""
    year = int(at)
    return (date(year, 1, 1) + timedelta(days=int((at - year) * 365.25))).isoformat()
