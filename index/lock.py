"""One writer at a time, across processes; the lock of a process that died is free again."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import IndexBusy

NAME = "writer.lock"


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the index folder for writing. Raises IndexBusy, naming the process that holds it."""
    handle = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(handle, 20).decode("ascii", "replace").strip() or "unknown"
            raise IndexBusy(
                f"{folder}: process {holder} is writing the index; wait until it has finished,"
                " or stop it"
            ) from error
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)
