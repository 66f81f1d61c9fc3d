"""From a query's tree to what an engine answers, in the tokens of one language."""

from __future__ import annotations

import re

from index.analysis import ANALYZERS, Token
from index.analysis.analyzer import Analyzer, trim
from index.analysis.unit import normal
from index.engine import And, Or, Phrase, Prefix, Query, Term
from index.syntax import AllOf, AnyOf, Beginning, Node, Quoted, Without, Words, leaves

# Outside quotation marks these part words, also where no space follows in Chinese; not the space
# of ``e government``, which is one word (see index.analysis.en).
SEPARATOR = re.compile("(?<!\\s[eE])(?<!^[eE])\\s+|[，。、；！？…｡､]+|[,;!?]+(?=\\s|$)")


def compiled(node: Node, lang: str) -> Query | None:
    """Return what the index of one language is asked; None when nothing of it can be searched."""
    analyzer = ANALYZERS[lang]
    match node:
        case Words(text, field):
            return _words(analyzer, text, field)
        case Quoted(text, field):
            return _together(analyzer, text, field)
        case Beginning(text, field):
            return _beginning(analyzer, text, field)
        case AnyOf(parts):
            some = [query for part in parts if (query := compiled(part, lang))]
            return some[0] if len(some) == 1 else Or(tuple(some)) if some else None
        case AllOf(parts):
            return _all(parts, lang)
        case Without():
            return None


def _all(parts: tuple[Node, ...], lang: str) -> Query | None:
    must = [query for part in parts if (query := compiled(part, lang))]
    excluded = [part.part for part in parts if isinstance(part, Without)]
    without = [query for part in excluded if (query := compiled(part, lang))]
    if len(must) == 1 and not without:
        return must[0]
    return And(tuple(must), tuple(without)) if must else None


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
    """A prefix of one word; of Chinese every phrase is a prefix anyway."""
    units = trim(analyzer.units(text))
    if len(units) != 1 or units[0].character or len(text) < 2:
        return _together(analyzer, text, field)
    start = units[0].exact[0] if analyzer.lang == "en" else ""
    return Prefix(start + normal(text)[units[0].start : units[0].end], field)


def likeness(node: Node, lang: str) -> Query | None:
    """Return a query that any page with any of the words matches, best match first."""
    found = [
        Term(text, leaf.field) for leaf in leaves(node) for text in ANALYZERS[lang].bag(leaf.text)
    ]
    return Or(tuple(dict.fromkeys(found))) if found else None
