"""B1: how many works there are, from an audit that was drawn independently of the routes.

The only way to a point estimate: whatever made the routes find the same works, an independent draw
meets what they found in proportion to how much they found.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from report.estimate.arrays import Bools, Floats
from report.estimate.interval import BITS, NORMAL95, Interval, around, combined
from report.estimate.labels import clopper_pearson
from report.estimate.refused import Refused, foremost, refuse
from report.estimate.split import Judged, Split, split

FEWEST = 5
"""Fewest draws, and fewest of them found, for the normal interval of a log share to mean anything
(a judgement)."""

LEAST_CORRECTION = 0.05
"""Floor of the finite population correction (B1)."""

FEWEST_EVEN, LEAST_EVEN = 12, 0.25
"""Fewest equal draws that weighted ones must be worth, in number and as a share of their own.

Below, the heaviest works are often not drawn at all, which no draw can show. Chosen so that of the
audits that ``python benchmarks/estimators.py --only findings`` makes few are printed and false."""


@dataclass(frozen=True, slots=True)
class Audit:
    """Independent draws of one language's works.

    ``found[i]`` tells whether the corpus had the i-th draw's work. ``weight[i]`` is one over the
    chance of that draw, up to a factor; None when all works had the same chance. ``biased`` is
    True when the chances differed and are unknown.
    """

    found: Bools
    weight: Floats | None = None
    biased: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One language: the clusters that all routes found, the audit, and the judged clusters."""

    clusters: int
    audit: Audit | None
    judged: Judged | None


@dataclass(frozen=True, slots=True)
class Size:
    """One language's works and what that rests on.

    ``works`` = clusters × works per cluster / ``coverage``; ``log_se`` is of its natural logarithm
    and has two parts, the draws' and the judged clusters'. ``error`` is the 95 % interval of that
    logarithm about 0, ``met`` that of ``coverage``.
    """

    works: float
    log_se: float
    error: Interval
    coverage: float
    met: Interval
    draws: int
    found: int
    clusters: int
    split: Split
    weighted: bool


@dataclass(frozen=True, slots=True)
class AuditRatio:
    """log2 of Chinese works over English works, its 95 % interval, and both sizes."""

    log2: float
    interval: Interval
    se: float
    en: Size
    zh: Size


def size(side: Side, language: str) -> Size | Refused:
    """Return how many works one language has (B1).

    Uniform draws: c = (m+½)/(n+1), with the finite population's correction 1 - nc/D. Weighted
    draws: the Hájek form of Horvitz-Thompson, c = Σw·found/Σw. N = D·mu/c. Refuses without an
    audit, where nothing was found, with unknown weights, without judged clusters, with fewer than
    five draws or finds, and where few draws carry most of the weight.

    >>> drawn = Audit(np.arange(200) < 120)
    >>> found = size(Side(600, drawn, Judged(np.ones(150, dtype=np.int64))), "en")
    >>> round(found.coverage, 4), round(found.works)
    (0.5995, 1001)
    """
    audit = side.audit
    if side.clusters < 1:
        return refuse("found_none", language=language)
    if audit is None:
        return refuse("no_audit")
    if audit.biased and audit.weight is None:
        return refuse("audit_weights_unknown")
    if side.judged is None or side.judged.same.size == 0:
        return refuse("split_unmeasured")
    if (little := _too_little(audit, language)) is not None:
        return little
    met = _uniform(audit, side.clusters) if audit.weight is None else _weighted(audit)
    judged = split(side.judged)
    return Size(
        works=side.clusters * judged.works_per_cluster / met.share,
        log_se=math.hypot(met.log_se, judged.log_se),
        error=combined(met.error, around(0.0, NORMAL95 * judged.log_se)),
        coverage=met.share,
        met=met.limits,
        draws=audit.found.size,
        found=int(audit.found.sum()),
        clusters=side.clusters,
        split=judged,
        weighted=audit.weight is not None,
    )


def _too_little(audit: Audit, language: str) -> Refused | None:
    draws, hits = audit.found.size, int(audit.found.sum())
    if min(draws, hits) < FEWEST:
        return refuse("audit_small", language=language, count=hits, total=draws, needed=FEWEST)
    needed = max(FEWEST_EVEN, math.ceil(LEAST_EVEN * draws))
    if audit.weight is not None and _kish(audit.weight) < needed:
        return refuse("audit_uneven", language=language, total=draws, needed=needed)
    return None


@dataclass(frozen=True, slots=True)
class _Met:
    """The share of the works that was found, and the 95 % interval of ln(1/share) about 0."""

    share: float
    log_se: float
    error: Interval
    limits: Interval


def _met(share: float, variance: float, exact: Interval, left: float = 1.0) -> _Met:
    """Return the share with the wider of B1's limits and the exact ones, on either side.

    A few draws do not make the logarithm of a share normal. ``left`` is the finite population's
    correction: its root draws the exact limits in, as it does the standard error.
    """
    reach, near = NORMAL95 * math.sqrt(variance), math.sqrt(left)
    less = max(reach, near * math.log(exact.high / share))
    more = max(reach, near * math.log(share / exact.low)) if exact.low > 0 else math.inf
    limits = Interval(share * math.exp(-more), min(1.0, share * math.exp(less)))
    return _Met(share, math.sqrt(variance), Interval(-less, more), limits)


def _uniform(audit: Audit, clusters: int) -> _Met:
    n, hits = audit.found.size, int(audit.found.sum())
    share = (hits + 0.5) / (n + 1)
    left = max(1 - n * share / clusters, LEAST_CORRECTION)
    met = _met(share, (1 - share) / (share * (n + 1)) * left, clopper_pearson(hits, n), left)
    # All of a few draws may be all there is: the half of B1 must not leave that outside.
    limits = Interval(met.limits.low, max(met.limits.high, hits / n))
    return replace(met, limits=limits)


def _weighted(audit: Audit) -> _Met:
    """Return the Hájek share; its exact limits are those of as many equal draws (Kish 1965)."""
    assert audit.weight is not None
    weight = audit.weight / audit.weight.sum()
    share, n = min(1.0, float(weight[audit.found].sum())), _kish(weight)
    variance = float((weight**2 * (audit.found - share) ** 2).sum()) / share**2
    return _met(share, max(variance, _least(n)), clopper_pearson(share * n, n))


def _kish(weight: Floats) -> float:
    """Return (Σw)²/Σw²: of how many equal draws such weights tell as much (Kish 1965)."""
    part = weight / weight.max()  # squares of very small weights would be nothing
    return float(part.sum()) ** 2 / float((part**2).sum())


def _least(draws: float) -> float:
    """Return the variance of half a miss among one more draw, the least that is believed.

    Where all of a few weighted draws were found the formula knows no error. ``draws`` is Kish's
    effective number, (Σw)²/Σw²; with equal weights this is what uniform draws say then.

    >>> every = np.ones(20, dtype=bool)
    >>> round(_least(20.0), 6), round(_uniform(Audit(every), 10**9).log_se ** 2, 6)
    (0.001161, 0.001161)
    """
    share = (draws + 0.5) / (draws + 1)
    return (1 - share) / (share * (draws + 1))


def audit_ratio(en: Side, zh: Side) -> AuditRatio | Refused:
    """Return how many times as many works Chinese has as English (B1).

    The interval joins both sizes' own, which are ±1.96 standard errors or the exact limits of a
    share where those are wider. Wide intervals are returned too: ``publish.audit`` decides what of
    them may be printed.

    >>> drawn, alone = Audit(np.arange(200) < 120), Judged(np.ones(150, dtype=np.int64))
    >>> ratio = audit_ratio(Side(500, drawn, alone), Side(1000, drawn, alone))
    >>> round(ratio.log2, 3), round(ratio.interval.low, 2), round(ratio.interval.high, 2)
    (1.0, 0.78, 1.22)
    """
    english, chinese = size(en, "en"), size(zh, "zh")
    if isinstance(english, Refused) or isinstance(chinese, Refused):
        return foremost(english, chinese)
    log2 = math.log2(chinese.works / english.works)
    se = BITS * math.hypot(english.log_se, chinese.log_se)
    error = combined(english.error.swapped(), chinese.error)
    interval = Interval(log2 + BITS * error.low, log2 + BITS * error.high)
    return AuditRatio(log2, interval, se, english, chinese)


def audited(found: Bools, weight: Floats | None = None) -> Audit:
    """Return an audit; equal weights are no weights.

    Raises ValueError when a weight is not positive and finite, or their number differs.
    """
    if weight is None:
        return Audit(found)
    if weight.shape != found.shape or not (np.isfinite(weight).all() and (weight > 0).all()):
        raise ValueError("audit weights: one positive number a draw is needed")
    return Audit(found, None if np.allclose(weight, weight[:1], atol=0) else weight)
