"""A query's leaves, as they are written: words, phrases, prefixes and properties."""

from __future__ import annotations

import re

from index.engine import TITLE
from index.proximity import widest
from index.syntax import Beginning, Close, Misspelt, Node, Quoted, Words

MISSPELT = re.compile("(?P<text>.*\\w)~(?P<distance>[0-9]*)")
QUOTED = re.compile('"(?P<text>[^"]*)"(?:~(?P<distance>[0-9]+))?')
MOST_MISTAKES = 2


class Wrong(Exception):
    """What is wrong with a piece of the query; ``start`` is where the piece is looked for."""

    def __init__(self, message: str, piece: str, start: int = 0) -> None:
        super().__init__(message)
        self.piece = piece
        self.start = start


def phrase(written: str, field: str) -> Node:
    """Return what stands in quotation marks, perhaps with a distance behind them. Raises Wrong."""
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


def prefix(text: str, field: str) -> Node:
    """Return the beginning of a word. Raises Wrong."""
    if field in {"", TITLE}:
        return Beginning(text, field)
    raise Wrong(f"{field}: takes a whole value, without *", f"{text}*")


def word(text: str, field: str) -> Node:
    """Return a word as it is or, with a tilde behind it, as it may be misspelt. Raises Wrong."""
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
    from index.properties import PropertyError, property_of  # few queries have one

    try:
        return property_of(name, value)
    except PropertyError as error:
        raise Wrong(str(error), value) from None
