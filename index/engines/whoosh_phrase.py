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

query: Any = whoosh.query  # its types cover only a part of it
matching: Any = whoosh.matching


class ExactPhrase(Query):
    """Documents where these tokens stand at these distances in a field."""

    def __init__(self, fieldname: str, tokens: tuple[Token, ...], boost: float = 1.0) -> None:
        self.fieldname = fieldname
        self.tokens_wanted = tokens
        self.boost = boost

    def __repr__(self) -> str:
        return f"ExactPhrase({self.fieldname!r}, {self.tokens_wanted!r})"

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
        words = [
            query.Term(self.fieldname, token.text).matcher(searcher, context)
            for token in self.tokens_wanted
        ]
        if not all(word.is_active() for word in words):
            return matching.NullMatcher()
        offsets = [token.at for token in self.tokens_wanted]
        return _Matcher(words, offsets, self.boost)

    def _words(self) -> Any:
        return query.And([query.Term(self.fieldname, token.text) for token in self.tokens_wanted])


class _Matcher(SpanWrappingMatcher):
    """Walks the documents that have every token, and stops where the positions fit."""

    def __init__(self, words: list[Any], offsets: list[int], boost: float) -> None:
        self.words = words
        self.offsets = offsets
        every = words[0]
        for word in words[1:]:
            every = matching.IntersectionMatcher(every, word)
        super().__init__(every)  # type: ignore[no-untyped-call]
        self.boost = boost

    def copy(self) -> _Matcher:
        """Return an independent matcher at the same place."""
        return _Matcher([word.copy() for word in self.words], self.offsets, self.boost)

    def replace(self, minquality: float = 0) -> Any:
        """Return this: a simpler child would not be bound to the words any more."""
        active: bool = self.child.is_active()
        return self if active else matching.NullMatcher()

    def supports_block_quality(self) -> bool:
        """Return False, so that no document is skipped or taken unseen."""
        return False

    def _get_spans(self) -> list[Any]:
        starts: set[int] | None = None
        for word, offset in zip(self.words, self.offsets, strict=True):
            here = {position - offset for position in word.value_as("positions")}
            starts = here if starts is None else starts & here
            if not starts:
                return []
        return [query.Span(start) for start in sorted(starts or ())]
