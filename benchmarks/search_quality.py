"""Questions and the paragraphs that answer them, asked as a user asks: with ``--any``."""

from __future__ import annotations

import csv
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.model import LANGUAGES
from index.library import Library
from index.opening import FOLDER, open_library
from index.question import Question
from index.semantic.build import catch_up
from index.semantic.encoder import encoder
from index.syntax import Words
from page.model import ARTICLE, Page, Segment
from store import open_store
from store.model import SourceRow, StoredPage
from tests.stored_pages import keep

DEPTH = 100
SOURCE = SourceRow("set", "Evaluation set", LANGUAGES, "press", "other")


@dataclass(frozen=True)
class Collection:
    """Paragraphs by name, and questions with the name of their paragraph."""

    lang: str
    texts: dict[str, str]
    questions: list[tuple[str, str]]


def rows(path: Path) -> list[list[str]]:
    """Return the rows of a file of the set."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def read(folder: Path, lang: str) -> Collection:
    """Read one set; ``lang`` is the paragraphs' language."""
    right = {query: name for query, _, name, _ in rows(folder / "qrels.tsv")}
    questions = [(right[query], text) for query, text in rows(folder / "queries.tsv")]
    texts: dict[str, str] = {name: text for name, text in rows(folder / "corpus.tsv")}  # noqa: C416
    return Collection(lang, texts, questions)


def stored(number: int, text: str, lang: str) -> StoredPage:
    """Return a text as a page of the store."""
    url = f"https://set.example/{number}"
    segments = (Segment(lang, text),)
    page = Page(url, "utf-8", "", text, lang, ARTICLE, segments=segments, content_hash=str(number))
    return StoredPage(number, number, 1, url, "set.example", SOURCE, "2026-01-01T00:00:00Z", page)


@contextmanager
def library_of(given: Collection, engine: str, *, vectors: bool = False) -> Iterator[Library]:
    """A library of a collection's paragraphs, numbered from 1 in their order."""
    with tempfile.TemporaryDirectory() as folder:
        texts = enumerate(given.texts.values(), 1)
        keep(Path(folder), [stored(number, text, given.lang) for number, text in texts])
        if vectors:
            with open_store(Path(folder)) as store:
                catch_up(store, Path(folder) / FOLDER, encoder())
        with open_library(Path(folder), engine, lambda _: None) as library:
            yield library


def finder(
    library: Library, given: Collection, *, meaning: bool = False
) -> Callable[[str], list[str]]:
    """Return the function from a question to names, best first, as ``search.py --any`` has it."""
    names = {f"https://set.example/{number}": name for number, name in enumerate(given.texts, 1)}

    def best(text: str) -> list[str]:
        question = Question(
            Words(text), limit=DEPTH, any_word=True, dictionary=True, meaning=meaning
        )
        return [names[page.url] for page, _ in library.rank(question, given.lang).best]

    return best


@dataclass(frozen=True)
class Quality:
    """Recall at one and ten, mean reciprocal rank, and milliseconds a question."""

    first: float
    tenth: float
    reciprocal: float
    milliseconds: float


def quality(questions: list[tuple[str, str]], best: Callable[[str], list[str]]) -> Quality:
    """Measure a function from question to names, best first."""
    ranks = []
    begun = time.perf_counter()
    for name, text in questions:
        found = best(text)
        ranks.append(found.index(name) + 1 if name in found else 0)
    spent = 1e3 * (time.perf_counter() - begun) / len(ranks)
    first = sum(rank == 1 for rank in ranks) / len(ranks)
    tenth = sum(0 < rank <= 10 for rank in ranks) / len(ranks)
    return Quality(first, tenth, sum(1 / rank for rank in ranks if rank) / len(ranks), spent)
