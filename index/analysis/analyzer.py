"""What every language's analysis offers, given the one thing that differs: its units."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from index.analysis.unit import Token, Unit, follows, normal

# Punctuation that belongs to what it follows (C#, 100%, 互联网+ is a symbol and needs no rule).
KEPT = frozenset("#%&@")


def as_it_is(text: str) -> tuple[str, ...]:
    """The only spelling of a text."""
    return (text,)


def of_words(text: str) -> tuple[str, tuple[str, ...]]:
    """The beginning of words that are stored as they are."""
    return text, ()


def one_way(units: list[Unit]) -> tuple[list[Unit], ...]:
    """The only way for units to stand."""
    return (units,)


class Analyzer(NamedTuple):
    """One language's analysis.

    ``split`` turns a normal text into its units, in order; ``spellings`` gives the ways to spell
    a normal text that are to be found as one, itself first; ``beginning`` how the tokens of words
    begin that begin so, and the tokens of words of which only the plural does; ``apart`` the ways
    in which a phrase's units may stand in a text, themselves first. ``asking`` finds the words that
    make a normal text a question (who, 什么): no answer has them, so they are rare and seem to
    matter.
    ``quick`` gives the strip (see ``index.analysis.strip``) of a normal text's units without making
    the units.
    """

    lang: str
    split: Callable[[str], list[Unit]]
    quick: Callable[[str], str]
    asking: re.Pattern[str]
    spellings: Callable[[str], tuple[str, ...]] = as_it_is
    beginning: Callable[[str], tuple[str, tuple[str, ...]]] = of_words
    apart: Callable[[list[Unit]], Iterable[list[Unit]]] = one_way

    def units(self, text: str) -> list[Unit]:
        """Return the units of a text; their places are places in ``normal(text)``."""
        return self.split(normal(text))

    def tokens(self, text: str) -> list[Token]:
        """Return what an engine stores of a text, by rising position."""
        return list(tokens_of(self.units(text)))

    def stored(self, text: str) -> str:
        """Return the same tokens as a strip, several times as fast."""
        return self.quick(normal(text))

    def phrases(self, text: str) -> tuple[tuple[Token, ...], ...]:
        """Return the tokens that a text holds, at these distances, exactly when it holds ``text``.

        One row for each way to write it. Punctuation around the phrase is not part of it. Empty
        when nothing in it can be searched.
        """
        return tuple(tokens_in_row(units) for units in self.ways(text))

    def ways(self, text: str) -> Iterator[list[Unit]]:
        """Give the units of a text, without punctuation around them, in each way to write it."""
        return self.ways_of_normal(normal(text))

    def ways_of_normal(self, text: str) -> Iterator[list[Unit]]:
        """Yield what ``ways`` does, of a text in its normal form."""
        for spelling in self.spellings(text):
            if units := trim(self.split(spelling)):
                yield from self.apart(units)

    def bag(self, text: str) -> tuple[str, ...]:
        """Return the tokens that rank a text by likeness: characters and bigrams, words and stems.

        A word's own form beside its stem puts the same inflection first. Words that only ask are
        left out, unless there are no others.
        """
        asked = normal(text)
        said = [unit for unit in self.split(self.asking.sub(" ", asked)) if not unit.mark]
        units = said or [unit for unit in self.split(asked) if not unit.mark]
        pairs = (a.exact + b.exact for a, b in pairwise(units) if follows(a, b))
        return tuple(dict.fromkeys([*(form for unit in units for form in unit.forms[:2]), *pairs]))


def tokens_of(units: list[Unit]) -> Iterator[Token]:
    """Yield every token of these units: their forms, and bigrams of characters."""
    before: Unit | None = None
    for unit in units:
        if before and follows(before, unit):
            yield Token(before.at, before.exact + unit.exact)
        for text in unit.forms:
            yield Token(unit.at, text)
        before = unit


def tokens_in_row(units: list[Unit]) -> tuple[Token, ...]:
    """Return the tokens that a text with these units holds, at distances from the first unit.

    Units may be left out: what stands in their place is then open.
    """
    return tuple(Token(token.at - units[0].at, token.text) for token in _phrase(units))


def trim(units: list[Unit]) -> list[Unit]:
    """Drop punctuation from both ends; nothing is left of units without a letter or digit."""
    if all(unit.mark for unit in units):
        return []
    start, end = 0, len(units)
    while _loose(units[start]):
        start += 1
    while _loose(units[end - 1]):
        end -= 1
    return units[start:end]


def _loose(unit: Unit) -> bool:
    """A mark that only surrounds: brackets, quotation marks, stops; not a symbol such as +."""
    kind = unicodedata.category(unit.exact[0])
    return unit.mark and not kind.startswith("S") and unit.exact not in KEPT


def _phrase(units: list[Unit]) -> Iterator[Token]:
    """As few tokens as say it: every second bigram of a run, and its last one."""
    for run in runs(units):
        pairs = dict.fromkeys([*range(0, len(run) - 1, 2), len(run) - 2])
        if len(run) == 1:
            yield Token(run[0].at, run[0].exact)
        else:
            yield from (Token(run[n].at, run[n].exact + run[n + 1].exact) for n in pairs)


def runs(units: Iterable[Unit]) -> Iterator[list[Unit]]:
    """Yield characters that stand side by side together, everything else alone."""
    run: list[Unit] = []
    for unit in units:
        if run and not follows(run[-1], unit):
            yield run
            run = []
        run.append(unit)
    if run:
        yield run
