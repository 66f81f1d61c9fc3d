"""What a full, read-only or broken disk raises wherever it is met, as one line."""

from __future__ import annotations

import errno
import sqlite3

EXIT_CODE = 4
ADVICE = "make room or choose a folder that can be written, then run this again"
_OF_THE_SYSTEM = frozenset(
    (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EACCES, errno.EPERM, errno.EFBIG)
)
_OF_SQLITE = frozenset(
    (
        *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY),
        *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM),
    )
)
_HELD = frozenset((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED))
_PRIMARY = 0xFF  # the part of SQLite's code that says which kind of error it is


def trouble(error: BaseException) -> str:
    """Return what to tell the user of an error of the disk; "" for any other error."""
    if isinstance(error, OSError) and error.errno in _OF_THE_SYSTEM:
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror or 'cannot be written'}; {ADVICE}"
    if isinstance(error, sqlite3.Error) and _code(error) in _OF_SQLITE:
        return f"the store: {error}; {ADVICE}"
    return ""


def advice(error: sqlite3.Error) -> str:
    """Return what to do about a database that SQLite cannot use."""
    if _code(error) in _OF_SQLITE:
        return ADVICE
    if _code(error) in _HELD:
        return "another process is writing it; wait until it has finished, then run this again"
    return "restore it from a copy or move it away"


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY
