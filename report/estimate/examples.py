"""Data of published worked examples, for the doctests and the tests."""

from __future__ import annotations

import numpy as np

from report.estimate.arrays import Floats

DODO: Floats = np.array([1662.0, 1638, 1631, 1628, 1628, 1611, 1607, 1602, 1601, 1598])
"""The last sightings of the dodo (Roberts & Solow 2003)."""

DIABETES: Floats = np.array([[709.0, 74, 104, 182, 650, 20, 157, 10, 12, 7, 18, 8, 46, 14, 58]])
"""Diabetics of Casale Monferrato by the four lists that named them (Bruno et al. 1994), a cell each
in the order of ``cells.histories``."""

BCG: Floats = np.array(
    [
        (4, 123, 11, 139), (6, 306, 29, 303), (3, 231, 11, 220), (62, 13598, 248, 12867),
        (33, 5069, 47, 5808), (180, 1541, 372, 1451), (8, 2545, 10, 629),
        (505, 88391, 499, 88391), (29, 7499, 45, 7277), (17, 1716, 65, 1665),
        (186, 50634, 141, 27338), (5, 2498, 3, 2341), (27, 16913, 29, 17854),
    ],
    dtype=float,
)  # fmt: skip
"""Tuberculous of the vaccinated and of the others in 13 trials (Colditz et al. 1994): sick, all,
sick, all."""
