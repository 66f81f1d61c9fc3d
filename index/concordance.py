"""Keyword in context: every match on a line of its own, with what stands left and right of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from index.analysis.unit import normal
from index.engine import Query
from index.hints import sifted
from index.snippet import atoms, found_in, marked_with, read

CONTEXT = 200  # characters kept on each side; a terminal shows fewer


@dataclass(frozen=True, slots=True)
class Line:
    """One match: the text before it, itself, the text after it, all of one paragraph."""

    left: str
    keyword: str
    right: str

    def key(self, order: str) -> tuple[str, ...]:
        """Return what to sort by: the words (in Chinese the characters) nearest to the match.

        ``order`` is ``left`` or ``right``; any other keeps lines as they are.
        """
        if order == "left":
            return tuple(reversed(_pieces(self.left)))
        return tuple(_pieces(self.right)) if order == "right" else ()


def lines(text: str, query: Query, lang: str) -> Iterator[Line]:
    """Yield every match in a text, in order."""
    may_match = sifted(atoms(query), lang)
    for line in read(text):
        asked = tuple(found_in(line.plain, may_match(line.seen), lang))
        if not asked:
            continue
        shown = marked_with(line.written.strip(), asked, lang)
        for start, end in shown.marks:
            left, right = shown.text[max(0, start - CONTEXT) : start], shown.text[end:]
            yield Line(left, shown.text[start:end], right[:CONTEXT])


def _pieces(text: str) -> list[str]:
    """Words, or single characters where a script has no spaces."""
    folded = normal(text)
    spaced = "".join(c if c < "\u2e80" else f" {c} " for c in folded)
    return [piece for piece in spaced.split() if any(c.isalnum() for c in piece)]
