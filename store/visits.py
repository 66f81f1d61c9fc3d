"""Visits: what is known of how a URL's content changes, and when it is to be looked at again.

One row a URL that has ever been answered. Its next visit is the ``due_at`` of the URL itself, so
that the frontier alone says what waits.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from store.records import Moved

NEW, CHANGED, SAME, LOST, FAILED = "new", "changed", "same", "lost", "failed"
VERDICTS = (NEW, CHANGED, SAME, LOST, FAILED)
"""What a visit found: ``lost`` is gone, moved or withdrawn, ``failed`` is no answer."""
ANSWERS = (NEW, CHANGED, SAME)

SQL_GET = """
SELECT url_id, etag, modified, fingerprint, checked_at, interval, failures, history, run_id, verdict
FROM visit WHERE url_id = ?"""
SQL_PUT = """
INSERT OR REPLACE INTO visit (url_id, etag, modified, fingerprint, checked_at, interval, failures,
    history, run_id, verdict)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
# A page that was withdrawn has nothing that an unchanged answer could confirm.
SQL_VALIDATORS = """
SELECT visit.etag, visit.modified FROM visit JOIN url ON url.id = visit.url_id
WHERE visit.url_id = ? AND (url.page_id IS NOT NULL OR url.role != 'page')"""
SQL_VERDICTS = "SELECT verdict, count(*) FROM visit WHERE run_id = ? GROUP BY verdict"
# A feed at an address that was taken for a page is stored without one.
SQL_OF_PAGES = """
SELECT verdict, count(*) FROM visit JOIN url ON url.id = visit.url_id
WHERE visit.run_id = ? AND role = 'page' AND NOT (state = 'stored' AND page_id IS NULL)
GROUP BY verdict"""
SQL_MOVED = """
INSERT OR REPLACE INTO move (from_id, to_id, status, run_id, at)
SELECT ?, id, ?, ?, ? FROM url WHERE key = ?"""
SQL_STAYED = "DELETE FROM move WHERE from_id = ?"
SQL_MOVED_TO = """
SELECT move.from_id, old.key, new.key, move.status, move.at FROM move
JOIN url old ON old.id = move.from_id JOIN url new ON new.id = move.to_id WHERE old.key = ?"""
# UNION, not UNION ALL: addresses can move in a circle.
SQL_HISTORY = """
WITH RECURSIVE line(id) AS (
    SELECT ? UNION SELECT move.from_id FROM move JOIN line ON move.to_id = line.id)
SELECT move.from_id, old.key, new.key, move.status, move.at FROM move
JOIN line ON line.id = move.to_id
JOIN url old ON old.id = move.from_id JOIN url new ON new.id = move.to_id ORDER BY move.at"""


@dataclass(frozen=True, slots=True)
class Visit:
    """The last visit of a URL and its memory.

    ``etag`` and ``modified`` are the validators it sent. ``fingerprint`` tells its text, or what a
    listing lists. ``checked_at`` is a Unix time, ``interval`` seconds. ``history`` holds the latest
    checks, oldest first, as (seconds since the check before, whether the text had changed).
    ``failures`` counts the visits in a row that were in vain.
    """

    url_id: int
    etag: str = ""
    modified: str = ""
    fingerprint: str = ""
    checked_at: float = 0.0
    interval: float = 0.0
    failures: int = 0
    history: tuple[tuple[float, bool], ...] = ()
    run_id: int = 0
    verdict: str = NEW


def get(db: sqlite3.Connection, url_id: int) -> Visit | None:
    """Return a URL's last visit, or None."""
    row = db.execute(SQL_GET, (url_id,)).fetchone()
    if row is None:
        return None
    number, etag, modified, fingerprint, at, interval, failures, kept, run_id, verdict = row
    history = tuple((float(elapsed), bool(changed)) for elapsed, changed in json.loads(kept))
    said = (etag, modified, fingerprint)
    return Visit(number, *said, at, interval, failures, history, run_id, verdict)


def put(db: sqlite3.Connection, visit: Visit) -> None:
    """Keep a URL's last visit."""
    history = json.dumps([[round(s), int(c)] for s, c in visit.history], separators=(",", ":"))
    said = (visit.url_id, visit.etag, visit.modified, visit.fingerprint, visit.checked_at)
    db.execute(
        SQL_PUT, (*said, visit.interval, visit.failures, history, visit.run_id, visit.verdict)
    )


def validators(db: sqlite3.Connection, url_id: int) -> tuple[str, str]:
    """Return (ETag, Last-Modified) of a URL whose content is held; empty when there are none."""
    row = db.execute(SQL_VALIDATORS, (url_id,)).fetchone()
    return (str(row[0]), str(row[1])) if row else ("", "")


def verdicts(db: sqlite3.Connection, run_id: int) -> dict[str, int]:
    """Count a run's visits by what they found."""
    return dict(db.execute(SQL_VERDICTS, (run_id,)).fetchall())


def verdicts_of_pages(db: sqlite3.Connection, run_id: int) -> dict[str, int]:
    """Count a run's visits by what they found, those of sitemaps and feeds left out."""
    return dict(db.execute(SQL_OF_PAGES, (run_id,)).fetchall())


def moved(
    db: sqlite3.Connection, url_id: int, target: str, status: int, run_id: int, at: str
) -> None:
    """Record that a URL says it has moved to ``target``, a URL of the frontier."""
    db.execute(SQL_MOVED, (url_id, status, run_id, at, target))


def stayed(db: sqlite3.Connection, url_id: int) -> None:
    """Record that a URL answers with content of its own (again)."""
    db.execute(SQL_STAYED, (url_id,))


def moved_to(db: sqlite3.Connection, key: str) -> Moved | None:
    """Return where a canonical URL says that it has moved, or None."""
    row = db.execute(SQL_MOVED_TO, (key,)).fetchone()
    return Moved(*row) if row else None


def moves_to(db: sqlite3.Connection, url_id: int) -> tuple[Moved, ...]:
    """Return every move that ends at a URL, also by way of others, oldest first."""
    rows = db.execute(SQL_HISTORY, (url_id,)).fetchall()
    return tuple(Moved(*row) for row in rows)
