"""Words near each other, as every way they may stand."""

from __future__ import annotations

import bisect
import functools
import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, permutations
from math import comb, factorial
from typing import NamedTuple

from index.analysis import Token
from index.analysis.unit import run_pattern

# So many ways at most: each is a phrase to look for.
MOST = 300
# Less than any line's end counts (see index.analysis.unit.BREAK).
FARTHEST = 50

Row = tuple[Token, ...]


def ways(parts: int, distance: int) -> int:
    """Return in how many ways so many parts can stand with that many places between."""
    return factorial(parts) * comb(distance + parts - 1, distance) if parts > 1 else 1


def widest(parts: int) -> int:
    """Return the largest distance at which so many parts have no more than ``MOST`` ways; -1: none.

    >>> [widest(parts) for parts in (2, 3, 4, 5)]
    [50, 8, 2, 0]
    """
    distance = -1
    while distance < FARTHEST and ways(parts, distance + 1) <= MOST:
        distance += 1
    return distance


def arrangements(parts: Sequence[Row], distance: int) -> tuple[Row, ...]:
    """Return each way that these parts can stand, in any order, without overlap; shortest first.

    At most ``distance`` places lie between them altogether.
    """
    made = (
        _placed(order, gaps)
        for order in permutations(parts)
        for gaps in _gaps(len(parts), distance)
    )
    return tuple(sorted(dict.fromkeys(made), key=lambda row: max(token.at for token in row)))


def begun(rows: Sequence[Row], places: Mapping[str, Iterable[int]]) -> Iterator[tuple[int, Row]]:
    """Yield each place where rows begin, with the first of them that does.

    The shortest row is the first; ``places`` are those of every token.
    Places are bits of a number for each token, so that a row is tried everywhere at once, and none
    where not all tokens are about.
    """
    held = {text: _bits(at) for text, at in places.items()}
    size = 1 + max(token.at for token in rows[-1])
    left = functools.reduce(operator.and_, (_about(bits, size) for bits in held.values()))
    shifted: dict[Token, int] = {}
    for row in rows:
        if not left:
            return
        here = left
        for token in row:
            if token not in shifted:
                shifted[token] = held[token.text] >> token.at
            here &= shifted[token]
            if not here:
                break
        left ^= here
        while here:
            lowest = here & -here
            yield lowest.bit_length() - 1, row
            here ^= lowest


def _about(bits: int, size: int) -> int:
    """The places that have one of these at most ``size - 1`` after them."""
    width = 1
    while width < size:
        step = min(width, size - width)
        bits |= bits >> step
        width += step
    return bits


def _bits(places: Iterable[int]) -> int:
    numbers = list(places)
    made = bytearray(max(numbers, default=0) // 8 + 1)
    for place in numbers:
        made[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(made, "little")


class Span(NamedTuple):
    """Two tokens: the second stands ``low`` to ``high`` places after the first."""

    first: str
    second: str
    low: int
    high: int


def spans(rows: Sequence[Row]) -> tuple[Span, ...] | None:
    """Return rows of two tokens as a few spans that say the same; None for others.

    Two words at most 50 apart are 102 rows, each a phrase to look for.
    """
    found: dict[tuple[str, str], set[int]] = {}
    for row in rows:
        if len(row) != 2:
            return None
        found.setdefault((row[0].text, row[1].text), set()).add(row[1].at - row[0].at)
    return tuple(
        Span(first, second, low, high)
        for (first, second), apart in found.items()
        for low, high in _stretches(sorted(apart))
    )


def starts(span: Span, first: Iterable[int], second: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the places of a span's tokens, given all of theirs; those of the second rise."""
    for place in first:
        there = bisect.bisect_left(second, place + span.low)
        if there < len(second) and second[there] <= place + span.high:
            yield place, second[there]


def _stretches(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Rising numbers as the runs without a gap that they make."""
    low = high = numbers[0]
    for number in numbers[1:]:
        if number != high + 1:
            yield low, high
            low = number
        high = number
    yield low, high


def _gaps(parts: int, distance: int) -> Iterator[tuple[int, ...]]:
    """The places left between neighbours, ``distance`` or fewer in all (stars and bars)."""
    size = distance + parts - 1
    for bars in combinations(range(size), parts - 1):
        yield tuple(right - left - 1 for left, right in zip((-1, *bars), bars, strict=False))


def _placed(rows: tuple[Row, ...], gaps: tuple[int, ...]) -> Row:
    placed: list[Token] = []
    start = 0
    for row, gap in zip(rows, (*gaps, 0), strict=True):
        placed += [Token(start + token.at, token.text) for token in row]
        start += _length(row) + gap
    return tuple(placed)


def _length(row: Row) -> int:
    """How many places a row takes up; a pair of characters takes two."""
    last = max(row, key=lambda token: token.at)
    return last.at + (2 if len(last.text) == 2 and run_pattern().fullmatch(last.text) else 1)
