"""Queries: what a user typed becomes a tree, and the tree becomes what an engine answers.

The grammar is Whoosh's, for both engines: words (all must be there), "phrases", ``AND``, ``OR``,
``NOT``, parentheses, ``title:`` and ``gov*``. A run of Chinese characters is a phrase without
quotation marks. Full-width punctuation is understood: “一网通办”, （数字政府 OR 数位政府）, 标题：.
Anything else, in any order, is a word or a QueryError.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Any

import whoosh.query
from whoosh import qparser
from whoosh.qparser import plugins

from index import engine
from index.analysis import ANALYZERS
from index.analysis.analyzer import Analyzer
from index.analysis.unit import normal
from index.grammar import MAX_LENGTH, QueryError, check, prepared
from index.syntax import AllOf, AnyOf, Beginning, Node, Quoted, Without, Words, leaves

__all__ = ["MAX_LENGTH", "QueryError", "compiled", "likeness", "parse"]

# Outside quotation marks these part words, also where no space follows in Chinese.
SEPARATOR = re.compile("\\s+|[，。、；！？…｡､]+|[,;!?]+(?=\\s|$)")
NO_WORD = '[\\s()"]'


@functools.cache
def _parser() -> Any:
    word = f"(?<![^{NO_WORD[1:-1]}]){{}}(?![^{NO_WORD[1:-1]}])"
    operators = {name.capitalize(): word.format(name) for name in ("AND", "OR", "NOT")}
    unused = dict.fromkeys(("AndNot", "AndMaybe", "Require"))
    return qparser.QueryParser(
        "",
        None,
        plugins=[
            plugins.FieldsPlugin("(?P<text>title|标题|標題):", remove_unknown=False),
            plugins.PhrasePlugin('"(?P<text>[^"]*)"(?P<slop>(?!))?'),
            plugins.GroupPlugin(),
            plugins.PrefixPlugin(f'(?P<text>[^\\s()"*:]+)[*](?={NO_WORD}|$)'),
            plugins.OperatorsPlugin(**operators, **unused),
        ],
    )


def parse(text: str) -> Node:
    """Return the tree of a query. Raises QueryError, and nothing else, whatever the text is."""
    ready = prepared(text)
    check(text, ready)
    try:
        # normalize=False: Whoosh would merge and reorder what we still want to show as written.
        node = _node(_parser().parse(ready, normalize=False), ready)
    except RecursionError:
        node = None
    if node is None or not any(_searchable(leaf.text) for leaf in leaves(node)):
        raise QueryError("nothing to search for in it: no letter, digit or character", text, 0)
    return _valid(node, text)


def _searchable(text: str) -> bool:
    return any(character.isalnum() for character in normal(text))


def _node(query: Any, text: str) -> Node | None:
    match query:
        case whoosh.query.Not():
            inner = _node(query.query, text)
            return Without(inner) if inner else None
        case whoosh.query.Or():
            parts = [part for sub in query.subqueries if (part := _node(sub, text))]
            return _group(AnyOf, parts)
        case whoosh.query.And():
            return _group(AllOf, _merged(query.subqueries, text))
        case whoosh.query.Phrase():
            return Quoted(text[query.startchar : query.endchar].strip('"'), _field(query))
        case whoosh.query.Prefix():
            return Beginning(query.text, _field(query))
        case whoosh.query.Term():
            return Words(query.text, _field(query))
    return None


def _field(query: Any) -> str:
    return engine.TITLE if query.fieldname else ""


def _group(kind: type[AllOf] | type[AnyOf], parts: list[Node]) -> Node | None:
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, kind) else [part]
    return flat[0] if len(flat) == 1 else kind(tuple(flat)) if flat else None


def _merged(subqueries: list[Any], text: str) -> list[Node]:
    """Words with only space between them become one run, in which a term may be recognised."""
    parts: list[Node] = []
    end = -1
    for query in subqueries:
        node = _node(query, text)
        if node is None:
            continue
        last = parts[-1] if parts else None
        near = isinstance(query, whoosh.query.Term) and text[end : query.startchar].isspace()
        if isinstance(node, Words) and isinstance(last, Words) and near:
            if last.field == node.field:
                parts.pop()
                node = Words(f"{last.text} {node.text}", node.field)
        parts.append(node)
        end = query.endchar if isinstance(query, whoosh.query.Term) else -1
    return parts


def _valid(node: Node, text: str) -> Node:
    """Refuse an exclusion from nothing."""
    parts = node.parts if isinstance(node, AllOf | AnyOf) else (node,)
    excluded = [part for part in parts if isinstance(part, Without)]
    if excluded and (not isinstance(node, AllOf) or len(excluded) == len(parts)):
        message = "NOT needs something beside it to exclude from, as in: cities NOT smart"
        raise QueryError(message, text, max(text.find("NOT"), 0))
    for part in parts:
        inner = part.part if isinstance(part, Without) else part
        if isinstance(inner, AllOf | AnyOf):
            _valid(inner, text)
    return node


def compiled(node: Node, lang: str) -> engine.Query | None:
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
            return some[0] if len(some) == 1 else engine.Or(tuple(some)) if some else None
        case AllOf(parts):
            return _all(parts, lang)
        case Without():
            return None


def _all(parts: tuple[Node, ...], lang: str) -> engine.Query | None:
    must = [query for part in parts if (query := compiled(part, lang))]
    excluded = [part.part for part in parts if isinstance(part, Without)]
    without = [query for part in excluded if (query := compiled(part, lang))]
    if len(must) == 1 and not without:
        return must[0]
    return engine.And(tuple(must), tuple(without)) if must else None


def _words(analyzer: Analyzer, text: str, field: str) -> engine.Query | None:
    chunks = [chunk for chunk in SEPARATOR.split(text) if chunk]
    parts = [query for chunk in chunks if (query := _word(analyzer, chunk, field))]
    if len(parts) < 2:
        return parts[0] if parts else None
    together = _together(analyzer, text, field)
    bonus = (together,) if isinstance(together, engine.Phrase) else ()
    return engine.And(tuple(dict.fromkeys(parts)), bonus=bonus)


def _word(analyzer: Analyzer, chunk: str, field: str) -> engine.Query | None:
    """One word by its stem; several in one (open-government, 城市大脑) as a phrase."""
    units = [unit for unit in analyzer.units(chunk) if not unit.mark]
    if len(units) == 1 and len(analyzer.phrase(chunk)) == 1:
        return engine.Term(units[0].scored, field)
    return _together(analyzer, chunk, field)


def _together(analyzer: Analyzer, text: str, field: str) -> engine.Query | None:
    tokens = analyzer.phrase(text)
    if len(tokens) < 2:
        return engine.Term(tokens[0].text, field) if tokens else None
    return engine.Phrase(tokens, field)


def _beginning(analyzer: Analyzer, text: str, field: str) -> engine.Query | None:
    """A prefix of one word; of Chinese every phrase is a prefix anyway."""
    units = [unit for unit in analyzer.units(text) if not unit.mark]
    if len(units) != 1 or units[0].character or len(text) < 2:
        return _together(analyzer, text, field)
    start = units[0].exact[0] if analyzer.lang == "en" else ""
    return engine.Prefix(start + normal(text)[units[0].start : units[0].end], field)


def likeness(node: Node, lang: str) -> engine.Query | None:
    """Return a query that any page with any of the words matches, best match first."""
    found = [
        engine.Term(text, leaf.field)
        for leaf in leaves(node)
        for text in ANALYZERS[lang].bag(leaf.text)
    ]
    return engine.Or(tuple(dict.fromkeys(found))) if found else None
