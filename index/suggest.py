"""Did you mean: what to ask instead of what nothing matches, from the index's own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from index.analysis import ANALYZERS, Unit
from index.analysis.analyzer import trim
from index.analysis.offsets import aligned
from index.analysis.unit import normal, run_pattern
from index.compiler import compiled
from index.concordance import Line
from index.engine import BODY, Engine, Filters, Query
from index.spelling import alike, sure
from index.syntax import AllOf, AnyOf, Misspelt, Node, Quoted, Words, shown

MOST = 8  # words that are put right: a text that lacks more is in no language of the index
LONG = 30  # characters: a longer phrase would be looked for in too many ways
SHORT = 5  # letters: in a shorter word two mistakes make any other word
LOOKED_AT = 20  # pages with a Chinese phrase that is nearly the one asked for

Matches = Callable[[Query], Iterable[Line]]
"""What matches a query in some pages, in its context."""


def suggestion(engine: Engine, node: Node, lang: str, filters: Filters, found: Matches) -> str:
    """Return a query like this one that does match; ``""`` when none is found."""
    better = _better(engine, node, lang, found)
    query = compiled(better, lang) if better != node else None
    return shown(better) if query and engine.search(query, filters, 0).total else ""


def _better(engine: Engine, node: Node, lang: str, found: Matches) -> Node:
    match node:
        case AllOf(parts):
            return AllOf(tuple(_better(engine, part, lang, found) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(_better(engine, part, lang, found) for part in parts))
        case Words(text) | Quoted(text):
            known = compiled(node, lang)
            if known is None or engine.search(known, Filters(hubs=True), 0).total:
                return node
            spelt = _words(engine, text, lang) if lang == "en" else _characters(text, found)
            return node._replace(text=spelt)
    return node


def _words(engine: Engine, text: str, lang: str) -> str:
    """The text with each word that the index lacks as the most frequent of the nearest it has."""
    plain, places = aligned(text)
    spelt, done = "", 0
    units = [unit for unit in ANALYZERS[lang].split(plain) if not unit.character]
    lacking = [unit for unit in units if not engine.frequency(unit.exact)]
    for unit in lacking[:MOST]:
        if near := _nearest(engine, _whole(unit)):
            spelt += text[done : places[unit.start]] + near
            done = places[unit.end]
    return spelt + text[done:]


def _whole(unit: Unit) -> str:
    """A word's form in phrases; of e-goverment, which extends over both words, that of the one."""
    return unit.forms[2] if len(unit.forms) > 2 else unit.exact


def _nearest(engine: Engine, exact: str) -> str:
    frequencies = dict(engine.words(BODY, sure(exact)))
    for distance in (1, 2)[: 1 if len(exact) <= SHORT else 2]:
        near = alike(frequencies, exact, distance)
        if near:
            return max(near, key=lambda word: frequencies[word])[1:]
    return ""


def _characters(text: str, found: Matches) -> str:
    """The string of as many characters, one of them another, that most pages have."""
    units = trim(ANALYZERS["zh"].units(text))
    if not 3 <= len(units) <= LONG or not all(unit.character for unit in units):
        return text
    query = compiled(Misspelt(text, 1), "zh")
    if query is None:
        return text
    wanted = normal(text)
    held = (string for line in found(query) for string in _around(line) if _near(string, wanted))
    return next((string for string, _ in Counter(held).most_common(1)), text)


def _around(line: Line) -> tuple[str, str, str]:
    """A match, and with the character beside it: where the wrong one is first or last."""
    return line.keyword, line.keyword + line.right[:1], line.left[-1:] + line.keyword


def _near(string: str, wanted: str) -> bool:
    folded = normal(string)
    wrong = sum(a != b for a, b in zip(folded, wanted, strict=False))
    return len(folded) == len(wanted) and wrong == 1 and bool(run_pattern().fullmatch(folded))
