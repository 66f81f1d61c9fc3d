"""Counts by one property of the documents, both languages side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

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
    pages: dict[tuple[str, str], int] = {}
    works: dict[tuple[str, str], set[int]] = {}
    for document in documents:
        for value in by.values(document):
            key = (document.lang, value)
            pages[key] = pages.get(key, 0) + 1
            if not (by.partition and document.reprint):
                works.setdefault(key, set()).add(document.work)
    found = sorted({value for _, value in pages} - set(by.order))
    rows = (_row(value, by, pages, works) for value in (*by.order, *found))
    return Table(by.name, by.partition, tuple(rows))


def _row(
    value: str,
    by: Dimension,
    pages: Mapping[tuple[str, str], int],
    works: Mapping[tuple[str, str], set[int]],
) -> Row:
    en, zh = (
        Cell(pages.get((lang, value), 0), len(works.get((lang, value), ()))) for lang in LANGUAGES
    )
    label = by.labels.get(value) or value or NOT_STATED
    ratio = log2_ratio(en.works, zh.works)
    return Row(value, label, by.labels_zh.get(value, ""), en, zh, ratio)
