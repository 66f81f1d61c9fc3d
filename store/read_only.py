"""A store where nothing can be written: on a read-only disk, or in somebody else's folder."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from store.errors import StoreError

SQL_ANYTHING = "SELECT 1 FROM sqlite_master LIMIT 1"
ELSEWHERE = "copy the folder to where it can, and name the copy with --data"


def is_read_only(path: Path) -> bool:
    """Return whether a database, or the folder that its log would be in, cannot be written."""
    return not all(os.access(place, os.W_OK) for place in (path, path.parent))


def open_to_read(path: Path, seconds: float) -> sqlite3.Connection:
    """Open a database of WAL mode for reading alone; ``seconds`` it waits for a lock.

    SQLite does that where the log and its index (-wal, -shm) are there, or where it is told that
    nobody changes the file (https://sqlite.org/wal.html, "Read-Only Databases"). Raises StoreError
    where the log holds changes and its index is gone: without them the pages would be old ones, or
    torn. Also sqlite3.Error.
    """
    log = path.with_name(f"{path.name}-wal")
    if not log.exists():
        return _opened(path, "mode=ro&immutable=1", seconds)
    try:
        return _opened(path, "mode=ro", seconds)
    except sqlite3.OperationalError as error:
        if log.stat().st_size == 0:
            return _opened(path, "mode=ro&immutable=1", seconds)
        raise StoreError(
            f"{path}: its newest changes are still in {log.name}, and cannot be brought in where"
            f" nothing can be written; {ELSEWHERE}"
        ) from error


def _opened(path: Path, how: str, seconds: float) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?{how}"
    db = sqlite3.connect(address, uri=True, timeout=seconds, isolation_level=None)
    try:
        db.execute(SQL_ANYTHING).fetchone()
    except BaseException:
        db.close()
        raise
    return db
