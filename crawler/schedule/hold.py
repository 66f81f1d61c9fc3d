"""One keeper of the schedule at a time; who comes second is told who holds it."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from crawler.schedule.outcome import EXIT_CODE
from store.errors import StoreError
from store.schema import utc

NAME = "schedule.lock"


class ScheduleBusy(Exception):
    """Another process keeps the schedule of this data folder; the message names it."""

    exit_code = EXIT_CODE


@contextmanager
def holding(folder: Path, now: float) -> Iterator[int]:
    """Hold a data folder's schedule; yields the lock's descriptor, for the processes it starts.

    Raises ScheduleBusy, naming the holder, and StoreError. The lock goes with the last process
    that has the descriptor: the dead hold nothing.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StoreError(f"{folder}: cannot keep data there ({error.strerror})") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ScheduleBusy(f"{folder}: {_who(os.read(handle, 200))}") from error
        _sign(handle, folder, now)
        yield handle
    finally:
        os.close(handle)


def _sign(handle: int, folder: Path, now: float) -> None:
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps({"pid": os.getpid(), "since": utc(now)}).encode(), 0)
    except OSError as error:
        raise StoreError(f"{folder}: cannot keep data there ({error.strerror})") from error


def _who(written: bytes) -> str:
    holder = holder_in(written)
    named = f"process {holder[0]} has kept it since {holder[1]}" if holder else "it is kept"
    if holder and not psutil.pid_exists(holder[0]):
        return f"one schedule at a time, and {named}; it has died, wait for the step it had begun"
    return f"one schedule at a time, and {named}; wait for it, or stop it"


def holder(folder: Path) -> tuple[int, str] | None:
    """Return (process number, since when) of whoever holds a folder's schedule now, or None."""
    try:
        with (folder / NAME).open("r+b") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return holder_in(file.read(200)) or (0, "")
    except OSError:
        pass
    return None


def holder_in(written: bytes) -> tuple[int, str] | None:
    """Return what a holder has written of itself, or None."""
    try:
        said = json.loads(written)
        return int(said["pid"]), str(said["since"])
    except (ValueError, KeyError, TypeError):
        return None
