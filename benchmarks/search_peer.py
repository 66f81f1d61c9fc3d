"""The peer of ``benchmarks/search_speed.py``: a loop around tantivy and nothing else.

It writes the very tokens that our index holds, and keeps a number and the two text fields of a
document. It has no store, no manifest, no filters and no other fields. Tokens go to tantivy in the
way that its Python package has for finished ones; the other way, ours, is measured too.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import repeat
from pathlib import Path
from typing import Any

import tantivy

from benchmarks.search_corpus import Made
from index.analysis import ANALYZERS, Tokens
from index.analysis.strip import EMPTY, spread
from index.engine import BODY, TITLE, And, Or, Phrase, Query, Term

HEAP = 64_000_000  # as our engine has it
MUST, SHOULD = tantivy.Occur.Must, tantivy.Occur.Should
SLOTTED = "slotted"  # a tokenizer for strips; finished tokens do not pass through it
Ready = tuple[int, dict[str, Tokens]]
Laid = tuple[int, dict[str, str]]


def ready(documents: Iterable[Made]) -> Iterator[Ready]:
    """Yield each document's number and its tokens by field."""
    for number, strips in laid(documents):
        yield number, {name: _tokens(strip) for name, strip in strips.items()}


def laid(documents: Iterable[Made]) -> Iterator[Laid]:
    """Yield each document's number and its strips by field."""
    for made in documents:
        analyzer = ANALYZERS[made.lang]
        yield made.number, {TITLE: analyzer.stored(made.title), BODY: analyzer.stored(made.text)}


def _tokens(strip: str) -> Tokens:
    """A strip's tokens. Equal ones are one string, which is easier on the processor's cache."""
    texts, places = spread(strip)
    return Tokens([*map(sys.intern, texts)], places)


class Peer:
    """One language's bare index."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("number", indexed=True, fast=True)
        for name in (TITLE, BODY):
            builder.add_text_field(name, tokenizer_name=SLOTTED, index_option="position")
        self.schema = builder.build()
        self.index: Any = tantivy.Index(self.schema, str(folder))
        slots = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
        slots = slots.filter(tantivy.Filter.custom_stopword([EMPTY]))
        self.index.register_tokenizer(SLOTTED, slots.build())
        self.searcher: Any = self.index.searcher()

    def add(self, documents: Iterable[Ready]) -> None:
        """Add documents, as tokens, in one commit."""
        self._add(documents, _tokenized)

    def add_laid(self, documents: Iterable[Laid]) -> None:
        """Add documents, as strips, in one commit."""
        self._add(documents, lambda strip: strip)

    def _add(self, documents: Iterable[tuple[int, dict[str, Any]]], make: Any) -> None:
        writer = self.index.writer(HEAP, 1)
        for number, fields in documents:
            made: Any = tantivy.Document()
            made.add_unsigned("number", number)
            for name, held in fields.items():
                value = make(held)
                add = made.add_text if isinstance(value, str) else made.add_pre_tokenized_text
                add(name, value)
            writer.add_document(made)
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def search(self, query: Query, limit: int) -> list[int]:
        """Return the numbers of the best documents with the same words in title or text."""
        found = self.searcher.search(self._made(query), limit)
        numbers: list[int] = self.searcher.fast_field_values("number", [at for _, at in found.hits])
        return numbers

    def _made(self, query: Query) -> Any:
        match query:
            case And(parts, _, bonus):
                clauses = [(MUST, self._made(part)) for part in parts]
                clauses += [(SHOULD, self._made(part)) for part in bonus]
            case Or(parts):
                clauses = [(SHOULD, self._made(part)) for part in parts]
            case Term(text):
                clauses = [
                    (SHOULD, tantivy.Query.term_query(self.schema, name, text, index_option="freq"))
                    for name in (TITLE, BODY)
                ]
            case Phrase(tokens):
                words: list[Any] = [tuple(token) for token in tokens]
                clauses = [
                    (SHOULD, tantivy.Query.phrase_query(self.schema, name, words))
                    for name in (TITLE, BODY)
                ]
            case _:
                raise ValueError(f"the peer is not asked {query}")
        return tantivy.Query.boolean_query(clauses)


def _tokenized(tokens: Tokens) -> Any:
    texts, places = tokens
    made = list(map(tantivy.Token, texts, places, repeat(0), repeat(0)))
    return tantivy.PreTokenizedString("", made)
