"""Works and reprints: which pages are one text, and which of them was there first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

Cluster = Callable[[Sequence[bytes]], list[int]]
"""Sketches in, a work number an item out, in the same order (``store.works.cluster``)."""


class Candidate(NamedTuple):
    """A page as far as works need it. ``date`` is ISO 8601 of any precision, or ""."""

    date: str
    fetched_at: str
    url_id: int
    sketch: bytes


class Place(NamedTuple):
    """Where a page stands: its work, and whether another page of it came first."""

    work: int
    reprint: bool


def place(candidates: Sequence[Candidate], cluster: Cluster) -> list[Place]:
    """Return each candidate's place, in input order; works are numbered from 1 as they appear.

    The first page of a work is the one with the earliest date (a year alone counts as its first
    day, no date as after every date), then the earliest fetched, then the lowest id. A page
    without a sketch has no text to compare and is a work of its own. Raises ValueError when
    ``cluster`` does not answer for every sketch.
    """
    sketched = [i for i, candidate in enumerate(candidates) if candidate.sketch]
    answers = cluster([candidates[i].sketch for i in sketched])
    found: dict[int, object] = dict(zip(sketched, answers, strict=True))
    numbers: dict[object, int] = {}
    works = [
        numbers.setdefault(found.get(i, ("alone", i)), len(numbers) + 1)
        for i in range(len(candidates))
    ]
    first: dict[int, int] = {}
    for i, work in enumerate(works):
        if work not in first or _order(candidates[i]) < _order(candidates[first[work]]):
            first[work] = i
    return [Place(work, first[work] != i) for i, work in enumerate(works)]


def _order(candidate: Candidate) -> tuple[bool, str, str, int]:
    return (not candidate.date, candidate.date, candidate.fetched_at, candidate.url_id)
