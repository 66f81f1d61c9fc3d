"""Each job's last and next run, for a terminal and for machines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from config.model import Job
from crawler.schedule.hold import holder
from crawler.schedule.slots import next_slot
from store import NoStore, jobs, open_store
from store.jobs import JobRun
from store.owner import is_dead
from store.schema import utc


def as_dicts(listed: Sequence[Job], data: Path, now: float) -> dict[str, Any]:
    """Return who holds the schedule, and of each job its last and next run; times in UTC."""
    held = holder(data)
    return {
        "holder": {"pid": held[0], "since": held[1]} if held else None,
        "jobs": [_job(job, _runs(data, job.id), now) for job in listed],
    }


def _runs(data: Path, name: str) -> tuple[JobRun, ...]:
    try:
        with open_store(data) as store:
            return jobs.runs(store.db, name)
    except NoStore:
        return ()


def _job(job: Job, done: tuple[JobRun, ...], now: float) -> dict[str, Any]:
    following = next_slot(job.cron, job.timezone, now)
    return {
        "id": job.id,
        "run": list(job.run),
        "cron": job.cron,
        "timezone": job.timezone,
        "next": None if following is None else utc(following),
        "next_local": None if following is None else _local(following, job.timezone),
        "runs": len(done),
        "last": _last(done[-1], job.timezone) if done else None,
    }


def _last(run: JobRun, timezone: str) -> dict[str, Any]:
    return {
        "slot": utc(run.slot),
        "started_at": utc(run.started_at),
        "started_local": _local(run.started_at, timezone),
        "ended_at": utc(run.ended_at) if run.ended_at else None,
        "seconds": round(run.ended_at - run.started_at, 1) if run.ended_at else None,
        "outcome": "killed" if run.outcome == "running" and is_dead(run.owner) else run.outcome,
        "summary": json.loads(run.summary),
    }


def _local(at: float, timezone: str) -> str:
    return datetime.fromtimestamp(at, ZoneInfo(timezone)).strftime("%Y-%m-%d %H:%M %Z")


def table(found: dict[str, Any]) -> RenderableType:
    """Return what ``duizhao schedule status`` prints; each job's times in its own zone."""
    grid = Table(box=box.SIMPLE, pad_edge=False, padding=(0, 1, 0, 0))
    for name in ("job", "runs", "last", "took", "outcome", "next"):
        grid.add_column(name, overflow="fold")
    for job in found["jobs"]:
        last = job["last"] or {"started_local": "never", "seconds": None, "outcome": ""}
        took = "" if last["seconds"] is None else f"{last['seconds']:.0f} s"
        cells = (job["id"], " ".join(job["run"]), last["started_local"], took, last["outcome"])
        grid.add_row(*map(Text, cells), Text(job["next_local"] or "never"))
    held = found["holder"]
    who = f"kept by process {held['pid']} since {held['since']}" if held else "not kept just now"
    return Group(grid, Text(f"The schedule is {who}."))
