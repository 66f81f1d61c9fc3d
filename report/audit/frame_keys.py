"""Which URLs a frame held, remembered in eight bytes each: it need not be kept itself."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = "frame.keys"


class FrameKeys:
    """A set of canonical URLs that can be asked, not listed. One in 10¹⁰ answers is wrong."""

    def __init__(self, keys: NDArray[np.uint64]) -> None:
        self._keys = keys

    def __contains__(self, url: object) -> bool:
        number = np.uint64(number_of(str(url)))
        place = int(np.searchsorted(self._keys, number))
        return place < len(self._keys) and bool(self._keys[place] == number)

    def __len__(self) -> int:
        return len(self._keys)


def number_of(url: str) -> int:
    """Return a URL's number: eight bytes of its BLAKE2 hash."""
    digest = hashlib.blake2b(url.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest)


def keep_keys(keys: NDArray[np.uint64], folder: Path) -> None:
    """Write the numbers of a frame's URLs into the audit's folder. Raises OSError."""
    part = folder / f"{FILE}.part"
    part.write_bytes(keys.astype("<u8").tobytes())
    part.replace(folder / FILE)


def read_keys(folder: Path) -> FrameKeys:
    """Return the URLs of an audit's frame; none where they were not kept. Raises OSError."""
    path = folder / FILE
    data = path.read_bytes() if path.exists() else b""
    return FrameKeys(np.frombuffer(data[: len(data) // 8 * 8], dtype="<u8").astype(np.uint64))
