"""Makes a report from a store: reads, measures, and puts the files in place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from config.model import Topic
from report.files import ReportFiles, write_files
from report.measure import Books, measure
from report.read import survey_store
from store.model import Reader


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
    seen = survey_store(store, topic, include_hubs=include_hubs, progress=progress)
    measured = measure(seen, topic, books, now=now, include_hubs=include_hubs)
    return write_files(measured, seen, out)
