"""Real pages in a store, for what is asked of an index: a collection's, or else the samples'."""

from __future__ import annotations

import functools
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.meaning_pages import collection, samples
from benchmarks.scoreboard import Scoreboard
from benchmarks.search_exact import Author, differences, scanned, written
from benchmarks.search_fuzz import Outcome, ask, hostile
from benchmarks.search_lines import Text, texts_of
from benchmarks.search_retrieval import FLOORS
from config.load import load
from config.model import ENGINES, LANGUAGES
from index.lexicon import Lexicon
from index.opening import open_library
from store import open_store
from store.model import StoredPage
from tests.stored_pages import keep

AT_ONCE = 250  # hostile queries of one process before the next
QUICK = 8  # one page in so many, and one query
SEED = 20_261_124


@functools.cache
def folder(data: Path, pages: Path | None, *, quick: bool) -> tempfile.TemporaryDirectory[str]:
    """Return a folder with a store of a collection's pages and the samples'; gone with the process.

    ``data`` is the folder that holds ``realweb/``; without it there are the samples alone.
    """
    found = list(samples())
    if (data / "realweb").is_dir():
        found += collection(data / "realweb", pages)
    else:
        print(f"{data / 'realweb'} is absent: the samples' pages alone", file=sys.stderr)
    made = tempfile.TemporaryDirectory()
    keep(Path(made.name), [page for _, page in found[:: QUICK if quick else 1]])
    return made


def texts(place: Path) -> dict[str, list[Text]]:
    """Return each language's parts of the pages of a store."""
    with open_store(place) as store:
        held = [change for change in store.changes() if isinstance(change, StoredPage)]
    return {lang: texts_of(held, lang) for lang in LANGUAGES}


def exactness(board: Scoreboard, data: Path, pages: Path | None, *, quick: bool) -> None:
    """Ask random queries of both engines, and count those answered as a plain scan does."""
    place = Path(folder(data, pages, quick=quick).name)
    held = texts(place)
    count = int(FLOORS["exact"]) // (QUICK if quick else 1)
    asked = written(Author(held, SEED), count)
    expected = [(query, scanned(held, tree)) for tree, query in asked]
    found_any = sum(any(sets.values()) for _, sets in expected)
    for engine in ENGINES:
        with open_library(place, engine, lambda _: None) as library:
            found = differences(library.indexes, expected)
        for one in found[:5]:
            print(f"{engine}, {one.lang}: {one.query!r}: {one}", file=sys.stderr)
        wrong = len({one.query for one in found})
        note = f"{sum(map(len, held.values()))} texts scanned; {found_any} queries find something"
        board.at_least(f"exact answers, {engine}", count - wrong, count, note)


def hostility(board: Scoreboard, data: Path, pages: Path | None, *, quick: bool) -> None:
    """Ask hostile queries of both engines, with every aid: nothing may escape, or take long."""
    place = Path(folder(data, pages, quick=quick).name)
    source = hostile(Author(texts(place), SEED), SEED)
    queries = [next(source) for _ in range(int(FLOORS["fuzzed"]) // (QUICK if quick else 1))]
    for engine, found in _asked_of_all(place, queries).items():
        for query, error in [*found.uncaught[:5], *found.badly_said[:5]]:
            print(f"{engine}: {query[:200]!r}: {error}", file=sys.stderr)
        note = f"of {found.asked}, {found.refused} refused with a line and a caret"
        board.at_most(f"hostile queries, {engine}: uncaught", len(found.uncaught), 0, note)
        board.at_most(f"hostile queries, {engine}: badly said", len(found.badly_said), 0)
        spent, query = found.slowest
        note = f"by the clock {found.slowest_wall:.1f} s; `{query[:30]!r}…`".replace("|", "/")
        board.at_most(f"hostile queries, {engine}: slowest, CPU s", spent, FLOORS["seconds"], note)


def _asked_of_all(place: Path, queries: list[str]) -> dict[str, Outcome]:
    """What the queries did to each engine; a process a core, each with some of them in turn."""
    for engine in ENGINES:
        with open_library(place, engine, lambda _: None):
            pass  # the index is made before anything is timed
    parts = [queries[start : start + AT_ONCE] for start in range(0, len(queries), AT_ONCE)]
    found = {engine: Outcome() for engine in ENGINES}
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for engine in ENGINES:
            asking = functools.partial(_asked_of, place, engine)
            for outcome in pool.map(asking, parts, range(len(parts))):
                found[engine].add(outcome)
    return found


def _asked_of(place: Path, engine: str, queries: list[str], part: int) -> Outcome:
    lexicon = Lexicon(load(None).topic)
    with open_library(place, engine, lambda _: None) as library:
        return ask(library, queries, lexicon, SEED + part)
