"""Did you mean: what to ask instead of what nothing matches, from the index's own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from index.analysis import ANALYZERS
from index.analysis.analyzer import trim
from index.compiler import compiled
from index.engine import BODY, Engine, Filters, Query
from index.spelling import SURE, alike
from index.syntax import AllOf, AnyOf, Misspelt, Node, Quoted, Words, shown

SHORT = 5  # letters: in a shorter word two mistakes make any other word
LOOKED_AT = 20  # pages with a Chinese phrase that is nearly the one asked for

Strings = Callable[[Query], Iterable[str]]
"""What matches a query in some pages, as it is written there."""


def suggestion(engine: Engine, node: Node, lang: str, filters: Filters, strings: Strings) -> str:
    """Return a query like this one that does match; ``""`` when none is found."""
    better = _better(engine, node, lang, strings)
    query = compiled(better, lang) if better != node else None
    return shown(better) if query and engine.search(query, filters, 1).total else ""


def _better(engine: Engine, node: Node, lang: str, strings: Strings) -> Node:
    match node:
        case AllOf(parts):
            return AllOf(tuple(_better(engine, part, lang, strings) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(_better(engine, part, lang, strings) for part in parts))
        case Words(text) | Quoted(text):
            known = compiled(node, lang)
            if known is None or engine.search(known, Filters(hubs=True), 1).total:
                return node
            spelt = _words(engine, text, lang) if lang == "en" else _characters(text, strings)
            return replace(node, text=spelt)
    return node


def _words(engine: Engine, text: str, lang: str) -> str:
    """The text with each word that the index lacks as the most frequent of the nearest it has."""
    spelt, done = "", 0
    for unit in ANALYZERS[lang].units(text):
        near = "" if unit.character else _nearest(engine, unit.exact)
        if near and not engine.frequency(unit.exact):
            spelt += text[done : unit.start] + near
            done = unit.end
    return spelt + text[done:]


def _nearest(engine: Engine, exact: str) -> str:
    frequencies = dict(engine.words(BODY, exact[:SURE]))
    for distance in (1, 2)[: 1 if len(exact) <= SHORT else 2]:
        near = alike(frequencies, exact, distance, len(frequencies))
        if near:
            return max(near, key=lambda word: frequencies[word])[1:]
    return ""


def _characters(text: str, strings: Strings) -> str:
    """The string of as many characters, one of them another, that most pages have."""
    units = trim(ANALYZERS["zh"].units(text))
    if not all(unit.character for unit in units) or len(units) < 3:
        return text
    query = compiled(Misspelt(text, 1), "zh")
    held = (string for string in strings(query) if len(string) == len(units)) if query else ()
    return next((string for string, _ in Counter(held).most_common(1)), text)
