"""The report: how much more there is in one language, as far as that can be said and defended.

In: a store's reader, the topic, the matcher of the topic's concepts and the clustering of works;
where there are any, an audit's sample and judged works. Out: ``report.html`` for readers,
``report.csv`` and ``report.json`` for programs, ``pages.csv`` with a row a page.
``write.write_report`` does it all; the way is

    survey (one pass over the pages) → works → measure (counts, and the gap) → sections → files

    labels/     judgements by hand, as plain files
    audit/      an independent sample, and which of it the corpus had
    estimate/   the statistics: pure functions
    gap/        what all that says of the gap: rows of numbers
    charts/     rows of numbers as inline SVG
    sections/   the report's sections, in English and in Chinese
    render/     sections and counts as HTML, CSV and JSON

``survey``, ``works``, ``measure``, ``gap`` and ``sections`` open nothing and know no clock. To
count by one more property, add it to ``survey.Document`` and a dimension to ``measure.tables``.
To add a section, add a module to ``sections``. To add a format, add a module to ``render`` and its
file to ``files``. ``report.load`` reads a report back, as data frames.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from report.notebook import Loaded


def load(path: Path | str) -> Loaded:
    """Read a report's folder, or its ``report.json``, as data frames; see ``report.notebook``.

    Needs the extra ``duizhao[notebook]``. Raises ``report.previous.BadReport``.
    """
    from report import notebook

    return notebook.load(path)
