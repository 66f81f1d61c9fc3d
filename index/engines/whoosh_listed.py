"""Documents given by number, for Whoosh: one list to walk instead of a search for each of them."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

import whoosh.matching
import whoosh.query
from whoosh.query.qcore import Query

query: Any = whoosh.query  # its types cover only a part of it
matching: Any = whoosh.matching


class Listed(Query):
    """Documents with one of these url_ids. Each segment is looked through once."""

    def __init__(self, ids: tuple[int, ...]) -> None:
        self.ids = ids
        self._numbers: WeakKeyDictionary[Any, list[int]] = WeakKeyDictionary()

    def __repr__(self) -> str:
        return f"Listed({self.ids!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Listed) and self.ids == other.ids

    def __hash__(self) -> int:
        return hash(self.ids)

    def estimate_size(self, reader: Any) -> int:
        """Return an upper bound on the number of matches."""
        return len(self.ids)

    def estimate_min_size(self, reader: Any) -> int:
        """Return a lower bound on the number of matches."""
        return 0

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Return a matcher over one segment."""
        found = self._numbers.get(searcher)
        if found is None:
            every = (query.Term("url_id", one).matcher(searcher, context) for one in self.ids)
            found = sorted({number for one in every for number in one.all_ids()})
            self._numbers[searcher] = found
        return matching.ListMatcher(found) if found else matching.NullMatcher()
