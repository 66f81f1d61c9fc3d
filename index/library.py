"""A store with its indexes, open for questions: both languages are asked the same thing at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from index.build import Indexes, catch_up, open_indexes
from index.compiler import compiled, likeness
from index.engine import Filters, Hits, Query, Term
from index.errors import IndexBusy, IndexDamaged, NothingIndexed
from index.lexicon import Asked, Lexicon, expand
from index.passage import WEIGHT, best_passage, idf
from index.snippet import Snippet, atoms, marked, snippet
from index.syntax import Node
from store import open_store
from store.model import Reader, StoredPage

FOLDER = "index"
PATIENCE = 1.0  # seconds that catching up may take before a word is said about it

LOOKED_AT = 30  # hits that are ranked by their best sentence too

ARTICLES = Filters()
Notice = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a parsed query, which pages count, how many hits to return.

    With ``any_word`` a page with any of the words matches, the most alike first.
    """

    node: Node
    filters: Filters = ARTICLES
    limit: int = 10
    any_word: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One page that matches, with its title and the piece of its text that does."""

    stored: StoredPage
    score: float
    title: Snippet
    snippet: Snippet

    @property
    def date(self) -> str:
        """The publication date, as precise as it is known; empty for an undated page."""
        published = self.stored.page.published
        return published.date if published else ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One language's answer: what it was asked, how many pages match, the best of them.

    ``undated`` is how many matching pages a date filter left out because they have no date.
    """

    asked: Asked
    total: int
    hits: tuple[Hit, ...]
    undated: int = 0


@dataclass(frozen=True, slots=True)
class Ranked:
    """What one language was asked, how many pages match, and the pages with their scores.

    ``query`` is None when nothing of the question can be searched in this language.
    """

    asked: Asked
    query: Query | None
    total: int
    best: Iterator[tuple[StoredPage, float]]


@dataclass(frozen=True, slots=True)
class Library:
    """An open store and its indexes."""

    store: Reader
    indexes: Indexes

    def ask(self, question: Question, lang: str, lexicon: Lexicon | None = None) -> Answer:
        """Return one language's answer; without a lexicon the query is put as it stands."""
        ranked = self.rank(question, lang, lexicon)
        query, filters = ranked.query, question.filters
        if query is None:
            return Answer(ranked.asked, 0, ())
        best = islice(ranked.best, question.limit)
        hits = tuple(_hit(stored, score, query, lang) for stored, score in best)
        return Answer(ranked.asked, ranked.total, hits, self._undated(query, lang, filters))

    def rank(self, question: Question, lang: str, lexicon: Lexicon | None = None) -> Ranked:
        """Return what one language is asked and its pages, best first, without snippets."""
        asked = expand(question.node, lexicon, lang) if lexicon else Asked(question.node)
        query = (likeness if question.any_word else compiled)(asked.node, lang)
        if query is None:
            return Ranked(asked, None, 0, iter(()))
        limit = max(question.limit, LOOKED_AT)
        found = self.indexes[lang].search(query, question.filters, limit)
        best = self._pages(found)
        if question.any_word:
            best = self._by_passage(best, query, lang)
        return Ranked(asked, query, found.total, best)

    def _pages(self, found: Hits) -> Iterator[tuple[StoredPage, float]]:
        for url_id, score in found.best:
            if stored := self.store.page(url_id):
                yield stored, score

    def _by_passage(
        self, best: Iterator[tuple[StoredPage, float]], query: Query, lang: str
    ) -> Iterator[tuple[StoredPage, float]]:
        """The first hits in a new order: what their best sentence has of the words counts too."""
        weights = self._weights(query, lang)
        looked_at = [
            (stored, score + WEIGHT * best_passage(_text(stored, lang), weights, lang))
            for stored, score in islice(best, LOOKED_AT)
        ]
        yield from sorted(looked_at, key=lambda hit: (-hit[1], hit[0].url_id))
        yield from best

    def _weights(self, query: Query, lang: str) -> dict[str, float]:
        engine = self.indexes[lang].engine
        every = engine.count()
        texts = {atom.text for atom in atoms(query) if isinstance(atom, Term)}
        return {text: idf(every, engine.frequency(text)) for text in texts}

    def _undated(self, query: Query, lang: str, filters: Filters) -> int:
        if not (filters.since or filters.until):
            return 0
        every, dated = replace(filters, since=0, until=0), replace(filters, since=1, until=0)
        volume = self.indexes[lang]
        return volume.search(query, every, 1).total - volume.search(query, dated, 1).total


def _hit(stored: StoredPage, score: float, query: Query, lang: str) -> Hit:
    title = marked(stored.page.title, query, lang)
    return Hit(stored, score, title, snippet(_text(stored, lang), query, lang))


def _text(stored: StoredPage, lang: str) -> str:
    return stored.page.text_in(lang) or stored.page.text


@contextmanager
def open_library(data: Path, engine: str, notice: Notice) -> Iterator[Library]:
    """Open a data folder for questions, its indexes brought up to the store's revision.

    ``notice`` is given lines for the user when that takes long or cannot be done. Raises
    NothingIndexed for an empty store, StoreError, IndexUnusable.
    """
    with open_store(data) as store, _current(store, data / FOLDER, engine, notice) as indexes:
        if not any(volume.count() for volume in indexes.volumes.values()):
            raise NothingIndexed(
                f"{data}: no page in English or Chinese is stored yet; run `duizhao crawl` first"
            )
        yield Library(store, indexes)


def _current(store: Reader, root: Path, engine: str, notice: Notice) -> Indexes:
    """The indexes at the store's revision, or at an older one while another process writes."""
    indexes = _usable(store, root, engine)
    if indexes and indexes.revision == store.revision:
        return indexes
    try:
        catch_up(store, root, engine, _patiently(notice))
    except IndexBusy:
        if not indexes:
            raise
        notice("another process is updating the index; newer pages are not in these results")
        return indexes
    if indexes:
        indexes.close()
    return open_indexes(root, engine)


def _usable(store: Reader, root: Path, engine: str) -> Indexes | None:
    try:
        indexes = open_indexes(root, engine)
    except IndexDamaged:
        return None
    if all(volume.belongs_to(store) for volume in indexes.volumes.values()):
        return indexes
    indexes.close()
    return None


def _patiently(notice: Notice) -> Callable[[int], None]:
    """Progress that says nothing at first, and then something every few seconds."""
    next_word = time.monotonic() + PATIENCE

    def progress(done: int) -> None:
        nonlocal next_word
        if time.monotonic() >= next_word:
            notice(f"bringing the index up to date: {done} pages so far")
            next_word = time.monotonic() + 5 * PATIENCE

    return progress
