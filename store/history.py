"""A page's history: its versions, and those of the addresses it has moved from."""

from __future__ import annotations

import functools
import sqlite3
from typing import Any

from store import visits
from store.records import Version

SQL_VERSIONS = """
SELECT url.key, page.version, page.fetched_at, page.checked_at, page.status, page.lang, page.title,
    page.text, page.content_hash, url.page_id IS page.id
FROM page JOIN url ON url.id = page.url_id WHERE page.url_id = ? ORDER BY page.version"""
SQL_OWNER = "SELECT source, host FROM url WHERE id = ?"


def versions(db: sqlite3.Connection, url_id: int) -> tuple[Version, ...]:
    """Return every version of a page, oldest first, from wherever its owner had it at the time.

    Anybody can redirect to a page; what does not belong to its source or its registrable domain is
    no past of it.
    """
    moved = dict.fromkeys(move.url_id for move in visits.moves_to(db, url_id))
    before = [number for number in moved if number != url_id and _is_one_owner(db, number, url_id)]
    rows = [row for number in (*before, url_id) for row in db.execute(SQL_VERSIONS, (number,))]
    return tuple(sorted(map(_version, rows), key=lambda version: version.fetched_at))


def _is_one_owner(db: sqlite3.Connection, one: int, other: int) -> bool:
    source, host = db.execute(SQL_OWNER, (one,)).fetchone()
    its_source, its_host = db.execute(SQL_OWNER, (other,)).fetchone()
    if host == its_host or (source and source == its_source):
        return True
    return _domain(host) == _domain(its_host)


@functools.cache
def _suffixes() -> Any:
    import tldextract  # it brings requests along, and few pages move to another host

    return tldextract.TLDExtract(None, (), include_psl_private_domains=True)


def _domain(host: str) -> str:
    """Return a host's registrable domain (Public Suffix List), or the host where it has none."""
    return _suffixes().extract_str(host).top_domain_under_public_suffix or host


def _version(row: tuple[Any, ...]) -> Version:
    url, number, fetched, checked, status, lang, title, text, print_, current = row
    said = (status, lang, title, text, print_, bool(current))
    return Version(url, number, fetched, checked, *said)
