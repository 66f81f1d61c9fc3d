"""Nearest by meaning, beside the neighbourhood: Artetxe & Schwenk 2019, equation 2, ratio."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
NEIGHBOURS = 4
"""k of the paper. On XQuAD among realweb k = 4 and k = 8 put the same pairs first."""
ROWS = 2048  # of the one side at a time, so that memory stays small


class Near(NamedTuple):
    """Two works that are each other's best: places on both sides, margin and cosine."""

    en: int
    zh: int
    margin: float
    cosine: float


def mutual(en: Vectors, zh: Vectors) -> Iterator[Near]:
    """Yield every pair that is each other's best by margin, in order of the English side.

    margin(x, y) = cos(x, y) / (mean cos of x with its k nearest / 2 + the same of y / 2); vectors
    have length 1.
    """
    if not len(en) or not len(zh):
        return
    around_en, around_zh = _around(en, zh), _around(zh, en)
    best_zh = _best(en, zh, around_en, around_zh)
    best_en = _best(zh, en, around_zh, around_en)
    for place, other in enumerate(best_zh):
        if best_en[other] == place:
            cosine = float(en[place] @ zh[other])
            scale = max(float(around_en[place] + around_zh[other]) / 2, 1e-6)
            yield Near(place, int(other), cosine / scale, cosine)


def _around(ours: Vectors, theirs: Vectors) -> NDArray[np.float32]:
    """The mean cosine of each vector with its nearest ones on the other side."""
    k = min(NEIGHBOURS, len(theirs))
    means = [
        np.partition(ours[start : start + ROWS] @ theirs.T, -k, axis=1)[:, -k:].mean(axis=1)
        for start in range(0, len(ours), ROWS)
    ]
    return np.concatenate(means)


def _best(
    ours: Vectors, theirs: Vectors, around: NDArray[np.float32], around_theirs: NDArray[np.float32]
) -> NDArray[np.intp]:
    places = []
    for start in range(0, len(ours), ROWS):
        rows = slice(start, start + ROWS)
        scale = np.maximum((around[rows, None] + around_theirs[None]) / 2, 1e-6)
        places.append(((ours[rows] @ theirs.T) / scale).argmax(axis=1))
    return np.concatenate(places)
