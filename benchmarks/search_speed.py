"""How fast search is: documents indexed a second, milliseconds a query, a whole answer.

    python benchmarks/search.py --only speed [--quick] [--pages FILE]

100,000 documents are made of real pages' paragraphs (``search_corpus``), put into a store, and
indexed as ``duizhao index`` does it. The peer is a bare tantivy loop over the same tokens, ready
made in memory (``search_peer``). What ours does besides is reading the store, analysing the texts,
the other fields, checksums, and commits that survive a kill. Both write the same thousands of
documents in turn, each time to the end of a commit, so that what else the machine does slows both
alike.

Beside it, on the first thousands, stand a peer that makes its tokens by our analyzer, and one that
is handed our strips (``index.analysis.strip``), the form of the tokens that makes ours quick.

A query is asked of both engines in turn, the best of three; "engine" is from the compiled query to
the ten best numbers, with the filter that leaves out lists of links. A whole answer is a process:
``python search.py QUERY``, started until ended. "Warm": it ran before. "Cold": the system was told
to forget (``posix_fadvise``) every file of the store, of the indexes, of this checkout and of
Python with its packages; what other processes hold in memory at that moment stays there.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.scoreboard import Scoreboard
from benchmarks.search_corpus import Made, documents, stored
from benchmarks.search_peer import Peer, laid, ready
from config.model import LANGUAGES
from index.build import catch_up
from index.compiler import compiled
from index.engine import Filters, Query
from index.indexes import Indexes, open_indexes
from index.opening import FOLDER
from index.syntax import Words
from store import open_store
from tests.stored_pages import keep

ROOT = Path(__file__).resolve().parent.parent
FLOORS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "floors.toml").read_text())[
    "search"
]["speed"]
DOCUMENTS, QUICK = 100_000, 5_000
SLICES = 10
WHOOSH = 300  # documents; it takes some 30 times as long for each
QUERIES, REPEATS, TOP = 400, 3, 10
ANSWERS = (
    "digital government",
    "数字政府",
    '"public services" AND data',
    "数据 安全",
    "governance~1",
)
RUNS = 5
UTF8 = {"PYTHONIOENCODING": "utf-8"}


class Clock:
    """Wall and processor seconds of what is done inside ``with``, summed."""

    def __init__(self) -> None:
        self.wall = self.cpu = 0.0

    def __enter__(self) -> None:
        self._begun = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        self.wall += time.perf_counter() - self._begun[0]
        self.cpu += time.process_time() - self._begun[1]


def speed(board: Scoreboard, pages: Path, *, quick: bool) -> None:
    """Measure everything; in ``quick`` fewer documents."""
    count = QUICK if quick else DOCUMENTS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = list(documents(pages, count))
        peers = {lang: Peer(folder / "peer" / lang) for lang in LANGUAGES}
        _indexing(board, folder, made, peers)
        _whoosh(board, folder / "whoosh", made[:WHOOSH])
        with open_indexes(folder / "data" / FOLDER) as indexes:
            _queries(board, indexes, peers, made)
        del made, peers
        _answers(board, folder / "data", count)


def _indexing(board: Scoreboard, folder: Path, made: list[Made], peers: dict[str, Peer]) -> None:
    ours, theirs = Clock(), Clock()
    size = len(made) // SLICES
    for start in range(0, len(made), size):
        part = made[start : start + size]
        keep(folder / "data", map(stored, part))
        with ours, open_store(folder / "data") as store:
            catch_up(store, folder / "data" / FOLDER)
        for lang, peer in peers.items():
            tokens = list(ready(one for one in part if one.lang == lang))
            with theirs:
                peer.add(tokens)
            del tokens
    count, note = len(made), f"{sum(len(one.text) for one in made) // len(made)} characters each"
    board.shown("index: documents", count, note)
    _rate(board, "documents a second", ours, count)
    _rate(board, "bare tantivy, its tokens ready made, a second", theirs, count)
    for name, clock in _first_slice(folder / "scratch", made[:size]):
        _rate(board, name, clock, size)
    note = f"by CPU time {theirs.cpu / ours.cpu:.2f}"
    board.at_least("index: against bare tantivy", theirs.wall / ours.wall, FLOORS["index"], note)


def _first_slice(folder: Path, made: list[Made]) -> Iterator[tuple[str, Clock]]:
    """Other peers: one makes its tokens by our analyzer, one has them in one string as ours has."""
    along, laid_out = Clock(), Clock()
    for lang in LANGUAGES:
        mine = [one for one in made if one.lang == lang]
        strips = list(laid(mine))
        with laid_out:
            Peer(folder / "laid" / lang).add_laid(strips)
        with along:
            Peer(folder / "along" / lang).add(ready(mine))
    yield "bare tantivy, same analysis, a second", along
    yield "bare tantivy, our strips ready made, a second", laid_out


def _rate(board: Scoreboard, name: str, clock: Clock, count: int) -> None:
    board.shown(f"index: {name}", count / clock.wall, f"{count / clock.cpu:.0f} a CPU-s")


def _whoosh(board: Scoreboard, folder: Path, made: list[Made]) -> None:
    clock = Clock()
    keep(folder, map(stored, made))
    with clock, open_store(folder) as store:
        catch_up(store, folder / FOLDER, "whoosh")
    note = f"on {len(made)} documents; {len(made) / clock.cpu:.0f} a CPU-s"
    board.shown("index: documents a second, Whoosh", len(made) / clock.wall, note)


def _queries(board: Scoreboard, indexes: Indexes, peers: dict[str, Peer], made: list[Made]) -> None:
    ours: list[float] = []
    theirs: list[float] = []
    for lang, query in _asked(made):
        volume, peer = indexes[lang], peers[lang]
        mine, bare = [], []
        for _ in range(REPEATS):
            mine.append(_seconds(lambda: volume.search(query, Filters(), TOP)))  # noqa: B023
            bare.append(_seconds(lambda: peer.search(query, TOP)))  # noqa: B023
        ours.append(min(mine))
        theirs.append(min(bare))
    for name, percent in (("p50", 50), ("p99", 99)):
        mine_at, bare_at = (_percentile(values, percent) for values in (ours, theirs))
        note = f"{1e3 * mine_at:.3f} ms; bare tantivy {1e3 * bare_at:.3f} ms; {len(ours)} queries"
        ratio = mine_at / bare_at
        board.at_most(f"query: engine, {name} against bare tantivy", ratio, FLOORS["query"], note)


def _asked(made: list[Made]) -> Iterator[tuple[str, Query]]:
    """What the documents themselves say: one to three words, two to six characters."""
    draw = random.Random(7)
    count = 0
    while count < QUERIES:
        one = draw.choice(made)
        if one.lang == "en":
            words = one.text.split()
            start = draw.randrange(max(1, len(words) - 3))
            text = " ".join(w for w in words[start : start + draw.randint(1, 3)] if w.isalpha())
        else:
            start = draw.randrange(max(1, len(one.text) - 6))
            text = one.text[start : start + draw.randint(2, 6)]
            text = text if text.isalpha() and not text.isascii() else ""
        query = compiled(Words(text), one.lang) if text else None
        if query:
            count += 1
            yield one.lang, query


def _seconds(do: Callable[[], object]) -> float:
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


def _percentile(values: list[float], percent: int) -> float:
    return sorted(values)[min(len(values) * percent // 100, len(values) - 1)]


def _answers(board: Scoreboard, data: Path, count: int) -> None:
    for query in ANSWERS:
        _answer(data, query)
    warm = [_answer(data, query) for _ in range(RUNS) for query in ANSWERS]
    cold = []
    for query in ANSWERS:
        _forget(data, ROOT, Path(sysconfig.get_path("stdlib")), Path(sysconfig.get_path("purelib")))
        cold.append(_answer(data, query))
    for name, found in (("warm", warm), ("cold", cold)):
        walls, cpus = zip(*found, strict=True)
        note = f"CPU {statistics.median(cpus):.0f}; longest {max(walls):.0f}; {count} documents"
        label = f"answer: search.py, {name}, median ms"
        board.at_most(label, statistics.median(walls), FLOORS[f"answer_{name}"], note)


def _answer(data: Path, query: str) -> tuple[float, float]:
    """Return the wall and processor milliseconds of a search, as a process."""
    command = [sys.executable, str(ROOT / "search.py"), query, "--data", str(data)]
    # As for most users, Python keeps what it compiled.
    given = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    cpu, begun = _children(), time.perf_counter()
    done = subprocess.run(command, capture_output=True, env={**given, **UTF8}, check=False)
    spent = time.perf_counter() - begun, _children() - cpu
    if done.returncode not in {0, 1}:
        raise SystemExit(f"{command}: {done.stderr.decode(errors='replace')}")
    return 1e3 * spent[0], 1e3 * spent[1]


def _children() -> float:
    used = os.times()
    return used.children_user + used.children_system


def _forget(*folders: Path) -> None:
    """Tell the system that nobody will need these folders' files soon."""
    os.sync()
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                handle = os.open(path, os.O_RDONLY)
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
                os.close(handle)
