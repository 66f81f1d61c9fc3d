"""One work counted twice: how many works the found clusters really are."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from report.estimate.arrays import Floats, Ints
from report.estimate.interval import Interval
from report.estimate.labels import clopper_pearson


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


def split_share(judged: Judged) -> tuple[float, Interval]:
    """Return which share of the drawn clusters is of a work that was split, with 95 % limits.

    Clopper and Pearson's, at the number of clusters that have the variance of the weighted share,
    as ``split`` weighs them.

    >>> share, limits = split_share(Judged(np.array([1] * 6 + [2] * 4)))
    >>> share, round(limits.low, 4), round(limits.high, 4)  # four of ten, as in every table
    (0.4, 0.1216, 0.7376)
    """
    weight, hit = _weight(judged), judged.same > 1
    total = weight.sum()
    share = float((weight * hit).sum() / total)
    one, spread = share * (1 - share), float((weight**2 * (hit - share) ** 2).sum())
    size = total**2 * one / spread if one else total**2 / (weight**2).sum()
    return share, clopper_pearson(share * size, size)


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
    weight = _weight(judged)
    mean = float((weight * share).sum() / weight.sum())
    spread = (weight**2 * (share - mean) ** 2).sum() / weight.sum() ** 2 * n / max(1, n - 1)
    half = 0.5 / (n + 1)
    least = half * (1 - half) / 4 / n
    return Split(mean, math.sqrt(max(float(spread), least)) / mean, int(n))


def _weight(judged: Judged) -> Floats:
    return np.ones(judged.same.size) if judged.weight is None else judged.weight
