"""One work counted twice: how many works the found clusters really are."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from report.estimate.arrays import Floats, Ints


@dataclass(frozen=True, slots=True)
class Judged:
    """Found clusters that were drawn at random and judged by hand.

    ``same[i]`` is how many of the found clusters are the same work as the i-th judged one, itself
    included, so 1 where it stands alone. ``weight[i]`` is for how many drawn clusters it speaks,
    where others like it were drawn and nobody was sure of them; None: each for itself.
    """

    same: Ints
    weight: Floats | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """Works per found cluster, and the standard error of its natural logarithm."""

    works_per_cluster: float
    log_se: float
    judged: int


def split(judged: Judged) -> Split:
    """Return mu = mean(1/c) and its standard error sqrt(var(1/c)/(n mu²)) (B1).

    A cluster whose work lies in c clusters is 1/c of a work. Raises ValueError for no clusters or
    a c below 1.

    >>> split(Judged(np.array([1, 1, 1, 2])))
    Split(works_per_cluster=0.875, log_se=0.14285714285714285, judged=4)

    Where no judged cluster was split the formula knows no error, however few were judged. So it is
    never less than that of half a split among one more:

    >>> [round(split(Judged(np.ones(n, dtype=np.int64))).log_se, 4) for n in (1, 150)]
    [0.2165, 0.0023]
    """
    if judged.same.size == 0 or judged.same.min() < 1:
        raise ValueError(f"judged clusters: at least one, each counting itself, not {judged.same}")
    share, n = 1 / judged.same, judged.same.size
    weight = np.ones(n) if judged.weight is None else judged.weight
    mean = float((weight * share).sum() / weight.sum())
    spread = (weight**2 * (share - mean) ** 2).sum() / weight.sum() ** 2 * n / max(1, n - 1)
    half = 0.5 / (n + 1)
    least = half * (1 - half) / 4 / n
    return Split(mean, math.sqrt(max(float(spread), least)) / mean, int(n))
