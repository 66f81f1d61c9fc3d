"""Length deciles: longer works mention more, so like is compared with like."""

from __future__ import annotations

import numpy as np

from report.estimate.arrays import Floats, Ints

DECILES = 10


def length_deciles(en: Floats, zh: Floats) -> tuple[Ints, Ints]:
    """Return each work's decile (0-9) of both languages' lengths pooled (B5).

    Lengths must be in a common unit: an English word counted as one Chinese character is an error
    that standardising carries over. Each language has half of the weight,
    so that the larger one does not choose the deciles alone.

    >>> en, zh = length_deciles(np.arange(20.0), np.arange(20.0))
    >>> en.tolist() == zh.tolist() == sorted(list(range(10)) * 2)
    True
    """
    pooled = np.concatenate([en, zh])
    if not (en.size and zh.size):
        return np.zeros(en.size, dtype=np.int64), np.zeros(zh.size, dtype=np.int64)
    weight = np.concatenate([np.full(en.size, 0.5 / en.size), np.full(zh.size, 0.5 / zh.size)])
    order = np.argsort(pooled, kind="stable")
    below = np.cumsum(weight[order])
    cuts = pooled[order][np.searchsorted(below, np.arange(1, DECILES) / DECILES - 1e-9)]
    return np.searchsorted(cuts, en).astype(np.int64), np.searchsorted(cuts, zh).astype(np.int64)
