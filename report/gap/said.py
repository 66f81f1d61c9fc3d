"""Statistics as the report holds them: numbers that JSON can carry, refusals as words."""

from __future__ import annotations

import math

from report.estimate.refused import Refused
from report.gap.model import Reason


def reason(refused: Refused) -> Reason:
    """Return a refusal as the report says it: its code and both sentences."""
    return Reason(refused.code, refused.en, refused.zh)


def number(value: float | None, digits: int = 4) -> float | None:
    """Return a number rounded; what is open or undefined is None.

    >>> number(1.23456), number(float("inf")), number(None)
    (1.2346, None, None)
    """
    return round(float(value), digits) if value is not None and math.isfinite(value) else None


def probability(p: float | None) -> float | None:
    """Return a p-value in four significant digits: a small one is no 0.

    >>> probability(0.0237951), probability(3.14159e-12), probability(None)
    (0.0238, 3.142e-12, None)
    """
    return None if p is None else float(f"{p:.4g}")
