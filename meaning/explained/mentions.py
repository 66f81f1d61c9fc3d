"""Where a text mentions the topic's concepts: every line, place by place.

A concept is found where ``index.lexicon.match_concepts`` finds it; here the places are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from config.model import Topic
from index.analysis import ANALYZERS
from index.analysis.analyzer import runs
from index.analysis.offsets import aligned
from index.analysis.unit import normal
from index.literals import Literals
from index.sieve import Sieve
from index.terms import Term, TermFinder, terms_of


class Mention(NamedTuple):
    """A concept's term in a line: the line's number, and from where to where it stands there."""

    concept: str
    line: int
    start: int
    end: int


class Mentions:
    """Finds mentions in texts of one language, line by line."""

    def __init__(self, topic: Topic, lang: str) -> None:
        terms = terms_of(topic, lang)
        self.lang = lang
        self.finder = TermFinder(terms)
        self.sieve = Sieve(terms) if lang == "en" else None
        # The longest run of each Chinese term: a line without any needs no analysis.
        self.literals = Literals([_longest(term) for term in terms])

    def find(self, lines: Sequence[str]) -> Iterator[Mention]:
        """Yield every mention, by line and place; ``lines`` are those of a text as written."""
        for number, line in enumerate(lines):
            text = normal(line)
            if not self._may_hold(text):
                continue
            place = _places(line, text)
            for hit in self.finder.find(ANALYZERS[self.lang].split(text)):
                yield Mention(hit.term.concept, number, place[hit.start], place[hit.end])

    def _may_hold(self, text: str) -> bool:
        if self.sieve:
            return bool(self.sieve.kept(text))
        return self.literals.within(text)


def _places(line: str, text: str) -> Sequence[int]:
    return range(len(text) + 1) if len(text) == len(line) else aligned(line)[1]


def _longest(term: Term) -> str:
    return max(("".join(unit.exact for unit in run) for run in runs(term.units)), key=len)
