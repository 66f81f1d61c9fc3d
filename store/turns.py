"""Turns: which of several crawls on one store asks a host, and when the host may be asked next.

One at a time, or two polite crawls would be one rude one together. A turn is written when it
changes hands and not with every request. Whoever hands it on says until when the host is to be
left alone; whoever died cannot, so its turns say what delay the host had. Every function is inside
the caller's transaction; times are Unix times.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass

SQL_SEEN = "UPDATE run SET seen_at = ? WHERE id = ?"
SQL_RUNNING = "SELECT id, owner, seen_at FROM run WHERE outcome = 'running' AND id <> ?"
SQL_ALL = "SELECT host, run_id, until, wanted FROM turn"
SQL_TAKE = """
INSERT INTO turn (host, run_id, until, delay) VALUES (?, ?, 0, ?)
ON CONFLICT DO UPDATE SET run_id = excluded.run_id, delay = max(delay, excluded.delay), wanted = 0
WHERE run_id = 0 OR run_id = excluded.run_id
RETURNING until"""
SQL_DELAY = "UPDATE turn SET delay = ? WHERE host = ? AND run_id = ?"
SQL_HAND_ON = """
UPDATE turn SET run_id = ?, until = ?, delay = ?, wanted = 0 WHERE host = ? AND run_id = ?"""
SQL_FREE = """
UPDATE turn SET run_id = 0, until = max(until, ? + delay), wanted = 0
WHERE run_id <> 0 AND run_id NOT IN ({living})"""
SQL_WANT = "UPDATE turn SET wanted = ? WHERE host = ? AND run_id NOT IN (0, ?) AND wanted = 0"
SQL_ANSWERED = "UPDATE turn SET wanted = 0 WHERE run_id = ? AND wanted <> 0"


@dataclass(frozen=True, slots=True)
class Turn:
    """Which run asks a host (0: none), from when on, and which run would like to (0: none)."""

    host: str
    run_id: int
    until: float
    wanted: int


def seen(db: sqlite3.Connection, run_id: int, now: float) -> None:
    """Give a sign of life."""
    db.execute(SQL_SEEN, (now, run_id))


def running(db: sqlite3.Connection, run_id: int) -> list[tuple[int, str, float]]:
    """Return (id, owner, last sign of life) of the runs beside this one that have not ended."""
    return db.execute(SQL_RUNNING, (run_id,)).fetchall()


def turns(db: sqlite3.Connection) -> list[Turn]:
    """Return every turn."""
    return [Turn(*row) for row in db.execute(SQL_ALL)]


def take(db: sqlite3.Connection, host: str, run_id: int, delay: float) -> float | None:
    """Take a free turn; return the time from which the host may be asked, None when not free."""
    row = db.execute(SQL_TAKE, (host, run_id, delay)).fetchone()
    return None if row is None else float(row[0])


def keep_delay(db: sqlite3.Connection, host: str, run_id: int, delay: float) -> None:
    """Note the seconds a host wants between requests, for whoever comes after a dead run."""
    db.execute(SQL_DELAY, (delay, host, run_id))


def hand_on(
    db: sqlite3.Connection, host: str, run_id: int, to: int, until: float, delay: float
) -> None:
    """Hand a turn on to another run, 0 for whoever takes it."""
    db.execute(SQL_HAND_ON, (to, until, delay, host, run_id))


def free(db: sqlite3.Connection, living: Collection[int], now: float) -> int:
    """Free the turns of runs that are not among the living; return how many.

    When they last asked is unknown, so their hosts are left alone for one more delay.
    """
    query = SQL_FREE.format(living=", ".join("?" * len(living)))
    return db.execute(query, (now, *living)).rowcount


def want(db: sqlite3.Connection, hosts: Iterable[str], run_id: int) -> None:
    """Ask whoever has the turns of these hosts for them."""
    db.executemany(SQL_WANT, ((run_id, host, run_id) for host in hosts))


def answered(db: sqlite3.Connection, run_id: int) -> None:
    """Forget who asked for this run's turns."""
    db.execute(SQL_ANSWERED, (run_id,))
