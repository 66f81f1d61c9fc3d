"""The pure-Python engine, for where no tantivy wheel runs (package ``whoosh3``).

Whoosh pickles its table of contents and its postings. Its folder is private (0700), and what is
read from it may name only the few classes that an index is made of (``whoosh_pickle``).
"""

from __future__ import annotations

import functools
import os
from collections import defaultdict
from collections.abc import Callable, Collection, Generator, Iterable
from itertools import islice
from pathlib import Path
from typing import Any

import whoosh.query
from whoosh import fields, formats, scoring
from whoosh import index as whoosh_index

from index.analysis.strip import spread
from index.engine import (
    BODY,
    EXACT,
    TITLE,
    TITLE_WEIGHT,
    Alike,
    Among,
    And,
    Best,
    Dated,
    Document,
    Filters,
    Hits,
    Near,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
    Within,
)
from index.engines import whoosh_pickle
from index.engines.whoosh_listed import Listed
from index.engines.whoosh_phrase import ExactPhrase
from index.errors import IndexDamaged
from index.expansion import bounded
from index.spelling import alike, sure

MEMORY_MB = 64
POSITIONS = formats.Positions()
Leaf = Term | Phrase | Prefix | Near | Alike
query: Any = whoosh.query  # its types cover only a part of it
whoosh_pickle.restrict()


class Tokens(fields.FieldType):
    """A field that is given a strip instead of text."""

    def __init__(self) -> None:
        analyzer: Any = None
        super().__init__(POSITIONS, analyzer, scorable=True)

    def index(self, value: Any, **_: Any) -> Generator[tuple[bytes, int, float, bytes], Any, None]:
        """Yield each distinct token with its frequency and its encoded positions."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for text, place in zip(*spread(value), strict=True):
            places[text].append(place)
        for text, at in places.items():
            yield text.encode(), len(at), float(len(at)), POSITIONS.encode(at)


def _schema() -> Any:
    words = {name: Tokens() for name in (TITLE, BODY)}
    exact = {name: fields.KEYWORD() for name in EXACT}
    days = {name: fields.NUMERIC(int, 32, signed=False) for name in ("first_day", "last_day")}
    number = fields.NUMERIC(int, 64, signed=False, stored=True, shift_step=0)
    return fields.Schema(url_id=number, digest=fields.STORED(), **words, **exact, **days)


class Whoosh:
    """An index in one folder. One writer at a time; readers see the last commit."""

    counts_within = False

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
            self.searcher: Any = self.index.searcher(weighting=_weighting())
            self.found: tuple[Any, frozenset[int]] = None, frozenset()
            self.listed = functools.lru_cache(maxsize=2)(Listed)
        # Unpickling damaged bytes may raise anything at all.
        except Exception as error:
            raise IndexDamaged(f"{folder}: not a readable Whoosh index ({error})") from error

    def write(self, documents: Iterable[Document], gone: Collection[int] = ()) -> None:
        """Replace these documents by url_id and remove ``gone``, in one commit."""
        given = list(documents)
        writer = self.index.writer(limitmb=MEMORY_MB)
        try:
            replaced = [*gone, *(document.url_id for document in given)]
            writer.delete_by_query(query.Or([_number(url_id) for url_id in replaced]))
            for document in given:
                writer.add_document(**_values(document))
        except BaseException:
            writer.cancel()
            raise
        writer.commit()
        self.searcher.close()
        self.searcher = self.index.searcher(weighting=_weighting())

    def search(self, wanted: Query, filters: Filters, limit: int) -> Hits:
        """Return the number of matches and the best ``limit``; ties by url_id."""
        # Without `optimize`, whoosh neither skips documents nor estimates their number.
        found = self.searcher.search(
            self._query(wanted), limit=None, filter=_filter(filters), optimize=False
        )
        scored = ((int(hit["url_id"]), float(hit.score)) for hit in islice(found, limit))
        best = sorted(scored, key=lambda hit: (-hit[1], hit[0]))
        return Hits(len(found), tuple(best[:limit]))

    def ids(self, wanted: Query, filters: Filters) -> frozenset[int]:
        """Return the url_ids of every match."""
        stored = self.searcher.stored_fields
        return frozenset(int(stored(number)["url_id"]) for number in self._numbers(wanted, filters))

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
        found = self._numbers(wanted, filters)
        reader = self.searcher.reader()
        held = {
            value: found.intersection(reader.postings(field, value).all_ids())
            for value, _ in self.words(field, "")
        }
        held[""] = found.difference(*held.values())
        return {value: len(numbers) for value, numbers in held.items() if numbers}

    def digests(self) -> dict[int, int]:
        """Return every document's digest, by url_id."""
        stored = self.searcher.reader().all_stored_fields()
        return {int(one["url_id"]): int(one["digest"]) for one in stored}

    def close(self) -> None:
        """Close the files."""
        self.searcher.close()
        self.index.close()

    def _numbers(self, wanted: Query, filters: Filters) -> frozenset[int]:
        """Whoosh's numbers of every match; the last ones are kept, for one facet after another."""
        asked = (self.searcher, wanted, filters)
        if self.found[0] != asked:
            must = [self._query(wanted), *([held] if (held := _filter(filters)) else [])]
            # Unlike a search it scores nothing.
            numbers = self.searcher.docs_for_query(query.And(must))
            self.found = asked, frozenset(numbers)
        return self.found[1]

    def _query(self, wanted: Query, scale: float = 1.0, among: Listed | None = None) -> Any:
        """The query; ``scale`` multiplies its scores, down to its words (a group has none).

        ``among`` are the only documents that it is asked about.
        """
        match wanted:
            case And():
                return self._all(wanted, scale, among)
            case Or(parts):
                return query.Or([self._query(part, scale, among) for part in parts])
            case Best(weighted):
                best = [self._query(part, scale * weight, among) for part, weight in weighted]
                return query.DisjunctionMax(best)
            case Among(ids):
                return query.ConstantScoreQuery(self.listed(ids), 0.0)
            case Within() | Dated():
                return query.ConstantScoreQuery(_condition(wanted), 0.0)
            case _:
                make = functools.partial(self._leaf, wanted, among)
                return self._fields(wanted.field, scale, make)

    def _all(self, wanted: And, scale: float, among: Listed | None) -> Any:
        lists = [self.listed(part.ids) for part in wanted.parts if isinstance(part, Among)]
        only = lists[0] if lists else among
        whole = query.And([self._query(part, scale, only) for part in wanted.parts])
        if wanted.without:
            # Not AndNot: it lets a first document through that it should exclude.
            nots = query.Or([self._query(part, scale, only) for part in wanted.without])
            whole = query.And([whole, query.Not(nots)])
        if wanted.bonus:
            more = query.Or([self._query(part, scale, only) for part in wanted.bonus])
            whole = query.AndMaybe(whole, more)
        return whole

    def _leaf(self, wanted: Leaf, among: Listed | None, field: str, boost: float) -> Any:
        match wanted:
            case Term(text):
                return query.Term(field, text, boost)
            case Phrase(tokens):
                return ExactPhrase(field, (tokens,), boost, among)
            case Near(rows):
                return ExactPhrase(field, rows, boost, among)
            case Prefix(text):
                return self._prefix(field, text, boost)
            case Alike(text, distance):
                return self._alike(field, text, distance, boost)

    def _fields(self, field: str, scale: float, make: Callable[[str, float], Any]) -> Any:
        if field:
            return make(field, scale)
        return query.Or([make(TITLE, scale * TITLE_WEIGHT), make(BODY, scale)])

    def _prefix(self, field: str, text: str, boost: float) -> Any:
        found = self.searcher.reader().expand_prefix(field, text)
        words = bounded((word.decode() for word in found), text)
        return _any(field, words, boost)

    def _alike(self, field: str, text: str, distance: int, boost: float) -> Any:
        found = self.searcher.reader().expand_prefix(field, sure(text))
        words = bounded(alike((word.decode() for word in found), text, distance), text)
        return _any(field, words, boost)


def _weighting() -> Any:
    return scoring.BM25F(B=0.75, K1=1.2)


def _number(url_id: int) -> Any:
    return query.Term("url_id", url_id)


def _any(field: str, words: Iterable[Any], boost: float) -> Any:
    return query.ConstantScoreQuery(query.Or([query.Term(field, word) for word in words]), boost)


def _condition(wanted: Within | Dated) -> Any:
    match wanted:
        case Within(name, values):
            return _within(name, values)
        case Dated(since, until):
            return _dated(since, until)


def _within(name: str, values: Iterable[str]) -> Any:
    return query.Or([query.Term(name, value) for value in values])


def _dated(since: int, until: int) -> Any:
    bounds = [query.NumericRange("last_day", max(since, 1), None)]
    if until:
        bounds.append(query.NumericRange("first_day", None, until))
    return query.And(bounds)


def _filter(filters: Filters) -> Any:
    must = [_within(field, values) for field, values in filters.values()]
    if filters.since or filters.until:
        must.append(_dated(filters.since, filters.until))
    if not filters.hubs:
        must.append(query.Not(query.Term("page_kind", "hub")))
    return query.And(must) if must else None


def _values(document: Document) -> dict[str, Any]:
    days = ("first_day", "last_day", "digest")
    numbers = {name: getattr(document, name) for name in ("url_id", *days)}
    exact = {name: (value,) for name in EXACT[1:] if (value := getattr(document, name))}
    strips = {TITLE: document.title, BODY: document.body}
    held = {name: strip for name, strip in strips.items() if strip}
    return {**numbers, **exact, **held, "sites": document.sites or None}
