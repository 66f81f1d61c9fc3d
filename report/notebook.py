"""A report as data frames, for a notebook: ``report.load("duizhao-data/report")``.

Needs the extra ``duizhao[notebook]``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from report.files import JSON, PAGES
from report.previous import BROKEN, BadReport, broken, checked, unreadable
from report.render.tables import PAGE_COLUMNS, PAGE_NUMBERS

EXTRA = "data frames need pandas: pip install 'duizhao[notebook]'"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A report: ``raw`` is ``report.json``, everything else a pandas data frame.

    ``tables`` has a row a value of every dimension (``table``, ``value``, counts in both
    languages); ``differences``, ``months``, ``lags``, ``claims``, ``effort`` and ``changes`` are
    those of the gap; ``methods`` is the spread of the estimators; ``pages`` has a row a page on
    topic, and is empty where ``pages.csv`` is not beside the report.
    """

    raw: dict[str, Any]
    tables: Any
    differences: Any
    methods: Any
    months: Any
    lags: Any
    claims: Any
    effort: Any
    changes: Any
    pages: Any

    @property
    def headline(self) -> dict[str, Any]:
        """The answer, as ``report.json`` has it."""
        found: dict[str, Any] = self.raw["gap"]["headline"]
        return found


def load(path: Path | str) -> Loaded:
    """Read a report's folder, or its ``report.json``. Raises BadReport."""
    file = Path(path)
    file = file / JSON if file.is_dir() else file
    try:
        raw = checked(file, json.loads(file.read_text("utf-8")))
    except (OSError, ValueError) as error:
        raise unreadable(file, error) from error
    try:
        return _frames(file, raw)
    except BROKEN as error:
        raise broken(file, error) from error


def _frames(file: Path, raw: dict[str, Any]) -> Loaded:
    gap = raw["gap"]
    changes = gap["changes"]["concepts"] if gap["changes"] else []
    return Loaded(
        raw=raw,
        tables=_frame([_flat(t["name"], row) for t in raw["tables"] for row in t["rows"]]),
        differences=_frame(
            [_reasoned(row, "suppressed", "unstandardised") for row in gap["differences"]]
        ),
        methods=_frame(gap["headline"]["spread"]),
        months=_frame(gap["times"]["months"]),
        lags=_frame([_reasoned(row, "reason") for row in gap["times"]["lags"]]),
        claims=_frame(gap["claims"]),
        effort=_frame(gap["effort"]),
        changes=_frame(changes),
        pages=_pages(file.parent / PAGES),
    )


def _pandas() -> Any:
    try:
        import pandas
    except ImportError as error:
        raise BadReport(EXTRA) from error
    return pandas


def _frame(rows: list[dict[str, Any]]) -> Any:
    return _pandas().DataFrame(rows)


def _flat(table: str, row: dict[str, Any]) -> dict[str, Any]:
    counts = {f"{lang}_{unit}": row[lang][unit] for lang in ("en", "zh") for unit in row[lang]}
    names = {name: row[name] for name in ("value", "label", "label_zh", "log2")}
    return {"table": table, **names, **counts}


def _reasoned(row: dict[str, Any], *fields: str) -> dict[str, Any]:
    """Put codes in place of whole reasons; an older report may have no such field."""
    return row | {field: row[field]["code"] if row.get(field) else "" for field in fields}


def _pages(path: Path) -> Any:
    pandas = _pandas()
    if not path.exists():
        return pandas.DataFrame()
    words = {name: str for name in PAGE_COLUMNS if name not in PAGE_NUMBERS}  # "007" is a title
    try:
        return pandas.read_csv(path, encoding="utf-8-sig", keep_default_na=False, dtype=words)
    except (OSError, ValueError) as error:
        raise BadReport(f"{path}: cannot be read ({error}); make the report again") from error
