"""Small and uneven audits: what is printed of them is hardly ever false."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import binom

from report.estimate import publish
from report.estimate.audit import Audit, AuditRatio, Side, audit_ratio, audited
from report.estimate.refused import Refused
from report.estimate.split import Judged

ALONE = Judged(np.ones(150, dtype=np.int64))
CHINESE = Side(10**6, Audit(np.arange(200) < 120), ALONE)


def printed(english: Side) -> AuditRatio | Refused:
    return publish.audit(audit_ratio(english, CHINESE))


@pytest.mark.parametrize("draws", [5, 6, 7, 8, 10, 12, 15])
@pytest.mark.parametrize("share", [0.5, 0.6, 0.7, 0.8, 0.9])
def test_few_draws_are_seldom_printed_and_false(draws: int, share: float) -> None:
    """All numbers of finds there can be, each with its chance; Chinese met what it should."""
    truth, false = math.log2(share / 0.6), 0.0
    for hits in range(draws + 1):
        said = printed(Side(10**6, Audit(np.arange(draws) < hits), ALONE))
        if isinstance(said, AuditRatio) and not said.interval.holds(truth):
            false += binom.pmf(hits, draws, share)
    assert false <= 0.05


def test_the_interval_is_never_inside_that_of_the_standard_error() -> None:
    for hits in range(5, 61):
        ratio = audit_ratio(Side(70, Audit(np.arange(60) < hits), ALONE), CHINESE)
        assert isinstance(ratio, AuditRatio)
        assert ratio.interval.low <= ratio.log2 - 1.95 * ratio.se
        assert ratio.interval.high >= ratio.log2 + 1.95 * ratio.se
        assert ratio.en.met.holds(ratio.en.coverage)


@pytest.mark.parametrize("spread", [2.0, 3.0])
def test_few_heavy_draws_are_seldom_printed_and_false(spread: float) -> None:
    rng = np.random.default_rng(1)
    weight = np.exp(rng.normal(0, spread, 5000))
    hard = 0.9 * np.log(weight) / spread + 0.44 * rng.normal(size=weight.size)
    found = hard < np.median(hard)
    false = 0
    for _ in range(200):
        drawn = rng.choice(weight.size, 200, p=1 / weight / (1 / weight).sum())
        said = printed(Side(10**6, audited(found[drawn], weight[drawn]), ALONE))
        false += isinstance(said, AuditRatio) and not said.interval.holds(math.log2(0.5 / 0.6))
    assert false <= 10


def test_twenty_draws_of_mild_weights_may_be_printed() -> None:
    weight = np.random.default_rng(2).lognormal(sigma=0.4, size=20)
    assert isinstance(
        printed(Side(38, audited(np.ones(20, dtype=bool), weight), ALONE)), AuditRatio
    )
