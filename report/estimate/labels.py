"""B6: from what a program flags to how many really qualify, by works judged by hand."""

from __future__ import annotations

from dataclasses import dataclass

from scipy.special import betaincinv

from report.estimate.interval import Interval
from report.estimate.refused import Refused, refuse

TAIL = 0.025
"""Chance beyond each limit: together they are of 95 %."""


@dataclass(frozen=True, slots=True)
class Screen:
    """One language: what a program flagged, and works judged by hand in each part.

    Of ``flagged`` works ``flagged_judged`` were drawn at random and judged, and
    ``flagged_right`` of those really qualify; of the ``unflagged`` likewise,
    ``unflagged_right`` being those that qualify although they were not flagged.
    """

    flagged: int
    unflagged: int
    flagged_judged: int
    flagged_right: int
    unflagged_judged: int
    unflagged_right: int


@dataclass(frozen=True, slots=True)
class Corrected:
    """A share of works (0-1) with 95 % limits, and how many judgements it rests on."""

    share: float
    limits: Interval
    apparent: float
    judged: int


def clopper_pearson(hits: float, n: float) -> Interval:
    """Return the exact limits of a binomial share (Clopper & Pearson 1934).

    Of draws that differ in weight or hang together, ``n`` is the effective number and ``hits`` the
    share of it: neither need be whole (Korn & Graubard 1998).

    Four of ten, as in every table of it: 12 % to 74 %.

    >>> limits = clopper_pearson(4, 10)
    >>> round(limits.low, 4), round(limits.high, 4)
    (0.1216, 0.7376)
    """
    low = 0.0 if hits <= 0 else float(betaincinv(hits, n - hits + 1, TAIL))
    high = 1.0 if hits >= n else float(betaincinv(hits + 1, n - hits, 1 - TAIL))
    return Interval(low, high)


def corrected(screen: Screen, language: str) -> Corrected | Refused:
    """Return p = a·PPV + (1-a)·FOR with Clopper-Pearson limits carried through (B6).

    a is the flagged share, PPV the share of flagged works that qualify, FOR that of the unflagged.
    The point adds half a success to each part, so that it is never 0. Refuses when a part that has
    works has no judgement.
    """
    parts = (
        (screen.flagged, screen.flagged_right, screen.flagged_judged),
        (screen.unflagged, screen.unflagged_right, screen.unflagged_judged),
    )
    total = screen.flagged + screen.unflagged
    if total == 0 or any(works and not judged for works, _, judged in parts):
        return refuse("labels_few", language=language)
    share = low = high = 0.0
    for works, right, judged in parts:
        if works:
            limits = clopper_pearson(right, judged)
            share += works / total * (right + 0.5) / (judged + 1)
            low, high = low + works / total * limits.low, high + works / total * limits.high
    judged = screen.flagged_judged + screen.unflagged_judged
    return Corrected(share, Interval(low, high), screen.flagged / total, judged)
