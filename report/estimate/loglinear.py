"""Log-linear models of who found what: N = D + exp(intercept)."""

from __future__ import annotations

from functools import cache

import numpy as np

from report.estimate.arrays import Bools, Floats
from report.estimate.cells import histories, routes_of
from report.estimate.chao import chao_mth
from report.estimate.examples import DIABETES  # noqa: F401 the doctests'
from report.estimate.poisson import Fit, fit, score_tests

GAMMA = 3.5
"""The parameter of the Gamma term (Rivest & Baillargeon 2007; B2)."""

MOST = 1000.0
"""No size above so many times what was found: an intercept that runs off says nothing."""

WORKS_A_TERM = 4
"""Fewest works found for each term of a model. Without it a table of forty works takes up pairs of
routes by chance, some site resamples run off, and S5's envelope is more than twice as wide as the
document prints. The price: where the routes of forty works copy from each other, an interval that
was too wide to print held more often. Run `benchmarks/estimators.py` again (S5, own). Tables of
hundreds of works never come near it."""


@cache
def design(routes: int) -> Floats:
    """Return cells × columns: intercept, routes, Gamma term, pairs of routes, Darroch's k²/2.

    k is how many routes found the cell; the Gamma term is ln 3.5 - ln(3.5 + k).
    """
    found = histories(routes).astype(float)
    k = found.sum(axis=1, keepdims=True)
    pairs = [found[:, [r]] * found[:, [s]] for r in range(routes) for s in range(r + 1, routes)]
    gamma = np.log(GAMMA) - np.log(GAMMA + k)
    return np.concatenate([np.ones_like(k), found, gamma, *pairs, k**2 / 2], axis=1)


def loglinear(counts: Floats) -> Floats:
    """Return sizes by the model that forward BIC chooses over pairs and Darroch's term.

    ``counts`` is tables × cells. B2; models of Rivest & Baillargeon 2007.

    Of the diabetics of Bruno et al. (1994), 2,069 on four lists, Rivest (2011) takes the pairs
    13, 24 and 34 and Darroch's term: 2,752.

    >>> loglinear(DIABETES).round().tolist()
    [2752.0]

    What three independent routes with chances .5, .4 and .3 find of 1,000 works: .5·.6·.7 of them
    by the first alone, and so on; 210 of them by none.

    >>> loglinear(np.array([[210.0, 140, 140, 90, 90, 60, 60]])).round(3).tolist()
    [1000.0]
    """
    return chosen(counts, gamma=False)


def loglinear_gamma(counts: Floats) -> Floats:
    """Return sizes by the same choice among pairs, with the Gamma term in every model.

    The same diabetics by Rivest's Gamma model with the same pairs: 2,964.

    >>> loglinear_gamma(DIABETES).round().tolist()
    [2964.0]

    Where k of three routes found 3.5/(3.5 + k) of what none did, the Gamma term says it all; 1,287
    works are missed:

    >>> one, two, three = (1287 * 3.5 / (3.5 + k) for k in (1, 2, 3))
    >>> loglinear_gamma(np.array([[one, one, two, one, two, two, three]])).round(3).tolist()
    [7440.0]
    >>> 1287 + 3 * one + 3 * two + three
    7440.0
    """
    return chosen(counts, gamma=True)


def chosen(counts: Floats, *, gamma: bool) -> Floats:
    """Return the sizes of the models forward BIC chooses; n of the BIC is the works found."""
    found = counts.sum(axis=1)
    model = forward(counts, gamma=gamma)
    missed = np.exp(np.clip(model.beta[:, 0], -30, 30))
    size: Floats = found + np.minimum(missed, found * MOST)
    return size


def forward(counts: Floats, *, gamma: bool) -> Fit:
    """Return each table's last model that adding a term improved by BIC.

    The term to add is the one of the largest score statistic; it stays when the deviance falls by
    more than ln n. A model keeps at least one degree of freedom, and a term is added only where
    WORKS_A_TERM works a term are left.
    """
    matrix, price = design(routes_of(counts)), np.log(np.maximum(counts.sum(axis=1), 2))
    active = _base(counts, gamma=gamma)
    model = fit(counts, matrix, active, _start(counts))
    live = np.arange(counts.shape[0])
    while live.size:
        part = Fit(model.beta[live], model.fitted[live], model.likelihood[live])
        tests = score_tests(counts[live], part, matrix, active[live])
        score = _candidates(tests, routes_of(counts), gamma=gamma)
        best = score.argmax(axis=1)
        terms = active[live].sum(axis=1)
        enough = (terms + 1) * WORKS_A_TERM <= counts[live].sum(axis=1)
        room = (terms < matrix.shape[0] - 1) & enough
        tried = (score[np.arange(live.size), best] > price[live] / 2) & room
        live, best = live[tried], best[tried]
        wider = active[live].copy()
        wider[np.arange(live.size), best] = True
        trial = fit(counts[live], matrix, wider, model.beta[live])
        better = 2 * (trial.likelihood - model.likelihood[live]) > price[live]
        live = live[better]
        active[live] = wider[better]
        model.beta[live] = trial.beta[better]
        model.fitted[live] = trial.fitted[better]
        model.likelihood[live] = trial.likelihood[better]
    return model


def _base(counts: Floats, *, gamma: bool) -> Bools:
    routes = routes_of(counts)
    active = np.zeros((counts.shape[0], design(routes).shape[1]), dtype=bool)
    active[:, : routes + 1] = True
    active[:, routes + 1] = gamma
    return active


def _candidates(score: Floats, routes: int, *, gamma: bool) -> Floats:
    """Leave out the Gamma term, which is in every model or in none, and Darroch's beside it.

    Both say how much harder to find the missed works are. With both in a model intervals are a
    quarter to three times wider than the document's, which are met without (S1 .26 bits, printed
    .25; S7 1.6, printed 1.65), and hold the truth as often (`benchmarks/estimators.py`).
    """
    score[:, routes + 1] = 0
    if gamma:
        score[:, -1] = 0
    return score


def _start(counts: Floats) -> Floats:
    """Return the coefficients of independent routes in a population of Chao's size."""
    routes = routes_of(counts)
    size = chao_mth(counts)[:, None] + 1.0
    share = (counts @ histories(routes) + 0.5) / (size + 1)
    share = np.minimum(share, 0.99)
    start = np.zeros((counts.shape[0], design(routes).shape[1]))
    start[:, 0] = np.log(size[:, 0]) + np.log1p(-share).sum(axis=1)
    start[:, 1 : routes + 1] = np.log(share / (1 - share))
    return start
