"""What a segment of a Whoosh index holds of a token: the documents, how often, and where."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, NamedTuple

from whoosh import formats
from whoosh.reading import TermNotFound

# Bytes of postings that are kept for the next query: its words are mostly common ones.
KEPT = 64_000_000
ENTRY = 100  # bytes that a document takes up here besides its places


class Places(formats.Positions):
    """A token's places in a document as plain numbers: they are read at once, and not unpickled."""

    def encode(self, poslist: Any) -> bytes:
        """Return places as bytes."""
        return array("I", poslist).tobytes()

    def decode_positions(self, valuestring: bytes) -> Any:
        """Return places from bytes."""
        return places(valuestring)

    def decode_frequency(self, valuestring: bytes) -> int:
        """Return how many places there are."""
        return len(places(valuestring))


def places(value: bytes) -> Sequence[int]:
    """Return the places that ``Places`` made bytes of."""
    found = array("I")
    found.frombytes(value)
    return found


class Posting(NamedTuple):
    """The documents with a token by rising number, how often it is in each, and its places."""

    numbers: Sequence[int]
    counts: Sequence[float]
    values: Sequence[bytes]


NOTHING = Posting((), (), ())


class Postings:
    """Reads postings of an index's segments, and keeps those that were asked for last."""

    def __init__(self, kept: int = KEPT) -> None:
        self._left = kept
        self._held: OrderedDict[tuple[Any, str, str], tuple[Posting, int]] = OrderedDict()

    def of(self, reader: Any, field: str, text: str) -> Posting:
        """Return a token's posting in a segment; an empty one where no document has it."""
        key = reader, field, text
        if key in self._held:
            self._held.move_to_end(key)
            return self._held[key][0]
        made = _read(reader, field, text)
        size = ENTRY * (1 + len(made.numbers)) + sum(map(len, filter(None, made.values)))
        self._held[key] = made, size
        self._left -= size
        while self._left < 0:
            _, (_, gone) = self._held.popitem(last=False)
            self._left += gone
        return made


def _read(reader: Any, field: str, text: str) -> Posting:
    try:
        matcher = reader.postings(field, text)
    except TermNotFound:
        return NOTHING
    numbers, counts, values = [], [], []
    while matcher.is_active():
        numbers.append(matcher.id())
        counts.append(matcher.weight())
        values.append(matcher.value())
        matcher.next()
    return Posting(numbers, counts, values)
