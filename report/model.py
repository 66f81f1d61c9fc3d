"""What a report says: a frozen measurement, made of numbers and strings only.

"Pages" are pages on the topic and "works" clusters of near-duplicates among them, unless a field
says otherwise. ``en`` and ``zh`` are English and Chinese throughout.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from store.model import Account

SCHEMA = 1
"""The version of ``report.json`` and ``report.csv``; it grows when a name or a meaning changes."""

SMALL = 5
"""Below five works in either language a ratio says nothing (ESTIMATORS, B: "counts only")."""


def log2_ratio(en: int, zh: int) -> float | None:
    """Return log2(zh/en), rounded to three digits; None when either count is small."""
    return None if min(en, zh) < SMALL else round(math.log2(zh / en), 3)


@dataclass(frozen=True, slots=True)
class Cell:
    """One language's share of a row."""

    pages: int = 0
    works: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One value of a dimension in both languages.

    ``label`` and ``label_zh`` are for readers; ``log2`` is log2(zh works / en works), or None.
    """

    value: str
    label: str
    label_zh: str
    en: Cell
    zh: Cell
    log2: float | None


@dataclass(frozen=True, slots=True)
class Table:
    """One dimension. Where ``partition`` is True every page and work is in exactly one row."""

    name: str
    partition: bool
    rows: tuple[Row, ...]

    def filled(self) -> tuple[Row, ...]:
        """Return the rows that hold a page in either language."""
        return tuple(row for row in self.rows if row.en.pages or row.zh.pages)


@dataclass(frozen=True, slots=True)
class Totals:
    """One language's totals.

    ``articles`` counts every article with text in the language, on topic or not; ``hubs`` the
    list pages whose main language it is. ``bilingual`` are pages on topic that also have text in
    the other language. ``volume`` is the length of the pages' text in ``volume_unit``.
    """

    lang: str
    articles: int
    hubs: int
    pages: int
    works: int
    reprints: int
    sources: int
    hosts: int
    bilingual: int
    volume: int
    volume_unit: str


@dataclass(frozen=True, slots=True)
class Stored:
    """Stored pages by main language (a language code); every stored page is in one row."""

    lang: str
    articles: int
    hubs: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A warning and how many pages carry it.

    ``en``, ``zh`` and ``other`` count all stored pages by main language; ``en_pages`` and
    ``zh_pages`` those on topic.
    """

    name: str
    en: int
    zh: int
    other: int
    en_pages: int
    zh_pages: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A work worth reading, as its first page shows it; ``copies`` counts its reprints."""

    lang: str
    script: str
    title: str
    url: str
    source: str
    date: str
    concepts: int
    copies: int


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that cut a crawl: what it cut, and how many URLs it left."""

    name: str
    subject: str
    left: int


@dataclass(frozen=True, slots=True)
class CrawlRun:
    """One crawl as far as the report shows it: times are ISO 8601 UTC."""

    id: int
    started_at: str
    ended_at: str
    outcome: str
    fetched: int
    limits: tuple[Limit, ...]


@dataclass(frozen=True, slots=True)
class TopicName:
    """What was measured."""

    id: str
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Measurement:
    """Everything the report says.

    ``made_at``, ``fetched_from`` and ``fetched_to`` are ISO 8601 UTC ("" when nothing was
    fetched). ``pages_log2`` and ``works_log2`` compare found with found; they estimate nothing.
    """

    schema: int
    made_at: str
    revision: int
    topic: TopicName
    hubs_included: bool
    fetched_from: str
    fetched_to: str
    en: Totals
    zh: Totals
    pages_log2: float | None
    works_log2: float | None
    stored: tuple[Stored, ...]
    tables: tuple[Table, ...]
    doubts: tuple[Doubt, ...]
    account: Account
    runs: tuple[CrawlRun, ...]
    reading: tuple[Reading, ...]

    @property
    def empty(self) -> bool:
        """True when no page is on topic."""
        return not (self.en.pages or self.zh.pages)

    def table(self, name: str) -> Table:
        """Return a table by name. Raises KeyError."""
        return {table.name: table for table in self.tables}[name]
