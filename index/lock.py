"""One writer at a time, across processes; the lock of a process that died is free again.

The kernel holds the lock (flock), so it ends with its process. The file beside it only says who
holds it: what a dead one left there stops nobody.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import IndexBusy

NAME = "writer.lock"
LONGEST = 200  # bytes of the holder's words that are shown


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the index folder for writing. Raises IndexBusy, naming the process that holds it."""
    handle = os.open(folder / NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise IndexBusy(folder, _holder(handle)) from error
        os.ftruncate(handle, 0)
        os.pwrite(handle, _ourselves().encode(), 0)
        yield
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def _ourselves() -> str:
    since = time.strftime("%Y-%m-%d %H:%M:%SZ", time.gmtime())
    return f"process {os.getpid()} on {os.uname().nodename} (since {since})"


def _holder(handle: int) -> str:
    words = os.pread(handle, LONGEST, 0).decode("utf-8", "replace")
    return "".join(c for c in words if c.isprintable()).strip() or "another process"
