"""How many works there are by each model of the routes, with what resampling sites says of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from report.estimate.arrays import Floats
from report.estimate.captures import Captures
from report.estimate.captures import captures as usable
from report.estimate.cells import cells_by_site, resampled
from report.estimate.chao import chao2, chao_mth
from report.estimate.latent import latent
from report.estimate.loglinear import loglinear, loglinear_gamma
from report.estimate.refused import Refused, refuse

ESTIMATORS: dict[str, Callable[[Floats], Floats]] = {
    "chao2": chao2,
    "chao_mth": chao_mth,
    "loglinear": loglinear,
    "loglinear_gamma": loglinear_gamma,
    "latent": latent,
}
"""Name → cell counts (tables × cells) to sizes. The five of the envelope (B2)."""

RESAMPLES = 60
"""Site resamples."""

FEWEST_ROUTES, FEWEST_SITES = 3, 2
FEWEST_TWICE = 5
"""Fewest works found by two routes or more (a judgement): with none, any size fits the table."""

MOST_UNKNOWN = 0.05
"""Largest share of works of which no route is known (a judgement): they are left out of the table,
and so of the size."""


@dataclass(frozen=True, slots=True)
class LogSize:
    """A natural log of a number of clusters, and its standard error."""

    value: float
    se: float


@dataclass(frozen=True, slots=True)
class Sizes:
    """One language's sizes by each estimator, all of found and missed clusters together."""

    clusters: int
    sites: int
    routes: int
    by: dict[str, LogSize]


def sizes(
    captures: Captures, language: str, generator: np.random.Generator, resamples: int = RESAMPLES
) -> Sizes | Refused:
    """Return ln N by every estimator; SE² = var over site resamples of ln(N*/D*) + (1-D/N)/D.

    Only ln(N/D) is resampled: which sites were drawn changes D a lot, and that is not in question
    (B2). Refuses where there are no works, with fewer than three routes that found
    something, hardly any work found twice, many works without a known route, or one site. The same
    generator state gives the same answer.

    By hand, two sites alike: in each, of three routes every one found 5 works alone and the pairs
    3, 2 and 2. Chao's Mth is 44 + 300/(14+1) = 64. The sites are alike, so SE² = (1 - 44/64)/44.

    >>> cells = np.repeat([1, 2, 4, 3, 5, 6], [5, 5, 5, 3, 2, 2])
    >>> found = np.tile((cells[:, None] >> np.arange(3)) & 1 == 1, (2, 1))
    >>> both = Captures(found, np.repeat([0, 1], 22))
    >>> mth = sizes(both, "en", np.random.default_rng(1)).by["chao_mth"]
    >>> round(float(np.exp(mth.value)), 6), round(mth.se**2, 6)
    (64.0, 0.007102)
    """
    if not captures.works:
        return refuse("found_none", language=language)
    kept = usable(captures.found, captures.site)
    twice = int((kept.found.sum(axis=1) > 1).sum()) if kept.works else 0
    if kept.found.shape[1] < FEWEST_ROUTES or twice < FEWEST_TWICE:
        return refuse("captures_few", language=language)
    if kept.works < (1 - MOST_UNKNOWN) * captures.works:
        unknown = captures.works - kept.works
        return refuse("routes_unknown", language=language, count=unknown, total=captures.works)
    if kept.sites < FEWEST_SITES:
        return refuse("sites_few", language=language)
    by_site = cells_by_site(kept)
    tables = np.concatenate([by_site.sum(axis=0)[None], resampled(by_site, resamples, generator)])
    by = {name: _log_size(tables, estimate(tables)) for name, estimate in ESTIMATORS.items()}
    return Sizes(kept.works, kept.sites, kept.found.shape[1], by)


def _log_size(tables: Floats, size: Floats) -> LogSize:
    found = tables.sum(axis=1)
    missed_share = np.log(size / found)
    variance = missed_share[1:].var(ddof=1) + (1 - found[0] / size[0]) / found[0]
    return LogSize(float(np.log(size[0])), float(np.sqrt(variance)))
