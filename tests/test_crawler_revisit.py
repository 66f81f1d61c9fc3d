"""The interval of a page follows its own history of change."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.revisit import (
    DAY,
    HOUR,
    MEMORY,
    PRIOR_CHANGES,
    PRIOR_SECONDS,
    Bounds,
    Check,
    after_failure,
    after_loss,
    interval,
    rate,
    spread,
)

BOUNDS = Bounds(6 * HOUR, 60 * DAY)
CHECKS = st.lists(st.tuples(st.floats(0, 400 * DAY), st.booleans()), max_size=3 * MEMORY)


@given(CHECKS, st.booleans())
def test_the_rate_solves_its_equation(checks: list[Check], listing: bool) -> None:
    found = rate(checks, listing=listing)
    left = PRIOR_CHANGES / found - PRIOR_SECONDS[listing]
    for elapsed, changed in checks[-MEMORY:]:
        elapsed = max(elapsed, 1.0)
        if not changed:
            left -= elapsed
        elif found * elapsed < 700:
            left += elapsed / math.expm1(found * elapsed)
    assert abs(left) * found < 0.05  # in changes


@given(CHECKS, st.booleans())
def test_an_interval_is_inside_its_bounds(checks: list[Check], listing: bool) -> None:
    seconds = interval(checks, BOUNDS, listing=listing)
    assert BOUNDS.shortest <= seconds <= BOUNDS.longest / (4 if listing else 1)


@given(CHECKS.filter(lambda checks: len(checks) < MEMORY), st.floats(1, 100 * DAY))
def test_a_change_never_lengthens_and_calm_never_shortens(
    checks: list[Check], elapsed: float
) -> None:
    before = rate(checks)
    assert rate([*checks, (elapsed, True)]) >= before * 0.997
    assert rate([*checks, (elapsed, False)]) <= before * 1.003


@pytest.mark.parametrize("days", [0.5, 1, 3, 10, 40])
def test_the_estimate_finds_the_rate_of_a_simulated_page(days: float) -> None:
    """Visited at its own intervals, a page's estimated rate is right within a factor of two."""
    drawn = random.Random(7)
    found = []
    for _ in range(60):
        checks: list[Check] = []
        for _ in range(2 * MEMORY):
            elapsed = interval(checks, Bounds(HOUR, 365 * DAY))
            checks.append((elapsed, drawn.random() < 1 - math.exp(-elapsed / (days * DAY))))
        found.append(1 / rate(checks) / DAY)
    found.sort()
    assert days / 2 < found[len(found) // 2] < days * 2


@pytest.mark.parametrize(
    ("checks", "days"),
    [  # page, first visits
        ([], 4.16),
        ([(4.16 * DAY, False)], 9.9),
        ([(DAY, True)] * MEMORY, 0.41),
        ([(60 * DAY, False)] * MEMORY, 60),
        ([(HOUR, True)] * MEMORY, 0.25),
        ([(60 * DAY, False)] * MEMORY + [(DAY, True)] * MEMORY, 0.41),  # it woke up
    ],
)
def test_intervals_of_typical_pages(checks: list[Check], days: float) -> None:
    assert interval(checks, BOUNDS) / DAY == pytest.approx(days, rel=0.05)


def test_listings_are_looked_at_sooner() -> None:
    assert interval([], BOUNDS, listing=True) < interval([], BOUNDS) / 4


def test_failures_double_and_are_bounded() -> None:
    waits = [after_failure(n, BOUNDS) for n in range(1, 40)]
    assert waits[:3] == [6 * HOUR, 12 * HOUR, 24 * HOUR]
    assert waits == sorted(waits)
    assert waits[-1] == BOUNDS.longest
    assert after_loss(1, BOUNDS) == DAY


@given(st.integers(1, 10**9))
def test_pages_found_together_part_company(number: int) -> None:
    assert 0.85 * DAY <= spread(DAY, number) <= 0.95 * DAY
    assert abs(spread(DAY, number) - spread(DAY, number + 1)) > 0.03 * DAY
