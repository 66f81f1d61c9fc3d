"""Makes a report from a store: reads, measures, and puts the files in place.

The one place where the report's pure parts meet the index's matcher and the store's clustering.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from config.model import Topic
from index.lexicon import match_concepts, on_topic
from report.files import ReportFiles, write_files
from report.measure import Books, measure
from report.survey import Judge, survey
from store.model import Reader
from store.works import cluster


def write_report(
    store: Reader,
    topic: Topic,
    out: Path,
    *,
    now: str,
    include_hubs: bool = False,
    progress: Callable[[int], None] | None = None,
) -> ReportFiles:
    """Measure a topic in a store and write the report's four files into the folder ``out``.

    ``now`` is ISO 8601 UTC and is printed as the time of making; ``progress`` is told how many
    pages have been read. Raises CannotWrite, and whatever reading the store raises.
    """
    books = Books(store.revision, store.account(), store.runs())
    judge = Judge(match_concepts(topic), partial(on_topic, topic))
    seen = survey(
        store.changes(),
        judge,
        cluster,
        routes=store.routes(),
        include_hubs=include_hubs,
        progress=progress,
    )
    measured = measure(seen, topic, books, now=now, include_hubs=include_hubs)
    return write_files(measured, seen, out)
