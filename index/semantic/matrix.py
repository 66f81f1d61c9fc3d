"""Vectors of many texts in files: a byte a number, read where they lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.semantic.encoder import SIZE, Vectors

# A vector's largest number becomes 127: a quarter of the bytes, and nearness hardly changes
# (tests/test_index_semantic.py).
STEPS = 127
BLOCK = 16_384  # rows multiplied at once: 32 MB as floats

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows of bytes, each with its scale and the url_id of its page; url_ids rise, and repeat."""

    ids: Ids
    scales: Vectors
    rows: NDArray[np.int8]

    def likeness(self, vector: Vectors) -> Vectors:
        """Return each row's cosine with a vector of length 1."""
        if not len(self.ids):
            return np.empty(0, np.float32)
        starts = range(0, len(self.ids), BLOCK)
        parts = [self.rows[at : at + BLOCK].astype(np.float32) @ vector for at in starts]
        made: Vectors = np.concatenate(parts) * self.scales
        return made

    def of(self, ids: Ids) -> Matrix:
        """Return the rows of these pages."""
        return self.where(np.isin(self.ids, ids))

    def where(self, kept: NDArray[np.bool_]) -> Matrix:
        """Return the rows for which ``kept`` is true."""
        return Matrix(self.ids[kept], self.scales[kept], self.rows[kept])

    def replaced(self, gone: Ids, new: Matrix) -> Matrix:
        """Return this without the pages ``gone``, and with the rows of ``new``."""
        kept = self.where(~np.isin(self.ids, gone))
        ids = np.concatenate((kept.ids, new.ids))
        order = np.argsort(ids, kind="stable")
        scales, rows = (kept.scales, new.scales), (kept.rows, new.rows)
        return Matrix(ids[order], np.concatenate(scales)[order], np.concatenate(rows)[order])

    def save(self, folder: Path, name: str) -> None:
        """Write it as three files of a folder."""
        for part in ("ids", "scales", "rows"):
            np.save(folder / f"{name}.{part}.npy", getattr(self, part), allow_pickle=False)


def matrix(ids: list[int], vectors: Vectors) -> Matrix:
    """Return vectors (n, ``SIZE``) as a matrix, a url_id a row."""
    largest = np.abs(vectors).max(axis=1, initial=1e-9)
    scales = (largest / STEPS).astype(np.float32)
    rows = np.round(vectors / scales[:, None]).astype(np.int8)
    return Matrix(np.array(ids, np.int64), scales, rows)


def empty() -> Matrix:
    """Return a matrix without rows."""
    return matrix([], np.empty((0, SIZE), np.float32))


def load(folder: Path, name: str) -> Matrix:
    """Open a saved matrix; rows are read from the file as they are needed. Raises ValueError."""
    ids, scales = (np.load(folder / f"{name}.{part}.npy") for part in ("ids", "scales"))
    # No file without bytes can be mapped.
    rows = np.load(folder / f"{name}.rows.npy", mmap_mode="r" if len(ids) else None)
    if rows.shape != (len(ids), SIZE) or len(ids) != len(scales):
        raise ValueError(f"the files of {name} do not belong together")
    return Matrix(ids, scales, rows)
