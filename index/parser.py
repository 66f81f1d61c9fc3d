"""Whoosh's parser, and its tree put into ours. What it is given, ``grammar`` has checked.

Importing Whoosh takes a third of a search's time, so ``query`` does that only for a query with
something in it to be parsed.
"""

from __future__ import annotations

import functools
import re
from typing import Any

import whoosh.qparser
import whoosh.qparser.plugins
import whoosh.query

from index.engine import TITLE
from index.grammar import FIELDS
from index.properties import PropertyError, property_of
from index.proximity import widest
from index.syntax import AllOf, AnyOf, Beginning, Close, Misspelt, Node, Quoted, Without, Words

NO_WORD = '\\s()"'
MISSPELT = re.compile("(?P<text>.*\\w)~(?P<distance>[0-9]*)")
QUOTED = re.compile('"(?P<text>[^"]*)"(?:~(?P<distance>[0-9]+))?')
MOST_MISTAKES = 2
qparser: Any = whoosh.qparser  # whoosh's types cover only a part of it
plugins: Any = whoosh.qparser.plugins
parsed: Any = whoosh.query


class Wrong(Exception):
    """What is wrong with a piece of the query; ``start`` is where the piece is looked for."""

    def __init__(self, message: str, piece: str, start: int = 0) -> None:
        super().__init__(message)
        self.piece = piece
        self.start = start


def tree(ready: str) -> Node | None:
    """Return the tree of a prepared and grouped query; None when nothing is in it. Raises Wrong."""
    try:
        # normalize=False: Whoosh would merge and reorder what we still want to show as written.
        return _node(_parser().parse(ready, normalize=False), ready)
    except RecursionError:
        return None


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
        case parsed.Phrase() | parsed.Prefix() | parsed.Term():
            try:
                return _leaf(query, text)
            except Wrong as wrong:
                wrong.start = query.startchar
                raise
    return None


def _leaf(query: Any, text: str) -> Node:
    field = FIELDS.get(query.fieldname, "")
    match query:
        case parsed.Phrase():
            return _phrase(text[query.startchar : query.endchar], field)
        case parsed.Prefix():
            return _prefix(query.text, field)
    return _word(query.text, field)


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
        raise Wrong(message, found[0])
    return Close(words, distance, field)


def _prefix(text: str, field: str) -> Node:
    if field in {"", TITLE}:
        return Beginning(text, field)
    raise Wrong(f"{field}: takes a whole value, without *", f"{text}*")


def _word(text: str, field: str) -> Node:
    if field not in {"", TITLE}:
        return _property(field, text)
    misspelt = MISSPELT.fullmatch(text)
    if not misspelt:
        return Words(text, field)
    distance = int(misspelt["distance"] or 1)
    if not 1 <= distance <= MOST_MISTAKES:
        raise Wrong(f"~{distance}: one or two mistakes can be allowed for, as in word~1", text)
    return Misspelt(misspelt["text"], distance, field)


def _property(name: str, value: str) -> Node:
    try:
        return property_of(name, value)
    except PropertyError as error:
        raise Wrong(str(error), value) from None


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
