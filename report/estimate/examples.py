"""Data of published worked examples, for the doctests and the tests."""

from __future__ import annotations

import numpy as np

from report.estimate.arrays import Floats, Ints


def _counts(frequencies: dict[int, int]) -> Ints:
    return np.repeat(list(frequencies), list(frequencies.values())).astype(np.int64)


GIRDLED: Ints = _counts({46: 1, 22: 1, 17: 1, 15: 2, 9: 1, 8: 1, 6: 2, 4: 1, 2: 4, 1: 12})
"""Spiders a species under girdled hemlocks (Ellison et al. 2010), as in iNEXT's ``spider``."""

LOGGED: Ints = _counts(
    {88: 1, 22: 1, 16: 1, 15: 1, 13: 1, 10: 1, 8: 2, 7: 3, 5: 1, 4: 3, 3: 4, 2: 4, 1: 14}
)
"""Spiders a species under logged hemlocks (Ellison et al. 2010)."""

DODO: Floats = np.array([1662.0, 1638, 1631, 1628, 1628, 1611, 1607, 1602, 1601, 1598])
"""The last sightings of the dodo (Roberts & Solow 2003)."""
