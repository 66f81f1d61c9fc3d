"""One work counted twice: how many works the found clusters really are."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np  # noqa: F401 the doctest's

from report.estimate.arrays import Ints


@dataclass(frozen=True, slots=True)
class Judged:
    """Found clusters that were drawn at random and judged by hand.

    ``same[i]`` is how many of the found clusters are the same work as the i-th judged one, itself
    included, so 1 where it stands alone.
    """

    same: Ints


@dataclass(frozen=True, slots=True)
class Split:
    """Works per found cluster, and the standard error of its natural logarithm."""

    works_per_cluster: float
    log_se: float
    judged: int


def split(judged: Judged) -> Split:
    """Return mu = mean(1/c) and its standard error sqrt(var(1/c)/(n mu²)) (ESTIMATORS B1).

    A cluster whose work lies in c clusters is 1/c of a work. Raises ValueError for no clusters or
    a c below 1.

    >>> split(Judged(np.array([1, 1, 1, 2])))
    Split(works_per_cluster=0.875, log_se=0.14285714285714285, judged=4)
    """
    if judged.same.size == 0 or judged.same.min() < 1:
        raise ValueError(f"judged clusters: at least one, each counting itself, not {judged.same}")
    share = 1 / judged.same
    mean = float(share.mean())
    variance = float(share.var(ddof=1)) if share.size > 1 else 0.0
    return Split(mean, math.sqrt(variance / share.size) / mean, int(share.size))
