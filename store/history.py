"""A page's history: its versions, and those of the addresses it has moved from."""

from __future__ import annotations

import sqlite3
from typing import Any

from store import visits
from store.records import Version

SQL_VERSIONS = """
SELECT url.key, page.version, page.fetched_at, page.checked_at, page.status, page.lang, page.title,
    page.text, page.content_hash, url.page_id IS page.id
FROM page JOIN url ON url.id = page.url_id WHERE page.url_id = ? ORDER BY page.version"""


def versions(db: sqlite3.Connection, url_id: int) -> tuple[Version, ...]:
    """Return every version of a page, oldest first, from wherever it was at the time."""
    ids = dict.fromkeys((url_id, *(move.url_id for move in visits.moves_to(db, url_id))))
    rows = [row for number in ids for row in db.execute(SQL_VERSIONS, (number,)).fetchall()]
    found = [_version(row) for row in rows]
    return tuple(sorted(found, key=lambda version: version.fetched_at))


def _version(row: tuple[Any, ...]) -> Version:
    url, number, fetched, checked, status, lang, title, text, print_, current = row
    said = (status, lang, title, text, print_, bool(current))
    return Version(url, number, fetched, checked, *said)
