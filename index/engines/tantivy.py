"""The default engine: tantivy, a Rust library. Its commits are synced to disk and atomic."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from heapq import nsmallest
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tantivy

from index.analysis import Token
from index.analysis.strip import EMPTY, MORE, SLOTS, placed, slot
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
from index.errors import IndexDamaged
from index.expansion import bounded
from index.proximity import Span, spans
from index.spelling import alike, sure

HEAP = 64_000_000  # bytes buffered before a segment is written; twice the library's least
AT_ONCE = 200  # documents whose tokens are in memory together
NUMBERS = ("first_day", "last_day", "digest")
# Hits asked for beyond the limit: hardly a query of `benchmarks/search.py --only speed` then ends
# within a tie, and has to be asked again.
SPARE = 30
MORE_TIES = 100  # times as many, then: to ask again costs more than thousands of hits
MOST_VALUES = 100_000  # of a facet; more than there are sources
STRIP = "strip"  # the tokenizer's name: the slots of a strip (see index.analysis.strip)
MUST, SHOULD, NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot


def _linked(folder: Path) -> TemporaryDirectory[str]:
    """Return a folder of links to an index that cannot be written.

    Readers of tantivy, too, make a lock file in the folder that they open.
    """
    beside = TemporaryDirectory(prefix="duizhao-index-")
    for file in folder.iterdir():
        if file.suffix != ".lock":
            (Path(beside.name) / file.name).symlink_to(file.absolute())
    return beside


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("url_id", indexed=True, fast=True)
    for name in NUMBERS:
        builder.add_unsigned_field(name, indexed=name != "digest", fast=True)
    for name in (TITLE, BODY):
        builder.add_text_field(name, tokenizer_name=STRIP, index_option="position")
    for name in EXACT:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    return builder.build()


class Tantivy:
    """An index in one folder. One writer at a time; readers see the last commit."""

    counts_within = True

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.schema = _schema()
        self._beside: TemporaryDirectory[str] | None = None
        try:
            self._open(folder)
        except (ValueError, OSError) as error:
            raise IndexDamaged(f"{folder}: not a readable tantivy index ({error})") from error

    def _open(self, folder: Path) -> None:
        try:
            self.index = tantivy.Index(self.schema, os.fspath(folder))
        except (ValueError, OSError):
            if os.access(folder, os.W_OK):
                raise
            self._beside = _linked(folder)
            self.index = tantivy.Index(self.schema, self._beside.name)
        self.searcher = self.index.searcher()

    def write(self, documents: Iterable[Document], gone: Collection[int] = ()) -> None:
        """Replace these documents by url_id and remove ``gone``, in one commit."""
        self.index.register_tokenizer(STRIP, _slots())
        writer = self.index.writer(HEAP, 1)
        self._delete(writer, list(gone))
        coming = iter(documents)
        while given := list(islice(coming, AT_ONCE)):
            self._delete(writer, [document.url_id for document in given])
            for document in given:
                writer.add_document(_document(document))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def _delete(self, writer: Any, url_ids: list[int]) -> None:
        # By query: tantivy 0.27 takes a number for signed in delete_documents_by_term, and then
        # silently deletes nothing from an unsigned field.
        old = tantivy.Query.term_set_query(self.schema, "url_id", url_ids)
        writer.delete_documents_by_query(old)

    def search(self, query: Query, filters: Filters, limit: int) -> Hits:
        """Return the number of matches and the best ``limit``; ties by url_id."""
        asked = self._filtered(query, filters)
        if not limit or _unscored(query):
            found: Any = self.searcher.search(
                asked, max(limit, 1), order_by_field="url_id", order=tantivy.Order.Asc
            )
            return Hits(found.count, tuple((url_id, 0.0) for url_id, _ in found.hits[:limit]))
        total, hits = self._with_ties(asked, limit)
        below = [-score for score, _ in hits]
        best = nsmallest(limit, list(zip(below, self._values("url_id", hits), strict=True)))
        return Hits(total, tuple((url_id, -score) for score, url_id in best))

    def _with_ties(self, asked: Any, limit: int) -> tuple[int, list[Any]]:
        """How many match; the best ``limit`` hits, and all that tie with the last of them.

        Tantivy cuts ties by its own numbers, which change with every commit.
        """
        size = limit + SPARE
        while True:
            found: Any = self.searcher.search(asked, size)
            hits = found.hits
            if found.count <= size:
                return found.count, hits
            least = hits[limit - 1][0]
            if hits[-1][0] < least:
                return found.count, [hit for hit in hits if hit[0] >= least]
            size *= MORE_TIES

    def ids(self, query: Query, filters: Filters) -> frozenset[int]:
        """Return the url_ids of every match."""
        every = max(self.searcher.num_docs, 1)
        return frozenset(self._url_ids(self.searcher.search(self._filtered(query, filters), every)))

    def count(self) -> int:
        """Return the number of documents."""
        return int(self.searcher.num_docs)

    def words(self, field: str, start: str) -> list[tuple[str, int]]:
        """Return a field's tokens that begin so, each with the number of documents it is in."""
        return list(self.searcher.terms_with_prefix(field, start, limit=None))

    def frequency(self, text: str) -> int:
        """Return the number of documents with this token in their text."""
        return int(self.searcher.doc_freq(BODY, text))

    def facet(self, query: Query, filters: Filters, field: str) -> dict[str, int]:
        """Return how many matches have each value of a field of ``EXACT``; empty ones too."""
        asked = {"values": {"terms": {"field": field, "size": MOST_VALUES}}}
        found: Any = self.searcher.aggregate(self._filtered(query, filters), asked)
        return {one["key"]: one["doc_count"] for one in found["values"]["buckets"]}

    def digests(self) -> dict[int, int]:
        """Return every document's digest, by url_id."""
        every = tantivy.Query.all_query()
        found: Any = self.searcher.search(every, max(self.searcher.num_docs, 1))
        return dict(zip(self._url_ids(found), self._values("digest", found.hits), strict=True))

    def close(self) -> None:
        """Let go of the files; tantivy closes them with its objects."""
        del self.searcher, self.index
        if self._beside:
            self._beside.cleanup()

    def _url_ids(self, found: Any) -> list[int]:
        return self._values("url_id", found.hits)

    def _values(self, name: str, hits: list[Any]) -> list[int]:
        values: list[Any] = self.searcher.fast_field_values(name, [place for _, place in hits])
        return values

    def _filtered(self, query: Query, filters: Filters) -> Any:
        must = [self._query(query)]
        must += [self._within(field, values) for field, values in filters.values()]
        if filters.since or filters.until:
            must.append(self._dated(filters.since, filters.until))
        clauses = [(MUST, part) for part in must]
        if not filters.hubs:
            clauses.append((NOT, tantivy.Query.term_query(self.schema, "page_kind", "hub")))
        return _boolean(clauses)

    def _within(self, field: str, values: tuple[str, ...]) -> Any:
        return self._silent(tantivy.Query.term_set_query(self.schema, field, values))

    def _dated(self, since: int, until: int) -> Any:
        bounds = [(MUST, self._range("last_day", max(since, 1), None))]
        if until:
            bounds.append((MUST, self._range("first_day", None, until)))
        return _boolean(bounds)

    def _range(self, field: str, low: int | None, high: int | None) -> Any:
        kind = tantivy.FieldType.Unsigned
        return self._silent(tantivy.Query.range_query(self.schema, field, kind, low, high))

    def _silent(self, query: Any) -> Any:
        """A condition that adds nothing to the score."""
        return tantivy.Query.const_score_query(query, 0.0)

    def _query(self, query: Query) -> Any:
        match query:
            case And(parts, without, bonus):
                clauses = [(MUST, self._query(part)) for part in parts]
                clauses += [(NOT, self._query(part)) for part in without]
                return _boolean(clauses + [(SHOULD, self._query(part)) for part in bonus])
            case Or(parts):
                return _boolean([(SHOULD, self._query(part)) for part in parts])
            case Best(parts):
                weighted = [tantivy.Query.boost_query(self._query(q), w) for q, w in parts]
                return tantivy.Query.disjunction_max_query(weighted)
            case Term(text, field):
                return self._fields(field, lambda name: self._term(name, text))
            case Phrase(tokens, field):
                return self._fields(field, lambda name: self._phrase(name, tokens))
            case Near(rows, field):
                return self._fields(field, lambda name: self._near(name, rows))
            case Prefix(text, field):
                return self._fields(field, lambda name: self._prefix(name, text))
            case Alike(text, distance, field):
                return self._fields(field, lambda name: self._alike(name, text, distance))
            case Within(name, values):
                return self._within(name, values)
            case Among(ids):
                return self._silent(tantivy.Query.term_set_query(self.schema, "url_id", ids))
            case Dated(since, until):
                return self._dated(since, until)

    def _fields(self, field: str, make: Callable[[str], Any]) -> Any:
        if field:
            return make(field)
        title = tantivy.Query.boost_query(make(TITLE), TITLE_WEIGHT)
        return _boolean([(SHOULD, title), (SHOULD, make(BODY))])

    def _term(self, field: str, text: str) -> Any:
        return tantivy.Query.term_query(self.schema, field, text, index_option="freq")

    def _phrase(self, field: str, tokens: tuple[Token, ...]) -> Any:
        words: list[Any] = [(SLOTS * at + slot(text), text) for at, text in tokens]
        return tantivy.Query.phrase_query(self.schema, field, words)

    def _near(self, field: str, rows: tuple[tuple[Token, ...], ...]) -> Any:
        near = spans(rows)
        if near is None:
            return _boolean([(SHOULD, self._phrase(field, row)) for row in rows])
        return _boolean([(SHOULD, part) for span in near for part in self._apart(field, span)])

    def _apart(self, field: str, span: Span) -> Iterator[Any]:
        """Phrases for a span; slop is how far the second token may stray, either way."""
        if span.first == span.second:  # with a slop, a token would be found beside itself
            for apart in range(span.low, span.high + 1):
                yield self._phrase(field, (Token(0, span.first), Token(apart, span.second)))
            return
        slop = (span.high - span.low) // 2
        first, second = slot(span.first), slot(span.second)
        for middle in dict.fromkeys((span.low + slop, span.high - slop)):
            words: list[Any] = [(first, span.first), (SLOTS * middle + second, span.second)]
            yield tantivy.Query.phrase_query(self.schema, field, words, SLOTS * slop)

    def _prefix(self, field: str, text: str) -> Any:
        words = bounded((word for word, _ in self.words(field, text)), text)
        return tantivy.Query.term_set_query(self.schema, field, words)

    def _alike(self, field: str, text: str, distance: int) -> Any:
        words = (word for word, _ in self.words(field, sure(text)))
        near = bounded(alike(words, text, distance), text)
        return tantivy.Query.term_set_query(self.schema, field, near)


def _unscored(query: Query) -> bool:
    """Whether a query only says what a page must be: then every match scores 0."""
    match query:
        case Within() | Among() | Dated():
            return True
        case And(parts, _, bonus):
            return all(map(_unscored, (*parts, *bonus)))
        case Or(parts):
            return all(map(_unscored, parts))
        case Best(weighted):
            return all(_unscored(part) for part, _ in weighted)
        case _:
            return False


def _boolean(clauses: list[tuple[Any, Any]]) -> Any:
    return tantivy.Query.boolean_query(clauses) if clauses else tantivy.Query.empty_query()


def _document(document: Document) -> Any:
    made = tantivy.Document()
    for name in ("url_id", *NUMBERS):
        made.add_unsigned(name, getattr(document, name))
    for name in (TITLE, BODY):
        _add(made, name, getattr(document, name))
    for site in document.sites:
        made.add_text("sites", site)
    for name in EXACT[1:]:
        made.add_text(name, getattr(document, name))
    return made


def _add(made: Any, name: str, strip: str) -> None:
    if MORE not in strip:
        made.add_text(name, strip)
    else:  # five times as slow
        tokens = [tantivy.Token(text, place, 0, 0) for place, text in placed(strip)]
        made.add_pre_tokenized_text(name, tantivy.PreTokenizedString("", tokens))


def _slots() -> Any:
    words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    return words.filter(tantivy.Filter.custom_stopword([EMPTY])).build()
