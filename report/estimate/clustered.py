"""A share of works whose sites have habits of their own."""

from __future__ import annotations

import numpy as np  # noqa: F401 the doctest's

from report.estimate.arrays import Ints
from report.estimate.captures import effective_sites
from report.estimate.interval import Interval, t95
from report.estimate.labels import clopper_pearson

FEWEST_SITES = 4.0
"""Fewest effective sites for an interval (simulated by ``python benchmarks/estimators.py --only
findings``): with fewer, honest limits leave nearly everything open."""


def clustered(hits: Ints, works: Ints) -> Interval | None:
    """Return the 95 % limits of a share, from hits and works by site; None with too few sites.

    Clopper and Pearson's at the effective number of works: n over the design effect that a
    delete-one-site jackknife finds, where that is above one, times the squared ratio of the t
    quantiles with n - 1 and Geff - 1 degrees (Korn & Graubard 1998). A share of none or all shows
    no difference between sites: there each of Geff sites counts as one work.

    Forty works, half of them hits: alike in all of ten sites, all or none in a site, one site.

    >>> ten = np.full(10, 4)
    >>> for hits in (np.full(10, 2), np.repeat([4, 0], 5)):
    ...     print(*(round(end, 2) for end in (clustered(hits, ten).low, clustered(hits, ten).high)))
    0.32 0.68
    0.14 0.86
    >>> clustered(np.array([20]), np.array([40])) is None
    True
    """
    n, found, sites = int(works.sum()), int(hits.sum()), effective_sites(works)
    if sites < FEWEST_SITES:
        return None
    share = found / n
    if found in (0, n):
        return clopper_pearson(share * sites, sites)
    without = (found - hits) / (n - works)
    spread = float(without.var()) * (without.size - 1)
    effect = max(1.0, spread * n / (share * (1 - share)))
    size = n / effect * (t95(n - 1) / t95(sites - 1)) ** 2
    return clopper_pearson(share * size, size)
