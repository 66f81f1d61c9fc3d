"""Whether tokens stand in a document at given distances, by the places of each of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

from index.analysis import Token
from index.proximity import Span, begun, spans, starts

Row = tuple[Token, ...]
Places = Mapping[str, Sequence[int]]
"""Every place of each token in one document, rising."""


def standing(rows: Sequence[Row]) -> Callable[[Places], bool]:
    """Return the function that tells of a document whether tokens stand in it as in any row.

    Every row has the same tokens. One way to stand is enough, so that of a word that a document
    has 50,000 times few places are looked at.
    """
    if len(rows) == 1:
        return partial(_in_a_row, rows[0])
    near = spans(rows)
    if near is not None:
        return partial(_near, near)
    return partial(_in_any, rows)


def _in_a_row(row: Row, places: Places) -> bool:
    """Token after token, the rarest first: what is left of where the row may begin."""
    first, second, *others = sorted(row, key=lambda token: len(places[token.text]))
    there = set(places[second.text])
    apart = second.at - first.at
    if not others:
        return not there.isdisjoint(map(apart.__add__, places[first.text]))
    begun = [place - first.at for place in places[first.text] if place + apart in there]
    for token in others:
        if not begun:
            return False
        there = set(places[token.text])
        begun = [start for start in begun if start + token.at in there]
    return bool(begun)


def _near(near: Collection[Span], places: Places) -> bool:
    return any(True for span in near for _ in starts(span, places[span.first], places[span.second]))


def _in_any(rows: Sequence[Row], places: Places) -> bool:
    return any(True for _ in begun(rows, places))
