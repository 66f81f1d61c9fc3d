"""What a report says: a frozen measurement, made of numbers and strings only.

"Pages" are pages on the topic and "works" clusters of near-duplicates among them, unless a field
says otherwise. ``en`` and ``zh`` are English and Chinese throughout.
"""

from __future__ import annotations

from dataclasses import dataclass

from report.counts import Table, Totals
from report.gap.model import Gap
from report.meaning.model import Meaning
from store.records import Account

SCHEMA = 2
"""The version of ``report.json`` and ``report.csv``; it grows when a name goes or gets another
meaning. A name that is added (as ``meaning.framings`` was) leaves it: readers pass over it."""


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
    """What was measured; ``terms`` is the same as long as the words are that decide what is on
    topic (``counted.fingerprint``)."""

    id: str
    en: str
    zh: str
    terms: str


@dataclass(frozen=True, slots=True)
class Measurement:
    """Everything the report says.

    ``made_at``, ``fetched_from`` and ``fetched_to`` are ISO 8601 UTC ("" when nothing was
    fetched). ``pages_log2`` and ``works_log2`` compare found with found (works only where it was
    judged how often one is counted twice); they estimate nothing: what may be said of the gap is
    in ``gap``.
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
    gap: Gap
    meaning: Meaning

    @property
    def empty(self) -> bool:
        """True when no page is on topic."""
        return not (self.en.pages or self.zh.pages)

    def table(self, name: str) -> Table:
        """Return a table by name. Raises KeyError."""
        return {table.name: table for table in self.tables}[name]
