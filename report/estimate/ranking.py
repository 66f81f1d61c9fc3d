"""An order of concepts by the size of their gap, with noisy ones drawn towards the middle."""

from __future__ import annotations

import numpy as np

from report.estimate.arrays import Floats, Ints
from report.estimate.examples import BCG  # noqa: F401 the doctest's


def prior(log2: Floats, se: Floats) -> tuple[float, float]:
    """Return the mean and variance of the true values (DerSimonian & Laird 1986, eq. 8).

    Thirteen trials of a vaccine against tuberculosis (Colditz et al. 1994), by the log ratio of the
    risks: mean -.7141, variance .3088 (as metafor's documentation prints them).

    >>> sick, vaccinated, ill, others = BCG.T
    >>> variance = 1 / sick - 1 / vaccinated + 1 / ill - 1 / others
    >>> middle, spread = prior(np.log(sick / vaccinated / (ill / others)), np.sqrt(variance))
    >>> round(middle, 4), round(spread, 4)
    (-0.7141, 0.3088)
    """
    weight = 1 / se**2
    centre = (weight * log2).sum() / weight.sum()
    excess = (weight * (log2 - centre) ** 2).sum() - (log2.size - 1)
    spread = max(0.0, float(excess / (weight.sum() - (weight**2).sum() / weight.sum())))
    total = 1 / (se**2 + spread)
    return float((total * log2).sum() / total.sum()), spread


def ranked(log2: Floats, se: Floats) -> Ints:
    """Return the rows' numbers, the largest Chinese surplus first, after shrinkage.

    Posterior means under the normal ``prior``. Only the order leaves: intervals of shrunk values
    hold too seldom. Raises ValueError when a standard error is not
    positive.

    >>> ranked(np.array([3.0, 1.0, 0.0]), np.array([9.0, 0.1, 0.1])).tolist()
    [1, 0, 2]
    """
    if not (se > 0).all():
        raise ValueError("ranking: every standard error must be positive")
    if log2.size < 3:
        return np.argsort(-log2, kind="stable")
    middle, spread = prior(log2, se)
    shrunk = middle + spread / (spread + se**2) * (log2 - middle)
    return np.lexsort((-log2, -shrunk))
