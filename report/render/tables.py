"""CSV: every count as one tidy row, and one row for every page on topic.

UTF-8 with a byte order mark and CRLF, as spreadsheets expect; no cell is read as a formula.
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterable, Iterator, Sequence

from report.counts import Cell, Row, Table, Totals
from report.model import Measurement
from report.render.gap_csv import gap_lines
from report.render.inert import cell
from report.render.meaning_csv import meaning_lines
from report.survey import Document

COLUMNS = ("table", "value", "label", "language", "unit", "number")
"""``number`` is empty where a ratio is refused; ``language`` is ``zh/en`` for a log2 ratio."""

PAGE_COLUMNS = (
    "url",
    "title",
    "language",
    "script",
    "date",
    "source",
    "source_id",
    "host",
    "kind",
    "region",
    "work",
    "reprint",
    "bilingual",
    "concepts",
    "routes",
    "warnings",
    "length",
    "fetched_at",
)

PAGE_NUMBERS = ("work", "reprint", "bilingual", "length")
"""The columns of pages.csv that are numbers; in every other one digits are words."""

_BOM = "\ufeff"

Value = str | int | float | None
Line = tuple[str, str, str, str, str, Value]


def counts_csv(measured: Measurement) -> Iterator[str]:
    """Yield ``report.csv`` line by line."""
    return _lines(COLUMNS, _counts(measured))


def pages_csv(documents: Iterable[Document]) -> Iterator[str]:
    """Yield ``pages.csv`` line by line; a page on topic in both languages has two rows."""
    return _lines(PAGE_COLUMNS, (_page(document) for document in documents))


def _lines(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    yield _BOM + _line(header)
    for row in rows:
        yield _line(row)


class _Through:
    """A file whose ``write`` hands the line back, so that one writer serves all lines."""

    def write(self, line: str) -> str:
        return line


_WRITER = csv.writer(_Through(), lineterminator="\r\n")


# A cell that begins as a formula does, behind a space too: found in a whole line at once. What only
# looks like one (a comma and a sign within a title) is looked at cell by cell, as all once were.
_RISKY = re.compile('(?:^|,)"?[ =+\\-@＝＋－＠]')


def _line(values: Sequence[Value]) -> str:
    line = str(_WRITER.writerow(values))
    if not _RISKY.search(line) and line[:-2].isprintable():
        return line
    # Only text is guarded: a negative number is a number, not a formula.
    guarded = [cell(value) if isinstance(value, str) else value for value in values]
    return str(_WRITER.writerow(guarded))


def _counts(measured: Measurement) -> Iterator[Line]:
    yield ("report", "made_at", measured.made_at, "", "time", None)
    yield ("report", "schema", "", "", "version", measured.schema)
    yield ("report", "revision", "", "", "revision", measured.revision)
    for totals in (measured.en, measured.zh):
        yield from _totals(totals)
    yield ("totals", "pages", "", "zh/en", "log2", measured.pages_log2)
    yield ("totals", "works", "", "zh/en", "log2", measured.works_log2)
    for table in measured.tables:
        yield from _table(table)
    yield from gap_lines(measured.gap)
    yield from meaning_lines(measured.meaning)
    yield from _warnings(measured)
    yield from _crawl(measured)


def _totals(totals: Totals) -> Iterator[Line]:
    names = ("articles", "hubs", "pages", "works", "reprints", "sources", "hosts", "bilingual")
    units = {"sources": "sources", "hosts": "hosts", "works": "works"}
    for name in names:
        number = getattr(totals, name)
        yield ("totals", name, "", totals.lang, units.get(name, "pages"), number)
    yield ("totals", "volume", "", totals.lang, totals.volume_unit, totals.volume)


def _table(table: Table) -> Iterator[Line]:
    for row in table.rows:
        for lang, counted in (("en", row.en), ("zh", row.zh)):
            yield from _cell(table.name, row, lang, counted)
        yield (table.name, row.value, _label(row), "zh/en", "log2", row.log2)


def _cell(table: str, row: Row, lang: str, counted: Cell) -> Iterator[Line]:
    yield (table, row.value, _label(row), lang, "pages", counted.pages)
    yield (table, row.value, _label(row), lang, "works", counted.works)


def _label(row: Row) -> str:
    return f"{row.label} / {row.label_zh}" if row.label_zh else row.label


def _warnings(measured: Measurement) -> Iterator[Line]:
    for stored in measured.stored:
        yield ("stored", "articles", "", stored.lang, "pages", stored.articles)
        yield ("stored", "hubs", "", stored.lang, "pages", stored.hubs)
    for doubt in measured.doubts:
        for lang, count in (("en", doubt.en), ("zh", doubt.zh), ("other", doubt.other)):
            yield ("warnings_stored", doubt.name, "", lang, "pages", count)
        for lang, count in (("en", doubt.en_pages), ("zh", doubt.zh_pages)):
            yield ("warnings", doubt.name, "", lang, "pages", count)


def _crawl(measured: Measurement) -> Iterator[Line]:
    account = measured.account
    for state in ("discovered", "stored", "failed", "skipped", "gone", "pending"):
        yield ("accounts", state, "", "", "URLs", getattr(account, state))
    for state, reason, count in account.reasons:
        yield ("reasons", state, reason, "", "URLs", count)
    for run in measured.runs:
        yield ("runs", str(run.id), f"{run.started_at} {run.outcome}", "", "fetched", run.fetched)
        for limit in run.limits:
            subject = f"{limit.name} {limit.subject}".strip()
            yield ("limits", str(run.id), subject, "", "URLs left", limit.left)


@functools.lru_cache(maxsize=10_000)  # thousands of pages share each of them
def _listed(names: frozenset[str] | tuple[str, ...]) -> str:
    return ";".join(names if isinstance(names, tuple) else sorted(names))


def _page(document: Document) -> tuple[Value, ...]:
    source = document.source
    return (
        document.url,
        document.title,
        document.lang,
        document.script,
        document.date,
        source.name,
        source.id,
        document.host,
        source.kind,
        document.region,
        document.work,
        int(document.reprint),
        int(document.bilingual),
        _listed(document.concepts),
        _listed(document.routes),
        _listed(document.doubts),
        document.volume,
        document.fetched_at,
    )
