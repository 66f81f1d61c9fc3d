"""Queries: what a user typed becomes a tree (see ``index.syntax``).

The grammar is Whoosh's, for both engines: words (all must be there), "phrases", ``AND``, ``OR``,
``NOT``, parentheses, ``gov*``, ``goverment~1`` (misspelt), ``"cloud city"~5`` (near each other),
``title:``, and what a page must be: ``site:``, ``kind:``, ``region:``, ``script:``, ``source:``,
``concept:``, ``date:2019..2022``. A run of Chinese characters is a phrase without quotation marks.
A prefix is of a word's singular or its plural; a misspelt word's first letter is right.
Full-width punctuation is understood: “一网通办”, （数字政府 OR 数位政府）, 标题：. Anything else,
in any order, is a word or a QueryError. How long, how deep and how costly a query may be is in
``grammar``, ``budget`` and ``expansion``.
"""

from __future__ import annotations

import functools
import re
from typing import Any

import whoosh.qparser
import whoosh.qparser.plugins
import whoosh.query

from index.analysis.unit import normal
from index.budget import check as check_cost
from index.engine import TITLE
from index.grammar import FIELDS, MAX_LENGTH, QueryError, check, grouped, prepared
from index.properties import PropertyError, property_of
from index.proximity import widest
from index.syntax import (
    About,
    AllOf,
    AnyOf,
    Beginning,
    Close,
    Is,
    Misspelt,
    Node,
    Quoted,
    When,
    Without,
    Words,
    leaves,
)

__all__ = ["MAX_LENGTH", "QueryError", "parse"]

NO_WORD = '\\s()"'
MISSPELT = re.compile("(?P<text>.*\\w)~(?P<distance>[0-9]*)")
QUOTED = re.compile('"(?P<text>[^"]*)"(?:~(?P<distance>[0-9]+))?')
MOST_MISTAKES = 2
qparser: Any = whoosh.qparser  # whoosh's types cover only a part of it
plugins: Any = whoosh.qparser.plugins
parsed: Any = whoosh.query


@functools.cache
def _parser() -> Any:
    word = f"(?<![^{NO_WORD}]){{}}(?![^{NO_WORD}])"
    operators = {name.capitalize(): word.format(name) for name in ("AND", "OR", "NOT")}
    unused = dict.fromkeys(("AndNot", "AndMaybe", "Require"))
    return qparser.QueryParser(
        "",
        None,
        plugins=[
            plugins.FieldsPlugin(f"(?P<text>{'|'.join(FIELDS)}):", remove_unknown=False),
            plugins.PhrasePlugin('"(?P<text>[^"]*)"(?:~(?P<slop>[0-9]+))?'),
            plugins.GroupPlugin(),
            plugins.PrefixPlugin(f'(?P<text>[^\\s()"*:]+)[*](?=[{NO_WORD}]|$)'),
            plugins.OperatorsPlugin(**operators, **unused),
        ],
    )


def parse(text: str) -> Node:
    """Return the tree of a query. Raises QueryError, and nothing else, whatever the text is."""
    ready = prepared(text)
    check(text, ready)
    ready = grouped(ready)
    try:
        # normalize=False: Whoosh would merge and reorder what we still want to show as written.
        node = _node(_parser().parse(ready, normalize=False), ready)
    except RecursionError:
        node = None
    except _Wrong as wrong:
        raise QueryError(str(wrong), text, max(prepared(text).find(wrong.piece), 0)) from None
    if node is None:
        raise QueryError("nothing to search for in it", text, 0)
    _check_exclusions(node, text)
    check_cost(node, text)
    if not (any(_searchable(leaf.text) for leaf in leaves(node)) or _asks_for_pages(node)):
        raise QueryError("nothing to search for in it: no letter, digit or character", text, 0)
    return node


class _Wrong(Exception):
    """What is wrong with a piece of the query."""

    def __init__(self, message: str, piece: str) -> None:
        super().__init__(message)
        self.piece = piece


def _searchable(text: str) -> bool:
    return any(character.isalnum() for character in normal(text))


def _asks_for_pages(node: Node) -> bool:
    """Whether a query without words still says which pages: ``site:gov.cn``."""
    match node:
        case AllOf(parts) | AnyOf(parts):
            return any(_asks_for_pages(part) for part in parts)
        case About() | Is() | When():
            return True
    return False


def _node(query: Any, text: str) -> Node | None:
    match query:
        case parsed.Not():
            inner = _node(query.query, text)
            return Without(inner) if inner else None
        case parsed.Or():
            parts = [part for sub in query.subqueries if (part := _node(sub, text))]
            return _group(AnyOf, parts)
        case parsed.And():
            return _group(AllOf, _merged(query.subqueries, text))
        case parsed.Phrase():
            return _phrase(text[query.startchar : query.endchar], FIELDS.get(query.fieldname, ""))
        case parsed.Prefix():
            return _prefix(query.text, FIELDS.get(query.fieldname, ""))
        case parsed.Term():
            return _word(query.text, FIELDS.get(query.fieldname, ""))
    return None


def _phrase(written: str, field: str) -> Node:
    found = QUOTED.search(written)
    assert found, "Whoosh found a phrase where there is none"
    words = found["text"]
    if field not in {"", TITLE}:
        return _property(field, words.strip())
    if found["distance"] is None:
        return Quoted(words, field)
    parts, distance = len(words.split()), int(found["distance"])
    if parts > 1 and distance > widest(parts):
        most = f"{parts} words can be at most {widest(parts)} apart"
        message = (
            most if widest(parts) >= 0 else f"{parts} words are too many to be near each other"
        )
        raise _Wrong(message, found[0])
    return Close(words, distance, field)


def _prefix(text: str, field: str) -> Node:
    if field in {"", TITLE}:
        return Beginning(text, field)
    raise _Wrong(f"{field}: takes a whole value, without *", f"{text}*")


def _word(text: str, field: str) -> Node:
    if field not in {"", TITLE}:
        return _property(field, text)
    misspelt = MISSPELT.fullmatch(text)
    if not misspelt:
        return Words(text, field)
    distance = int(misspelt["distance"] or 1)
    if not 1 <= distance <= MOST_MISTAKES:
        raise _Wrong(f"~{distance}: one or two mistakes can be allowed for, as in word~1", text)
    return Misspelt(misspelt["text"], distance, field)


def _property(name: str, value: str) -> Node:
    try:
        return property_of(name, value)
    except PropertyError as error:
        raise _Wrong(str(error), value) from None


def _group(kind: type[AllOf] | type[AnyOf], parts: list[Node]) -> Node | None:
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, kind) else [part]
    return flat[0] if len(flat) == 1 else kind(tuple(flat)) if flat else None


def _merged(subqueries: Any, text: str) -> list[Node]:
    """Words with only space between them become one run, in which a term may be recognised."""
    parts: list[Node] = []
    end = -1
    for query in subqueries:
        node = _node(query, text)
        if node is None:
            continue
        near = text[end : query.startchar].isspace() if isinstance(node, Words) else False
        last = parts[-1] if parts and near else None
        if isinstance(node, Words) and isinstance(last, Words) and last.field == node.field:
            parts[-1] = Words(f"{last.text} {node.text}", node.field)
        else:
            parts.append(node)
        end = query.endchar if isinstance(node, Words) else len(text)
    return parts


def _check_exclusions(node: Node, text: str) -> None:
    """Refuse an exclusion from nothing."""
    parts = node.parts if isinstance(node, AllOf | AnyOf) else (node,)
    excluded = [part for part in parts if isinstance(part, Without)]
    if excluded and (not isinstance(node, AllOf) or len(excluded) == len(parts)):
        message = "NOT needs something beside it to exclude from, as in: cities NOT smart"
        raise QueryError(message, text, max(text.find("NOT"), 0))
    for part in parts:
        inner = part.part if isinstance(part, Without) else part
        if isinstance(inner, AllOf | AnyOf):
            _check_exclusions(inner, text)
