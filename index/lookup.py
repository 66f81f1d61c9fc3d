"""A sorted file of keys and values that is asked without being read: it is mapped and halved.

The first line seals the rest (a checksum) and says what it was made of, so that a damaged file or
one of another version is no file.
"""

from __future__ import annotations

import contextlib
import mmap
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Self

import xxhash


class Lookup:
    """An open file of pairs. Keys and values hold no tab and no line end."""

    def __init__(self, held: mmap.mmap | bytes) -> None:
        self._held = held
        self._begin = held.find(b"\n") + 1

    @classmethod
    def open(cls, path: Path, version: str) -> Self | None:
        """Return the file's pairs; None where it is missing, damaged or of another version."""
        try:
            with path.open("rb") as file:
                held = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError):
            return None
        end = held.find(b"\n")
        with memoryview(held) as whole, whole[end + 1 :] as rest:
            sealed = held[: end + 1] == _head(version, xxhash.xxh3_128_hexdigest(rest))
        return cls(held) if sealed else None

    @classmethod
    def make(cls, path: Path, version: str, pairs: Iterable[tuple[str, str]]) -> Self:
        """Return these pairs, and write them down where that can be done."""
        rest = b"".join(sorted(f"{key}\t{value}\n".encode() for key, value in pairs))
        whole = _head(version, xxhash.xxh3_128_hexdigest(rest)) + rest
        partial = path.with_name(f"{path.name}.{os.getpid()}.new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            partial.write_bytes(whole)
            partial.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)
        return cls(whole)

    def find(self, key: str) -> str | None:
        """Return a key's value, or None."""
        wanted = key.encode("utf-8", "replace") + b"\t"
        low, high = self._begin, len(self._held)
        while low < high:
            start = self._held.rfind(b"\n", low - 1, (low + high) // 2) + 1
            end = self._held.find(b"\n", start)
            line = self._held[start:end]
            if line.startswith(wanted):
                return line[len(wanted) :].decode()
            if line < wanted:
                low = end + 1
            else:
                high = start
        return None


def _head(version: str, checksum: str) -> bytes:
    return f"{version} {checksum}\n".encode()
