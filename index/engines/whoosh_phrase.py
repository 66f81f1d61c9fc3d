"""A phrase for Whoosh whose tokens have exact distances.

Whoosh's own phrase knows only "at most this far", compares positions pair by pair (a word that
occurs 50,000 times in a document would take minutes) and, where the best hits suffice, skips to
documents without looking at positions again.
"""

from __future__ import annotations

from typing import Any

import whoosh.matching
import whoosh.query
from whoosh.query.qcore import Query
from whoosh.query.spans import SpanWrappingMatcher

from index.analysis import Token
from index.engines.whoosh_listed import Listed
from index.proximity import spans, starts

query: Any = whoosh.query  # its types cover only a part of it
matching: Any = whoosh.matching
# Tokens that lead from document to document; whether it has the others too is looked up there. A
# chain of all of them is as deep as a phrase is long, at every step.
LED = 3


class ExactPhrase(Query):
    """Documents where tokens stand at given distances in a field.

    ``rows`` are the ways they may stand; every row has the same tokens. Of documents not in
    ``among`` nobody asks.
    """

    def __init__(
        self,
        fieldname: str,
        rows: tuple[tuple[Token, ...], ...],
        boost: float = 1.0,
        among: Listed | None = None,
    ) -> None:
        self.fieldname = fieldname
        self.rows = rows
        self.boost = boost
        self.among = among

    def __repr__(self) -> str:
        return f"ExactPhrase({self.fieldname!r}, {self.rows!r}, among={self.among!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ExactPhrase) and repr(self) == repr(other)

    def __hash__(self) -> int:
        return hash(repr(self))

    def field(self) -> str:
        """Return the field's name."""
        return self.fieldname

    def estimate_size(self, reader: Any) -> int:
        """Return an upper bound on the number of matches."""
        return int(self._words().estimate_size(reader))

    def estimate_min_size(self, reader: Any) -> int:
        """Return a lower bound on the number of matches."""
        return 0

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Return a matcher over one segment."""
        frequency = searcher.reader().doc_frequency
        rarest = sorted(self._texts(), key=lambda text: frequency(self.fieldname, text))
        words = {
            text: query.Term(self.fieldname, text).matcher(searcher, context) for text in rarest
        }
        if not all(word.is_active() for word in words.values()):
            return matching.NullMatcher()
        among = self.among.matcher(searcher, context) if self.among else None
        if among and not among.is_active():
            return matching.NullMatcher()
        return _Matcher(words, self.rows, self.boost, among)

    def _texts(self) -> list[str]:
        return list(dict.fromkeys(token.text for token in self.rows[0]))

    def _words(self) -> Any:
        return query.And([query.Term(self.fieldname, text) for text in self._texts()])


class _Matcher(SpanWrappingMatcher):
    """Walks the documents that have every token, and stops where the positions fit.

    ``words`` are the tokens' matchers, the rarest first; ``among`` leads them where there is one.
    """

    def __init__(
        self,
        words: dict[str, Any],
        rows: tuple[tuple[Token, ...], ...],
        boost: float,
        among: Any = None,
    ) -> None:
        self.words = words
        self.among = among
        self.rows = rows
        self.near = spans(rows)
        every, *others = [among, *words.values()] if among else words.values()
        for word in others[: LED - 1]:
            every = matching.IntersectionMatcher(every, word)
        super().__init__(every)  # type: ignore[no-untyped-call]
        self.boost = boost

    def copy(self) -> _Matcher:
        """Return an independent matcher at the same place."""
        words = {text: word.copy() for text, word in self.words.items()}
        among = self.among.copy() if self.among else None
        return _Matcher(words, self.rows, self.boost, among)

    def replace(self, minquality: float = 0) -> Any:
        """Return this: a simpler child would not be bound to the words any more."""
        active: bool = self.child.is_active()
        return self if active else matching.NullMatcher()

    def supports_block_quality(self) -> bool:
        """Return False, so that no document is skipped or taken unseen."""
        return False

    def _held(self) -> dict[str, Any] | None:
        """Every token's positions in this document; None where it lacks one."""
        here, held = self.child.id(), {}
        for text, word in self.words.items():
            if word.is_active() and word.id() < here:
                word.skip_to(here)
            if not word.is_active() or word.id() != here:
                return None
            held[text] = word.value_as("positions")
        return held

    def _get_spans(self) -> list[Any]:
        held = self._held()
        if held is None:
            return []
        if self.near is None:
            places = {text: set(positions) for text, positions in held.items()}
            found = {start for row in self.rows for start in _starts(row, places)}
        else:
            pairs = (starts(one, held[one.first], held[one.second]) for one in self.near)
            found = {first for pair in pairs for first, _ in pair}
        return [query.Span(start) for start in sorted(found)]


def _starts(row: tuple[Token, ...], places: dict[str, set[int]]) -> set[int]:
    """Where a row begins, so that each of its tokens is at its place."""
    rarest = min(row, key=lambda token: len(places[token.text]))
    starts = (place - rarest.at for place in places[rarest.text])
    return {s for s in starts if all(s + token.at in places[token.text] for token in row)}
