"""What is expensive and can be made again: kept beside the indexes, keyed by what it is made of.

The folder ``meaning/`` of the data folder may be deleted at any time. A file that cannot be read,
or that another version wrote, counts as missing.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FOLDER = "meaning"
VERSION = 2
READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM)

Vectors = NDArray[np.float32]


def key(text: str, model: str) -> str:
    """Return what a vector of a text by a model is kept under."""
    return hashlib.sha256(f"{model}\n{text}".encode("utf-8", "replace")).hexdigest()[:32]


def vectors(
    texts: Sequence[str],
    model: str,
    encode: Callable[[Sequence[str]], Vectors],
    file: Path | None,
    progress: Callable[[int, int], None] | None = None,
) -> Vectors:
    """Return a vector a text, those that the file does not have made by ``encode`` and added.

    Without a file nothing is kept. ``progress`` is told how many are made of how many.
    """
    keys = [key(text, model) for text in texts]
    known = _read_vectors(file) if file else {}
    missing = {k: text for k, text in zip(keys, texts, strict=True) if k not in known}
    batch, names = 64, list(missing)
    for start in range(0, len(names), batch):
        part = names[start : start + batch]
        made = encode([missing[name] for name in part])
        known.update(zip(part, made, strict=True))
        if progress:
            progress(min(start + batch, len(names)), len(names))
    if file and missing:
        _write_vectors(file, {k: known[k] for k in dict.fromkeys(keys)})
    return np.stack([known[k] for k in keys]) if keys else np.empty((0, 1), np.float32)


def _read_vectors(file: Path) -> dict[str, Vectors]:
    try:
        with np.load(file, allow_pickle=False) as held:
            return dict(zip(held["keys"].tolist(), held["rows"].astype(np.float32), strict=True))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}


def _write_vectors(file: Path, known: dict[str, Vectors]) -> None:
    def save(handle: Any) -> None:
        # Half precision: a cosine changes in its fourth digit, and the file is half as large.
        rows = np.stack(list(known.values())).astype(np.float16)
        np.savez(handle, keys=np.array(list(known)), rows=rows)

    _replace(file, save)


def read(file: Path, stamp: str) -> Any | None:
    """Return what ``write`` kept under this stamp, or None."""
    try:
        held = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(held, dict) or held.get("version") != VERSION or held.get("stamp") != stamp:
        return None
    return held.get("value")


def write(file: Path, stamp: str, value: Any) -> None:
    """Keep a value of JSON's kinds; the file is whole or is not there."""
    held = {"version": VERSION, "stamp": stamp, "value": value}
    text = json.dumps(held, ensure_ascii=False, separators=(",", ":"))
    _replace(file, lambda handle: handle.write(text.encode("utf-8", "backslashreplace")))


def _replace(file: Path, save: Callable[[Any], object]) -> None:
    """Write a file anew; in a folder that may not be written nothing is kept."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    except OSError as error:
        if error.errno in READ_ONLY:
            return
        raise
    try:
        with os.fdopen(number, "wb") as handle:
            save(handle)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
