"""Runs: when a crawl ran, with which configuration, how it ended, and whether its books balance."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from collections.abc import Collection

from store.account import account
from store.errors import AccountingError
from store.owner import is_dead, pid_of
from store.records import Account, Run
from store.schema import utc

SQL_START = "INSERT INTO run (owner, started_at, config) VALUES (?, ?, ?)"
SQL_LAST_CONFIG = "SELECT config FROM run ORDER BY id DESC LIMIT 1"
SQL_UNFINISHED = "SELECT id, owner FROM run WHERE outcome = 'running'"
SQL_KILLED = "UPDATE run SET outcome = 'killed', ended_at = ? WHERE id = ?"
SQL_END = "UPDATE run SET outcome = ?, ended_at = ?, account = ? WHERE id = ?"
SQL_FETCHED = "UPDATE run SET fetched = fetched + 1 WHERE id = ?"
SQL_LIMIT = """
INSERT INTO run_limit (run_id, name, subject, count) VALUES (?, ?, ?, ?)
ON CONFLICT DO UPDATE SET count = excluded.count"""
SQL_LIMITS = "SELECT name, subject, count FROM run_limit WHERE run_id = ? ORDER BY name, subject"
SQL_OWNERS = "SELECT id, owner FROM run WHERE id > ?"
SQL_RUNS = """
SELECT id, started_at, ended_at, outcome, config, fetched, account, owner FROM run
WHERE id > ? ORDER BY id"""


def start(db: sqlite3.Connection, owner: str, config_json: str, at: str = "") -> int:
    """Open a run at an ISO time (now by default); runs whose process died are marked ``killed``.

    Returns its id.
    """
    at = at or utc()
    for run_id, previous in db.execute(SQL_UNFINISHED).fetchall():
        if is_dead(previous):
            db.execute(SQL_KILLED, (at, run_id))
    return int(db.execute(SQL_START, (owner, at, config_json)).lastrowid or 0)


def last_config(db: sqlite3.Connection) -> str:
    """Return the newest run's configuration as it was stored; empty before the first run."""
    row = db.execute(SQL_LAST_CONFIG).fetchone()
    return str(row[0]) if row else ""


def count_fetch(db: sqlite3.Connection, run_id: int) -> None:
    """Count one response of this run."""
    db.execute(SQL_FETCHED, (run_id,))


def note_limit(db: sqlite3.Connection, run_id: int, name: str, subject: str, count: int) -> None:
    """Record that a limit cut the crawl: which one, of what, and how much was left."""
    db.execute(SQL_LIMIT, (run_id, name, subject, count))


def end(db: sqlite3.Connection, run_id: int, outcome: str, at: str = "") -> Account:
    """Close a run with its accounts, at an ISO time (now by default).

    Raises AccountingError, after storing them, when they do not balance.
    """
    books = account(db)
    db.execute(SQL_END, (outcome, at or utc(), json.dumps(dataclasses.asdict(books)), run_id))
    if not books.balanced:
        raise AccountingError(
            f"run {run_id}: the accounts do not balance: discovered {books.discovered},"
            f" stored {books.stored} + failed {books.failed} + skipped {books.skipped}"
            f" + gone {books.gone} + pending {books.pending}; keep the store and report this"
        )
    return books


def by_process(db: sqlite3.Connection, after: int, pids: Collection[int]) -> set[int]:
    """Return the runs later than ``after`` that processes with these numbers began."""
    rows = db.execute(SQL_OWNERS, (after,)).fetchall()
    return {number for number, owner in rows if pid_of(owner) in pids}


def runs(db: sqlite3.Connection, after: int = 0) -> tuple[Run, ...]:
    """Return the runs later than ``after``, oldest first; one whose process died is ``killed``."""
    return tuple(_run(db, row) for row in db.execute(SQL_RUNS, (after,)).fetchall())


def _run(db: sqlite3.Connection, row: tuple[int, str, str, str, str, int, str, str]) -> Run:
    number, started, ended, outcome, config, fetched = row[:6]
    if outcome == "running" and is_dead(row[7]):
        outcome = "killed"
    books = json.loads(row[6]) if row[6] else None
    if books:
        books["reasons"] = tuple(tuple(reason) for reason in books["reasons"])
    limits = tuple(db.execute(SQL_LIMITS, (row[0],)).fetchall())
    held = Account(**books) if books else None
    return Run(number, started, ended, outcome, config, fetched, held, limits)
