"""A prefix or a misspelt word stands for many words of an index: all of them, or it is refused."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from index.spelling import MARK

# Each is a list of documents to read; `benchmarks/search.py --only fuzz` prints the slowest query.
MOST = 2000


class TooBroad(Exception):
    """``text`` stands for more words of an index than are looked for."""

    exit_code = 2

    def __init__(self, text: str) -> None:
        self.text = text.removeprefix(MARK)
        super().__init__(
            f"{self.text} stands for over {MOST} words here; write more of its letters"
        )


def bounded(words: Iterable[str], text: str) -> list[str]:
    """Return the words that ``text`` stands for. Raises TooBroad for more than ``MOST``."""
    found = list(islice(words, MOST + 1))
    if len(found) > MOST:
        raise TooBroad(text)
    return found
