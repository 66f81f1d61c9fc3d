"""Links between stored pages, as far as others ask for them."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Collection, Iterator

SQL_NAMED = """
SELECT from_id, to_id FROM link JOIN url AS a ON a.id = from_id JOIN url AS b ON b.id = to_id
WHERE a.page_id IS NOT NULL AND b.page_id IS NOT NULL
    AND (lower(trim(anchor)) IN (SELECT value FROM json_each(?)) OR anchor LIKE ? || '%')"""
SQL_LINKING_HOSTS = """
SELECT DISTINCT to_id, a.host FROM link
JOIN url AS a ON a.id = from_id JOIN url AS b ON b.id = to_id
WHERE a.page_id IS NOT NULL AND b.page_id IS NOT NULL AND a.host <> b.host"""


def named(
    db: sqlite3.Connection, anchors: Collection[str], prefix: str
) -> Iterator[tuple[int, int]]:
    """Yield (from, to) of the links between stored pages that are called so or begin so."""
    yield from db.execute(SQL_NAMED, (json.dumps(sorted(anchors)), prefix))


def linking_hosts(db: sqlite3.Connection) -> dict[int, set[str]]:
    """Return the other hosts that link to each stored page that any links to, by url_id."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for url_id, host in db.execute(SQL_LINKING_HOSTS):
        found[url_id].add(sys.intern(host))
    return dict(found)
