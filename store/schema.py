"""Opening the database: each of the ``store.migrations`` runs once, in its own transaction.

``PRAGMA user_version`` counts them.
"""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from store.errors import SchemaMismatch, StoreError
from store.migrations import MIGRATIONS
from store.read_only import ELSEWHERE, is_read_only, open_to_read

BUSY_SECONDS = 30.0
CHECKPOINT_PAGES = 4_000  # 16 MB of log

SQL_OURS = "SELECT count(*) FROM revision, (SELECT 1 FROM url, page LIMIT 1)"


def connect(path: Path, *, to_read: bool = False) -> sqlite3.Connection:
    """Open a database in WAL mode with foreign keys on, migrated to the newest schema.

    ``to_read`` will do with one that cannot be written. Raises StoreError (not a database, cannot
    be opened) or SchemaMismatch (from a newer version).
    """
    try:
        if to_read and is_read_only(path):
            db = open_to_read(path, BUSY_SECONDS)
            _check_version(db, path)
            db.execute(SQL_OURS)
            return db
        db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        _enter_wal(db)
        # NORMAL: a process kill loses nothing; a power cut may undo the last commits, whose URLs
        # are then simply pending again. The raw responses are synced before their rows point at
        # them only at close (store.warc), which `duizhao verify` is there to check.
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA foreign_keys = ON")
        # Pages of indexes change with every page stored: they are copied a quarter as often.
        db.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        migrate(db, path)
        db.execute(SQL_OURS)
    except sqlite3.DatabaseError as error:
        raise unusable(path, error) from error
    return db


def _enter_wal(db: sqlite3.Connection) -> None:
    """Switch to WAL mode; SQLite does not wait by itself for another process that does the same."""
    end = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.05)


def unusable(path: Path, error: sqlite3.Error) -> StoreError:
    """Return what to tell a user whose database SQLite refuses."""
    from store.disk import advice

    return StoreError(f"{path}: cannot be used as a store ({error}); {advice(error)}")


def migrate(db: sqlite3.Connection, path: Path) -> None:
    """Apply the missing migrations, one transaction each."""
    for number, script in enumerate(MIGRATIONS, start=1):
        if _version(db) >= number:
            continue
        db.execute("BEGIN IMMEDIATE")
        try:
            if _version(db) < number:  # another process may have been quicker
                for statement in _statements(script):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {number}")
            db.execute("COMMIT")
        except BaseException:
            roll_back(db)
            raise
    _check_version(db, path)


def roll_back(db: sqlite3.Connection) -> None:
    """End a transaction that failed; SQLite itself may have, as when the disk is full."""
    if db.in_transaction:
        db.execute("ROLLBACK")


def _check_version(db: sqlite3.Connection, path: Path) -> None:
    """Raise for a schema of another version; an older one is one that could not be migrated."""
    found, known = _version(db), len(MIGRATIONS)
    if found > known:
        raise SchemaMismatch(
            f"{path}: schema {found} is newer than this Duizhao knows"
            f" ({known}); upgrade Duizhao, the store was left untouched"
        )
    if 0 < found < known:
        raise StoreError(
            f"{path}: an older Duizhao made it, and it cannot be brought up to date where nothing"
            f" can be written; {ELSEWHERE}"
        )


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> list[str]:
    """Split a script where SQLite itself sees a statement end (comments may hold semicolons)."""
    statements, rest = [], ""
    for line in script.splitlines(keepends=True):
        rest += line
        if sqlite3.complete_statement(rest):
            statements.append(rest)
            rest = ""
    return statements


def utc(seconds: float | None = None) -> str:
    """Return ISO 8601 UTC to the second; now by default."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))
