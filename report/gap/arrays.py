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
    """A work: its first page, and all of its pages."""

    first: Document
    pages: tuple[Document, ...]

    @property
    def routes(self) -> frozenset[str]:
        """The families of routes that found any of its pages."""
        return frozenset(FAMILIES.get(route, route) for page in self.pages for route in page.routes)

    @property
    def concepts(self) -> frozenset[str]:
        """The concepts that any of its pages mentions."""
        return frozenset(concept for page in self.pages for concept in page.concepts)


def works_of(documents: Sequence[Document], lang: str) -> list[Work]:
    """Return the works of a language in the order of their numbers."""
    pages: dict[int, list[Document]] = defaultdict(list)
    for document in documents:
        if document.lang == lang:
            pages[document.work].append(document)
    return [
        Work(next((d for d in found if not d.reprint), found[0]), tuple(found))
        for _, found in sorted(pages.items())
    ]


def sites_of(works: Sequence[Work]) -> Ints:
    """Return each work's site as a number: the source of its first page, or its host."""
    names = [work.first.source.id or work.first.host for work in works]
    numbers = {name: number for number, name in enumerate(sorted(set(names)))}
    return np.array([numbers[name] for name in names], dtype=np.int64)


def captures_of(works: Sequence[Work]) -> Captures:
    """Return which route found which work."""
    routes = sorted({route for work in works for route in work.routes})
    found = np.array([[route in work.routes for route in routes] for work in works], dtype=bool)
    return Captures(found.reshape(len(works), len(routes)), sites_of(works))
