"""The manifest: what an index folder holds, up to which revision, and what its files must be.

It is written after every commit, so a crash between the two leaves an older revision in it, and
the same pages are written once more: the same result. While a commit is under way the manifest
says so, because then the engine alone can tell which files are new, gone or replaced. A seal (a
checksum of the rest) tells a manifest that was damaged itself.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import xxhash

from index import checksums
from index.checksums import Checksums
from store.model import Reader

# Raise this with any change to tokens, fields or files: older indexes are then made anew.
FORMAT = 9
NAME = "manifest.json"
SEAL = "seal"


class Manifest(NamedTuple):
    """An index's identity. ``witness`` is a run that its store must know (``Reader.last_run``).

    ``files`` are as the last commit left them; ``writing``: a commit is under way, or was when its
    process died.
    """

    lang: str
    engine: str
    revision: int = 0
    witness: tuple[int, str] | None = None
    files: Mapping[str, str] = MappingProxyType({})
    writing: bool = False
    format: int = FORMAT

    def belongs_to(self, store: Reader) -> bool:
        """Return whether this is an index of that store, at one of its revisions."""
        if self.revision > store.revision:
            return False
        return self.witness is None or store.has_run(self.witness)


def read(folder: Path) -> Manifest | None:
    """Return the folder's manifest; None when there is none that this version understands."""
    try:
        values = json.loads((folder / NAME).read_text("utf-8"))
        if values.pop(SEAL) != _seal(values):
            return None
        manifest = Manifest(**values)
        if manifest.format != FORMAT or not isinstance(manifest.revision, int):
            return None
        witness = manifest.witness and (int(manifest.witness[0]), str(manifest.witness[1]))
        return manifest._replace(witness=witness, files=dict(manifest.files))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def write(folder: Path, manifest: Manifest) -> None:
    """Replace the folder's manifest: the old one or the new one is there, never half of one."""
    values = manifest._asdict() | {"files": dict(manifest.files)}
    partial = folder / f"{NAME}.new"
    with partial.open("w", encoding="utf-8") as file:
        json.dump(values | {SEAL: _seal(values)}, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(folder / NAME)


def digests(data: Path, *, afresh: bool = False) -> dict[str, str]:
    """Return every file's size and checksum, except locks, by name.

    A file that nobody has touched is not read again, unless ``afresh`` (see ``index.checksums``).
    """
    known = _checksums(data, afresh=afresh)
    names = sorted(path.name for path in data.iterdir() if "lock" not in path.name.lower())
    found = {name: known.of(data / name) for name in names}
    known.keep()
    return found


def intact(
    data: Path, manifest: Manifest, replaced: Collection[str] = (), *, afresh: bool = False
) -> bool:
    """Return whether the files are what the manifest says, and no others are among them.

    While a commit is under way there may be others, some may be gone, and those named in
    ``replaced``, which an engine overwrites in a commit, may be others than they were. ``afresh``
    as ``digests`` has it.
    """
    try:
        if not manifest.writing:
            return digests(data, afresh=afresh) == manifest.files
        there = {path.name for path in data.iterdir()}
        known = _checksums(data, afresh=afresh)
        return not manifest.files.keys() & set(replaced) - there and all(
            known.of(data / name) == digest
            for name, digest in manifest.files.items()
            if name in there and name not in replaced
        )
    except OSError:
        return False


def _checksums(data: Path, *, afresh: bool) -> Checksums:
    return Checksums(data.parent / checksums.NAME, afresh=afresh)


def _seal(values: dict[str, Any]) -> str:
    return xxhash.xxh3_128_hexdigest(json.dumps(values, sort_keys=True).encode())
