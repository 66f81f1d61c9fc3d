"""Dates known only to the year or month do not make a beginning look sudden."""

from __future__ import annotations

import numpy as np
import pytest

from report.estimate.arrays import Floats
from report.estimate.lag import First, Lag, first, lag


def false_limits(per_year: float, shape: float, works: int) -> float:
    """Return how often the limit lies after the start, dates being known to a part of a year."""
    rng, false = np.random.default_rng(5), 0
    for _ in range(300):
        dates = 2003.3 + 15 * rng.random(works) ** (1 / shape)
        begun: Floats = np.floor(dates * per_year) / per_year
        found = first(begun, 1990.0, "en", begun + 1 / per_year)
        assert isinstance(found, First)
        false += found.earliest > 2003.3
    return false / 300


@pytest.mark.parametrize(("shape", "works"), [(1.0, 40), (2.0, 40), (2.0, 200), (3.0, 200)])
def test_years_alone_give_no_worse_a_limit_than_days(shape: float, works: int) -> None:
    by_day, by_year = false_limits(365.25, shape, works), false_limits(1, shape, works)
    assert by_year <= by_day + 0.01


def test_ten_of_the_same_date_leave_the_end_open_and_say_why() -> None:
    many = 2004 + 15 * np.random.default_rng(6).random(60)
    for length in (0.0, 1.0):  # the same moment, the same year
        same = np.full(12, 2015.0)
        found = lag(same, many, 1990.0, (same + length, many))
        assert isinstance(found, Lag)
        assert found.refused is not None
        assert found.refused.code == "dates_alike"
        assert "English" in found.refused.en
        assert np.isinf(found.interval.high)
        assert np.isfinite(found.interval.low)
