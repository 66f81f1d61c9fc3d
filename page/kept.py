"""Tables that are expensive to make, kept in files once a user and read by being mapped.

What is mapped is in memory only where it was looked at, and once for all processes. Each file ends
with a seal: what it was made of, and a checksum. A damaged file or one of another version is no
file. No answer depends on whether there is one, and all can be deleted.
"""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import xxhash
from numpy.typing import NDArray

Tables = Mapping[str, NDArray[Any]]
_AT_ONCE = 1 << 20


def kept(name: str, version: str, keys: Sequence[str], make: Callable[[], Tables]) -> Tables:
    """Return the arrays that ``make`` makes, read-only, under these keys.

    ``version`` tells what they depend on. Where no file can be read or written they are made anew
    and held in memory.
    """
    paths = {key: folder() / f"{name}-{key}.npy" for key in keys}
    found = _read(paths, version)
    if found is None:
        made = make()
        for key, path in paths.items():
            _write(path, version, made[key])
        found = _read(paths, version) or made
    return found


def folder() -> Path:
    """Return where a user's tables are: below ``XDG_CACHE_HOME`` or the home.

    Without a home (in a container, say) it is where nothing can be kept. ``config.cache`` says the
    same to the other rooms; this one imports nothing of ours.
    """
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "duizhao"
    except RuntimeError:
        return Path(os.devnull) / "duizhao"


def _read(paths: Mapping[str, Path], version: str) -> Tables | None:
    try:
        if not all(_is_sealed(path, version) for path in paths.values()):
            return None
        return {key: np.load(path, mmap_mode="r") for key, path in paths.items()}
    except (OSError, ValueError):
        return None


def _write(path: Path, version: str, array: NDArray[Any]) -> None:
    whole = io.BytesIO()
    np.save(whole, array, allow_pickle=False)
    seal = _seal(version, xxhash.xxh3_128(whole.getbuffer()))
    partial = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with partial.open("wb") as file:
            file.write(whole.getbuffer())
            file.write(seal)
        partial.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)


def _is_sealed(path: Path, version: str) -> bool:
    """Tell whether a file is whole: read, not mapped, so that it takes no memory."""
    seen, size = xxhash.xxh3_128(), len(_seal(version, xxhash.xxh3_128()))
    with path.open("rb") as file:
        left = os.fstat(file.fileno()).st_size - size
        while left > 0 and (piece := file.read(min(left, _AT_ONCE))):
            seen.update(piece)
            left -= len(piece)
        return file.read() == _seal(version, seen)


def _seal(version: str, checksum: xxhash.xxh3_128) -> bytes:
    return f"\n{version} {checksum.hexdigest()}\n".encode()
