"""Drawing with known chances, so that a draw can be made again and grown.

Every item has a random number of its own for good, made from its identifier and the seed; the
items with the lowest numbers are the draw (permanent random numbers: Ohlsson 1995, in *Business
Survey Methods*, ch. 9). Among N items each is drawn with chance n/N, and asking for more only adds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")


def chance(seed: int, item: str) -> float:
    """Return the item's own random number in [0, 1): the same for the same seed and item.

    >>> chance(1, "a") == chance(1, "a"), chance(1, "a") == chance(2, "a")
    (True, False)
    """
    digest = hashlib.blake2b(f"{seed}:{item}".encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest[:7]) / 2**56


def draw(items: Iterable[T], n: int, *, seed: int, key: Callable[[T], str]) -> list[T]:
    """Return up to ``n`` items, a simple random sample without replacement, in random order.

    ``key`` gives an item's identifier, which must be its own.

    >>> draw("abcdef", 2, seed=1, key=str) == draw("fedcba", 4, seed=1, key=str)[:2]
    True
    """
    return sorted(items, key=lambda item: (chance(seed, key(item)), key(item)))[: max(0, n)]


def shuffled(groups: Sequence[Sequence[T]], *, seed: int, key: Callable[[T], str]) -> list[T]:
    """Return the items of several groups mixed, so that who judges cannot tell the group.

    Each group keeps its order: who stops early has judged its first items.

    >>> mixed = shuffled(["abc", "xyz"], seed=1, key=str)
    >>> [letter for letter in mixed if letter in "abc"]
    ['a', 'b', 'c']
    """
    turns = [(n, key(item)) for n, group in enumerate(groups) for item in group]
    mixed = draw(turns, len(turns), seed=seed + 1, key=lambda turn: turn[1])
    following = [iter(group) for group in groups]
    return [next(following[n]) for n, _ in mixed]
