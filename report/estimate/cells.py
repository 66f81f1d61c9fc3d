"""The table of a capture matrix: how many works each combination of routes found.

Cell number c (from 1) was found by exactly the routes whose bits are set in c, so arrays of cell
counts have 2^R - 1 columns for R routes, and column c - 1 is cell c.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from report.estimate.arrays import Bools, Floats
from report.estimate.captures import Captures


@cache
def histories(routes: int) -> Bools:
    """Return the (2^R - 1) × R table of which routes each cell was found by.

    >>> histories(2).astype(int).tolist()
    [[1, 0], [0, 1], [1, 1]]
    """
    cell = np.arange(1, 2**routes)
    table: Bools = (cell[:, None] >> np.arange(routes)) & 1 == 1
    table.setflags(write=False)
    return table


def routes_of(counts: Floats) -> int:
    """Return R of cell counts with 2^R - 1 columns. Raises ValueError for other widths."""
    cells = int(counts.shape[-1])
    routes = (cells + 1).bit_length() - 1
    if 2**routes - 1 != cells:
        raise ValueError(f"{cells} cells: 2^R - 1 are needed")
    return routes


def cells_by_site(captures: Captures) -> Floats:
    """Return sites × cells: the number of works of each site in each cell."""
    routes = captures.found.shape[1]
    cell = captures.found @ (1 << np.arange(routes)) - 1
    names, site = np.unique(captures.site, return_inverse=True)
    width = 2**routes - 1
    counts = np.bincount(site * width + cell, minlength=names.size * width)
    return counts.reshape(names.size, width).astype(float)


def resampled(by_site: Floats, times: int, generator: np.random.Generator) -> Floats:
    """Return times × cells: the table of as many sites drawn again with replacement."""
    sites = by_site.shape[0]
    drawn = generator.multinomial(sites, np.full(sites, 1 / sites), size=times)
    return drawn @ by_site
