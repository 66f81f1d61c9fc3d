"""B7: which language wrote of it first, by how much, and what the search's window hides."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from report.estimate.arrays import Floats
from report.estimate.examples import DODO  # noqa: F401 the doctest's
from report.estimate.interval import Interval
from report.estimate.refused import Refused, foremost, refuse

EARLIEST = 10
"""How many of the earliest dates are used (B7)."""

TAIL = 0.01
"""One-sided chance that the true start lies before the limit (B7): nominal, for works that came
steadily from the start. After a slow beginning it is more."""

SHAPES = (0.05, 3.0)
"""The Weibull shape v is kept within these (B7)."""

NEAR_GAPS = 2.0
"""A first date within so many mean gaps of the window's start may have been cut by it."""


@dataclass(frozen=True, slots=True)
class First:
    """When a language first wrote of it: not before ``earliest``, not after ``seen``.

    ``refused`` says why nothing can be said of earlier works; ``earliest`` is -inf then. Unit: as
    the dates.
    """

    seen: float
    earliest: float
    refused: Refused | None
    dated: int


@dataclass(frozen=True, slots=True)
class Lag:
    """How much later Chinese wrote of it than English (negative: earlier), never as a point.

    ``interval`` is in the unit of the dates; an infinite end is censored. ``refused`` says why an
    end is missing.
    """

    interval: Interval
    en: First
    zh: First
    refused: Refused | None


def earliest_start(dates: Floats, tail: float = TAIL) -> float:
    """Return the lower limit of the start, from the ten earliest dates (B7).

    T = t1 - (t_k-t1)/(S-1), S = (-ln tail/k)^-v, v = Σ ln[(t_k-t1)/(t_{i+1}-t1)]/(k-1), -inf if
    S ≤ 1: the limit of the optimal linear estimator (Roberts & Solow 2003), time turned round.

    The dodo: last seen 1662, by the paper's two-sided 95 % limits extinct before 1797; unrounded
    the formula gives 1799.

    >>> round(-earliest_start(-DODO, tail=0.025))
    1799
    """
    first = np.sort(dates)[:EARLIEST]
    k, span = first.size, float(first[-1] - first[0])
    if k < EARLIEST or span <= 0:
        return -math.inf
    inner = np.maximum(first[1:-1] - first[0], span * 1e-6)  # ties with the first date
    shape = float(np.clip(np.log(span / inner).sum() / (k - 1), *SHAPES))
    spread = (-math.log(tail) / k) ** -shape
    return float(first[0]) - span / (spread - 1) if spread > 1 else -math.inf


def apart(dates: Floats, ends: Floats) -> Floats:
    """Return the dates in order, those of one day, month or year evenly over it from its beginning.

    Left together at its beginning they would look like a start so sudden that little can have come
    before. ``ends`` are the ends of what each date stands for.

    >>> apart(np.array([2001.5, 2000.0, 2000.0]), np.array([2001.5, 2001.0, 2001.0])).tolist()
    [2000.0, 2000.5, 2001.5]
    """
    pairs, counts = np.unique(np.column_stack((dates, ends)), axis=0, return_counts=True)
    begun, ended = np.repeat(pairs, counts, axis=0).T
    share = np.concatenate([np.arange(count) / count for count in counts])
    spread: Floats = np.sort(begun + share * (ended - begun))
    return spread


def first(
    dates: Floats, window_start: float, language: str, ends: Floats | None = None
) -> First | Refused:
    """Return when a language first wrote of it; refuses with fewer than ten dates.

    The window may have cut it when the limit precedes its start, or when the first date lies
    within two mean gaps of it (B7). Of a date that is a year or a month, ``dates`` has
    the beginning and ``ends`` the end: the limit is of the one, what was seen for certain of the
    other. Ten earliest of one date tell nothing of what came before.

    >>> about = np.arange(2000.0, 2020.0)
    >>> first(about, 1990.0, "en").seen, first(about, 1990.0, "en", about + 1).seen
    (2000.0, 2001.0)
    """
    if dates.size < EARLIEST:
        return refuse("dates_few", language=language, needed=EARLIEST, count=dates.size)
    ends = dates if ends is None else ends
    ordered = apart(dates, ends)[:EARLIEST]
    limit, begun = earliest_start(ordered), float(ordered[0])
    gap = float(ordered[-1] - begun) / (EARLIEST - 1)
    same = (dates == begun) & (ends == ends[dates == begun].min())
    refused = None
    if same.sum() >= EARLIEST:
        refused = refuse("dates_alike", language=language, needed=EARLIEST)
    elif limit < window_start or begun - window_start <= NEAR_GAPS * gap:
        refused = refuse("window_cut")
    return First(float(ends.min()), -math.inf if refused else limit, refused, int(dates.size))


def lag(
    en: Floats,
    zh: Floats,
    window_start: float,
    ends: tuple[Floats | None, Floats | None] = (None, None),
) -> Lag | Refused:
    """Return [T_lo,zh - t1,en ; t1,zh - T_lo,en]: Chinese after English, in the dates' unit.

    Dates are numbers (years, say), ``window_start`` the first that the search could reach, -inf
    for none; ``ends`` as in ``first``, English first. Refuses with fewer than ten dates in a
    language; a cut window, or dates that are all the same, leave that end open.
    """
    english = first(en, window_start, "en", ends[0])
    chinese = first(zh, window_start, "zh", ends[1])
    if isinstance(english, Refused) or isinstance(chinese, Refused):
        return foremost(english, chinese)
    interval = Interval(chinese.earliest - english.seen, chinese.seen - english.earliest)
    return Lag(interval, english, chinese, english.refused or chinese.refused)
