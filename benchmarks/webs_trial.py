"""One trial on a simulated pair of webs: crawl, audit, estimate, compare with the truth."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from benchmarks.webs import Crawled, Web, crawl
from report.estimate.arrays import Bools
from report.estimate.audit import Audit, AuditRatio, Side, audit_ratio
from report.estimate.bound import Bound, bound
from report.estimate.envelope import Envelope, envelope
from report.estimate.interval import Interval
from report.estimate.sizes import sizes
from report.estimate.split import Judged

DRAWS, JUDGED = 200, 150
WEIGHT_NOISE = 0.3


@dataclass(frozen=True)
class Flaw:
    """What is wrong with an audit: finds it fails to match, by language, and weights that err with
    what the routes found (log units)."""

    missed_en: float = 0.0
    missed_zh: float = 0.0
    correlated: float = 0.0


SOUND = Flaw()


@dataclass(frozen=True)
class Outcome:
    """One trial: errors in bits, NaN and None where refused. ``claims`` names a bound's claim."""

    uniform: float
    uniform_at: Interval | None
    weighted: float
    weighted_at: Interval | None
    envelope_at: Interval | None
    low: float
    claims: str


def trial(
    pair: tuple[Web, Web], seed: tuple[int, ...], flaw: Flaw = SOUND, *, models: bool = True
) -> Outcome:
    """Return what the estimators say beside the truth (0 after subtracting it).

    The truth counts walled-off works too; audits draw from the others, the frame.
    """
    generator = np.random.default_rng(seed)
    truth = math.log2(pair[1].works / pair[0].works)
    en, zh = (crawl(web, generator) for web in pair)
    judged = judge(en, generator), judge(zh, generator)
    missed = (flaw.missed_en, flaw.missed_zh)
    ratios = []
    for weigh in (False, True):
        drawn = [
            Side(c.captures.works, draw(c, web, miss, flaw.correlated, generator, weigh), j)
            for c, web, miss, j in zip((en, zh), pair, missed, judged, strict=True)
        ]
        ratios.append(audit_ratio(*drawn))
    errors = [r.log2 - truth if isinstance(r, AuditRatio) else math.nan for r in ratios]
    at = [shifted(r.interval, truth) if isinstance(r, AuditRatio) else None for r in ratios]
    if not models:
        return Outcome(errors[0], at[0], errors[1], at[1], None, math.nan, "")
    by_en, by_zh = sizes(en.captures, "en", generator), sizes(zh.captures, "zh", generator)
    enveloped, bounded = envelope(by_en, by_zh, *judged), bound(by_en, by_zh, *judged)
    return Outcome(
        errors[0],
        at[0],
        errors[1],
        at[1],
        shifted(enveloped.interval, truth) if isinstance(enveloped, Envelope) else None,
        bounded.zh_over_en - truth if isinstance(bounded, Bound) else -math.inf,
        bounded.direction if isinstance(bounded, Bound) else "",
    )


def shifted(interval: Interval, truth: float) -> Interval:
    """Return the interval of the error."""
    return Interval(interval.low - truth, interval.high - truth)


def judge(side: Crawled, generator: np.random.Generator) -> Judged:
    """Draw found clusters and tell of each how many found clusters are its work."""
    number = np.bincount(side.work)
    size = min(JUDGED, side.work.size)
    return Judged(number[generator.choice(side.work, size=size, replace=False)])


def draw(
    side: Crawled,
    web: Web,
    missed: float,
    correlated: float,
    generator: np.random.Generator,
    weigh: bool,
) -> Audit:
    """Draw from the frame: uniformly, or ∝ exp(.5·s_page·u) with weights known within noise."""
    frame = np.flatnonzero(~side.walled)
    size = min(DRAWS, web.works // 2)
    if not weigh:
        drawn = generator.choice(frame, size=size, replace=False)
        return Audit(_matched(side.found[drawn], missed, generator))
    chance = np.exp(0.5 * web.by_page * side.popularity[frame])
    drawn = generator.choice(frame, size=size, p=chance / chance.sum())
    noise = WEIGHT_NOISE * generator.normal(size=size) + correlated * side.found[drawn]
    weight = np.exp(-0.5 * web.by_page * side.popularity[drawn] + noise)
    return Audit(_matched(side.found[drawn], missed, generator), weight)


def _matched(found: Bools, missed: float, generator: np.random.Generator) -> Bools:
    return found & (generator.random(found.size) >= missed)
