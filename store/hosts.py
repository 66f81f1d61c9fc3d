"""Hosts in trouble: who is left alone, why, since when and until when. Survives the process."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from store.records import HostTrouble

SQL_PUT = """
INSERT OR REPLACE INTO host (host, reason, failures, since, next_at) VALUES (?, ?, ?, ?, ?)"""
SQL_DROP = "DELETE FROM host WHERE host = ?"
SQL_NOT_LATER = "UPDATE host SET next_at = ? WHERE next_at > ?"
SQL_ALL = "SELECT host, reason, failures, since, next_at FROM host ORDER BY since, host"
# All URLs are read, once for all hosts: an index for this alone would cost every crawl.
SQL_SOURCES = """
SELECT DISTINCT host, source FROM url NOT INDEXED
WHERE host IN (SELECT value FROM json_each(?)) AND source != '' ORDER BY source"""
# Sources whose entry points fail, and of which a run had no page (a sitemap that answers is none);
# left alone, they still count.
SQL_FAILING = """
SELECT url.source, url.reason, max(visit.failures), min(url.due_at) FROM visit
JOIN url ON url.id = visit.url_id
WHERE visit.verdict = 'failed' AND url.depth = 0 AND url.source != '' AND NOT EXISTS (
    SELECT 1 FROM visit AS good JOIN url AS other ON other.id = good.url_id
    WHERE good.run_id = ? AND good.verdict IN ('new', 'changed', 'same')
        AND other.source = url.source AND other.role = 'page')
GROUP BY url.source ORDER BY url.source"""
SQL_WAITING = """
SELECT count(*) FROM url JOIN host ON host.host = url.host
WHERE url.state = 'pending' AND host.next_at > ?"""


def put(db: sqlite3.Connection, trouble: HostTrouble) -> None:
    """Keep what is wrong with a host."""
    values = (trouble.host, trouble.reason, trouble.failures, trouble.since, trouble.next_at)
    db.execute(SQL_PUT, values)


def drop(db: sqlite3.Connection, host: str) -> None:
    """Forget a host's trouble: it has answered."""
    db.execute(SQL_DROP, (host,))


def not_later(db: sqlite3.Connection, at: float) -> None:
    """Leave no host alone beyond a time: who does was told so while the clock was ahead."""
    db.execute(SQL_NOT_LATER, (at, at))


def troubles(db: sqlite3.Connection) -> tuple[HostTrouble, ...]:
    """Return every host in trouble, the longest first; without their sources."""
    return tuple(HostTrouble(*row) for row in db.execute(SQL_ALL).fetchall())


def sources_of(db: sqlite3.Connection, hosts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the sources that each host belongs to."""
    found: dict[str, tuple[str, ...]] = dict.fromkeys(hosts, ())
    for host, source in db.execute(SQL_SOURCES, (json.dumps([*found]),)):
        found[host] += (source,)
    return found


def failing_sources(db: sqlite3.Connection, run_id: int) -> list[tuple[str, str, int, float]]:
    """Return (source, reason, failures in a row, next try) of sources that fail, also in a run."""
    return [tuple(row) for row in db.execute(SQL_FAILING, (run_id,)).fetchall()]


def waiting(db: sqlite3.Connection, now: float) -> int:
    """Count the pending URLs of hosts that are left alone at ``now``."""
    return int(db.execute(SQL_WAITING, (now,)).fetchone()[0])
