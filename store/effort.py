"""Effort: what each run spent on each language and kind of source, beside what came of it."""

from __future__ import annotations

import sqlite3

from store.records import Effort

SQL_SPEND = """
INSERT INTO effort (run_id, lang, kind, fetches, bytes, pages, on_topic)
VALUES (?, ?, ?, 1, ?, ?, ?)
ON CONFLICT DO UPDATE SET fetches = fetches + 1, bytes = bytes + excluded.bytes,
    pages = pages + excluded.pages, on_topic = on_topic + excluded.on_topic"""
SQL_EFFORT = """
SELECT run_id, lang, kind, fetches, bytes, pages, on_topic FROM effort
ORDER BY run_id, lang, kind"""


def spend(
    db: sqlite3.Connection,
    run_id: int,
    stratum: tuple[str, str],
    size: int,
    *,
    page: bool = False,
    on_topic: bool = False,
) -> None:
    """Count one fetch of ``size`` bytes for a (language, kind of source), and what it brought."""
    db.execute(SQL_SPEND, (run_id, *stratum, size, page, on_topic))


def effort(db: sqlite3.Connection) -> tuple[Effort, ...]:
    """Return what each run spent by language and kind of source, oldest run first."""
    return tuple(Effort(*row) for row in db.execute(SQL_EFFORT))
