"""The report as a step."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from config.model import Config


def run_report(
    config: Config,
    data: Path,
    out: Path,
    console: Any,
    *,
    tongue: str = "en",
    since: Path | None = None,
    audit: Path | None = None,
) -> None:
    """Write the report, and print what it says and where it is."""
    from report.charts.svg import EXTRA, available
    from report.sections.answer import in_words
    from report.write import Sources, write_report
    from store import open_store
    from store.schema import utc

    sources = Sources.of(data, since, audit)
    with open_store(data) as store:  # of no pages nothing is missing
        if not available():
            console.print(f"report: {EXTRA}", markup=False, soft_wrap=True)
        files = write_report(store, config.topic, out, now=utc(), tongue=tongue, sources=sources)
    said = in_words(files.measurement, tongue)
    console.print(said, markup=False, highlight=False, soft_wrap=not sys.stdout.isatty())
    console.print(f"report: {files.html.resolve()}", soft_wrap=True)
