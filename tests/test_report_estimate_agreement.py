"""The statistics agree with another implementation wherever there is one."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.stats
import statsmodels.api as sm
from scipy.spatial.distance import jensenshannon
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from report.estimate import loglinear
from report.estimate.arrays import Floats
from report.estimate.captures import Captures
from report.estimate.cells import cells_by_site, histories, resampled
from report.estimate.chao import chao2, chao_mth
from report.estimate.discoveries import discoveries
from report.estimate.divergence import Divergence, Words, divergence
from report.estimate.interval import BITS, p_value, t95
from report.estimate.labels import clopper_pearson
from report.estimate.latent import latent
from report.estimate.poisson import fit, score_tests
from report.estimate.prevalence import Difference, Marked, prevalences


def tables(seed: int, number: int = 4, routes: int = 5) -> Floats:
    rng = np.random.default_rng(seed)
    easy = rng.random((number, 400, 1)) < 0.4
    found = rng.random((number, 400, routes)) < np.where(easy, 0.6, 0.2)
    found[:, :, 1] |= found[:, :, 0] & (rng.random((number, 400)) < 0.4)
    cell = found @ (1 << np.arange(routes))
    return np.stack([np.bincount(c, minlength=2**routes)[1:] for c in cell]).astype(float)


@pytest.mark.parametrize("routes", [3, 4, 5])
def test_poisson_fits_are_those_of_statsmodels(routes: int) -> None:
    counts, design = tables(routes, routes=routes), loglinear.design(routes)
    active = np.zeros((4, design.shape[1]), dtype=bool)
    active[:, : routes + 1] = True
    active[1, routes + 2] = active[2, -1] = active[3, routes + 1] = True
    ours = fit(counts, design, active, loglinear._start(counts))
    for row in range(4):
        theirs = sm.GLM(counts[row], design[:, active[row]], family=sm.families.Poisson()).fit()
        assert ours.beta[row, active[row]] == pytest.approx(theirs.params, abs=1e-4)
        assert ours.fitted[row] == pytest.approx(theirs.fittedvalues, rel=1e-4)


def test_score_statistics_are_near_the_fall_in_deviance() -> None:
    counts, design = tables(9), loglinear.design(5)
    active = np.zeros((4, design.shape[1]), dtype=bool)
    active[:, :6] = True
    start = fit(counts, design, active, loglinear._start(counts))
    score = score_tests(counts, start, design, active)
    for column in (7, 8, 16):
        wider = active.copy()
        wider[:, column] = True
        fall = 2 * (fit(counts, design, wider, start.beta).likelihood - start.likelihood)
        assert score[:, column] == pytest.approx(fall, rel=0.35, abs=1.0)


def test_forward_choice_is_never_worse_than_independence_by_bic() -> None:
    counts = tables(3, number=30)
    active = np.zeros((30, loglinear.design(5).shape[1]), dtype=bool)
    active[:, :6] = True
    plain = fit(counts, loglinear.design(5), active, loglinear._start(counts))
    chosen = loglinear.forward(counts, gamma=False)
    terms = (np.abs(chosen.beta) > 0).sum(axis=1) - 6
    gain = 2 * (chosen.likelihood - plain.likelihood) - terms * np.log(counts.sum(axis=1))
    assert (gain >= -1e-6).all()
    assert (terms > 0).any()


def test_independent_routes_give_the_two_route_estimate() -> None:
    """With two routes the independence model is saturated: N = n1·n2/m (Lincoln 1930)."""
    counts = np.array([[30.0, 20.0, 10.0]])
    active = np.ones((1, 3), dtype=bool)
    design = np.concatenate([np.ones((3, 1)), histories(2).astype(float)], axis=1)
    model = fit(counts, design, active, np.zeros((1, 3)))
    assert 60 + np.exp(model.beta[0, 0]) == pytest.approx(40 * 30 / 10)


def test_latent_classes_find_two_kinds() -> None:
    """Exact cell counts of 5,000 works, 40 % found with chance .6 and 60 % with .15."""
    table = histories(5)
    k = table.sum(axis=1)
    share = 0.4 * 0.6**k * 0.4 ** (5 - k) + 0.6 * 0.15**k * 0.85 ** (5 - k)
    counts = (5000 * share)[None]
    assert latent(counts)[0] == pytest.approx(5000, rel=0.04)
    assert chao2(counts)[0] < 5000
    assert chao_mth(counts)[0] < 5000


def test_resampled_tables_keep_the_expected_size() -> None:
    rng = np.random.default_rng(2)
    found = rng.random((500, 4)) < 0.5
    found[:, 0] = True
    by_site = cells_by_site(Captures(found, rng.integers(0, 50, 500)))
    assert by_site.sum() == 500
    again = resampled(by_site, 400, rng)
    assert again.sum(axis=1).mean() == pytest.approx(500, rel=0.02)


@pytest.mark.parametrize(("hits", "n"), [(0, 10), (10, 10), (3, 17), (250, 1000)])
def test_exact_limits_are_those_of_scipy_and_statsmodels(hits: int, n: int) -> None:
    ours = clopper_pearson(hits, n)
    scipys = scipy.stats.binomtest(hits, n).proportion_ci(method="exact")
    assert (ours.low, ours.high) == pytest.approx((scipys.low, scipys.high))
    assert (ours.low, ours.high) == pytest.approx(proportion_confint(hits, n, method="beta"))


def test_marks_are_those_of_statsmodels() -> None:
    p = np.random.default_rng(5).random(60) ** 3
    assert (discoveries(p, 0.1) == multipletests(p, 0.1, method="fdr_bh")[0]).all()


@pytest.mark.parametrize("degrees", [1.0, 4.5, 29.0])
def test_t_quantiles_are_those_of_scipy(degrees: float) -> None:
    assert t95(degrees) == pytest.approx(scipy.stats.t.ppf(0.975, degrees))
    assert p_value(1.7, degrees) == pytest.approx(2 * scipy.stats.t.sf(1.7, degrees))


def test_the_error_of_a_difference_is_that_of_statsmodels_where_every_work_is_a_site() -> None:
    works = ((60, 900), (200, 1500))
    en, zh = (Marked((np.arange(n) < k)[:, None], np.arange(n)) for k, n in works)
    row = prevalences(en, zh)[0]
    assert isinstance(row, Difference)
    (k_en, n_en), (k_zh, n_zh) = works
    table = sm.stats.Table2x2([[k_zh, n_zh - k_zh], [k_en, n_en - k_en]])
    assert row.log2 == pytest.approx(table.log_riskratio * BITS, abs=0.01)
    assert row.se == pytest.approx(table.log_riskratio_se * BITS, rel=0.01)


def test_the_divergence_is_near_scipys_jensen_shannon() -> None:
    """T is its quadratic term: near it while the shares are not far apart."""
    rng = np.random.default_rng(8)
    shares = rng.dirichlet(np.full(30, 5.0))
    tilted = shares * np.exp(0.3 * rng.normal(size=30))
    counts = [rng.multinomial(2000, p / p.sum(), size=20) for p in (shares, tilted)]
    found = divergence(Words(counts[0]), Words(counts[1]), rng, recall_measured=True)
    assert isinstance(found, Divergence)
    p, q = (c.sum(axis=0) / c.sum() for c in counts)
    assert found.raw_bits == pytest.approx(jensenshannon(p, q, base=2) ** 2, rel=0.02)
