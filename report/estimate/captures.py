"""Which route found which work, and in which site it lies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from report.estimate.arrays import Bools, Ints

MOST_ROUTES = 6
"""More routes are pooled: the table of who found what doubles with each, and thins out."""


@dataclass(frozen=True, slots=True)
class Captures:
    """One language's found works.

    ``found`` is works × routes; every work was found by at least one. ``site`` numbers each
    work's site (that of its first page), in any numbering.
    """

    found: Bools
    site: Ints

    @property
    def works(self) -> int:
        """Return how many works were found."""
        return len(self.found)

    @property
    def sites(self) -> int:
        """Return how many sites they lie in."""
        return int(np.unique(self.site).size)


def captures(found: Bools, site: Ints) -> Captures:
    """Return the captures that can be used: works nobody found and idle routes are left out.

    Where more than ``MOST_ROUTES`` routes found something, the two that found least are pooled
    until there are as many: found by either is a route too. Raises ValueError when ``found`` is
    not works × routes or ``site`` has another length.
    """
    if found.ndim != 2 or site.shape != (found.shape[0],):
        raise ValueError(f"captures: {found.shape} found flags for {site.shape} sites")
    met = found.any(axis=1)
    kept = found[met][:, found.any(axis=0)]
    while kept.shape[1] > MOST_ROUTES:
        order = np.argsort(kept.sum(axis=0), kind="stable")
        pooled = kept[:, order[:2]].any(axis=1, keepdims=True)
        kept = np.concatenate([kept[:, np.sort(order[2:])], pooled], axis=1)
    return Captures(np.ascontiguousarray(kept), site[met])


def effective_sites(works_by_site: Ints) -> float:
    """Return Geff = n²/Σn_s²: of how many equal sites the works could be (B5).

    >>> effective_sites(np.array([10, 10, 10])), round(effective_sites(np.array([28, 1, 1])), 2)
    (3.0, 1.15)
    """
    total = float(works_by_site.sum())
    return total**2 / float((works_by_site.astype(float) ** 2).sum()) if total else 0.0
