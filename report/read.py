"""Surveys a store: where the report meets the index's matcher and the store's clustering.

A large store is read by several processes, each a range of revisions: judging texts takes most of
the time, and needs nothing of other pages.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from itertools import pairwise, takewhile
from pathlib import Path

from config.model import Topic
from index.lexicon import match_concepts, on_topic
from report.processes import processes
from report.survey import Judge, Part, Survey, joined, read_part, survey
from report.uncollected import uncollected
from store import Store, open_store
from store.model import Reader, Removed, StoredPage
from store.works import cluster

MANY = 20_000
"""Revisions from which on several processes pay: each costs about a second to start."""
PROCESSORS = os.cpu_count() or 1
MOST_PROCESSES = 4
PIECE = 5_000
"""Revisions read at a time: what a process has found is in memory twice while it is handed over,
and whoever is done with the last piece waits for the others."""


@lru_cache(maxsize=1)  # a process judges many ranges
def judge_of(topic: Topic) -> Judge:
    """Return what puts a text on a topic."""
    return Judge(match_concepts(topic), partial(on_topic, topic))


def survey_store(
    store: Reader,
    topic: Topic,
    *,
    include_hubs: bool = False,
    keep_sketches: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Survey:
    """Read every page of a store once; ``progress`` is told how many have been read.

    Raises ProcessEnded, and whatever reading the store raises.
    """
    if isinstance(store, Store) and store.revision >= MANY and PROCESSORS > 1:
        return _by_many(store, topic, include_hubs, keep_sketches, progress)
    return survey(
        store.changes(),
        judge_of(topic),
        cluster,
        routes=store.routes(),
        include_hubs=include_hubs,
        keep_sketches=keep_sketches,
        progress=progress,
    )


def _by_many(
    store: Store,
    topic: Topic,
    include_hubs: bool,
    keep_sketches: bool,
    progress: Callable[[int], None] | None,
) -> Survey:
    """Read ranges of revisions in processes of their own, then what has changed meanwhile."""
    newest = store.revision
    count = min(MOST_PROCESSES, PROCESSORS)
    ends = [*range(0, newest, PIECE), newest]
    with processes(count) as pool:
        asked = [
            pool.submit(_range, store.folder, topic, after, until, include_hubs)
            for after, until in pairwise(ends)
        ]
        parts = [future.result() for future in asked]
    seen = {url_id for part in parts for url_id in part.seen}
    late = read_part(
        store.changes(newest),
        judge_of(topic),
        store.routes(),
        include_hubs=include_hubs,
        before=seen,
    )
    if progress:
        progress(len(seen) + len(late.seen))
    return joined([*parts, late], cluster, keep_sketches=keep_sketches)


def _range(folder: Path, topic: Topic, after: int, until: int, include_hubs: bool) -> Part:
    """Read the pages of revisions ``after`` < r ≤ ``until``. Runs in a process of its own."""
    with uncollected(), open_store(folder) as store:
        pages: Iterator[StoredPage | Removed] = takewhile(
            lambda page: page.revision <= until, store.changes(after)
        )
        routes = store.routes_between(after, until)
        return read_part(pages, judge_of(topic), routes, include_hubs=include_hubs)
