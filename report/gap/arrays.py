"""From documents to the arrays that the statistics take: one place a work, in one order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from report.estimate.arrays import Ints
from report.estimate.captures import Captures
from report.survey import Document

FAMILIES = {
    "home": "links",
    "redirect": "links",
    "canonical": "links",
    "robots": "sitemap",
    "well-known": "sitemap",
    "autodiscovery": "feed",
}
"""Routes that only lead on from another one: found that way is found by the other."""


@dataclass(frozen=True, slots=True)
class Work:
    """A work: its first page, the families of routes that found any of its pages, and the
    concepts that any of them mentions."""

    first: Document
    routes: frozenset[str]
    concepts: frozenset[str]


def works_of(documents: Sequence[Document], lang: str) -> list[Work]:
    """Return the works of a language in the order of their numbers."""
    pages: dict[int, list[Document]] = defaultdict(list)
    for document in documents:
        if document.lang == lang:
            pages[document.work].append(document)
    families: dict[tuple[str, ...], frozenset[str]] = {}  # thousands of works share few of them
    return [_work(pages[number], families) for number in sorted(pages)]


def _work(pages: Sequence[Document], families: dict[tuple[str, ...], frozenset[str]]) -> Work:
    first, routes, concepts = pages[0], pages[0].routes, pages[0].concepts
    if len(pages) > 1:
        first = next((page for page in pages if not page.reprint), first)
        routes = tuple(route for page in pages for route in page.routes)
        concepts = frozenset.union(*(page.concepts for page in pages))
    if routes not in families:
        families[routes] = frozenset(FAMILIES.get(route, route) for route in routes)
    return Work(first, families[routes], concepts)


def sites_of(works: Sequence[Work]) -> Ints:
    """Return each work's site as a number: the source of its first page, or its host."""
    names = [work.first.source.id or work.first.host for work in works]
    numbers = {name: number for number, name in enumerate(sorted(set(names)))}
    return np.array([numbers[name] for name in names], dtype=np.int64)


def captures_of(works: Sequence[Work]) -> Captures:
    """Return which route found which work."""
    kinds = {work.routes for work in works}  # thousands of works share few of them
    routes = sorted({route for found in kinds for route in found})
    row = {found: [route in found for route in routes] for found in kinds}
    table = np.array([row[work.routes] for work in works], dtype=bool)
    return Captures(table.reshape(len(works), len(routes)), sites_of(works))
