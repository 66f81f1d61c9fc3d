"""An interval of log ratios, and the quantiles that make one."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import stdtr, stdtrit

BITS = 1 / math.log(2)
"""A natural logarithm times this is in bits."""

NORMAL95 = 1.96
"""The two-sided 95 % quantile of the normal distribution, as the method names it."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval, in bits unless its owner says otherwise; an end may be infinite."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """Return the distance between the ends."""
        return self.high - self.low

    @property
    def direction(self) -> str:
        """Return "zh" when all of it is above 0, "en" when all of it is below, "" otherwise."""
        return "zh" if self.low > 0 else "en" if self.high < 0 else ""

    def holds(self, value: float) -> bool:
        """Return whether the value lies in it, ends included."""
        return self.low <= value <= self.high

    def swapped(self) -> Interval:
        """Return the interval of the inverse ratio.

        >>> Interval(-1.0, 2.0).swapped()
        Interval(low=-2.0, high=1.0)
        """
        return Interval(-self.high, -self.low)

    def times(self) -> Interval:
        """Return the ends as ratios: 1 bit is twice as many, -1 bit half as many.

        >>> Interval(-1.0, 2.0).times()
        Interval(low=0.5, high=4.0)
        """
        return Interval(2.0**self.low, 2.0**self.high)


def around(value: float, reach: float) -> Interval:
    """Return the interval from ``value - reach`` to ``value + reach``."""
    return Interval(value - reach, value + reach)


def combined(*errors: Interval) -> Interval:
    """Return the interval of a sum of independent errors, each given about 0 (Zou & Donner 2008).

    Each side is the root of its sum of squares: unequal sides stay unequal (their MOVER).

    >>> combined(Interval(-3.0, 5.0), Interval(-4.0, 12.0))
    Interval(low=-5.0, high=13.0)
    """
    return Interval(-math.hypot(*(e.low for e in errors)), math.hypot(*(e.high for e in errors)))


def t95(degrees: float) -> float:
    """Return the two-sided 95 % quantile of Student's t; a fraction of a degree is allowed.

    Below one degree of freedom there is no variance to speak of: one is used.

    >>> round(t95(9), 3)  # Student 1908, and every table since
    2.262
    """
    return float(stdtrit(max(1.0, degrees), 0.975))


def p_value(statistic: float, degrees: float) -> float:
    """Return the two-sided p-value of a t statistic.

    >>> round(p_value(2.262, 9), 3)
    0.05
    """
    return float(2 * stdtr(max(1.0, degrees), -abs(statistic)))
