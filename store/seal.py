"""A page's seal: a checksum of its row, so that a changed byte in the database is found."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

import xxhash

# What never changes once a version is written; `version` and `checked_at` do.
COLUMNS = (
    *("url_id", "run_id", "fetched_at", "status", "content_hash", "kind", "lang", "title", "text"),
    *("detail", "sketch", "warc_file", "warc_offset"),
)
# As bytes: a damaged text may be no UTF-8 any more.
AS_BYTES = ", ".join(f"CAST(page.{column} AS BLOB)" for column in COLUMNS)
SQL_ROW = f"SELECT {AS_BYTES} FROM page WHERE page.id = ?"  # noqa: S608 - names of our own
SQL_SEALED = "SELECT id FROM page WHERE seal != '' ORDER BY id"
SQL_NAMED = """
SELECT coalesce(url.key, 'page number ' || page.id), page.version, page.seal FROM page
LEFT JOIN url ON url.id = page.url_id WHERE page.id = ?"""


def seal(row: Sequence[str | int | bytes]) -> str:
    """Return the checksum of a row's values, in the order of ``COLUMNS``."""
    checksum = xxhash.xxh3_128()
    for value in row:
        part = value if isinstance(value, bytes) else str(value).encode()
        checksum.update(len(part).to_bytes(8, "big") + part)
    return checksum.hexdigest()


def broken(db: sqlite3.Connection) -> Iterator[str]:
    """Yield a line for every version of a page that is not as it was written.

    Rows from before there were seals have none, and are passed over.
    """
    for (page_id,) in db.execute(SQL_SEALED).fetchall():
        try:
            name, version, wanted = db.execute(SQL_NAMED, (page_id,)).fetchone()
            found = seal(db.execute(SQL_ROW, (page_id,)).fetchone())
        except (sqlite3.DatabaseError, UnicodeDecodeError, TypeError) as error:
            yield f"page number {page_id} cannot be read ({error})"
            continue
        if found != wanted:
            yield f"{name}: version {version} is not as it was written"
