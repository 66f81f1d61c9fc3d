"""What a query finds in one segment of a Whoosh index: set by set, and not document by document.

Whoosh's own matchers ask every part of a query about every document, in Python; here the rarest
part goes first, the others are asked about what is left of it, and each reads its list once.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Set
from math import inf
from operator import add
from typing import Any

import whoosh.query

from index.analysis import Token
from index.engine import (
    BODY,
    TITLE,
    TITLE_WEIGHT,
    Alike,
    Among,
    And,
    Best,
    Dated,
    Filters,
    Near,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
    Within,
)
from index.engines.whoosh_phrase import standing
from index.engines.whoosh_postings import Postings, places

K1 = 1.2
B = 0.75
# Tokens of a phrase that make its score: its rarest. The others are in most documents.
TELLING = 3

query: Any = whoosh.query  # its types cover only a part of it
Leaf = Term | Phrase | Prefix | Near | Alike
Scores = dict[int, float]
"""Documents by their numbers in a segment, each with its score."""
Some = Set[int] | None
"""The documents that a query is asked about; None for all."""
Expanded = Callable[[Prefix | Alike, str], list[str]]
"""The tokens of a field that a leaf stands for, in the whole index."""


class Segment:
    """One segment of an open index; ``whole`` is the searcher of all of them."""

    def __init__(self, whole: Any, own: Any, postings: Postings, expanded: Expanded) -> None:
        self._whole = whole
        self._own = own
        self._reader = own.reader()
        self._expanded = expanded
        self._posting = functools.partial(postings.of, self._reader)
        self._norms = functools.cache(self._make_norms)
        self.values = functools.cache(self._make_values)
        self._admitted = functools.lru_cache(maxsize=8)(self._make_admitted)
        # Asked of every token of a query to order its parts, and Whoosh looks it up on the disk.
        self._frequency = functools.lru_cache(maxsize=20_000)(self._make_frequency)

    def scores(self, wanted: Query, filters: Filters) -> Scores:
        """Return what matches, with BM25."""
        return self._scores(wanted, 1.0, self._admitted(filters))

    @functools.cached_property
    def url_ids(self) -> list[int]:
        """The documents' url_ids, by their numbers; also of those that are gone."""
        return [int(url_id) for url_id in self._reader.column_reader("url_id")]

    @functools.cached_property
    def _numbers(self) -> dict[int, int]:
        return {self.url_ids[number]: number for number in self._reader.all_doc_ids()}

    def _scores(self, wanted: Query, scale: float, among: Some) -> Scores:
        """What matches of the documents ``among``; with a ``scale`` of 0 nothing is scored."""
        match wanted:
            case And():
                return self._all(wanted, scale, among)
            case Or(parts):
                return _merged((self._scores(part, scale, among) for part in parts), add)
            case Best(weighted):
                found = (self._scores(part, scale * weight, among) for part, weight in weighted)
                return _merged(found, max)
            case Term() | Phrase() | Prefix() | Near() | Alike():
                found = (
                    self._leaf(wanted, field, scale * weight, among)
                    for field, weight in fields_of(wanted)
                )
                return _merged(found, add)
            case _:
                return dict.fromkeys(_both(self._condition(wanted), among), 0.0)

    def _all(self, wanted: And, scale: float, among: Some) -> Scores:
        first, *others = sorted(wanted.parts, key=self._most)
        found = self._scores(first, scale, among)
        for part in others:
            more = self._scores(part, scale, found.keys()) if found else {}
            found = {number: found[number] + score for number, score in more.items()}
        for part in wanted.without if found else ():
            for number in self._scores(part, 0.0, found.keys()):
                del found[number]
        for part in wanted.bonus if found and scale else ():
            for number, score in self._scores(part, scale, found.keys()).items():
                found[number] += score
        return found

    def _leaf(self, wanted: Leaf, field: str, scale: float, among: Some) -> Scores:
        match wanted:
            case Term(text):
                return self._term(field, text, scale, among)
            case Phrase(tokens):
                return self._rows(field, (tokens,), scale, among)
            case Near(rows):
                return self._rows(field, rows, scale, among)
            case Prefix() | Alike():
                lists = (self._posting(field, w).numbers for w in self._expanded(wanted, field))
                return dict.fromkeys(_both(set().union(*lists), among), scale)

    def _term(self, field: str, text: str, scale: float, among: Some) -> Scores:
        posting = self._posting(field, text)
        if not scale:
            return dict.fromkeys(_both(posting.numbers, among), 0.0)
        if not posting.numbers:
            return {}
        norms, most = self._norms(field), scale * (K1 + 1) * self._whole.idf(field, text)
        return {
            number: most * count / (count + norms[number])
            for number, count in zip(posting.numbers, posting.counts, strict=True)
            if among is None or number in among
        }

    def _rows(
        self, field: str, rows: tuple[tuple[Token, ...], ...], scale: float, among: Some
    ) -> Scores:
        texts = sorted(
            {token.text for token in rows[0]}, key=lambda text: self._frequency(field, text)
        )
        here, values = among, {}
        for text in texts:
            posting = self._posting(field, text)
            here = _both(posting.numbers, here)
            if not here:
                return {}
            values[text] = dict(zip(posting.numbers, posting.values, strict=True))
        assert here is not None, "a phrase has tokens"
        stand = standing(rows)
        kept = {
            number
            for number in here
            if stand({text: places(value[number]) for text, value in values.items()})
        }
        return _merged((self._term(field, text, scale, kept) for text in texts[:TELLING]), add)

    def _most(self, wanted: Query) -> float:
        """How many documents a query matches at most, as far as that can be told at once."""
        match wanted:
            case And(parts):
                return min(map(self._most, parts))
            case Or(parts):
                return sum(map(self._most, parts))
            case Best(weighted):
                return sum(self._most(part) for part, _ in weighted)
            case Term(text):
                return sum(self._frequency(field, text) for field, _ in fields_of(wanted))
            case Phrase(tokens) | Near((tokens, *_)):
                return sum(
                    min(self._frequency(field, token.text) for token in tokens)
                    for field, _ in fields_of(wanted)
                )
            case Among(ids):
                return len(ids)
            case Within(name, values):
                return sum(self._frequency(name, value) for value in values)
            case _:
                return inf

    def _condition(self, wanted: Within | Among | Dated) -> Set[int]:
        match wanted:
            case Within(name, values):
                return set().union(*(self._posting(name, value).numbers for value in values))
            case Among(ids):
                return {self._numbers[url_id] for url_id in ids if url_id in self._numbers}
            case Dated(since, until):
                return self._dated(since, until)

    def _dated(self, since: int, until: int) -> Set[int]:
        bounds = [query.NumericRange("last_day", max(since, 1), None)]
        if until:
            bounds.append(query.NumericRange("first_day", None, until))
        return set(query.And(bounds).docs(self._own))

    def _make_admitted(self, filters: Filters) -> Some:
        found: Some = None
        for name, values in filters.values():
            found = _both(self._condition(Within(name, values)), found)
        if filters.since or filters.until:
            found = _both(self._dated(filters.since, filters.until), found)
        if not filters.hubs:
            every = set(self._reader.all_doc_ids()) if found is None else found
            found = every - set(self._posting("page_kind", "hub").numbers)
        return found

    def _make_frequency(self, field: str, text: str) -> int:
        return int(self._reader.doc_frequency(field, text))

    def _make_norms(self, field: str) -> list[float]:
        """What the length of each document does to its scores."""
        average = self._whole.avg_field_length(field) or 1
        every = range(self._reader.doc_count_all())
        lengths = (self._reader.doc_field_length(number, field) or 1 for number in every)
        return [K1 * (1 - B + B * length / average) for length in lengths]

    def _make_values(self, field: str) -> dict[str, Set[int]]:
        """The documents with each value of a field that is compared whole."""
        every = [value.decode() for value in self._reader.lexicon(field)]
        return {value: set(self._posting(field, value).numbers) for value in every}


def fields_of(leaf: Leaf) -> list[tuple[str, float]]:
    """Return the fields that a leaf is looked for in, each with its weight."""
    return [(leaf.field, 1.0)] if leaf.field else [(TITLE, TITLE_WEIGHT), (BODY, 1.0)]


def _both(numbers: Iterable[int], among: Some) -> Set[int]:
    if among is None:
        return set(numbers)
    return {number for number in numbers if number in among}


def _merged(found: Iterable[Scores], join: Callable[[float, float], float]) -> Scores:
    """All that is in any; of what is in several the scores are joined."""
    merged: Scores = {}
    for scores in found:
        if not merged:
            merged = scores
            continue
        for number, score in scores.items():
            merged[number] = join(merged[number], score) if number in merged else score
    return merged
