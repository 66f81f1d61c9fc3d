"""What a full, read-only or broken disk raises wherever it is met, as one line."""

from __future__ import annotations

import errno

EXIT_CODE = 4
_OF_THE_DISK = frozenset(
    (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EACCES, errno.EPERM, errno.EFBIG)
)


def trouble(error: Exception) -> str:
    """Return what to tell the user of an error of the disk; "" for any other error."""
    from store.errors import UNWRITABLE  # SQLite's errors and the system's

    if isinstance(error, OSError) and error.errno in _OF_THE_DISK:
        where = f"{error.filename}: " if error.filename else ""
        said = error.strerror or "cannot be written"
    elif isinstance(error, UNWRITABLE) and not isinstance(error, OSError) and "disk" in str(error):
        where, said = "the store: ", str(error)
    else:
        return ""
    return f"{where}{said}; make room or choose a folder that can be written, then run this again"
