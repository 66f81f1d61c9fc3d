"""What is wrong with a question once an index or a topic knows it, said under its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from index.analysis.unit import normal
from index.expansion import TooBroad
from index.grammar import QueryError
from index.syntax import Node, shown


@contextmanager
def pointed(node: Node) -> Iterator[None]:
    """Raise what goes wrong inside as a QueryError with the query and the place in it."""
    try:
        yield
    except TooBroad as error:
        raise _at(str(error), error.text, node) from None
    except QueryError as error:
        if error.query or not error.piece:
            raise
        raise _at(error.message, error.piece, node) from None


def _at(message: str, piece: str, node: Node) -> QueryError:
    text = shown(node)
    return QueryError(message, text, _place(normal(text), normal(piece)))


def _place(text: str, piece: str) -> int:
    """Where a piece is: what a field is asked for or what is cut short or misspelt, rather than the
    same letters in another word."""
    written = re.escape(piece)
    forms = (f"(?<=:){written}(?!\\w)", f"(?<!\\w){written}[*~]", written)
    found = next(filter(None, (re.search(form, text) for form in forms)), None)
    return found.start() if found else 0
