"""Counting characters of several kinds at once: a table by code point instead of a pattern a kind.

A pattern looks at a character at a time and makes a string of each run; a table reads a whole page
in one go of numpy.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.uint8]
BASIC, ALL = 0x10000, 0x40000
"""Sizes of a table: the characters of the basic plane, or of all planes with letters."""


def table(patterns: Sequence[re.Pattern[str]], size: int) -> Table:
    """Return the kind of every character: 1 for the first pattern's, 2 for the second's, 0 else."""
    codes = np.arange(size, dtype="<u4")
    everything = codes.tobytes().decode("utf-32-le", "surrogatepass")
    found = np.zeros(size, dtype=np.uint8)
    for kind, pattern in enumerate(patterns, start=1):
        for run in pattern.finditer(everything):
            found[run.start() : run.end()] = kind
    return found


def listed(groups: Sequence[Collection[str]]) -> Table:
    """Return the same of characters named one by one, by a basic table; others are left out."""
    found = np.zeros(BASIC, dtype=np.uint8)
    for kind, chars in enumerate(groups, start=1):
        found[[ord(char) for char in chars if ord(char) < BASIC]] = kind
    return found


def kinds(text: str, table: Table) -> Table:
    """Return the kind of each character of a text, by a table of all letters; 0 for the rest."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return table[codes if codes.max(initial=0) < ALL else np.where(codes < ALL, codes, 0)]


def tally(text: str, table: Table) -> tuple[int, int]:
    """Return how many characters are of the first kind and of the second, by a basic table.

    Characters beyond the basic plane are of neither.
    """
    found = table[np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype=np.uint16)]
    return int(np.count_nonzero(found == 1)), int(np.count_nonzero(found == 2))
