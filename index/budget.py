"""How much work a query may ask for: so much that none takes longer than a second or two."""

from __future__ import annotations

from math import comb

from index.grammar import QueryError
from index.proximity import MOST, ways
from index.syntax import AllOf, AnyOf, Beginning, Close, Misspelt, Node, Without, shown

WILD = 16  # words with * or ~: each is looked for in the list of an index's words

AT_ONCE = 30  # phrases that two single words near each other cost at most


def check(node: Node, text: str, ready: str) -> None:
    """Raise QueryError for a query that asks for more, at the part that is too much.

    ``ready`` is the ``text`` as ``grammar.prepared`` gives it.
    """
    wild = arranged = place = 0
    for leaf in _costly(node):
        arranged += _ways(leaf)
        wild += not isinstance(leaf, Close)
        said = shown(leaf._replace(field=""))
        # In order, so that of two that are written alike it is the second; ~ alone is ~1.
        place = max(ready.find(said.removesuffix("1"), place), place) + 1
        if wild > WILD:
            message = f"{WILD} words with * or ~ are the most in one query"
            raise QueryError(message, text, place - 1)
        if arranged > MOST:
            message = f"{said} and what is before it are more than {MOST} phrases to look for"
            raise QueryError(message, text, place - 1)


def _costly(node: Node) -> list[Beginning | Misspelt | Close]:
    match node:
        case AllOf(parts) | AnyOf(parts):
            return [leaf for part in parts for leaf in _costly(part)]
        case Without(part):
            return _costly(part)
        case Beginning() | Misspelt() | Close():
            return [node]
    return []


def _two_words(parts: list[str]) -> bool:
    """Whether every distance can be looked for at once (see ``index.proximity.spans``)."""
    single = (part.isalnum() and (part.isascii() or len(part) <= 2) for part in parts)
    return len(set(parts)) == len(parts) == 2 and all(single)


def _ways(leaf: Beginning | Misspelt | Close) -> int:
    match leaf:
        case Misspelt(text, distance):
            return 1 if text.isascii() else comb(len(text), distance)
        case Close(text, distance):
            parts = text.split()
            return AT_ONCE if _two_words(parts) else ways(len(parts), distance)
    return 1
