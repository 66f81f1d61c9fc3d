"""Whether the store is as it was written: the database, every page, and the evidence for it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from config.counted import counted
from store import pages, seal, warc
from store.errors import StoreError

SQL_CHECK = "PRAGMA integrity_check(20)"
SQL_LINKED = "PRAGMA foreign_key_check"
SQL_CURRENT = "SELECT id, key FROM url WHERE page_id IS NOT NULL ORDER BY id"
SOUND = "ok"
NAMED = 3
"""Pages that are named of a damaged file; it may hold thousands."""
MENDED = "restore the store from a copy, or let a crawl store the page again"

Progress = Callable[[int], None]


def problems(
    db: sqlite3.Connection, folder: Path, progress: Progress | None = None
) -> Iterator[str]:
    """Yield a line for everything that is not as it was written, with the URL it is about.

    Reads every current page and its raw response; ``progress`` is told how many.
    """
    try:
        found = [str(row[0]) for row in db.execute(SQL_CHECK)]
        yield from (f"store.sqlite: {line}" for line in found if line != SOUND)
        for table, row, other, _ in db.execute(SQL_LINKED).fetchall():
            yield f"store.sqlite: row {row} of {table} points at a row of {other} that is not there"
        yield from (f"{line}; {MENDED}" for line in seal.broken(db))
        current = db.execute(SQL_CURRENT).fetchall()
    except sqlite3.DatabaseError as error:
        yield f"store.sqlite: {error}; copy what `duizhao search --export` can still read"
        return
    trouble = _Files()
    for number, (url_id, url) in enumerate(current, 1):
        yield from _of_page(db, folder, url_id, url, trouble)
        if progress:
            progress(number)
    yield from trouble.lines()


class _Files:
    """Files of evidence in trouble: a line each, however many pages rest on them."""

    def __init__(self) -> None:
        self._missing: Counter[str] = Counter()
        self._unread: Counter[str] = Counter()
        self._first: dict[str, str] = {}

    def missing(self, file: str, url: str) -> None:
        """Note a page whose file is not there."""
        self._missing[file] += 1
        self._first.setdefault(file, url)

    def unread(self, file: str) -> bool:
        """Note a page whose record cannot be read; True while it deserves a line of its own."""
        self._unread[file] += 1
        return self._unread[file] <= NAMED

    def lines(self) -> Iterator[str]:
        """Yield what there is to say of whole files."""
        for file, count in sorted(self._missing.items()):
            whose = f"{counted(count, 'page')}, {self._first[file]}"
            more = " and others" if count > 1 else ""
            yield f"warc/{file} is not there: the evidence of {whose}{more}, is gone"
        for file, count in sorted(self._unread.items()):
            if count > NAMED:
                more = counted(count - NAMED, "more page")
                yield f"warc/{file}: the evidence of {more} cannot be read"


def _of_page(
    db: sqlite3.Connection, folder: Path, url_id: int, url: str, trouble: _Files
) -> Iterator[str]:
    try:
        stored = pages.one(db, url_id)
    except (sqlite3.DatabaseError, UnicodeDecodeError, StoreError) as error:
        why = f"{url}: its page cannot be read ({error.__cause__ or error})"
        yield f"{why}; the next crawl that fetches it mends it"
        return
    if stored is None or not stored.warc_file:
        return
    try:
        written, _ = warc.read(folder, stored.warc_file, stored.warc_offset)
    except FileNotFoundError:
        trouble.missing(stored.warc_file, url)
    except warc.DAMAGED as error:
        if trouble.unread(stored.warc_file):
            place = f"warc/{stored.warc_file} at {stored.warc_offset}"
            yield f"{url}: its evidence cannot be read: {place} ({error})"
    else:
        if written != url:
            yield f"{url}: its evidence is another page's: {written}"
