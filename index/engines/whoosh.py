"""The pure-Python engine, for where no tantivy wheel runs (package ``whoosh3``).

Whoosh pickles its table of contents, so an index folder is code: it is created private (0700) and
nothing from the web is ever loaded as one.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Collection, Generator, Iterable
from itertools import islice
from pathlib import Path
from typing import Any

import whoosh.query
from whoosh import fields, formats, scoring
from whoosh import index as whoosh_index

from index.analysis import Token
from index.engine import (
    BODY,
    MAX_EXPANSION,
    TITLE,
    TITLE_WEIGHT,
    And,
    Document,
    Filters,
    Hits,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
)
from index.engines.whoosh_phrase import ExactPhrase
from index.errors import IndexDamaged

MEMORY_MB = 64
POSITIONS = formats.Positions()
query: Any = whoosh.query  # its types cover only a part of it
EXACT = ("sites", "source", "kind", "region", "page_kind", "script")


class Tokens(fields.FieldType):
    """A field that is given tokens with their positions instead of text."""

    def __init__(self) -> None:
        analyzer: Any = None
        super().__init__(POSITIONS, analyzer, scorable=True)

    def index(self, value: Any, **_: Any) -> Generator[tuple[bytes, int, float, bytes], Any, None]:
        """Yield each distinct token with its frequency and its encoded positions."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for token in value:
            places[token.text].append(token.at)
        for text, at in places.items():
            yield text.encode(), len(at), float(len(at)), POSITIONS.encode(at)


def _schema() -> Any:
    words = {name: Tokens() for name in (TITLE, BODY)}
    exact = {name: fields.KEYWORD() for name in EXACT}
    days = {name: fields.NUMERIC(int, 32, signed=False) for name in ("first_day", "last_day")}
    number = fields.NUMERIC(int, 64, signed=False, stored=True, shift_step=0)
    return fields.Schema(url_id=number, **words, **exact, **days)


class Whoosh:
    """An index in one folder. One writer at a time; readers see the last commit."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        path = os.fspath(folder)
        try:
            fresh = not whoosh_index.exists_in(path)
            self.index: Any = (
                whoosh_index.create_in(path, _schema()) if fresh else whoosh_index.open_dir(path)
            )
            if self.index.schema.names() != _schema().names():
                raise ValueError("other fields")
            self.searcher: Any = self.index.searcher(weighting=_weighting())
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
        found = self.searcher.search(self._query(wanted), limit=None, filter=_filter(filters))
        return frozenset(int(hit["url_id"]) for hit in found)

    def count(self) -> int:
        """Return the number of documents."""
        return int(self.searcher.doc_count())

    def close(self) -> None:
        """Close the files."""
        self.searcher.close()
        self.index.close()

    def _query(self, wanted: Query) -> Any:
        match wanted:
            case And(parts, without, bonus):
                whole = query.And([self._query(part) for part in parts])
                if without:
                    # Not AndNot: it lets a first document through that it should exclude.
                    nots = query.Or([self._query(part) for part in without])
                    whole = query.And([whole, query.Not(nots)])
                if bonus:
                    more = query.Or([self._query(part) for part in bonus])
                    whole = query.AndMaybe(whole, more)
                return whole
            case Or(parts):
                return query.Or([self._query(part) for part in parts])
            case Term(text, field):
                return self._fields(field, lambda name, boost: query.Term(name, text, boost))
            case Phrase(tokens, field):
                return self._fields(field, lambda name, boost: ExactPhrase(name, tokens, boost))
            case Prefix(text, field):
                return self._fields(field, lambda name, boost: self._prefix(name, text, boost))

    def _fields(self, field: str, make: Callable[[str, float], Any]) -> Any:
        if field:
            return make(field, 1.0)
        return query.Or([make(TITLE, TITLE_WEIGHT), make(BODY, 1.0)])

    def _prefix(self, field: str, text: str, boost: float) -> Any:
        words = list(islice(self.searcher.reader().expand_prefix(field, text), MAX_EXPANSION))
        return query.ConstantScoreQuery(query.Or([query.Term(field, w) for w in words]), boost)


def _weighting() -> Any:
    return scoring.BM25F(B=0.75, K1=1.2)


def _number(url_id: int) -> Any:
    return query.Term("url_id", url_id)


def _filter(filters: Filters) -> Any:
    must = [
        query.Or([query.Term(field, value) for value in values])
        for field, values in filters.values()
    ]
    if filters.since or filters.until:
        must.append(query.NumericRange("last_day", max(filters.since, 1), None))
    if filters.until:
        must.append(query.NumericRange("first_day", None, filters.until))
    if not filters.hubs:
        must.append(query.Not(query.Term("page_kind", "hub")))
    return query.And(must) if must else None


def _values(document: Document) -> dict[str, Any]:
    numbers = {name: getattr(document, name) for name in ("url_id", "first_day", "last_day")}
    exact = {name: (value,) for name in EXACT[1:] if (value := getattr(document, name))}
    tokens: dict[str, tuple[Token, ...]] = {TITLE: document.title, BODY: document.body}
    held = {name: value for name, value in tokens.items() if value}
    return {**numbers, **exact, **held, "sites": document.sites or None}
