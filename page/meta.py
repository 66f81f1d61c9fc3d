"""What a page declares in its head: ``<meta>`` by name, and JSON-LD objects."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from page.outline import shown

_MAX_JSON = 200_000
_MAX_NODES = 500
_OTHERS_TEXT = """
itemlistelement blogpost blogposts haspart mentions review reviews comment acceptedanswer
suggestedanswer
"""
# What templates write around and into JSON and what is none of it, strings apart. What is never
# closed ends with the text: else each beginning would be searched to the end.
_STRING = r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)'
_NO_JSON = re.compile(
    rf"({_STRING})|/\*(?:.*?\*/|.*\Z)|//[^\r\n]*|<!\[CDATA\[|\]\]>|<!--|-->", re.S
)
_COMMA = re.compile(rf"({_STRING})|,(?=\s*[}}\]])", re.S)
_OTHERS = frozenset(_OTHERS_TEXT.split())  # properties that hold other pages, or what readers say


def metas(tree: HtmlElement) -> dict[str, str]:
    """Return ``<meta>`` contents by lower-case name or property; the first of a name wins."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("itemprop")
        content = element.get("content")
        if name and content:
            found.setdefault(name.strip().lower(), shown(content))
    return found


def json_ld(tree: HtmlElement) -> list[dict[str, Any]]:
    """Return the objects of all JSON-LD scripts, nested ones and ``@graph`` members included.

    Not those that a page lists, such as a blog's posts, nor comments and reviews.
    """
    found: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" in script.get("type", "") and script.text and len(script.text) < _MAX_JSON:
            try:
                found += _objects(_loaded(script.text))
            except (ValueError, RecursionError):
                continue
    return found


def _loaded(text: str) -> Any:
    """Read JSON; where it is none, what is left without wrappers, comments and spare commas."""
    try:
        return json.loads(text.strip().strip(";"), strict=False)
    except ValueError:
        plain = _COMMA.sub(_kept, _NO_JSON.sub(_kept, text))
        return json.loads(plain.strip().strip(";"), strict=False)


def _kept(match: re.Match[str]) -> str:
    return match[1] or ""


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every dict in a JSON value, outermost first, without recursion and at most 500 values."""
    queue, seen = [value], 0
    while queue and seen < _MAX_NODES:
        item, seen = queue.pop(0), seen + 1
        if isinstance(item, dict):
            yield item
            own = (inner for name, inner in item.items() if name.lower() not in _OTHERS)
            queue += [inner for inner in own if isinstance(inner, (dict, list))]
        elif isinstance(item, list):
            queue += item[:_MAX_NODES]
