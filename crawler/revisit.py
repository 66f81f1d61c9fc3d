"""When to look at a page again, from its own history of change. Pure: no clock, no store.

A page is taken to change as a Poisson process of unknown rate (Cho and Garcia-Molina, "Estimating
Frequency of Change", ACM TOIT 3(3), 2003, section 4). A check after t seconds that finds a change
says that there was at least one: its likelihood is 1 - exp(-λt); one that finds none, exp(-λt).
Their estimator is biased without data and needs equal intervals; ours takes any intervals, and a
Gamma prior of shape 1 + k and rate b, worth k changes in b seconds. The most probable rate solves

    k / λ - b + Σ_changed t / (exp(λt) - 1) - Σ_unchanged t = 0

whose left side falls in λ. The next visit comes after ln 2 / λ: the time in which a page of that
rate has changed with probability one half, so that a visit tells as much as it can.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

HOUR, DAY = 3600.0, 86_400.0
MEMORY = 12
"""Checks that count. Sites change their habits; with more, a page that woke up is seen late."""
PRIOR_CHANGES = 0.5
PRIOR_SECONDS = {False: 3 * DAY, True: DAY / 2}
"""Articles and listings before anything is known: half a change in three days, or in half a day.

A first visit then comes after four days, or 17 hours; each one that finds nothing makes the next
interval 2.4 times as long, and a page that has changed whenever it was looked at is looked at daily
after four."""
LISTING_SHARE = 0.25
"""Listings are where news is found: their longest interval is this part of a page's."""
GONE_SECONDS = DAY
ROBOTS_SECONDS = 7 * DAY
"""What robots.txt forbids is asked about again after a week: that costs the site nothing."""
MAX_DOUBLINGS = 20

Check = tuple[float, bool]
"""Seconds since the check before, and whether the text had changed."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The shortest and the longest interval, in seconds."""

    shortest: float
    longest: float

    def clip(self, seconds: float, *, listing: bool = False) -> float:
        """Return an interval inside the bounds; a listing's upper bound is lower."""
        longest = max(self.shortest, self.longest * (LISTING_SHARE if listing else 1.0))
        return min(max(seconds, self.shortest), longest)


def rate(checks: Sequence[Check], *, listing: bool = False) -> float:
    """Return the most probable number of changes a second, from the latest checks and the prior."""
    k, b = PRIOR_CHANGES, PRIOR_SECONDS[listing]
    recent = [(max(elapsed, 1.0), changed) for elapsed, changed in checks[-MEMORY:]]
    calm = b + sum(elapsed for elapsed, changed in recent if not changed)
    changes = [elapsed for elapsed, changed in recent if changed]
    # Without changes the root is k / calm; each change adds at most 1 / λ.
    low, high = k / calm, (k + len(changes)) / calm
    while high - low > 1e-3 * low:
        middle = (low + high) / 2
        if k / middle + sum(_expected(middle, t) for t in changes) > calm:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _expected(rate: float, elapsed: float) -> float:
    x = rate * elapsed
    return 0.0 if x > 700 else elapsed / math.expm1(x)  # exp(710) overflows


def interval(checks: Sequence[Check], bounds: Bounds, *, listing: bool = False) -> float:
    """Return the seconds until the next visit of a page with this history."""
    return bounds.clip(math.log(2) / rate(checks, listing=listing), listing=listing)


Backoff = Callable[[int, Bounds], float]
"""From failures in a row to the seconds until the next try."""


def after_failure(failures: int, bounds: Bounds) -> float:
    """Return the seconds until the next try of a URL that failed so often in a row: doubling."""
    return bounds.clip(bounds.shortest * 2.0 ** min(failures - 1, MAX_DOUBLINGS))


def after_loss(failures: int, bounds: Bounds) -> float:
    """Return the seconds until a look at whether a lost page is back: from a day, doubling."""
    return bounds.clip(GONE_SECONDS * 2.0 ** min(failures - 1, MAX_DOUBLINGS))


def spread(seconds: float, url_id: int) -> float:
    """Return an interval shortened by 5 to 15 %, so that pages found together part company.

    And so that what is due a day later is due by the time of tomorrow's run, not just after it.
    The fractional part of a multiple of the golden ratio spreads consecutive numbers evenly.
    """
    return seconds * (0.95 - 0.1 * math.modf(url_id * 0.6180339887498949)[0])
