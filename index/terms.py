"""A topic's terms, found in texts of either language as a search for them would find them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from config.model import Concept, Topic
from index.analysis import ANALYZERS, Unit
from index.analysis.analyzer import trim
from index.analysis.unit import CHARACTERS, LINE_END, normal
from index.analysis.zh import SPACE


class Term(NamedTuple):
    """One wording of a concept: the exact forms of its units, with their distances."""

    concept: str
    lang: str
    text: str
    units: tuple[Unit, ...]


class Found(NamedTuple):
    """A term in a text, from ``start`` to ``end`` of its normal form."""

    term: Term
    start: int
    end: int


def wordings(concept: Concept, lang: str) -> tuple[str, ...]:
    """Return a concept's name and terms in one language, each once, the name first."""
    name = concept.en if lang == "en" else concept.zh
    return tuple(dict.fromkeys((name, *concept.terms(lang))))


def terms_of(topic: Topic, lang: str) -> tuple[Term, ...]:
    """Return every wording of every concept that can be searched."""
    analyzer = ANALYZERS[lang]
    made = (
        Term(concept.id, lang, text, tuple(trim(analyzer.split(spelling))))
        for concept in topic.concepts
        for text in wordings(concept, lang)
        for spelling in analyzer.spellings(normal(text))
    )
    return tuple(term for term in made if term.units)


class TermFinder:
    """Finds terms in the units of a text, overlapping ones too."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self.starts: defaultdict[str, list[Term]] = defaultdict(list)
        for term in terms:
            self.starts[term.units[0].exact].append(term)

    def find(self, units: list[Unit]) -> Iterator[Found]:
        """Yield every term in ``units``, in order of its start."""
        starts = self.starts
        for index, unit in enumerate(units):
            if len(unit.forms) <= 2 and unit.exact not in starts:
                continue
            for form in dict.fromkeys((unit.exact, *unit.forms)):
                for term in starts.get(form, ()):
                    if last := _last(term.units, units, index):
                        yield Found(term, unit.start, last.end)


def _last(wanted: tuple[Unit, ...], units: list[Unit], index: int) -> Unit | None:
    """The unit at which the term that begins at ``index`` ends; None when it does not."""
    shift = units[index].at - wanted[0].at
    for place, want in enumerate(wanted[1:], index + 1):
        if place == len(units) or units[place].at - want.at != shift:
            return None
        if want.exact != units[place].exact and want.exact not in units[place].forms:
            return None
    return units[index + len(wanted) - 1]


def pattern(units: tuple[Unit, ...]) -> re.Pattern[str]:
    """Return what finds a Chinese term with Latin or marks in a normal text (see analysis.zh)."""
    word = f"(?:(?![{CHARACTERS}])[^\\W_])"
    blank = f"(?:(?!{LINE_END})\\s)"
    parts = [f"(?<!{word})" if _is_word(units[0]) else ""]
    for left, right in zip(units, (*units[1:], None), strict=True):
        parts.append(f"{blank}+" if left.exact == SPACE else re.escape(left.exact))
        if right is None:
            parts.append(f"(?!{word})" if _is_word(left) else "")
        elif _is_word(left) and _is_word(right):
            parts.append(f"{blank}+")
        elif not (left.character and right.character) and SPACE not in (left.exact, right.exact):
            parts.append(f"{blank}*")
    return re.compile("".join(parts))


def _is_word(unit: Unit) -> bool:
    return not unit.character and not unit.mark
