"""Shares of works from few sites, and audits of few draws or of uneven weights."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from benchmarks.scoreboard import Scoreboard
from report.estimate import publish
from report.estimate.audit import Audit, AuditRatio, Side, audit_ratio, audited
from report.estimate.clustered import clustered
from report.estimate.split import Judged

Map = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
SHARES = tuple(
    (sites, works, beta)
    for sites, works in ((4, 25), (6, 20), (10, 20), (30, 10))
    for beta in ((0.5, 0.5), (0.3, 1.2), (0.5, 4.5), (5.0, 5.0))
)
"""Sites, works of each, and the beta distribution of the sites' own shares."""
AUDITS = tuple(
    (draws, share, spread, harder)
    for share in (0.5, 0.8)
    for draws, spread, harder in (
        *((n, 0.0, 0.0) for n in (6, 8, 12, 20, 50)),
        (20, 0.5, 0.5),
        *((n, spread, 0.5) for n in (50, 200) for spread in (1.0, 2.0)),
        (200, 2.0, 0.9),
        (200, 3.0, 0.9),
    )
)
"""English draws, the share found, the spread of the log weights, and their correlation with being
hard to find."""
FRAME = 5_000
ALONE = Judged(np.ones(150, dtype=np.int64))
EACH = 3
"""Trials for each replicate: one takes a fraction of a millisecond."""


def measure(board: Scoreboard, floors: dict[str, Any], run: Map, times: int, seed: int) -> None:
    """Measure both."""
    held = {
        f"{s} × {n}, beta {a:g} {b:g}": _mean(run, shares, tag, times, seed, (s, n, (a, b)))
        for tag, (s, n, (a, b)) in enumerate(SHARES, 500)
    }
    note = "sites × works: " + ", ".join(f"{name} {value:.3f}" for name, value in held.items())
    title = f"shares of works in sites, lowest coverage of {len(held)}"
    board.at_least(title, min(held.values()), floors["share_coverage"], note)
    false = {
        f"{n} draws, c {c:g}, spread {s:g} {r:g}": _mean(
            run, audits, tag, times, seed, (n, c, s, r)
        )
        for tag, (n, c, s, r) in enumerate(AUDITS, 600)
    }
    note = ", ".join(f"{name} {value:.3f}" for name, value in false.items())
    title = f"small and uneven audits printed though false, highest of {len(false)}"
    board.at_most(title, max(false.values()), floors["printed_false"], note)


def _mean(
    run: Map, trial: Callable[[Any], bool], tag: int, times: int, seed: int, given: tuple[Any, ...]
) -> float:
    jobs = [((seed, tag, i), *given) for i in range(EACH * times)]
    return float(np.mean(list(run(trial, jobs))))


def shares(job: tuple[tuple[int, ...], int, int, tuple[float, float]]) -> bool:
    """Return whether the limits hold the mean share of all sites that there might be."""
    seed, sites, works, (a, b) = job
    rng = np.random.default_rng(seed)
    limits = clustered(rng.binomial(works, rng.beta(a, b, sites)), np.full(sites, works))
    return limits is not None and limits.holds(a / (a + b))


def audits(job: tuple[tuple[int, ...], int, float, float, float]) -> bool:
    """Return whether an interval is printed and false; of Chinese 200 uniform draws met 60 %."""
    seed, draws, share, spread, harder = job
    rng = np.random.default_rng(seed)
    score = rng.normal(size=FRAME)
    hard = harder * score + math.sqrt(1 - harder**2) * rng.normal(size=FRAME)
    found, weight = hard < np.quantile(hard, share), np.exp(spread * score)
    drawn = rng.choice(FRAME, draws, p=1 / weight / (1 / weight).sum())
    en = Side(round(share * FRAME), audited(found[drawn], weight[drawn]), ALONE)
    zh = Side(round(0.6 * FRAME), Audit(rng.random(200) < 0.6), ALONE)
    printed = publish.audit(audit_ratio(en, zh))
    return isinstance(printed, AuditRatio) and not printed.interval.holds(0)
