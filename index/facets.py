"""How the matches of a question are spread: by year, source, kind, region, script, concept."""

from __future__ import annotations

from index.compiler import compiled
from index.engine import Among, And, Engine, Filters, Query
from index.lexicon import Lexicon

FIELDS = ("year", "source", "kind", "region", "script")
FEW = 300
"""Matches that are few enough to be looked at one by one."""
UNDATED = ""  # the value of pages without a date, and of any property that a page has not

Counts = dict[str, int]


def facets(
    engine: Engine, query: Query, filters: Filters, lang: str, lexicon: Lexicon | None = None
) -> dict[str, Counts]:
    """Return the matches by the values of each field, most first; years in order.

    A page counts once in every field but ``concept``, of which it may hold several. Concepts need
    a lexicon; those without a match are left out. Each is a search of its own, so an engine that
    does not count within matches quickly has none where there are more than ``FEW``.
    """
    total = engine.search(query, filters, 0).total
    if not total:
        return {}
    if total <= FEW:
        # These pages, and not what asked for them once more for every value and concept.
        query, filters = Among(tuple(sorted(engine.ids(query, filters)))), Filters(hubs=True)
    found = {field: engine.facet(query, filters, field) for field in FIELDS}
    found = {field: _sorted(field, counts) for field, counts in found.items()}
    if lexicon and (engine.counts_within or total <= FEW):
        found["concept"] = _sorted("concept", _concepts(engine, query, filters, lang, lexicon))
    return found


def _concepts(
    engine: Engine, query: Query, filters: Filters, lang: str, lexicon: Lexicon
) -> Counts:
    counts = {}
    for concept in lexicon.concepts:
        asked = compiled(lexicon.in_words_of(concept, lang), lang)
        if asked:
            counts[concept] = engine.search(And((query, asked)), filters, 0).total
    return counts


def _sorted(field: str, counts: Counts) -> Counts:
    held = [(value, count) for value, count in counts.items() if count]
    return dict(
        sorted(held) if field == "year" else sorted(held, key=lambda one: (-one[1], one[0]))
    )
