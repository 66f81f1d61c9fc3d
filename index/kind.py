"""Named tuples that are equal only to those of their own kind.

A search makes many classes for queries. A named tuple is made much sooner than a frozen dataclass,
and is as good but for one thing: it is equal to any tuple of the same values, and a word is no
beginning of a word.
"""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T", bound=tuple[object, ...])


def kind(cls: type[T]) -> type[T]:
    """Make a class of named tuples whose members equal nothing of another class."""

    def same(self: T, other: object) -> bool:
        return type(other) is cls and bool(tuple.__eq__(self, other))

    def other(self: T, other: object) -> bool:
        return not same(self, other)

    for name, method in (("__eq__", same), ("__ne__", other)):
        setattr(cls, name, method)
    return cls
