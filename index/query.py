"""Queries: what a user typed becomes a tree (see ``index.syntax``).

The grammar is Whoosh's, for both engines: words (all must be there), "phrases", ``AND``, ``OR``,
``NOT``, parentheses, ``gov*``, ``goverment~1`` (misspelt), ``"cloud city"~5`` (near each other),
``title:``, and what a page must be: ``site:``, ``kind:``, ``region:``, ``script:``, ``source:``,
``concept:``, ``date:2019..2022``. A run of Chinese characters is a phrase without quotation marks.
A prefix is of a word's singular or its plural; a misspelt word's first letter is right.
What is written full-width is understood: “一网通办”, （数字政府 ＯＲ 数位政府）, 标题：, ｇｏｖ＊.
Anything else, in any order, is a word or a QueryError. How long, how deep and how costly a query
may be is in ``grammar``, ``budget`` and ``expansion``.
"""

from __future__ import annotations

from collections.abc import Iterator

from index.analysis.unit import normal
from index.budget import check as check_cost
from index.grammar import (
    MAX_LENGTH,
    QueryError,
    check,
    exclusions,
    grouped,
    prepared,
    ungrouped,
)
from index.leaves import Wrong
from index.simple import simple
from index.syntax import About, AllOf, AnyOf, Is, Node, When, Without, leaves

__all__ = ["MAX_LENGTH", "QueryError", "parse"]


def parse(text: str) -> Node:
    """Return the tree of a query. Raises QueryError, and nothing else, whatever the text is."""
    ready = prepared(text)
    check(text, ready)
    node = simple(ready) or _parsed(text, ready)
    if node is None:
        raise QueryError("nothing to search for in it", text, 0)
    _check_exclusions(node, text, ready)
    check_cost(node, text, ready)
    if not (any(_searchable(leaf.text) for leaf in leaves(node)) or _asks_for_pages(node)):
        raise QueryError("nothing to search for in it: no letter, digit or character", text, 0)
    return node


def _parsed(text: str, ready: str) -> Node | None:
    from index.parser import tree  # and Whoosh, which simple queries do without

    bound = grouped(ready)
    try:
        return tree(bound)
    except Wrong as wrong:
        start = ungrouped(bound, wrong.start, ready)
        raise QueryError(str(wrong), text, max(ready.find(wrong.piece, start), 0)) from None


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


def _check_exclusions(node: Node, text: str, ready: str) -> None:
    """Refuse an exclusion from nothing."""
    for place, is_from_nothing in zip(exclusions(ready), _exclusions(node), strict=False):
        if is_from_nothing:
            message = "NOT needs something beside it to exclude from, as in: cities NOT smart"
            raise QueryError(message, text, place)


def _exclusions(node: Node) -> Iterator[bool]:
    """Of each NOT, in the order in which they are written: whether it is from nothing."""
    parts = node.parts if isinstance(node, AllOf | AnyOf) else (node,)
    excludes = [isinstance(part, Without) for part in parts]
    from_nothing = not isinstance(node, AllOf) or all(excludes)
    for part in parts:
        if isinstance(part, Without):
            yield from_nothing
        inner = part.part if isinstance(part, Without) else part
        if isinstance(inner, AllOf | AnyOf | Without):
            yield from _exclusions(inner)
