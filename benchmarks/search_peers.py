"""What a bare tantivy does with the same paragraphs and questions, as its users have it.

English by tantivy's own analyzer (its tokenizer, lower case, Snowball stems); Chinese by single
characters and pairs of them, handed over as words; BM25 of any word, nothing after it. And
embeddings alone: the paragraph whose vector is nearest.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import tantivy

from benchmarks.search_quality import Collection
from index.semantic.encoder import encoder

DEPTH = 100
WORD = re.compile("\\w+")
HAN = re.compile("[\\u4e00-\\u9fff]+")

Finder = Callable[[str], list[str]]


def bm25(given: Collection) -> Finder:
    """Return a stock tantivy's function from question to names, best first."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", fast=True)
    english = given.lang == "en"
    builder.add_text_field("text", tokenizer_name="en_stem" if english else "whitespace")
    schema = builder.build()
    index = tantivy.Index(schema)
    writer = index.writer()
    for number, text in enumerate(given.texts.values()):
        document = tantivy.Document()
        document.add_unsigned("number", number)
        document.add_text("text", text if english else " ".join(_grams(text)))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher, names = index.searcher(), list(given.texts)

    def best(text: str) -> list[str]:
        """The names of the paragraphs with most of a question's words."""
        words = WORD.findall(text) if english else _grams(text)
        try:
            query = index.parse_query(" ".join(f'"{word}"' for word in words), ["text"])
        except ValueError:  # no word of it is one to tantivy: a Chinese sentence asked in English
            return []
        found = searcher.search(query, DEPTH)
        places = [place for _, place in found.hits]
        numbers: list[Any] = searcher.fast_field_values("number", places)
        return [names[number] for number in numbers]

    return best


def _grams(text: str) -> list[str]:
    """Characters and pairs of them; Latin words as they are, in lower case."""
    found: list[str] = []
    for word in WORD.findall(text.lower()):
        runs = HAN.findall(word)
        found += [one for run in runs for one in (*run, *map("".join, zip(run, run[1:])))]  # noqa: B905, RUF007
        found += HAN.sub(" ", word).split()
    return found


def by_vectors(given: Collection) -> Finder:
    """Return what finds the paragraphs whose embeddings are nearest to a question's."""
    names, vectors = list(given.texts), encoder().encode(list(given.texts.values()))

    def best(text: str) -> list[str]:
        """The names of the paragraphs most alike to a question."""
        likeness = vectors @ encoder().encode([text])[0]
        return [names[place] for place in np.argsort(-likeness, kind="stable")[:DEPTH]]

    return best
