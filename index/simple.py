"""Most queries, which are words, phrases and AND alone: the tree of ``parser`` without Whoosh.

Importing Whoosh takes much of a search's time.
"""

from __future__ import annotations

import re

from index.leaves import Wrong, phrase, word
from index.syntax import AllOf, Node, Words

ITEM = re.compile('"[^"]+"(?:~[0-9]+)?|[^\\s()":*]+')
SIMPLE = re.compile(f"\\s*(?:(?:{ITEM.pattern})(?:\\s+|$))+")


def simple(ready: str) -> Node | None:
    """Return the tree of a checked query, or None where that takes a parser, or is wrong."""
    items = ITEM.findall(ready)
    if not SIMPLE.fullmatch(ready) or "OR" in items or "NOT" in items:
        return None
    try:
        return _together(items)
    except Wrong:
        return None


def _together(items: list[str]) -> Node:
    parts: list[Node] = []
    beside = False  # nothing but space between this item and the one before
    for item in items:
        if item == "AND":
            beside = False
            continue
        node = phrase(item, "") if item.startswith('"') else word(item, "")
        last = parts[-1] if parts and beside else None
        if isinstance(node, Words) and isinstance(last, Words):
            parts[-1] = Words(f"{last.text} {node.text}")
        else:
            parts.append(node)
        beside = True
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))
