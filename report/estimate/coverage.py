"""B4: samples of different effort compared where they cover equally much."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from report.estimate.arrays import Floats, Ints
from report.estimate.examples import GIRDLED, LOGGED  # noqa: F401 the doctests'


@dataclass(frozen=True, slots=True)
class EqualCoverage:
    """Numbers of kinds (sites, say) at coverage ``at``, which both languages reach."""

    at: float
    en: float
    zh: float

    @property
    def log2(self) -> float:
        """Return log2 of Chinese over English, in bits."""
        return float(np.log2(self.zh / self.en))


def sample_coverage(counts: Ints) -> float:
    """Return the share of the population whose kinds were seen (Chao & Jost 2012, eq. 4a).

    ``counts`` are individuals a kind. C = 1 - f1/n · (n-1)f1/((n-1)f1+2f2).

    Spiders under girdled and logged trees, as published with iNEXT: .9289 and .9446.

    >>> round(sample_coverage(GIRDLED), 4), round(sample_coverage(LOGGED), 4)
    (0.9289, 0.9446)
    """
    n, f1, f2 = _first(counts)
    return 1 - f1 / n * _unseen(n, f1, f2) if n else 0.0


def coverage_at(counts: Ints, size: float) -> float:
    """Return the expected coverage of a sample of ``size`` (Chao & Jost 2012, eqs 4b and 12)."""
    n, f1, f2 = _first(counts)
    if size >= n:
        unseen = _unseen(n, f1, f2)
        return float(1 - f1 / n * unseen ** (size - n + 1)) if f1 else 1.0
    x = counts[counts > 0].astype(float)
    return float(1 - (x / n * _all_missed(n - 1, n - x, size)).sum())


def kinds_at(counts: Ints, size: float) -> float:
    """Return the expected number of kinds in a sample of ``size`` (Colwell et al. 2012, eqs 4, 9).

    Below the sample's own size by rarefaction; above by extrapolation towards Chao1, which is 43.9
    and 61.4 kinds of those spiders.

    >>> round(kinds_at(GIRDLED, 10**6), 1), round(kinds_at(LOGGED, 10**6), 1)
    (43.9, 61.4)
    """
    n, f1, f2 = _first(counts)
    x = counts[counts > 0].astype(float)
    if size <= n:
        return float((1 - _all_missed(n, n - x, size)).sum())
    missed = (n - 1) / n * (f1**2 / (2 * f2) if f2 else f1 * (f1 - 1) / 2)
    if missed <= 0:
        return float(x.size)
    return float(x.size + missed * (1 - (1 - f1 / (n * missed + f1)) ** (size - n)))


def equal_coverage(en: Ints, zh: Ints) -> EqualCoverage:
    """Return both languages' kinds at C* = min_L C(2n_L) (B4). Never for sizes.

    Raises ValueError when a language has no individuals.
    """
    if not (en.sum() and zh.sum()):
        raise ValueError("equal coverage: each language needs at least one individual")
    at = min(coverage_at(counts, 2 * int(counts.sum())) for counts in (en, zh))
    return EqualCoverage(at, *(kinds_at(c, size_for(c, at)) for c in (en, zh)))


def size_for(counts: Ints, coverage: float) -> float:
    """Return the sample size that reaches the coverage, at most twice the sample's own."""
    low, high = 1.0, 2.0 * float(counts.sum())
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if coverage_at(counts, middle) < coverage else (low, middle)
    return high


def _first(counts: Ints) -> tuple[int, int, int]:
    return int(counts.sum()), int((counts == 1).sum()), int((counts == 2).sum())


def _unseen(n: int, f1: int, f2: int) -> float:
    """Return the factor (n-1)f1/((n-1)f1+2f2); with no pairs, as if f2 were estimated by f1."""
    if f1 == 0:
        return 0.0
    if f2 == 0:
        return (n - 1) * (f1 - 1) / ((n - 1) * (f1 - 1) + 2)
    return (n - 1) * f1 / ((n - 1) * f1 + 2 * f2)


def _all_missed(total: float, others: Floats, size: float) -> Floats:
    """Return C(others, size)/C(total, size): the chance that a sample has only others."""
    rest = np.maximum(others - size, 0)
    logs = gammaln(others + 1) - gammaln(rest + 1) - gammaln(total + 1) + gammaln(total - size + 1)
    missed: Floats = np.where(others >= size, np.exp(logs), 0.0)
    return missed
