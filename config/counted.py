"""How a message counts things: 1 page, 2 pages. Every room may use it."""

from __future__ import annotations


def counted(n: int, one: str, more: str = "") -> str:
    """Return a number with its noun; ``more`` is the plural where it is not ``one`` with an s.

    >>> counted(1, "page"), counted(1200, "page"), counted(0, "query", "queries")
    ('1 page', '1,200 pages', '0 queries')
    """
    return f"{n:,} {one if n == 1 else more or f'{one}s'}"
