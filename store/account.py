"""The frontier counted: by state, and what waits by source and language."""

from __future__ import annotations

import sqlite3
from collections import Counter

from store.records import Account

LISTING = "listing"

# One statement, so that the total and its parts are of one moment: another crawl may be writing.
SQL_COUNT = """
SELECT state, reason, count(*) FROM url GROUP BY state, reason
UNION ALL SELECT '', '', count(*) FROM url"""
SQL_WAITING = """
SELECT (SELECT count(*) FROM url WHERE state = 'pending')
    + (SELECT count(*) FROM url WHERE state = 'leased')"""
SQL_WAITING_BY_LANGUAGE = """
SELECT CASE WHEN role = 'page' THEN lang ELSE ? END AS expected, source, count(*) FROM url
WHERE state = 'pending' AND due_at <= ? GROUP BY expected, source"""
SQL_PENDING_BY_SOURCE = """
SELECT source, count(*) FROM url WHERE state IN ('pending', 'leased') GROUP BY source"""
SQL_SKIPPED_BY_SOURCE = """
SELECT source, count(*) FROM url WHERE state = 'skipped' AND reason = ? GROUP BY source"""
SQL_FETCHED_BY_SOURCE = """
SELECT source, count(*) FROM url WHERE fetched_run = ? AND role = 'page' GROUP BY source"""


def account(db: sqlite3.Connection) -> Account:
    """Count every URL by state; a lease counts as pending."""
    rows = db.execute(SQL_COUNT).fetchall()
    states: Counter[str] = Counter()
    for state, _, count in rows:
        states["pending" if state == "leased" else state] += count
    return Account(
        discovered=states[""],
        stored=states["stored"],
        failed=states["failed"],
        skipped=states["skipped"],
        gone=states["gone"],
        pending=states["pending"],
        reasons=tuple(sorted((state, reason, count) for state, reason, count in rows if reason)),
    )


def waiting_by_language(db: sqlite3.Connection, due: float) -> list[tuple[str, str, int]]:
    """Count what waits and is due by then, as (expected language, source, count).

    Sitemaps and feeds have no language; they are counted as ``LISTING``.
    """
    return db.execute(SQL_WAITING_BY_LANGUAGE, (LISTING, due)).fetchall()


def pending_by_source(db: sqlite3.Connection) -> dict[str, int]:
    """Count pending URLs by source."""
    return dict(db.execute(SQL_PENDING_BY_SOURCE).fetchall())


def waiting(db: sqlite3.Connection) -> int:
    """Count pending URLs; quick, for it is asked twice a second."""
    return int(db.execute(SQL_WAITING).fetchone()[0])


def skipped_by_source(db: sqlite3.Connection, reason: str) -> dict[str, int]:
    """Count the URLs that are skipped for a reason, by source."""
    return dict(db.execute(SQL_SKIPPED_BY_SOURCE, (reason,)).fetchall())


def fetched_by_source(db: sqlite3.Connection, run_id: int) -> dict[str, int]:
    """Count the pages a run has fetched, by source."""
    return dict(db.execute(SQL_FETCHED_BY_SOURCE, (run_id,)).fetchall())
