"""Which store this is, told by its runs: no two stores were begun by one process at one time.

A store that was deleted and begun anew, or that went on from a copy, knows other runs.
"""

from __future__ import annotations

import sqlite3

SQL_LAST = "SELECT id, owner || ' ' || started_at FROM run ORDER BY id DESC LIMIT 1"
SQL_RUN = "SELECT 1 FROM run WHERE id = ? AND owner || ' ' || started_at = ?"


def last_run(db: sqlite3.Connection) -> tuple[int, str] | None:
    """Return the newest run's number, and who began it when; None before the first."""
    row = db.execute(SQL_LAST).fetchone()
    return (int(row[0]), str(row[1])) if row else None


def has_run(db: sqlite3.Connection, run: tuple[int, str]) -> bool:
    """Return whether a run that ``last_run`` gave is one of this store's."""
    return db.execute(SQL_RUN, run).fetchone() is not None
