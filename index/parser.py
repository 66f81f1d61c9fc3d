"""Whoosh's parser, and its tree put into ours. What it is given, ``grammar`` has checked.

Importing Whoosh takes much of a search's time, so ``query`` does that only for a query with
more in it than words, phrases and AND (see ``simple``).
"""

from __future__ import annotations

import functools
from typing import Any

import whoosh.qparser
import whoosh.qparser.plugins
import whoosh.query

from index.grammar import FIELDS
from index.leaves import Wrong, phrase, prefix, word
from index.syntax import AllOf, AnyOf, Node, Without, Words

NO_WORD = '\\s()"'
# These part words, also where no space follows in Chinese.
BEFORE_FIELD = f"{NO_WORD}，。、；！？…｡､"
qparser: Any = whoosh.qparser  # whoosh's types cover only a part of it
plugins: Any = whoosh.qparser.plugins
parsed: Any = whoosh.query


def tree(ready: str) -> Node | None:
    """Return the tree of a prepared and grouped query; None when nothing is in it. Raises Wrong."""
    try:
        # normalize=False: Whoosh would merge and reorder what we still want to show as written.
        return _node(_parser().parse(ready, normalize=False), ready)
    except RecursionError:
        return None


@functools.cache
def _parser() -> Any:
    alone = f"(?<![^{NO_WORD}]){{}}(?![^{NO_WORD}])"
    operators = {name.capitalize(): alone.format(name) for name in ("AND", "OR", "NOT")}
    unused = dict.fromkeys(("AndNot", "AndMaybe", "Require"))
    return qparser.QueryParser(
        "",
        None,
        plugins=[
            # Not within a word: http://site:80/, website:gov.cn, 发布日期：2021.
            plugins.FieldsPlugin(
                f"(?<![^{BEFORE_FIELD}])(?P<text>{'|'.join(FIELDS)}):", remove_unknown=False
            ),
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
            return phrase(text[query.startchar : query.endchar], field)
        case parsed.Prefix():
            return prefix(query.text, field)
    return word(query.text, field)


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
