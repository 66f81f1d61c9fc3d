"""The headline: an estimate where there is an audit, else an interval, a direction, or a refusal.

Which of them may be printed is in ``report.estimate.publish``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from report.audit.sample import Sample
from report.estimate import publish
from report.estimate.audit import Audit, AuditRatio, Side, audit_ratio, audited, size
from report.estimate.bound import Bound, bound
from report.estimate.envelope import Envelope, envelope
from report.estimate.interval import Interval
from report.estimate.refused import Refused, refuse
from report.estimate.sizes import sizes
from report.estimate.split import Judged, split, split_share
from report.gap.arrays import Work, captures_of
from report.gap.evidence import Evidence
from report.gap.model import (
    DIRECTION,
    ESTIMATE,
    INTERVAL,
    REFUSED,
    Basis,
    Headline,
    Reason,
    Span,
)
from report.gap.said import number, reason

SEED = 20_260_101
"""Of the site resamples: a report of the same pages says the same."""

Works = Mapping[str, Sequence[Work]]


def headline(works: Works, pages: tuple[int, int], evidence: Evidence) -> Headline:
    """Return the answer for works by language; ``pages`` on topic are English first."""
    splits = evidence.splits
    judged = {lang: splits[lang].judged if lang in splits else None for lang in ("en", "zh")}
    ratio = audit_ratio(*(_side(works, judged, evidence.sample, lang) for lang in ("en", "zh")))
    en, zh = (sizes(captures_of(works[x]), x, np.random.default_rng(SEED)) for x in ("en", "zh"))
    around = envelope(en, zh, judged["en"], judged["zh"])
    least = _uncontradicted(bound(en, zh, judged["en"], judged["zh"]), ratio)
    kind, answer, direction, reasons = _decided(ratio, around, least)
    sample = evidence.sample
    return Headline(
        kind=kind,
        answer=answer,
        direction=direction,
        bound=_least(least),
        bound_direction=least.direction if isinstance(least, Bound) else "",
        spread=_spread(works, pages, ratio, around, point=kind == ESTIMATE),
        reasons=(*reasons, *_ruled_out(least)),
        en=_basis(works, judged, evidence, "en", point=kind == ESTIMATE),
        zh=_basis(works, judged, evidence, "zh", point=kind == ESTIMATE),
        frame_draws=len(sample.draws) if sample else 0,
        frame_fetched=sample.account.stored if sample else 0,
        frame=sample.draws[0].frame if sample and sample.draws else "",
        biased=bool(sample and sample.biased),
    )


def _side(
    works: Works, judged: Mapping[str, Judged | None], sample: Sample | None, lang: str
) -> Side:
    return Side(len(works[lang]), audit_of(sample, lang), judged[lang])


def audit_of(sample: Sample | None, lang: str) -> Audit | None:
    """Return what the estimator takes; None when there is no audit."""
    if sample is None:
        return None
    drawn = sample.works[lang]
    found = np.array([work.found for work in drawn], dtype=bool)
    if sample.biased:
        return Audit(found, None, biased=True)
    return audited(found, np.array([work.weight for work in drawn], dtype=float))


def _decided(
    ratio: AuditRatio | Refused, around: Envelope | Refused, least: Bound | Refused
) -> tuple[str, Span | None, str, tuple[Reason, ...]]:
    """Return what may be printed: kind, answer, direction, and why not more."""
    if isinstance(ratio, AuditRatio):
        printed = publish.audit(ratio)
        if isinstance(printed, AuditRatio):
            direction = printed.interval.direction
            return ESTIMATE, _span("audit", printed.interval, printed.log2), direction, ()
        return _only_direction(printed.direction or _direction(least), (printed,))
    shown = publish.envelope(around)
    if isinstance(shown, Envelope):
        direction = shown.interval.direction or _direction(least)
        return INTERVAL, _span("envelope", shown.interval), direction, (reason(ratio),)
    if isinstance(around, Envelope):
        return _only_direction(shown.direction or _direction(least), _both(ratio, shown))
    return REFUSED, None, "", tuple(reason(refused) for refused in _both(ratio, shown))


def _both(ratio: Refused, shown: Refused) -> tuple[Refused, ...]:
    """Return both refusals; "no audit, a range instead" would promise what is refused as well."""
    return (shown,) if ratio.code in ("no_audit", shown.code) else (ratio, shown)


def _uncontradicted(least: Bound | Refused, ratio: AuditRatio | Refused) -> Bound | Refused:
    """Return the bound, refused where it claims a larger gap than the audit finds.

    What it finds is its point where that is printed, as "about 3.3 times" and "at least 3.6 times"
    are not said on one page; else the end of its interval.
    """
    if isinstance(least, Refused) or isinstance(ratio, Refused) or not least.direction:
        return least
    point = isinstance(publish.audit(ratio), AuditRatio)
    low, high = (ratio.log2, ratio.log2) if point else (ratio.interval.low, ratio.interval.high)
    zh = least.direction == "zh"
    most, claimed = (high, least.zh_over_en) if zh else (-low, least.en_over_zh)
    return refuse("bound_contradicted") if most < claimed else least


def _ruled_out(least: Bound | Refused) -> tuple[Reason, ...]:
    """Return why there is no minimum, where that is not said already."""
    ruled_out = isinstance(least, Refused) and least.code == "bound_contradicted"
    return (reason(least),) if isinstance(least, Refused) and ruled_out else ()


def _only_direction(
    direction: str, refusals: tuple[Refused, ...]
) -> tuple[str, Span | None, str, tuple[Reason, ...]]:
    kind = DIRECTION if direction else REFUSED
    return kind, None, direction, tuple(reason(refused) for refused in refusals)


def _direction(least: Bound | Refused) -> str:
    return least.direction if isinstance(least, Bound) else ""


def _least(least: Bound | Refused) -> float | None:
    if not isinstance(least, Bound) or not least.direction:
        return None
    return number(least.zh_over_en if least.direction == "zh" else least.en_over_zh)


def _spread(
    works: Works,
    pages: tuple[int, int],
    ratio: AuditRatio | Refused,
    around: Envelope | Refused,
    *,
    point: bool,
) -> tuple[Span, ...]:
    """Return every method's own answer, what was found among them: the sensitivity bar.

    Only an audit that is printed has a point. Where no method answers there is nothing to compare
    what was found with: works found would then be the very ratio that is refused.
    """
    if not isinstance(around, Envelope) and not isinstance(ratio, AuditRatio):
        return ()
    spans: list[Span] = []
    counts = (len(works["en"]), len(works["zh"]))
    for name, (en, zh) in (("naive_pages", pages), ("naive_works", counts)):
        if en and zh:
            log2 = number(math.log2(zh / en))
            spans.append(Span(name, log2, log2, log2))
    if isinstance(around, Envelope):
        spans += [_span(name, interval) for name, interval in around.by.items()]
        spans.append(_span("envelope", around.interval))
    if isinstance(ratio, AuditRatio):
        spans.append(_span("audit", ratio.interval, ratio.log2 if point else None))
    return tuple(spans)


def _basis(
    works: Works,
    judged: Mapping[str, Judged | None],
    evidence: Evidence,
    lang: str,
    *,
    point: bool,
) -> Basis:
    """Return one side; sizes only with a ``point``: two sizes are a ratio, refused or not."""
    drawn = evidence.sample.works[lang] if evidence.sample else ()
    one = size(_side(works, judged, evidence.sample, lang), lang)
    splits = evidence.splits.get(lang)
    mine = judged[lang]
    count, of = (splits.split, len(splits.same)) if splits else (0, 0)
    share, limits = split_share(mine) if mine else (None, None)
    known = None if isinstance(one, Refused) else one
    told = known if point else None
    return Basis(
        lang=lang,
        clusters=len(works[lang]),
        drawn=len(drawn),
        had=sum(work.found for work in drawn),
        coverage=number(known.coverage) if known else None,
        coverage_low=number(known.met.low) if known else None,
        coverage_high=number(known.met.high) if known else None,
        works=number(told.works, 1) if told else None,
        works_low=number(told.works * math.exp(told.error.low), 1) if told else None,
        works_high=number(told.works * math.exp(told.error.high), 1) if told else None,
        judged=of,
        split=count,
        split_share=None if share is None else number(share),
        split_low=number(limits.low) if limits else None,
        split_high=number(limits.high) if limits else None,
        per_cluster=number(split(mine).works_per_cluster) if mine else None,
        waiting=splits.waiting if splits else 0,
        inside_judged=splits.inside_judged if splits else 0,
        joined=splits.joined_wrongly if splits else 0,
    )


def _span(name: str, interval: Interval, log2: float | None = None) -> Span:
    middle = None if log2 is None else number(log2)
    return Span(name, middle, number(interval.low), number(interval.high))
