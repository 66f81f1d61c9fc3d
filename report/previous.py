"""An earlier report, as far as changes can be told from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from report.model import SCHEMA


class BadReport(Exception):
    """A report file cannot be used; the message says why and what to do."""

    exit_code = 2


def read_previous(path: Path, topic: str, *, asked: bool) -> dict[str, Any] | None:
    """Return an earlier ``report.json``; None where there is none that can be compared with.

    A file that the user ``asked`` for must be usable, else BadReport is raised; the one that is
    merely there may be of another topic, an older version or no report, and is then left alone.
    """
    try:
        report = checked(path, json.loads(path.read_text("utf-8")))
        if report["topic"]["id"] != topic:
            raise BadReport(f"{path}: a report on {report['topic']['id']!r}, not on {topic!r}")
        return report
    except (OSError, ValueError, BadReport) as error:
        if not asked:
            return None
        if isinstance(error, BadReport):
            raise
        raise unreadable(path, error) from error


def unreadable(path: Path, error: OSError | ValueError) -> BadReport:
    """Return what to say of a file that is not even JSON: a parser's words help nobody."""
    why = (error.strerror or str(error)) if isinstance(error, OSError) else "it is not JSON"
    return BadReport(
        f"{path}: not a report.json of Duizhao ({why}); name one from `duizhao report`"
    )


def checked(path: Path, value: Any) -> dict[str, Any]:
    """Return a value that is a report of this version. Raises BadReport."""
    needed = ("schema", "made_at", "topic", "en", "zh", "tables", "gap")
    if not isinstance(value, dict) or not set(needed) <= value.keys():
        raise BadReport(f"{path}: not a report.json of Duizhao; name one from `duizhao report`")
    if value["schema"] != SCHEMA:
        raise BadReport(
            f"{path}: schema {value['schema']}, and this Duizhao reads {SCHEMA}; make the report"
            " again from its store"
        )
    return value
