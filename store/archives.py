"""Archives: how far each file has been read, what it held, and which captures are in the store.

A batch of captures and the place to go on from are one transaction, so that a killed import has
stored nothing twice and lost nothing when it is run again.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from page.model import Page
from store import pages
from store.pages import Fetch
from store.schema import utc

SQL_OPEN = """
INSERT INTO archive_part (archive, label, stamp, size, at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (archive, label, stamp) DO UPDATE SET size = excluded.size
RETURNING id, position, skip, done, counts"""
SQL_ADVANCE = """
UPDATE archive_part SET position = ?, skip = ?, done = ?, counts = ?, at = ? WHERE id = ?"""
SQL_HELD = "SELECT 1 FROM archive_capture WHERE url_id = ? AND digest = ?"
SQL_HOLD = "INSERT OR IGNORE INTO archive_capture (url_id, digest, captured_at) VALUES (?, ?, ?)"
SQL_STATE = """
SELECT url.state, url.reason, coalesce(page.fetched_at, '') FROM url
LEFT JOIN page ON page.id = url.page_id WHERE url.id = ?"""

NEW, OLDER, SAME = "stored", "older", "unchanged"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a part has been read: the place to go on from, and what came of its records."""

    part_id: int
    offset: int
    skip: int
    done: bool
    counts: Mapping[str, int]


def begin(db: sqlite3.Connection, archive: str, label: str, stamp: str, size: int) -> Progress:
    """Return where to go on in a part of an archive; a changed file is another part."""
    row = db.execute(SQL_OPEN, (archive, label, stamp, size, utc())).fetchone()
    return Progress(row[0], row[1], row[2], bool(row[3]), Counter(json.loads(row[4])))


def advance(db: sqlite3.Connection, progress: Progress) -> None:
    """Note how far a part has been read, in the transaction that stores what was read."""
    counts = json.dumps(dict(progress.counts), sort_keys=True)
    where = (progress.offset, progress.skip, int(progress.done))
    db.execute(SQL_ADVANCE, (*where, counts, utc(), progress.part_id))


def is_held(db: sqlite3.Connection, url_id: int, digest: str) -> bool:
    """True when this content of this URL was imported before, from whatever archive."""
    return db.execute(SQL_HELD, (url_id, digest)).fetchone() is not None


def hold(db: sqlite3.Connection, url_id: int, digest: str, at: str) -> None:
    """Remember that this content of this URL has been seen."""
    db.execute(SQL_HOLD, (url_id, digest, at))


def state_of(db: sqlite3.Connection, url_id: int) -> tuple[str, str, str]:
    """Return a URL's state, its reason, and when its current page was fetched ("" without one)."""
    state, reason, fetched_at = db.execute(SQL_STATE, (url_id,)).fetchone()
    return str(state), str(reason), str(fetched_at)


def keep(db: sqlite3.Connection, url_id: int, page: Page, fetch: Fetch) -> str:
    """Store an archived page at its place in time: ``stored``, ``older`` or ``unchanged``.

    It becomes the URL's current page unless a newer one is held, or the URL is known to be gone or
    to have moved; then it is a version of its history.
    """
    state, reason, fetched_at = state_of(db, url_id)
    lost = state == "gone" or (state == "skipped" and reason == "redirect")
    if lost or fetched_at > fetch.fetched_at:
        return OLDER if pages.save_earlier(db, url_id, page, fetch) else SAME
    return NEW if pages.save(db, url_id, page, fetch) else SAME
