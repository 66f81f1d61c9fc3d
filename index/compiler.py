"""From a query's tree to what an engine answers, in the tokens of one language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import combinations, product

from index.analysis import ANALYZERS, Token, Unit
from index.analysis.analyzer import Analyzer, tokens_in_row, trim
from index.analysis.unit import normal
from index.engine import Alike, And, Best, Dated, Near, Or, Phrase, Prefix, Query, Term, Within
from index.grammar import QueryError
from index.proximity import arrangements
from index.syntax import (
    About,
    AllOf,
    AnyOf,
    Beginning,
    Close,
    Foreign,
    Is,
    Misspelt,
    Node,
    Quoted,
    When,
    Without,
    Words,
    foreign_words,
    leaves,
    properties,
)

# Outside quotation marks these part words, also where no space follows in Chinese; not the space
# of ``e government``, which is one word (see index.analysis.en).
SEPARATOR = re.compile("(?<!\\s[eE])(?<!^[eE])\\s+|[，。、；！？…｡､]+|[,;!?]+(?=\\s|$)")


def compiled(node: Node, lang: str) -> Query | None:
    """Return what the index of one language is asked; None when nothing of it can be searched.

    Raises QueryError where a ``concept:`` was left in it.
    """
    analyzer = ANALYZERS[lang]
    match node:
        case Words(text, field):
            return _words(analyzer, text, field)
        case Quoted(text, field):
            return _together(analyzer, text, field)
        case Beginning(text, field):
            return _beginning(analyzer, text, field)
        case Misspelt(text, distance, field):
            return _misspelt(analyzer, text, distance, field)
        case Close(text, distance, field):
            return _close(analyzer, text, distance, field)
        case Foreign(_, options, field):
            return _best(options, field, lang)
        case Is(name, value):
            return Within("sites" if name == "site" else name, (value,))
        case When(_, since, until):
            return Dated(since, until)
        case AnyOf(parts):
            some = _each_once(parts, lang)
            return some[0] if len(some) == 1 else Or(tuple(some)) if some else None
        case AllOf(parts):
            return _all(parts, lang)
        case About():
            message = "concept: is asked in the topic's words; it cannot be asked literally"
            raise QueryError(message, piece="concept:")
        case Without():
            return None


def _all(parts: tuple[Node, ...], lang: str) -> Query | None:
    must = _each_once(parts, lang)
    without = _each_once([part.part for part in parts if isinstance(part, Without)], lang)
    if len(must) == 1 and not without:
        return must[0]
    return And(tuple(must), tuple(without)) if must else None


def _each_once(parts: Iterable[Node], lang: str) -> list[Query]:
    """What can be searched of these: said twice, it finds no more and takes twice as long."""
    return list(dict.fromkeys(query for part in parts if (query := compiled(part, lang))))


def _words(analyzer: Analyzer, text: str, field: str) -> Query | None:
    chunks = [chunk for chunk in SEPARATOR.split(text) if chunk]
    parts = [query for chunk in chunks if (query := _word(analyzer, chunk, field))]
    if len(parts) < 2:
        return parts[0] if parts else None
    together = _together(analyzer, text, field)
    bonus = (together,) if together and not isinstance(together, Term) else ()
    return And(tuple(dict.fromkeys(parts)), bonus=bonus)


def _word(analyzer: Analyzer, chunk: str, field: str) -> Query | None:
    """One word by its stem; several in one (open-government, 城市大脑) as a phrase."""
    units = trim(analyzer.units(chunk))
    if len(units) == 1:
        return Term(units[0].scored, field)
    return _together(analyzer, chunk, field)


def _together(analyzer: Analyzer, text: str, field: str) -> Query | None:
    rows = [_in_row(tokens, field) for tokens in analyzer.phrases(text)]
    return rows[0] if len(rows) == 1 else Or(tuple(rows)) if rows else None


def _in_row(tokens: tuple[Token, ...], field: str) -> Query:
    return Phrase(tokens, field) if len(tokens) > 1 else Term(tokens[0].text, field)


def _beginning(analyzer: Analyzer, text: str, field: str) -> Query | None:
    """A prefix of one word, or of its plural; of Chinese every phrase is a prefix anyway."""
    one = _one_word(analyzer, text, "*")
    if one is None:
        return _together(analyzer, text, field)
    start, plurals = analyzer.beginning(one[1])
    if not plurals:
        return Prefix(start, field)
    return Or((Prefix(start, field), *(Term(form, field) for form in plurals)))


def _misspelt(analyzer: Analyzer, text: str, distance: int, field: str) -> Query | None:
    """A word by its spelling; Chinese characters as phrases in which some may be any."""
    if one := _one_word(analyzer, text, "~"):
        return Alike(one[0].exact, distance, field)
    units = trim(analyzer.units(text))
    if not all(unit.character for unit in units) or len(units) < distance + 2:
        return _together(analyzer, text, field)
    kept = (
        [unit for place, unit in enumerate(units) if place not in wrong]
        for wrong in combinations(range(len(units)), distance)
    )
    return Or(tuple(_in_row(tokens_in_row(row), field) for row in kept))


def _one_word(analyzer: Analyzer, text: str, sign: str) -> tuple[Unit, str] | None:
    """The one word that a text is and its letters, in one of its spellings (e-gov: egov).

    None for Chinese, for nothing, and for what is one word in another language only. Raises
    QueryError for several words: a phrase of them would be another question.
    """
    if one := _single(analyzer, text):
        return one
    units = trim(analyzer.units(text))
    several = len(units) > 1 and not units[-1].character
    if several and not any(_single(other, text) for other in ANALYZERS.values()):
        message = f"{text}{sign} is more than one word; {sign} belongs to one"
        raise QueryError(message, piece=text)
    return None


def _single(analyzer: Analyzer, text: str) -> tuple[Unit, str] | None:
    for spelling in analyzer.spellings(normal(text)):
        units = trim(analyzer.split(spelling))
        if len(units) == 1 and not units[0].character:
            return units[0], spelling[units[0].start : units[0].end]
    return None


def _close(analyzer: Analyzer, text: str, distance: int, field: str) -> Query | None:
    groups = [rows for chunk in text.split() if (rows := analyzer.phrases(chunk))]
    if len(groups) < 2:
        return _together(analyzer, text, field)
    near = tuple(Near(arrangements(parts, distance), field) for parts in product(*groups))
    return near[0] if len(near) == 1 else Or(near)


def _best(options: tuple[tuple[str, float], ...], field: str, lang: str) -> Query | None:
    parts = [
        (query, weight)
        for text, weight in options
        if (query := _together(ANALYZERS[lang], text, field))
    ]
    return Best(tuple(parts)) if parts else None


def likeness(node: Node, lang: str) -> Query | None:
    """Return a query that any page with any of the words matches, best match first.

    What the query says of a page's properties, and what it excludes, holds all the same.
    """
    found: list[Query] = [
        Term(text, leaf.field) for leaf in leaves(node) for text in ANALYZERS[lang].bag(leaf.text)
    ]
    found += [query for word in foreign_words(node) if (query := compiled(word, lang))]
    if not found:
        return None
    return limited(Or(tuple(dict.fromkeys(found))), node, lang)


def limited(query: Query, node: Node, lang: str) -> Query:
    """Return a query with what a question says of pages: their properties, what it excludes."""
    held = properties(node)
    must = tuple(part for one in held if (part := compiled(one, lang)))
    excluded = [part.part for part in held if isinstance(part, Without)]
    without = tuple(part for one in excluded if (part := compiled(one, lang)))
    return And((query, *must), without) if must or without else query
