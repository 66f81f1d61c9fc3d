"""The limits of a share hold although sites differ, and one site has none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.webs_small import shares
from report.estimate.clustered import clustered


@pytest.mark.parametrize(
    "setting", [(4, 25, (0.3, 1.2)), (5, 20, (0.5, 4.5)), (10, 20, (5.0, 5.0))]
)
def test_limits_hold_where_sites_differ(setting: tuple[int, int, tuple[float, float]]) -> None:
    assert np.mean([shares(((7, i), *setting)) for i in range(400)]) >= 0.90


def test_none_of_one_site_is_no_narrow_interval() -> None:
    assert clustered(np.array([0]), np.array([100])) is None
    assert clustered(np.array([0, 1, 2]), np.array([100, 1, 2])) is None
    none = clustered(np.zeros(10, dtype=np.int64), np.full(10, 100))
    assert none is not None
    assert none.high > 0.25  # ten sites, not a thousand works


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 30)), min_size=4, max_size=40))
def test_a_share_lies_within_its_limits(sites: list[tuple[int, int]]) -> None:
    works = np.array([n for _, n in sites])
    hits = np.minimum([h for h, _ in sites], works)
    limits = clustered(hits, works)
    assert limits is None or limits.holds(hits.sum() / works.sum())
    assert limits is None or 0 <= limits.low < limits.high <= 1
