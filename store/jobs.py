"""Scheduled jobs: since when each is known, and every slot that was run, with what came of it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from store.owner import is_dead

SQL_KNOWN = "SELECT cron, timezone, since FROM job WHERE name = ?"
SQL_KNOW = "INSERT OR REPLACE INTO job (name, cron, timezone, since) VALUES (?, ?, ?, ?)"
SQL_SLOTS = """
SELECT slot FROM job_run WHERE job = ? AND slot <= ? ORDER BY slot DESC LIMIT 1000"""
SQL_TAKE = """
INSERT INTO job_run (job, slot, owner, started_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"""
SQL_END = "UPDATE job_run SET outcome = ?, ended_at = ?, summary = ? WHERE id = ?"
SQL_UNFINISHED = "SELECT id, owner FROM job_run WHERE outcome = 'running'"
SQL_KILLED = "UPDATE job_run SET outcome = 'killed', ended_at = ? WHERE id = ?"
SQL_RUNS = """
SELECT id, job, slot, owner, started_at, ended_at, outcome, summary FROM job_run {which}
ORDER BY id"""


@dataclass(frozen=True, slots=True)
class JobRun:
    """One run of a job: for which slot, by whom, from when to when (Unix times), how it ended.

    ``summary`` is JSON, ``{}`` while it runs.
    """

    id: int
    job: str
    slot: float
    owner: str
    started_at: float
    ended_at: float
    outcome: str
    summary: str


def know(db: sqlite3.Connection, name: str, cron: str, timezone: str, now: float) -> float:
    """Return since when a job with this schedule is known; from now on, when it is new."""
    row = db.execute(SQL_KNOWN, (name,)).fetchone()
    if row is not None and row[:2] == (cron, timezone):
        return float(row[2])
    return know_anew(db, name, cron, timezone, now)


def know_anew(db: sqlite3.Connection, name: str, cron: str, timezone: str, now: float) -> float:
    """Let a job's slots count from now on; return now."""
    db.execute(SQL_KNOW, (name, cron, timezone, now))
    return now


def slots(db: sqlite3.Connection, name: str, until: float) -> list[float]:
    """Return a job's slots up to a time that were run, the latest thousand, latest first."""
    return [float(slot) for (slot,) in db.execute(SQL_SLOTS, (name, until)).fetchall()]


def take(db: sqlite3.Connection, name: str, slot: float, owner: str, now: float) -> int | None:
    """Take a slot; return the number of its run, or None when it was taken before."""
    cursor = db.execute(SQL_TAKE, (name, slot, owner, now))
    return int(cursor.lastrowid or 0) if cursor.rowcount else None


def end(db: sqlite3.Connection, number: int, outcome: str, now: float, summary: str) -> None:
    """Close a run."""
    db.execute(SQL_END, (outcome, now, summary, number))


def bury(db: sqlite3.Connection, now: float) -> int:
    """Mark runs whose process died as ``killed``; return how many."""
    dead = [
        (now, number) for number, owner in db.execute(SQL_UNFINISHED).fetchall() if is_dead(owner)
    ]
    db.executemany(SQL_KILLED, dead)
    return len(dead)


def runs(db: sqlite3.Connection, name: str | None = None) -> tuple[JobRun, ...]:
    """Return the runs of a job, or of all, oldest first."""
    which, given = ("", ()) if name is None else ("WHERE job = ?", (name,))
    return tuple(JobRun(*row) for row in db.execute(SQL_RUNS.format(which=which), given))
