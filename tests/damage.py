"""Damage to the files of an index that was just open."""

from __future__ import annotations

from pathlib import Path


def put_anew(path: Path, content: bytes | bytearray) -> None:
    """Put a new file in a file's place.

    A thread of tantivy's may still have the old one mapped for a moment after it was closed, and
    cutting short what is mapped ends the process (SIGBUS).
    """
    path.unlink()
    path.write_bytes(content)
