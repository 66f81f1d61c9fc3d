"""Same text, near-same text: content hash, MinHash sketch, and works.

MinHash (Broder, 1997) over shingles of four characters, for Chinese and English alike: characters
need no word boundaries, and spacing, punctuation, case and Traditional characters do not count.
A change of one character costs as many shingles as they are long, so they are as short as they can
be without unrelated English texts sharing most of them (with three, they do).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

import numpy as np
import xxhash
from numpy.typing import NDArray

from page.hanzi import fold
from page.kept import kept
from page.single import NOT_ALONE, PLANES, Codes, each_folded, joining, looked_up, version

PERMUTATIONS = 256
SAME_WORK = 0.75
"""Least estimated Jaccard similarity to a work's first page. Two members are then at least .5
alike (the Jaccard distance is a metric: .25 + .25); the estimate's σ is .027."""
SAME_LENGTH_WORK = 0.53
"""The same for two texts of nearly the same length. With one character in twenty changed, each
somewhere else, four in a row stay with chance .95⁴ = .81, so two texts are about .81 / (2 - .81) =
.69 alike, less where the changed characters were many times the same."""
SAME_LENGTH = 0.9
"""Least ratio of two lengths that are nearly the same: small changes everywhere leave a text as
long as it was. A revised regulation, or another notice on the same form, is not."""

_SHINGLE = 4
_MAX_CHARS = 200_000
"""Longer texts are compared by this beginning: a difference after it does not make another work."""
_BANDS, _ROWS = 51, 5
"""Chance of meeting in a band: .016 at similarity .2, .89 at .53, .998 at .65, 1 above .75."""
_SIZE = 4 * PERMUTATIONS + 4
"""Bytes of a sketch: the lowest hashes, then the number of shingles."""
_OLD_SIZES = (512,)  # of an earlier build: shingles of five
_CHUNK, _AT_ONCE = 16_384, 16
"""Shingles and permutations at a time: at most 1 MB, in long rows (measured: half the time of short
ones, where every row's minimum is a call of its own)."""

_LETTERS = re.compile(r"[^\W_]+")
_LETTERS_FORMAT = 2  # raise it with any change to what folding makes of a single character
_RANDOM = np.random.Generator(np.random.PCG64(0x9E3779B97F4A7C15))
# Odd factors, so that every function is a permutation of the 32-bit numbers.
_FACTORS = _RANDOM.integers(0, 2**32, (PERMUTATIONS, 1), dtype=np.uint32) | np.uint32(1)
_OFFSETS = _RANDOM.integers(0, 2**32, (PERMUTATIONS, 1), dtype=np.uint32)
_BASE = np.uint64(0x100000001B3)
_MIX = np.uint64(0xFF51AFD7ED558CCD)
_Lanes = Codes


@functools.lru_cache(maxsize=1)  # a page's hash and sketch are of the same text
def letters(text: str) -> str:
    """Return the folded text without white space, punctuation and symbols: what is compared."""
    found = looked_up(text, _letter_table())
    return _letters(text) if found is None else str(found[found != 0].tobytes(), "utf-32-le")


def _letters(text: str) -> str:
    return "".join(_LETTERS.findall(fold(text)))


@functools.cache
def _letter_table() -> Codes:
    """The letter of every character by code point, 0 for none: 50 times as fast as folding."""
    made = f"letters {version(_LETTERS_FORMAT)}"
    tables = kept("letters", made, ("table",), lambda: {"table": letter_table()})
    return np.asarray(tables["table"])


def letter_table() -> Codes:
    """Return the table made anew, by folding every character: a fifth of a second."""
    table = np.zeros(PLANES, dtype=np.uint32)
    for code, folded in enumerate(each_folded()):
        piece = "".join(_LETTERS.findall(folded))
        table[code] = ord(piece) if len(piece) == 1 else NOT_ALONE if piece else 0
    table[joining()] = NOT_ALONE
    return table


def content_hash(text: str) -> str:
    """Return a hash equal exactly for texts of the same letters; ``""`` if there are none."""
    compared = letters(text)
    return xxhash.xxh3_128_hexdigest(compared.encode("utf-8", "replace")) if compared else ""


def sketch(text: str) -> bytes:
    """Return the MinHash signature of a text and its length; ``b""`` if it has no letters."""
    shingles = _shingles(letters(text)[:_MAX_CHARS])
    if not len(shingles):
        return b""
    lowest = np.full(PERMUTATIONS, 2**32 - 1, dtype=np.uint32)
    once = _without_repeats(shingles)
    for start in range(0, len(once), _CHUNK):
        some = once[start : start + _CHUNK]
        hashed = np.empty((_AT_ONCE, len(some)), dtype=np.uint32)
        for first in range(0, PERMUTATIONS, _AT_ONCE):
            rows = slice(first, first + _AT_ONCE)
            np.multiply(some, _FACTORS[rows], out=hashed)
            np.add(hashed, _OFFSETS[rows], out=hashed)
            np.minimum(lowest[rows], hashed.min(axis=1), out=lowest[rows])
    return lowest.tobytes() + len(shingles).to_bytes(4, "little")


def _without_repeats(shingles: _Lanes) -> _Lanes:
    """Leave out what came before, nearly always: a repeated shingle changes no minimum.

    A table of one place each for 65,536 hashes costs a tenth of sorting, and spares a third of the
    shingles of a page; those that lose their place to another are kept twice.
    """
    places, order = shingles >> np.uint32(16), np.arange(len(shingles), dtype=np.uint32)
    holder = np.empty(1 << 16, dtype=np.uint32)
    holder[places] = order
    held = holder[places]
    kept: _Lanes = shingles[(held == order) | (shingles[held] != shingles)]
    return kept


def is_outdated(signature: bytes) -> bool:
    """Tell a sketch of an older version, of other shingles: it cannot be compared with ours."""
    return len(signature) in _OLD_SIZES


def _shingles(text: str) -> _Lanes:
    """One well-mixed number for every four characters in a row; a shorter text is one shingle."""
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    if not len(codes):
        return np.empty(0, dtype=np.uint32)
    width = min(_SHINGLE, len(codes))
    found = np.zeros(len(codes) - width + 1, dtype=np.uint64)
    for place in range(width):
        found = found * _BASE + codes[place : len(codes) - width + 1 + place]
    found = (found ^ (found >> np.uint64(33))) * _MIX
    return (found >> np.uint64(32)).astype(np.uint32)


def similarity(a: bytes, b: bytes) -> float:
    """Return the estimated Jaccard similarity of two sketched texts, in [0, 1]; σ is .03 at .6."""
    if not a or not b:
        return 0.0
    left, right = (np.frombuffer(one, dtype=np.uint32)[:PERMUTATIONS] for one in (a, b))
    return float(np.mean(left == right))


def cluster(sketches: Sequence[bytes]) -> list[int]:
    """Return a work number for each sketch, in input order; works are numbered by first member.

    A page joins the work whose first page is most like it, if at least ``SAME_WORK`` (of nearly the
    same length: ``SAME_LENGTH_WORK``); otherwise it begins a work. Only first pages are compared
    with, so a chain of small changes does not join two different texts. An empty sketch is its own
    work. Memory: about 1.2 kB a sketch.
    """
    lanes = _matrix(sketches)
    groups = _groups(lanes)
    works, leaders = [-1] * len(sketches), _Leaders(lanes)
    met: NDArray[np.bool_] = np.any(groups >= 0, axis=1)
    for index, (signature, meets) in enumerate(zip(sketches, met.tolist(), strict=True)):
        if signature and meets:
            keys = enumerate(groups[index].tolist())
            works[index] = leaders.join(index, [key for key in keys if key[1] >= 0])
        else:
            works[index] = leaders.begin(index)
    return works


class _Leaders:
    """The first pages of works, found by the band groups they are in."""

    def __init__(self, lanes: _Lanes) -> None:
        self._lanes = lanes
        self._where: dict[tuple[int, int], list[int]] = {}
        self._works: dict[int, int] = {}

    def join(self, index: int, keys: list[tuple[int, int]]) -> int:
        """Return the work of a page: that of its best leader, or a new one."""
        nearby = sorted({leader for key in keys for leader in self._where.get(key, ())})
        if nearby:
            others, own = self._lanes[nearby], self._lanes[index]
            alike = np.count_nonzero(others[:, :PERMUTATIONS] == own[:PERMUTATIONS], axis=1)
            best = int(np.argmax(alike))
            lengths = sorted((int(others[best, -1]), int(own[-1])))
            as_long = lengths[0] >= SAME_LENGTH * lengths[1]
            least = SAME_LENGTH_WORK if as_long else SAME_WORK
            if alike[best] >= least * PERMUTATIONS:
                return self._works[nearby[best]]
        for key in keys:
            self._where.setdefault(key, []).append(index)
        return self.begin(index)

    def begin(self, index: int) -> int:
        """Return a new work, of which a page is the first."""
        return self._works.setdefault(index, len(self._works))


def _matrix(sketches: Sequence[bytes]) -> _Lanes:
    """All sketches as one array; empty ones as zeros, which nobody looks at."""
    data = b"".join(signature or bytes(_SIZE) for signature in sketches)
    return np.frombuffer(data, dtype=np.uint32).reshape(len(sketches), PERMUTATIONS + 1)


def _groups(lanes: _Lanes) -> NDArray[np.int32]:
    """For each sketch and band, a number shared by those with the same key; -1 if it is alone.

    Two sketches that share no number are not compared.
    Keys are compared as numbers of 64 bits, in a third of the time: two different ones that share
    a number bring two pages together, which are then compared as any others.
    """
    found = np.full((len(lanes), _BANDS), -1, dtype=np.int32)
    for band in range(_BANDS if len(lanes) else 0):
        keys = np.zeros(len(lanes), dtype=np.uint64)
        for lane in range(band * _ROWS, (band + 1) * _ROWS):
            keys = keys * _MIX + lanes[:, lane]
        order = np.argsort(keys)
        ranked = keys[order]
        same = ranked[1:] == ranked[:-1]
        met = np.flatnonzero(np.append(same, False) | np.append(False, same))  # few, as a rule
        numbers = np.cumsum(np.append(0, ~same), dtype=np.int32)
        found[order[met], band] = numbers[met]
    return found
