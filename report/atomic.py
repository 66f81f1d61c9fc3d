"""Writes files so that a reader, or a kill in between, finds each whole: the old or the new."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path

from store.disk import ADVICE, EXIT_CODE

SUFFIX = ".part"
ABANDONED = 3600
"""Seconds: a temporary file that much older than a new one belongs to a writer that was killed."""


class CannotWrite(Exception):
    """Files could not be written; the message says where and why."""

    exit_code = EXIT_CODE


def replace_all(folder: Path, contents: Mapping[str, Iterable[str]]) -> None:
    """Write files, by name, into a folder, and make it where it is missing.

    All are written to temporary files in the same folder and flushed to the disk before the
    first takes its place, so that they change together but for a few renames. Text is written
    as UTF-8, as it is. Raises CannotWrite, and then leaves the old files.
    """
    made: dict[str, Path] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, lines in contents.items():
            made[name] = folder / f".{name}.{secrets.token_hex(4)}{SUFFIX}"
            _write(made[name], lines)
        for name, path in made.items():
            path.replace(folder / name)
        _flush(folder)
    except OSError as error:
        raise CannotWrite(
            f"{folder}: cannot be written ({error.strerror or error}); {ADVICE}"
        ) from error
    finally:
        for path in made.values():
            path.unlink(missing_ok=True)
    _sweep(folder, contents)


def _write(path: Path, lines: Iterable[str]) -> None:
    with path.open("x", encoding="utf-8", newline="") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())


def _flush(folder: Path) -> None:
    """Make the renames durable, where the system can flush a folder."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sweep(folder: Path, names: Iterable[str]) -> None:
    """Remove what killed writers left behind; times are the file system's own."""
    with contextlib.suppress(OSError):
        for name in names:
            now = (folder / name).stat().st_mtime
            for left in folder.glob(f".{name}.*{SUFFIX}"):
                if now - left.stat().st_mtime > ABANDONED:
                    left.unlink(missing_ok=True)
