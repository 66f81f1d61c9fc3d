"""The checksums of an index's files, remembered: a search is not to wait for the whole index.

A file that nobody has touched since it was read is not read again. What touches it changes its
time of change (ctime), which no program can set, also where size and time of modification are put
back. What changes bytes without touching the file (a failing disk) is found by ``duizhao verify``
alone, which reads everything.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from pathlib import Path

import xxhash

NAME = "checksums.json"
BLOCK = 1 << 20
# A file may change twice within a tick of the file system's clock (10 ms at most) and look
# untouched, so what has just been written is not remembered yet.
SETTLED_NS = 20_000_000

Touched = list[int]


class Checksums:
    """The checksums of the files of one folder, kept in a file beside it (``kept``).

    Without such a file, with a damaged one, or ``afresh``, every file is read.
    """

    def __init__(self, kept: Path, *, afresh: bool = False) -> None:
        self._kept = kept
        self._known: dict[str, tuple[Touched, str]] = {} if afresh else _remembered(kept)
        self._new = False

    def of(self, path: Path) -> str:
        """Return a file's size and checksum. Raises OSError."""
        found = path.stat()
        touched = [
            *(found.st_dev, found.st_ino, found.st_size),
            *(found.st_mtime_ns, found.st_ctime_ns),
        ]
        known = self._known.get(path.name)
        if known and known[0] == touched:
            return known[1]
        now = time.time_ns()
        digest = f"{found.st_size}:{_read(path)}"
        if found.st_ctime_ns < now - SETTLED_NS:
            self._known[path.name] = (touched, digest)
            self._new = True
        return digest

    def keep(self) -> None:
        """Write down what was read, if it can be written: it only saves time."""
        if not self._new:
            return
        partial = self._kept.with_name(f"{self._kept.name}.{os.getpid()}.new")
        said = json.dumps(self._known)
        try:
            partial.write_text(json.dumps({"seal": _seal(said), "files": said}), "utf-8")
            partial.replace(self._kept)
        except OSError:
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)
        self._new = False


def _remembered(kept: Path) -> dict[str, tuple[Touched, str]]:
    try:
        values = json.loads(kept.read_text("utf-8"))
        said = values["files"]
        if values["seal"] != _seal(said):
            return {}
        return {name: (touched, digest) for name, (touched, digest) in json.loads(said).items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _seal(said: str) -> str:
    return xxhash.xxh3_128_hexdigest(said.encode())


def _read(path: Path) -> str:
    checksum = xxhash.xxh3_128()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            checksum.update(block)
    return str(checksum.hexdigest())
