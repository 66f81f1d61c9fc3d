"""B5: how much more often the found works of one language have a property: concepts, years, kinds.

This is prevalence among *found* works. It says nothing of works that were not found.

Heart attacks of doctors, 104 of 11,037 on aspirin and 189 of 11,034 on placebo: the ratio of shares
is 1.82, 95 % interval 1.43 to 2.30 (Agresti 2002, 3.1). The halves and ones that are added draw it
in by a hundredth, and the jackknife agrees with his normal interval:

>>> aspirin, placebo = (
...     Marked((np.arange(n) < k)[:, None], np.arange(n)) for k, n in ((104, 11037), (189, 11034))
... )
>>> row = prevalences(aspirin, placebo)[0]
>>> ends = row.interval.times()
>>> round(2**row.log2, 2), round(ends.low, 2), round(ends.high, 2)
(1.81, 1.43, 2.3)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from report.estimate.arrays import Bools, Floats, Ints
from report.estimate.captures import effective_sites
from report.estimate.discoveries import discoveries
from report.estimate.interval import BITS, Interval, around, p_value, t95
from report.estimate.refused import Refused, refuse

FEWEST_WORKS, FEWEST_EFFECTIVE = 5, 8.0
"""Below either, in either language, a row is counts only."""

LEAST_SHARED = 0.5
"""Least share of each language's works whose length the other has too (a judgement): below it,
works of like length speak for few of the others."""


@dataclass(frozen=True, slots=True)
class Marked:
    """One language's found works: ``has`` is works × properties, ``site`` and ``stratum`` a work.

    ``stratum`` numbers length deciles (``strata.length_deciles``); None compares as found.
    """

    has: Bools
    site: Ints
    stratum: Ints | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One property: the works that have it, and log2 of Chinese over English prevalence.

    ``marked`` when it is beyond noise by Benjamini-Hochberg over all rows that are compared.
    """

    en_works: int
    zh_works: int
    log2: float
    interval: Interval
    se: float
    p: float
    marked: bool


@dataclass(frozen=True, slots=True)
class Suppressed:
    """One property of which only counts are shown, and why."""

    en_works: int
    zh_works: int
    why: Refused


@dataclass(frozen=True, slots=True)
class _Side:
    works: Floats  # with the property
    log_p: Floats
    variance: Floats  # of log_p, natural units
    sites: int
    effective: float


def prevalences(en: Marked, zh: Marked) -> tuple[Difference | Suppressed, ...]:
    """Return a row a property, in column order; suppressed rows stay in their place.

    d = log2[((K_zh+½)/(n_zh+1)) / ((K_en+½)/(n_en+1))]; SE = the larger of delete-one-site
    jackknife and Wald; t interval with min(Geff)-1 degrees, Geff = n²/Σn_s²; p-values with
    min(sites)-1 (B5). Where strata are given and hardly shared, every row is
    suppressed. Raises ValueError when the languages differ in properties.
    """
    if en.has.shape[1] != zh.has.shape[1]:
        raise ValueError(f"{en.has.shape[1]} English and {zh.has.shape[1]} Chinese properties")
    shares = _stratum_shares(en, zh)
    english, chinese = _side(en, shares), _side(zh, shares)
    effective = min(english.effective, chinese.effective)
    log2 = BITS * (chinese.log_p - english.log_p)
    se = BITS * np.sqrt(english.variance + chinese.variance)
    why = _why_none(en, zh, effective)
    fewest = np.minimum(english.works, chinese.works)
    compared = (fewest >= FEWEST_WORKS) & (why is None)
    degrees = min(english.sites, chinese.sites) - 1
    p = np.array(
        [p_value(d / s, degrees) if ok else np.nan for d, s, ok in _rows(log2, se, compared)]
    )
    marked = discoveries(p)
    reach = t95(effective - 1) * se
    works = [(int(e), int(z)) for e, z in zip(english.works, chinese.works, strict=True)]
    return tuple(
        Difference(*works[i], d, around(d, float(reach[i])), s, float(p[i]), bool(marked[i]))
        if ok
        else Suppressed(*works[i], why or refuse("concept_sparse"))
        for i, (d, s, ok) in enumerate(_rows(log2, se, compared))
    )


def _why_none(en: Marked, zh: Marked, effective: float) -> Refused | None:
    """Return why no row at all can be compared, None when some may be."""
    if en.stratum is not None and zh.stratum is not None and not _shared(en.stratum, zh.stratum):
        return refuse("lengths_apart")
    return None if effective >= FEWEST_EFFECTIVE else refuse("concept_sparse")


def _rows(log2: Floats, se: Floats, compared: Bools) -> list[tuple[float, float, bool]]:
    return list(zip(log2.tolist(), se.tolist(), compared.tolist(), strict=True))


def _shared(en: Ints, zh: Ints) -> bool:
    """Whether enough of each language's works have a length that the other has too."""
    both = np.intersect1d(en, zh)
    return all(side.size > 0 and np.isin(side, both).mean() >= LEAST_SHARED for side in (en, zh))


def _strata(side: Marked) -> Ints:
    return np.zeros(side.site.size, dtype=np.int64) if side.stratum is None else side.stratum


def _stratum_shares(en: Marked, zh: Marked) -> Floats:
    """Return each stratum's weight: the mean of both languages' shares, 0 where one has none."""
    top = 1 + max((int(_strata(s).max()) for s in (en, zh) if s.site.size), default=0)
    both = [np.bincount(_strata(side), minlength=top).astype(float) for side in (en, zh)]
    pooled = sum(counts / max(1.0, counts.sum()) for counts in both) / 2
    shares: Floats = np.where((both[0] > 0) & (both[1] > 0), pooled, 0.0)
    return shares / shares.sum() if shares.sum() > 0 else shares


def _side(side: Marked, shares: Floats) -> _Side:
    """Count by site and stratum, then leave out each site in turn."""
    site = np.unique(side.site, return_inverse=True)[1]
    sites, strata = (int(site.max()) + 1 if site.size else 0), shares.size
    place = site * strata + _strata(side)
    n = np.bincount(place, minlength=sites * strata).reshape(sites, strata).astype(float)
    k = np.zeros((sites, strata, side.has.shape[1]))
    for column, has in enumerate(side.has.T):
        counted = np.bincount(place[has], minlength=sites * strata)
        k[:, :, column] = counted.reshape(sites, strata)
    total_n, total_k = n.sum(axis=0), k.sum(axis=0)
    log_p = _log_prevalence(total_k[None], total_n[None], shares)[0]
    left = _log_prevalence(total_k - k, total_n - n, shares)
    works = total_k.sum(axis=0)
    jackknife = (
        ((left - left.mean(axis=0)) ** 2).sum(axis=0) * (sites - 1) / max(1, sites)
        if sites > 1
        else np.full(works.shape, np.inf)
    )
    wald = 1 / (works + 0.5) - 1 / (total_n.sum() + 1)
    effective = effective_sites(n.sum(axis=1).astype(np.int64))
    return _Side(works, log_p, np.maximum(jackknife, wald), sites, effective)


def _log_prevalence(k: Floats, n: Floats, shares: Floats) -> Floats:
    """Return ln((K+½)/(n+1)), K the count at the standard strata: … × strata × properties in."""
    held = np.where(n > 0, shares, 0.0)
    weight = held / np.maximum(held.sum(axis=-1, keepdims=True), 1e-300)
    share = np.einsum("...s,...sc->...c", weight / np.maximum(n, 1), k)
    total = n.sum(axis=-1)[..., None]
    logs: Floats = np.log((share * total + 0.5) / (total + 1))
    return logs
