"""Lower bounds for what no route found, from what one route and two routes found (Chao)."""

from __future__ import annotations

import numpy as np

from report.estimate.arrays import Floats
from report.estimate.cells import histories, routes_of


def chao2(counts: Floats) -> Floats:
    """Return Chao's incidence-based size D + (R-1)/R · f1(f1-1)/(2(f2+1)), a row a table.

    f1 and f2 are the works found by exactly one and two routes. Bias-corrected form of Chao 1987.
    ``counts`` is … × cells.
    """
    routes = routes_of(counts)
    f1, f2 = _found_by(counts, 1), _found_by(counts, 2)
    missed: Floats = (routes - 1) / routes * f1 * (f1 - 1) / (2 * (f2 + 1))
    size: Floats = counts.sum(axis=-1) + np.maximum(missed, 0)
    return size


def chao_mth(counts: Floats) -> Floats:
    """Return D + Σ_{r<s} z_r z_s/(f2+1), z_r = works that only route r found.

    Chao's bound where routes differ and works differ (model Mth; Lee & Chao 1994, Rivest &
    Baillargeon 2007). Three routes that found 10 works each alone, and 2 works twice:

    >>> float(chao_mth(np.array([10.0, 10, 1, 10, 1, 0, 0])))  # 32 + 300/3
    132.0
    """
    alone = counts[..., [2**r - 1 for r in range(routes_of(counts))]]
    pairs = (alone.sum(axis=-1) ** 2 - (alone**2).sum(axis=-1)) / 2
    size: Floats = counts.sum(axis=-1) + pairs / (_found_by(counts, 2) + 1)
    return size


def _found_by(counts: Floats, routes: int) -> Floats:
    """Return how many works exactly so many routes found."""
    chosen = histories(routes_of(counts)).sum(axis=1) == routes
    total: Floats = counts[..., chosen].sum(axis=-1)
    return total
