"""The models of the routes, and the jackknife, agree with loops over statsmodels and scipy."""

from __future__ import annotations

import math
from itertools import combinations
from typing import Any

import numpy as np
import pytest
import scipy.stats
import statsmodels.api as sm
from scipy.optimize import minimize

from report.estimate import latent, loglinear
from report.estimate.arrays import Bools, Floats, Ints
from report.estimate.cells import histories
from report.estimate.prevalence import Difference, Marked, prevalences
from report.estimate.strata import length_deciles
from tests.test_report_estimate_agreement import tables


def columns(routes: int, *, gamma: bool) -> tuple[list[Floats], list[Floats]]:
    """The columns of the first model, and those that may come to it, written anew."""
    found = histories(routes).astype(float)
    k = found.sum(axis=1)
    first = [np.ones(len(k)), *found.T]
    pairs = [found[:, r] * found[:, s] for r, s in combinations(range(routes), 2)]
    if gamma:
        return [*first, np.log(3.5) - np.log(3.5 + k)], pairs
    return first, [*pairs, k**2 / 2]


def forward(counts: Floats, routes: int, *, gamma: bool) -> float:
    """Add the term of the largest score statistic while BIC falls; return the size.

    A loop that tries every term's deviance instead chooses the same in all but some of the tables
    of three routes with the Gamma term, where the terms hardly differ.
    """
    model, terms = columns(routes, gamma=gamma)

    def poisson(chosen: list[Floats]) -> Any:
        return sm.GLM(counts, np.stack(chosen, axis=1), family=sm.families.Poisson())

    fit = poisson(model).fit()
    while terms and len(model) < len(counts) - 1:
        scores = [poisson(model).score_test(fit.params, exog_extra=t[:, None])[0] for t in terms]
        wider = [*model, terms.pop(int(np.argmax(scores)))]
        trial = poisson(wider).fit()
        if fit.deviance - trial.deviance <= math.log(counts.sum()):
            break
        model, fit = wider, trial
    return float(counts.sum() + math.exp(fit.params[0]))


@pytest.mark.filterwarnings("ignore::statsmodels.tools.sm_exceptions.PerfectSeparationWarning")
@pytest.mark.parametrize("gamma", [False, True])
@pytest.mark.parametrize("routes", [3, 4, 5])
def test_forward_bic_is_that_of_a_loop_over_statsmodels(routes: int, gamma: bool) -> None:
    counts = tables(20 + routes, routes=routes)
    ours = loglinear.chosen(counts, gamma=gamma)
    theirs = [forward(row, routes, gamma=gamma) for row in counts]
    assert ours == pytest.approx(theirs, rel=1e-4)


def naive_share(has: Bools, stratum: Ints, weight: Floats, kept: Bools) -> float:
    """ln of the share at the standard strata, a stratum at a time."""
    total = of = 0.0
    for number, share in enumerate(weight):
        mine = kept & (stratum == number)
        if mine.any() and share > 0:
            total, of = total + share * has[mine].mean(), of + share
    works = int(kept.sum())
    return math.log((total / of * works + 0.5) / (works + 1))


def test_the_jackknife_over_sites_at_equal_lengths_is_that_of_a_loop() -> None:
    rng = np.random.default_rng(3)
    sides = []
    for works, sites, p in ((400, 25, 0.2), (700, 40, 0.3)):
        site, has = rng.integers(0, sites, works), rng.random((works, 1)) < p
        sides.append((has, site, rng.lognormal(5, 1, works)))
    strata = length_deciles(sides[0][2], 1.3 * sides[1][2])
    shares = [np.bincount(s, minlength=10) / s.size for s in strata]
    weight = np.where((shares[0] > 0) & (shares[1] > 0), shares[0] + shares[1], 0.0)
    values, variance, effective = [], 0.0, []
    for (has, site, _), stratum in zip(sides, strata, strict=True):
        everything = np.ones(site.size, dtype=bool)
        values.append(naive_share(has[:, 0], stratum, weight, everything))
        left = [naive_share(has[:, 0], stratum, weight, site != one) for one in np.unique(site)]
        jackknife = (len(left) - 1) * float(np.var(left))
        variance += max(jackknife, 1 / (has.sum() + 0.5) - 1 / (site.size + 1))
        effective.append(site.size**2 / float((np.bincount(site) ** 2).sum()))
    log2 = (values[1] - values[0]) / math.log(2)
    se = math.sqrt(variance) / math.log(2)
    en, zh = (Marked(s[0], s[1], t) for s, t in zip(sides, strata, strict=True))
    (row,) = prevalences(en, zh)
    assert isinstance(row, Difference)
    assert (row.log2, row.se) == pytest.approx((log2, se))
    reach = float(scipy.stats.t.ppf(0.975, min(effective) - 1)) * se
    assert (row.interval.low, row.interval.high) == pytest.approx((log2 - reach, log2 + reach))
    assert row.p == pytest.approx(2 * scipy.stats.t.sf(abs(log2 / se), 24))


def likeliest(counts: Floats, share: Floats, chance: Floats) -> float:
    """Return N where scipy finds the top of the penalised likelihood, from this start."""
    table = histories(chance.shape[1])

    def parts(v: Floats) -> tuple[Floats, Floats, Floats, float]:
        share = 1 / (1 + np.exp(np.array([-v[0], v[0]])))
        chance = 1 / (1 + np.exp(-v[1:].reshape(2, -1)))
        cells = sum(share[k] * np.where(table, chance[k], 1 - chance[k]).prod(1) for k in (0, 1))
        return share, chance, np.asarray(cells), float(share @ (1 - chance).prod(axis=1))

    def loss(v: Floats) -> float:
        share, chance, cells, missed = parts(v)
        beta = np.log(share).sum() + (np.log(chance) + np.log1p(-chance)).sum()
        return -float(counts @ np.log(cells / (1 - missed)) + 0.5 * beta)

    odds = np.concatenate([[share[0] / share[1]], (chance / (1 - chance)).ravel()])
    top = minimize(loss, np.log(odds), method="L-BFGS-B", options={"maxfun": 100_000})
    return float(counts.sum() / (1 - parts(top.x)[3]))


@pytest.mark.parametrize("routes", [3, 4, 5])
def test_em_climbs_to_where_scipy_finds_the_likelihood_highest(
    routes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To the last digits when it may take its time, and within 1 % as it is used."""
    counts = tables(40 + routes, routes=routes)
    share, chance = latent._start(counts)
    theirs = np.log([likeliest(*one) for one in zip(counts, share, chance, strict=True)])
    assert np.log(latent.latent(counts)) == pytest.approx(theirs, abs=0.01)
    monkeypatch.setattr(latent, "TOLERANCE", 1e-9)
    monkeypatch.setattr(latent, "STEPS", 20_000)
    assert np.log(latent.latent(counts)) == pytest.approx(theirs, abs=2e-4)
