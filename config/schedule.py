"""The schedule: jobs, each with a cron expression and a time zone."""

from __future__ import annotations

import zoneinfo
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from config.checks import Wrong, any_text, choice, identifier, nearest, tables
from config.document import Document
from config.errors import ConfigError, Problem, shown
from config.model import STEPS, Job, Schedule
from config.tables import Field, Fields, read_table


def timezone(value: Any) -> str:
    """A time zone of the IANA's list, like Asia/Shanghai."""
    name = any_text(value)
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        meant = nearest(name, zoneinfo.available_timezones())
        question = f"did you mean {meant!r}?" if meant else "write one like 'Asia/Shanghai'"
        raise Wrong(f"{shown(value)} is no time zone; {question}") from error
    return name


def cron(value: Any) -> str:
    """A cron expression of five fields that comes round."""
    from cronsim import CronSim, CronSimError  # few configurations have a schedule

    expression = " ".join(any_text(value).split())
    if len(expression.split(" ")) != 5:
        raise Wrong(
            f"{shown(value)} is no cron expression;"
            " write five fields: minute hour day month weekday"
        )
    try:
        next(CronSim(expression, datetime(2024, 1, 1, tzinfo=UTC)))
    except CronSimError as error:
        what = str(error).removeprefix("Bad ") or "expression"
        raise Wrong(f"{shown(value)}: the {what} is wrong; correct it") from error
    except StopIteration:
        raise Wrong(f"{shown(value)} never comes; correct day and month") from None
    return expression


JOB_FIELDS: Fields = {
    "id": Field(identifier, required=True),
    "run": Field(choice(*STEPS), required=True, many=True, least=1),
    "cron": Field(cron, required=True),
    "timezone": Field(timezone),
}
FIELDS: Fields = {"timezone": Field(timezone), "job": Field(tables, inner=JOB_FIELDS)}


def read_schedule(layers: Sequence[Document]) -> Schedule:
    """Return the schedule: the jobs of the last layer that has any. Raises ConfigError."""
    found: list[Problem] = []
    values: dict[str, Any] = {}
    jobs: list[dict[str, Any]] = []
    for layer in layers:
        if isinstance(layer.data.get("schedule"), dict):
            own = read_table(layer, ("schedule",), FIELDS, found)
            values |= own
            if "job" in own:
                jobs = _jobs(layer, found)
    if found:
        raise ConfigError(found)
    zone = values.get("timezone", "UTC")
    return Schedule(zone, tuple(Job(**({"timezone": zone} | job)) for job in jobs))


def _jobs(document: Document, found: list[Problem]) -> list[dict[str, Any]]:
    jobs: list[dict[str, Any]] = []
    first: dict[str, int] = {}
    for n in range(len(document.at(("schedule", "job")))):
        way = ("schedule", "job", n)
        job = read_table(document, way, JOB_FIELDS, found)
        name = job.get("id", "")
        if name and first.setdefault(name, n) != n:
            message = f"id: {name!r} is another job's; choose a new one"
            found.append(document.problem((*way, "id"), message))
        jobs.append(job)
    return jobs
