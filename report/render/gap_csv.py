"""The gap as tidy rows of ``report.csv``: one number a row, refused ones empty."""

from __future__ import annotations

from collections.abc import Iterator

from report.gap.model import Basis, Changes, Claimed, Difference, Gap, Headline, Lag, Spent

Value = str | int | float | None
Line = tuple[str, str, str, str, str, Value]
RATIO = "zh/en"


def gap_lines(gap: Gap) -> Iterator[Line]:
    """Yield (table, value, label, language, unit, number) for all that is known of the gap."""
    yield from _headline(gap.headline)
    for difference in gap.differences:
        yield from _difference(difference)
    for month in gap.times.months:
        yield ("months", month.month, "", "en", "works", month.en)
        yield ("months", month.month, "", "zh", "works", month.zh)
    yield ("months", "undated", "", "en", "works", gap.times.undated_en)
    yield ("months", "undated", "", "zh", "works", gap.times.undated_zh)
    for lag in gap.times.lags:
        yield from _lag(lag)
    for claim in gap.claims:
        yield from _claim(claim)
    for row in gap.effort:
        yield from _spent(row)
    if gap.changes is not None:
        yield from _changes(gap.changes)


def _headline(h: Headline) -> Iterator[Line]:
    yield ("headline", "kind", h.kind, "", "word", None)
    yield ("headline", "direction", h.direction, "", "word", None)
    yield ("headline", "bound", h.bound_direction, RATIO, "log2 of the larger side", h.bound)
    for reason in h.reasons:
        yield ("refusals", reason.code, reason.en, "", "", None)
    spans = (*((h.answer,) if h.answer else ()), *h.spread)
    for place, span in enumerate(spans):
        table = "answer" if h.answer and place == 0 else "methods"
        for unit, number in (("log2", span.log2), ("log2_low", span.low), ("log2_high", span.high)):
            yield (table, span.name, "", RATIO, unit, number)
    yield ("audit", "draws", h.frame, "", "pages", h.frame_draws)
    yield ("audit", "fetched", h.frame, "", "pages", h.frame_fetched)
    for basis in (h.en, h.zh):
        yield from _basis(basis)


def _basis(b: Basis) -> Iterator[Line]:
    for name, unit in (
        ("clusters", "works"),
        ("drawn", "works"),
        ("had", "works"),
        ("coverage", "share"),
        ("coverage_low", "share"),
        ("coverage_high", "share"),
        ("works", "works, estimated"),
        ("works_low", "works, estimated"),
        ("works_high", "works, estimated"),
        ("judged", "works"),
        ("split", "works"),
        ("split_share", "share"),
        ("split_low", "share"),
        ("split_high", "share"),
        ("per_cluster", "works a cluster"),
        ("waiting", "pairs"),
        ("inside_judged", "pairs"),
        ("joined", "pairs"),
    ):
        yield ("audit", name, "", b.lang, unit, getattr(b, name))


def _difference(d: Difference) -> Iterator[Line]:
    table, label = f"differences_{d.dimension}", f"{d.label} / {d.label_zh}".strip(" /")
    yield (table, d.value, label, "en", "works", d.en_works)
    yield (table, d.value, label, "en", "of works", d.en_of)
    yield (table, d.value, label, "zh", "works", d.zh_works)
    yield (table, d.value, label, "zh", "of works", d.zh_of)
    for unit, number in (
        ("log2", d.log2),
        ("log2_low", d.low),
        ("log2_high", d.high),
        ("p", d.p),
        ("log2_standardised", d.standardised),
        ("log2_standardised_low", d.standardised_low),
        ("log2_standardised_high", d.standardised_high),
        ("rank", d.rank),
    ):
        yield (table, d.value, label, RATIO, unit, number)
    yield (table, d.value, label, RATIO, "marked", int(d.marked))
    if d.suppressed is not None:
        yield (table, d.value, d.suppressed.code, RATIO, "suppressed", None)
    if d.unstandardised is not None:
        yield (table, d.value, d.unstandardised.code, RATIO, "unstandardised", None)


def _lag(lag: Lag) -> Iterator[Line]:
    value = lag.subject or "topic"
    yield ("lags", value, lag.label, RATIO, "years_low", lag.low)
    yield ("lags", value, lag.label, RATIO, "years_high", lag.high)
    if lag.reason is not None:
        yield ("lags", value, lag.reason.code, RATIO, "refused", None)
    for first in (lag.en, lag.zh):
        if first is not None:
            yield ("lags", value, first.earliest, first.lang, "earliest", None)
            yield ("lags", value, first.limit or "", first.lang, "limit", None)


def _claim(c: Claimed) -> Iterator[Line]:
    value = f"{c.service} {c.concept} {c.day}"
    yield ("claims", value, c.en_query or c.en_refused, "en", c.en_bound, c.en_total)
    yield ("claims", value, c.zh_query or c.zh_refused, "zh", c.zh_bound, c.zh_total)


def _spent(row: Spent) -> Iterator[Line]:
    for unit in ("fetches", "bytes", "pages", "on_topic"):
        yield ("effort", row.kind, "", row.lang, unit, getattr(row, unit))


def _changes(changes: Changes) -> Iterator[Line]:
    yield ("changes", "since", changes.since, "", "time", None)
    for caution in changes.cautions:
        yield ("changes", caution.code, caution.en, "", "caution", None)
    for row in changes.concepts:
        yield ("changes", row.concept, row.moved, "en", "new works", row.en_now - row.en_before)
        yield ("changes", row.concept, row.moved, "zh", "new works", row.zh_now - row.zh_before)
