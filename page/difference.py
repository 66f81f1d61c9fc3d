"""What changed from one text to another: English by word, Chinese by character. Pure.

First whole paragraphs are matched, then the words of those that stand in for each other. Islands
of a word or two that two rewritten stretches have in common by chance are not kept apart: a reader
compares phrases, not confetti.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

EQUAL, ADDED, REMOVED = "equal", "added", "removed"
# A run of letters and digits is a word, but Han, kana and the like are a token each.
_TOKEN = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]|[^\W_\u3040-\u30ff\u3400-\u9fff"
    r"\uf900-\ufaff\U00020000-\U0003ffff]+(?:['’][^\W\d_]+)?|\s+|."
)
_ISLAND = 2
"""Tokens, white space aside, that must be equal in a row between two changes to stand alone."""
_MOST = 40_000_000
"""Token pairs to compare at most: some 10 MB. Longer rewritten stretches are shown as they are."""


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of text that is ``equal``, ``added`` or ``removed``."""

    kind: str
    text: str


def difference(old: str, new: str) -> tuple[Change, ...]:
    """Return the stretches of both texts in order; of what was replaced, the old ones first.

    The equal and removed stretches together are ``old``, the equal and added ones ``new``.
    """
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    found: list[Change] = []
    for kind, left, right in _blocks(before, after):
        if kind == EQUAL:
            found.append(Change(EQUAL, left))
        else:
            found += _words(left, right)
    return tuple(_joined(found))


def _blocks(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Yield equal stretches, and stretches that stand in for each other, as joined texts."""
    left = right = ""
    for step in Indel.opcodes(before, after):
        one = "".join(before[step.src_start : step.src_end])
        if step.tag == "equal":
            if left or right:
                yield REMOVED, left, right
                left = right = ""
            yield EQUAL, one, ""
        else:
            left += one
            right += "".join(after[step.dest_start : step.dest_end])
    if left or right:
        yield REMOVED, left, right


def _words(old: str, new: str) -> Iterator[Change]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) * len(after) > _MOST:
        yield from _replaced(old, new)
        return
    blocks = list(_blocks(before, after))
    left = right = ""
    for n, (kind, one, other) in enumerate(blocks):
        inner = 0 < n < len(blocks) - 1
        if kind == EQUAL and inner and _is_island(one):
            left, right = left + one, right + one
        elif kind == EQUAL:
            yield from _replaced(left, right)
            left = right = ""
            yield Change(EQUAL, one)
        else:
            left, right = left + one, right + other
    yield from _replaced(left, right)


def _is_island(text: str) -> bool:
    """True for a stretch too short to mean that the writer kept it."""
    if "\n" in text:
        return False
    return sum(bool(token.strip()) for token in _TOKEN.findall(text)) < _ISLAND


def _replaced(old: str, new: str) -> Iterator[Change]:
    if old:
        yield Change(REMOVED, old)
    if new:
        yield Change(ADDED, new)


def _joined(changes: Sequence[Change]) -> Iterator[Change]:
    """Join neighbours of one kind."""
    kept: Change | None = None
    for change in changes:
        if kept is not None and kept.kind == change.kind:
            kept = Change(kept.kind, kept.text + change.text)
            continue
        if kept is not None:
            yield kept
        kept = change
    if kept is not None:
        yield kept
