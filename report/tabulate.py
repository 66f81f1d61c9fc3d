"""Counts by one property of the documents, both languages side by side."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from config.model import LANGUAGES
from report.counts import Cell, Row, Table, log2_ratio
from report.survey import Document

NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class Dimension:
    """A property to count by.

    ``values`` gives a document's values, "" for not stated. Where ``partition`` is True it gives
    exactly one, and a work counts where its first page counts; else a work counts once in every
    value that any of its pages has. ``order`` lists values that are shown even when empty;
    others follow, sorted. ``labels`` and ``labels_zh`` are for readers.
    """

    name: str
    partition: bool
    values: Callable[[Document], Iterable[str]]
    order: Sequence[str] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    labels_zh: Mapping[str, str] = field(default_factory=dict)


def tabulate(documents: Sequence[Document], by: Dimension) -> Table:
    """Return the table of a dimension."""
    en, zh = (_counted([d for d in documents if d.lang == lang], by) for lang in LANGUAGES)
    others = sorted((en.pages.keys() | zh.pages.keys()) - set(by.order))
    rows = (_row(value, by, en.cell(value), zh.cell(value)) for value in (*by.order, *others))
    return Table(by.name, by.partition, tuple(rows))


class _Counted(NamedTuple):
    """One language's pages and works by value."""

    pages: Mapping[str, int]
    works: Mapping[str, int]

    def cell(self, value: str) -> Cell:
        return Cell(self.pages.get(value, 0), self.works.get(value, 0))


def _counted(documents: Sequence[Document], by: Dimension) -> _Counted:
    pages = Counter(chain.from_iterable(map(by.values, documents)))
    if by.partition:
        firsts = (document for document in documents if not document.reprint)  # one a work
        return _Counted(pages, Counter(chain.from_iterable(map(by.values, firsts))))
    works: defaultdict[str, set[int]] = defaultdict(set)
    for document in documents:
        for value in by.values(document):
            works[value].add(document.work)
    return _Counted(pages, {value: len(found) for value, found in works.items()})


def _row(value: str, by: Dimension, en: Cell, zh: Cell) -> Row:
    label = by.labels.get(value) or value or NOT_STATED
    ratio = log2_ratio(en.works, zh.works)
    return Row(value, label, by.labels_zh.get(value, ""), en, zh, ratio)
