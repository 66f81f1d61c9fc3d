"""An earlier report, as far as changes can be told from it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from report.counted import Counted
from report.model import SCHEMA


class BadReport(Exception):
    """A report file cannot be used; the message says why and what to do."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Earlier:
    """What changes are told from. Pairs are works found, English and Chinese; ``gaps`` are the
    compared concepts' differences of shares with their ends; ``counted`` is what decided."""

    made_at: str
    works: tuple[int, int]
    concepts: Mapping[str, tuple[int, int]]
    gaps: Mapping[str, tuple[float, float, float]]
    counted: Counted


def read_previous(path: Path, topic: str, *, asked: bool) -> Earlier | None:
    """Return an earlier report; None where there is none that can be compared with.

    A file that the user ``asked`` for must be usable, else BadReport is raised; the one that is
    merely there may be of another topic, an older version or no report, and is then left alone.
    """
    try:
        report = checked(path, json.loads(path.read_text("utf-8")))
        if report["topic"]["id"] != topic:
            raise BadReport(f"{path}: a report on {report['topic']['id']!r}, not on {topic!r}")
        return earlier(report)
    except BROKEN as error:
        if asked:
            raise broken(path, error) from error
        return None
    except (OSError, ValueError, BadReport) as error:
        if not asked:
            return None
        if isinstance(error, BadReport):
            raise
        raise unreadable(path, error) from error


def earlier(report: Mapping[str, Any]) -> Earlier:
    """Return what changes need of a ``report.json``. Raises one of ``BROKEN``."""
    rows = {table["name"]: table["rows"] for table in report["tables"]}
    differences = [d for d in report["gap"]["differences"] if d["dimension"] == "concepts"]
    ends = {d["value"]: (d["log2"], d["low"], d["high"]) for d in differences}
    en, zh = report["en"]["works"], report["zh"]["works"]
    return Earlier(
        str(report["made_at"]),
        (int(en), int(zh)),
        {r["value"]: (int(r["en"]["works"]), int(r["zh"]["works"])) for r in rows["concepts"]},
        {
            value: (float(d), float(low), float(high))
            for value, (d, low, high) in ends.items()
            if None not in (d, low, high)
        },
        Counted(
            report["topic"].get("terms"),
            bool(report["hubs_included"]),
            {r["value"]: bool(r["en"]["pages"] or r["zh"]["pages"]) for r in rows["sources"]},
        ),
    )


BROKEN = (KeyError, TypeError, AttributeError)
"""What a file of the right names and the wrong things inside raises."""


def broken(path: Path, error: Exception) -> BadReport:
    """Return what to say of a report that somebody or something has changed."""
    return BadReport(
        f"{path}: a report.json of Duizhao that is not whole any more ({error!r}); make the report"
        " again from its store"
    )


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
