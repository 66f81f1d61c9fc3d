"""The pure-Python engine, for where no tantivy wheel runs (package ``whoosh3``).

Whoosh pickles its table of contents and its postings. Its folder is private (0700), and what is
read from it may name only the few classes that an index is made of (``whoosh_pickle``).
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from functools import lru_cache
from heapq import nsmallest
from pathlib import Path
from typing import Any

import whoosh.query
from whoosh import fields
from whoosh import index as whoosh_index

from index.analysis.strip import spread
from index.engine import (
    BODY,
    EXACT,
    TITLE,
    Alike,
    And,
    Best,
    Document,
    Filters,
    Hits,
    Or,
    Prefix,
    Query,
)
from index.engines import whoosh_pickle
from index.engines.whoosh_postings import Places, Postings
from index.engines.whoosh_segment import Scores, Segment, fields_of
from index.errors import IndexDamaged
from index.expansion import bounded
from index.spelling import alike, sure

MEMORY_MB = 64
PLACES = Places()
FOUND = 2  # queries whose results are kept
EXPANDED = 64  # prefixes and misspelt words whose tokens are kept
Found = list[tuple[Segment, Scores]]
query: Any = whoosh.query  # its types cover only a part of it
whoosh_pickle.restrict()


class Tokens(fields.FieldType):
    """A field that is given a strip instead of text."""

    def __init__(self) -> None:
        analyzer: Any = None
        super().__init__(PLACES, analyzer, scorable=True)

    def index(self, value: Any, **_: Any) -> Generator[tuple[bytes, int, float, bytes], Any, None]:
        """Yield each distinct token with its frequency and its encoded places."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for text, place in zip(*spread(value), strict=True):
            places[text].append(place)
        for text, at in places.items():
            yield text.encode(), len(at), float(len(at)), PLACES.encode(at)


def _schema() -> Any:
    words = {name: Tokens() for name in (TITLE, BODY)}
    exact = {name: fields.KEYWORD() for name in EXACT}
    days = {name: fields.NUMERIC(int, 32, signed=False) for name in ("first_day", "last_day")}
    number = fields.NUMERIC(int, 64, signed=False, stored=True, shift_step=0, sortable=True)
    return fields.Schema(url_id=number, digest=fields.STORED(), **words, **exact, **days)


class Whoosh:
    """An index in one folder. One writer at a time; readers see the last commit."""

    counts_within = False

    _found: Callable[[Query, Filters], Found]

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        path = os.fspath(folder)
        try:
            fresh = not any(folder.glob("*.toc"))
            if fresh and any(folder.glob("*.seg")):
                raise ValueError("no table of contents")
            # Given a schema, Whoosh does not unpickle the one in the folder.
            make = whoosh_index.create_in if fresh else whoosh_index.open_dir
            self.index: Any = make(path, schema=_schema())
            self._open()
        # Unpickling damaged bytes may raise anything at all.
        except Exception as error:
            raise IndexDamaged(f"{folder}: not a readable Whoosh index ({error})") from error

    def write(self, documents: Iterable[Document], gone: Collection[int] = ()) -> None:
        """Replace these documents by url_id and remove ``gone``, in one commit."""
        given = list(documents)
        writer = self.index.writer(limitmb=MEMORY_MB)
        try:
            replaced = [*gone, *(document.url_id for document in given)]
            old = [query.Term("url_id", url_id) for url_id in replaced]
            writer.delete_by_query(query.Or(old))
            for document in given:
                writer.add_document(**_values(document))
        except BaseException:
            writer.cancel()
            raise
        writer.commit()
        self.searcher.close()
        self._open()

    def search(self, wanted: Query, filters: Filters, limit: int) -> Hits:
        """Return the number of matches and the best ``limit``; ties by url_id."""
        found = self._found(wanted, filters)
        every = (
            (-score, segment.url_ids[number])
            for segment, scores in found
            for number, score in scores.items()
        )
        best = tuple((url_id, -below) for below, url_id in nsmallest(limit, every))
        return Hits(sum(len(scores) for _, scores in found), best)

    def ids(self, wanted: Query, filters: Filters) -> frozenset[int]:
        """Return the url_ids of every match."""
        found = self._found(wanted, filters)
        return frozenset(segment.url_ids[number] for segment, scores in found for number in scores)

    def count(self) -> int:
        """Return the number of documents."""
        return int(self.searcher.doc_count())

    def words(self, field: str, start: str) -> list[tuple[str, int]]:
        """Return a field's tokens that begin so, each with the number of documents it is in."""
        reader = self.searcher.reader()
        found = [word.decode() for word in reader.expand_prefix(field, start)]
        return [(word, int(reader.doc_frequency(field, word))) for word in found]

    def frequency(self, text: str) -> int:
        """Return the number of documents with this token in their text."""
        return int(self.searcher.reader().doc_frequency(BODY, text))

    def facet(self, wanted: Query, filters: Filters, field: str) -> dict[str, int]:
        """Return how many matches have each value of a field of ``EXACT``; empty ones too."""
        counts: Counter[str] = Counter()
        for segment, scores in self._found(wanted, filters):
            for value, numbers in segment.values(field).items():
                counts[value] += len(numbers & scores.keys())
            counts[""] += len(scores.keys() - set().union(*segment.values(field).values()))
        return {value: count for value, count in counts.items() if count}

    def digests(self) -> dict[int, int]:
        """Return every document's digest, by url_id."""
        stored = self.searcher.reader().all_stored_fields()
        return {int(one["url_id"]): int(one["digest"]) for one in stored}

    def close(self) -> None:
        """Close the files."""
        self.searcher.close()
        self.index.close()

    def _open(self) -> None:
        """Read the last commit."""
        self.searcher: Any = self.index.searcher()
        expanded = lru_cache(maxsize=EXPANDED)(self._expanded)
        postings, leaves = Postings(), self.searcher.leaf_searchers()
        segments = [Segment(self.searcher, leaf, postings, expanded) for leaf, _ in leaves]

        def found(wanted: Query, filters: Filters) -> Found:
            for leaf, field in _broad(wanted):
                expanded(leaf, field)  # too broad is too broad, whatever else is asked for
            return [(segment, segment.scores(wanted, filters)) for segment in segments]

        # A page's total, its ids and its facets are all asked for, one after another.
        self._found = lru_cache(maxsize=FOUND)(found)

    def _expanded(self, leaf: Prefix | Alike, field: str) -> list[str]:
        """The tokens of a field that a leaf stands for. Raises TooBroad."""
        start = leaf.text if isinstance(leaf, Prefix) else sure(leaf.text)
        words: Iterable[str] = map(bytes.decode, self.searcher.reader().expand_prefix(field, start))
        if isinstance(leaf, Alike):
            words = alike(words, leaf.text, leaf.distance)
        return bounded(words, leaf.text)


def _broad(wanted: Query) -> Iterator[tuple[Prefix | Alike, str]]:
    """The leaves that stand for many tokens, each with a field that it is looked for in."""
    match wanted:
        case And(parts, without, bonus):
            for part in (*parts, *without, *bonus):
                yield from _broad(part)
        case Or(parts):
            for part in parts:
                yield from _broad(part)
        case Best(weighted):
            for part, _ in weighted:
                yield from _broad(part)
        case Prefix() | Alike():
            yield from ((wanted, field) for field, _ in fields_of(wanted))


def _values(document: Document) -> dict[str, Any]:
    days = ("first_day", "last_day", "digest")
    numbers = {name: getattr(document, name) for name in ("url_id", *days)}
    exact = {name: (value,) for name in EXACT[1:] if (value := getattr(document, name))}
    strips = {TITLE: document.title, BODY: document.body}
    held = {name: strip for name, strip in strips.items() if strip}
    return {**numbers, **exact, **held, "sites": document.sites or None}
