"""Folding by a table of single characters: a fiftieth of the time of folding a text whole.

The table is made by folding every character alone, and kept in a file. A text with a character that
folds to several, or whose form depends on its neighbours, is not for it.
"""

from __future__ import annotations

import functools
import unicodedata
from importlib import metadata

import numpy as np
from numpy.typing import NDArray

from page.hanzi import OPENCC, fold_whole
from page.kept import kept

Codes = NDArray[np.uint32]
PLANES = 0x20000
"""Characters with an entry in a table; beyond are rare Han and nothing else."""
NOT_ALONE = 0xFFFFFFFF  # what it folds to depends on its neighbours, or is several
_FORMAT = 1  # raise it with any change to what folding makes of a single character
SURROGATES = range(0xD800, 0xE000)
_JAMO = range(0x1100, 0x1200)


def folded_by_table(text: str) -> str | None:
    """Return what ``page.hanzi.fold`` does; None for a text that is not for the table."""
    found = looked_up(text, _table())
    return None if found is None else str(found.tobytes(), "utf-32-le")


def looked_up(text: str, table: Codes) -> Codes | None:
    """Return a table's entries for a text's characters; None where one is not to be had alone."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    try:
        found: Codes = table.take(codes)
    except IndexError:
        return None
    return None if len(found) and found.max() == NOT_ALONE else found


def version(format_: int) -> str:
    """Return what a kept table of folded characters depends on."""
    made_of = f"{unicodedata.unidata_version} opencc {metadata.version(OPENCC)}"
    return f"{format_} unicode {made_of}"


@functools.cache
def _table() -> Codes:
    tables = kept("folded", f"folded {version(_FORMAT)}", ("table",), lambda: {"table": table()})
    return np.asarray(tables["table"])


def table() -> Codes:
    """Return the folded form of every character by code point, made anew: a fifth of a second."""
    made = np.full(PLANES, NOT_ALONE, dtype=np.uint32)
    for code, folded in enumerate(each_folded()):
        if len(folded) == 1:
            made[code] = ord(folded)
    made[[*joining(), *SURROGATES]] = NOT_ALONE
    return made


def each_folded() -> list[str]:
    """Return the folded form of every character, by code point; surrogates as question marks."""
    chars = [chr(code) if code not in SURROGATES else "?" for code in range(PLANES)]
    # A control character between two keeps them from being composed.
    return ["\0", *fold_whole("\0".join(chars[1:])).split("\0")]


def joining() -> list[int]:
    """Characters that normalization may move or join to the one before, or that hold such."""
    pairs = (unicodedata.decomposition(chr(code)).split() for code in range(PLANES))
    seconds = {int(pair[1], 16) for pair in pairs if len(pair) == 2 and pair[0][0] != "<"}
    seconds.update(_JAMO)
    firsts = ((code, unicodedata.normalize("NFKD", chr(code))[0]) for code in range(PLANES))
    return [code for code, c in firsts if unicodedata.combining(c) or ord(c) in seconds]
