"""The files of a report: which there are, and how a measurement becomes them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from report.atomic import replace_all
from report.beside import Drawing
from report.model import Measurement
from report.render.json import measurement_json
from report.render.tables import counts_csv, pages_csv
from report.survey import Survey

HTML, CSV, JSON, PAGES = "report.html", "report.csv", "report.json", "pages.csv"
LINKED = (CSV, JSON, PAGES)
"""The files that the page names."""


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """Where the report lies, and what it says."""

    html: Path
    csv: Path
    json: Path
    pages_csv: Path
    measurement: Measurement


def write_files(
    measured: Measurement, seen: Survey, out: Path, draw: Drawing, tongue: str = "en"
) -> ReportFiles:
    """Render a measurement and replace the files in ``out``. Raises CannotWrite."""
    page = draw(measured, tongue)
    contents = {
        PAGES: pages_csv(seen.documents),
        CSV: counts_csv(measured),
        JSON: [measurement_json(measured)],
        HTML: page,  # last: it may be drawn while the others are written
    }
    replace_all(out, contents)
    return ReportFiles(out / HTML, out / CSV, out / JSON, out / PAGES, measured)
