"""Which of many differences are beyond noise, with few false ones among them."""

from __future__ import annotations

import numpy as np

from report.estimate.arrays import Bools, Floats

FALSE_SHARE = 0.10
"""Expected share of false ones among those marked, at most."""


def discoveries(p_values: Floats, share: float = FALSE_SHARE) -> Bools:
    """Return which p-values are marked (Benjamini & Hochberg 1995, procedure (1)).

    The largest k with p_(k) ≤ k/m·share marks the k smallest. NaN is no test and never marked.

    The 15 p-values of their section 3 at share .05: the first four are marked.

    >>> values = np.array([.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240,
    ...                    .4262, .5719, .6528, .7590, 1.0])
    >>> int(discoveries(values, 0.05).sum())
    4
    """
    tested = np.flatnonzero(~np.isnan(p_values))
    order = tested[np.argsort(p_values[tested], kind="stable")]
    passed = p_values[order] <= share * np.arange(1, order.size + 1) / max(1, order.size)
    marked = np.zeros(p_values.shape, dtype=bool)
    if passed.any():
        marked[order[: np.flatnonzero(passed)[-1] + 1]] = True
    return marked
