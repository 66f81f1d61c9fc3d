"""Counts in both languages, side by side: the rows of every table of the report."""

from __future__ import annotations

import math
from dataclasses import dataclass

SMALL = 5
"""Below five works in either language a ratio says nothing."""


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

    ``label`` and ``label_zh`` are for readers; ``log2`` is log2(zh works / en works), or None where
    either is small, or where nobody has judged yet how often a work is counted twice.
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
