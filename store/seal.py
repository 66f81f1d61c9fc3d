"""A page's seal: a checksum of its row, so that a changed byte in the database is found."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import xxhash

# What never changes once a version is written; `version` and `checked_at` do.
COLUMNS = (
    *("url_id", "run_id", "fetched_at", "status", "content_hash", "kind", "lang", "title", "text"),
    *("detail", "sketch", "warc_file", "warc_offset"),
)
# As bytes: a damaged text may be no UTF-8 any more.
AS_BYTES = ", ".join(f"CAST(page.{column} AS BLOB)" for column in COLUMNS)
SQL_SEAL = "UPDATE page SET seal = ? WHERE id = ?"
SQL_ROW = f"SELECT {AS_BYTES} FROM page WHERE page.id = ?"  # noqa: S608 - names of our own
SQL_SEALED = "SELECT id FROM page WHERE seal != '' ORDER BY id"
SQL_NAMED = """
SELECT coalesce(url.key, 'page number ' || page.id), page.version, page.seal FROM page
LEFT JOIN url ON url.id = page.url_id WHERE page.id = ?"""


def put(db: sqlite3.Connection, page_id: int) -> None:
    """Seal a row that was just written, in the caller's transaction."""
    db.execute(SQL_SEAL, (_of(db, page_id), page_id))


def broken(db: sqlite3.Connection) -> Iterator[str]:
    """Yield a line for every version of a page that is not as it was written.

    Rows from before there were seals have none, and are passed over.
    """
    for (page_id,) in db.execute(SQL_SEALED).fetchall():
        try:
            name, version, seal = db.execute(SQL_NAMED, (page_id,)).fetchone()
            found = _of(db, page_id)
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            yield f"page number {page_id} cannot be read ({error})"
            continue
        if found != seal:
            yield f"{name}: version {version} is not as it was written"


def _of(db: sqlite3.Connection, page_id: int) -> str:
    checksum = xxhash.xxh3_128()
    for value in db.execute(SQL_ROW, (page_id,)).fetchone():
        part = b"" if value is None else value
        checksum.update(len(part).to_bytes(8, "big") + part)
    return checksum.hexdigest()
