"""A topic's terms, found in texts of either language as a search for them would find them."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from config.subject import Concept, Topic
from index.analysis import ANALYZERS, Unit
from index.analysis.analyzer import runs
from index.analysis.unit import CHARACTERS, LINE_END, normal
from index.analysis.zh import SPACE

RUN = re.compile("[^\\W_]+")
ENDING = 3  # letters of a word that its singular or plural may have otherwise: policies


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
    """Return a concept's name and terms in one language, the name first, each once.

    Two that are matched as one ("Smart city", "smart city") are one.
    """
    texts = _texts(concept, lang)
    once: dict[str, str] = {}
    for text, folded in zip(texts, _normals(texts), strict=True):
        once.setdefault(folded, text)
    return tuple(once.values())


def terms_of(topic: Topic, lang: str) -> tuple[Term, ...]:
    """Return every wording of every concept that can be searched."""
    return tuple(term for said in said_of(topic, lang) for term in ways(said))


class Said(NamedTuple):
    """A wording of a concept in its normal form, before any analysis."""

    concept: str
    lang: str
    text: str
    normal: str

    @property
    def heads(self) -> list[str]:
        """What each of its words has in every inflection: at least two letters, not the last."""
        return [word[: max(2, len(word) - ENDING)] for word in RUN.findall(self.normal)]


def said_of(topic: Topic, lang: str) -> list[Said]:
    """Return every wording of every concept, each once."""
    said = [(concept.id, text) for concept in topic.concepts for text in _texts(concept, lang)]
    once: dict[tuple[str, str], str] = {}
    for (concept_id, text), folded in zip(said, _normals([t for _, t in said]), strict=True):
        once.setdefault((concept_id, folded), text)
    return [Said(concept_id, lang, text, folded) for (concept_id, folded), text in once.items()]


def ways(said: Said) -> Iterator[Term]:
    """Yield the ways to write a wording that count as the same."""
    for units in ANALYZERS[said.lang].ways_of_normal(said.normal):
        yield Term(said.concept, said.lang, said.text, tuple(units))


class Terms:
    """A topic's terms in one language, found in texts; analysed when they first may be in one.

    A search would otherwise spend its time on those that are not in its query.
    """

    def __init__(self, topic: Topic, lang: str) -> None:
        self._lang = lang
        self._said = [(said.heads, said) for said in said_of(topic, lang)]
        self._ways = functools.cache(lambda said: tuple(ways(said)))

    def find(self, text: str) -> Iterator[Found]:
        """Yield every term in a normal text, in order of its start: what a finder of all yields."""
        letters = "".join(filter(str.isalnum, text))  # e-government begins as egovernment does
        near = [said for heads, said in self._said if all(map(letters.__contains__, heads))]
        if near:
            finder = TermFinder(tuple(term for said in near for term in self._ways(said)))
            yield from finder.find(ANALYZERS[self._lang].split(text))


def _texts(concept: Concept, lang: str) -> tuple[str, ...]:
    return (concept.en if lang == "en" else concept.zh, *concept.terms(lang))


def _normals(texts: Sequence[str]) -> list[str]:
    """Return the normal form of each text: of all at once, as each call has its price."""
    found = normal("\n".join(texts)).split("\n")
    return found if len(found) == len(texts) else [normal(text) for text in texts]


class TermFinder:
    """Finds terms in the units of a text, overlapping ones too."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        # By the first word and the second ("" for none): dozens of terms begin with "digital".
        self.starts: defaultdict[str, defaultdict[str, list[tuple[int, Term]]]]
        self.starts = defaultdict(lambda: defaultdict(list))
        for number, term in enumerate(terms):
            second = term.units[1].exact if len(term.units) > 1 else ""
            self.starts[term.units[0].exact][second].append((number, term))

    def find(self, units: list[Unit]) -> Iterator[Found]:
        """Yield every term in ``units``, in order of its start."""
        starts = self.starts
        for index, unit in enumerate(units):
            for form in _exact_forms(unit):
                for term in _candidates(starts[form], units, index) if form in starts else ():
                    if last := _last(term.units, units, index):
                        yield Found(term, unit.start, last.end)


def _exact_forms(unit: Unit) -> Collection[str]:
    """The exact forms of a unit: its own alone, where it is not two words at once."""
    if len(unit.forms) <= 2:  # its own and its stem, which no term begins with
        return (unit.exact,)
    return dict.fromkeys((unit.exact, *unit.forms))


def _candidates(
    seconds: dict[str, list[tuple[int, Term]]], units: list[Unit], index: int
) -> list[Term]:
    """Those of the terms with one first word that are it alone, or whose second word follows."""
    found = list(seconds.get("", ()))
    if index + 1 < len(units):
        for form in _exact_forms(units[index + 1]):
            found += seconds.get(form, ()) if form else ()
    if len(found) > 1:
        found.sort(key=lambda one: one[0])
    return [term for _, term in found]


def _last(wanted: tuple[Unit, ...], units: list[Unit], index: int) -> Unit | None:
    """The unit at which the term that begins at ``index`` ends; None when it does not."""
    shift = units[index].at - wanted[0].at
    for place, want in enumerate(wanted[1:], index + 1):
        if place == len(units) or units[place].at - want.at != shift:
            return None
        if want.exact != units[place].exact and want.exact not in units[place].forms:
            return None
    return units[index + len(wanted) - 1]


class ChineseTerms:
    """Finds the concepts of Chinese terms in a normal text.

    A term of characters alone is a string; one with Latin or marks is a pattern, tried only
    where its longest run of characters (or word) is.
    """

    def __init__(self, terms: tuple[Term, ...]) -> None:
        from index.literals import Literals  # which a search does without

        self.plain: defaultdict[str, set[str]] = defaultdict(set)
        self.mixed: list[tuple[str, re.Pattern[str], str]] = []
        for term in terms:
            longest = max(map(_written, runs(term.units)), key=len)
            if all(unit.character for unit in term.units):
                self.plain[longest].add(term.concept)
            else:
                self.mixed.append((longest, pattern(term.units), term.concept))
        self.literals = Literals([*self.plain, *(longest for longest, _, _ in self.mixed)])

    def concepts(self, text: str) -> frozenset[str]:
        """Return the concepts that have a term in ``text``."""
        held = self.literals.held(text)
        found = set().union(*(self.plain.get(string, ()) for string in held))
        tried = (mixed for mixed in self.mixed if mixed[0] in held)
        return frozenset(
            found.union(name for string, form, name in tried if _in_a_line(string, form, text))
        )


def _in_a_line(string: str, form: re.Pattern[str], text: str) -> bool:
    """Whether a line of a text that holds ``string`` holds the pattern, too: no term goes on in
    the next line, and looking through the whole text takes ten times as long."""
    start = text.find(string)
    while start >= 0:
        end = text.find("\n", start) % (len(text) + 1)
        if form.search(text, text.rfind("\n", 0, start) + 1, end):
            return True
        start = text.find(string, end)
    return False


def _written(run: list[Unit]) -> str:
    return "".join(unit.exact for unit in run)


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
