"""The words that tell what a page is about, which is what makes other pages like it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from index.analysis import ANALYZERS, Unit
from index.analysis.en import MARK_EXACT
from index.analysis.unit import follows, normal, pieces
from index.crossing import EMPTY
from index.passage import READ, idf

if TYPE_CHECKING:
    from index.engine import Engine

TELLING = 25  # words of a page that tell what it is about


def telling(engine: Engine, text: str, lang: str, *, by_dictionary: bool) -> list[str]:
    """Return the words of a text that are frequent in it and rare elsewhere (tf · idf).

    Chinese ones are the dictionary's or, without it, pairs of characters.
    """
    every, units = engine.count(), ANALYZERS[lang].units(text)
    known = lang == "zh" and by_dictionary
    found = chain(_said(units, known), _known(text) if known else ())
    said = Counter(word for word in found if len(word) > 1 and word not in EMPTY)
    worth = {
        word: count * idf(every, max(engine.frequency(t.text) for t in row))
        for word, count in said.most_common(8 * TELLING)
        for row in ANALYZERS[lang].phrases(word)
    }
    return sorted(worth, key=lambda word: (-worth[word], word))[:TELLING]


def _said(units: list[Unit], words_only: bool) -> Iterator[str]:
    """Words, and in Chinese pairs of characters, which are most of its words."""
    for before, unit in pairwise(units):
        if not unit.character and not unit.mark:
            yield unit.exact.removeprefix(MARK_EXACT)
        elif not words_only and follows(before, unit):
            yield before.exact + unit.exact


def _known(text: str) -> Iterator[str]:
    """The words of a Chinese text that the dictionary has."""
    from index.dictionary import dictionary

    for run in pieces(normal(text[:READ]))[1::2]:
        yield from dictionary().words_in(run)
