"""Damage to files that were just open."""

from __future__ import annotations

from pathlib import Path


def put_anew(path: Path, content: bytes | bytearray) -> None:
    """Put a new file in a file's place.

    The old one may still be mapped (tables and vectors are, and a thread of tantivy's has an index
    for a moment after it was closed), and cutting short what is mapped ends the process (SIGBUS).
    """
    path.unlink()
    path.write_bytes(content)
