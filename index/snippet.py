"""Where a text matches a query, and the piece of it to show: found by the index's own analysis."""

from __future__ import annotations

import functools
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from index.analysis import ANALYZERS, Token, Unit
from index.analysis.offsets import aligned
from index.analysis.strip import spread
from index.analysis.unit import Tokens, follows, normal
from index.engine import (
    TITLE,
    Alike,
    Among,
    And,
    Best,
    Dated,
    Near,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
    Within,
)
from index.hints import Atom, seen, sifted
from index.proximity import begun
from index.spelling import alike, sure

# Units shown (words, or Chinese characters), and how many of them before the match.
SIZE = {"en": 32, "zh": 64}
BEFORE = {"en": 8, "zh": 16}
LONGEST = 400  # characters, for a text with no spaces in it
# So much of a page is looked at; 60 pages' worth of print.
READ = 200_000
LEFT_OUT = "…"

Range = tuple[int, int]
Places = dict[str, dict[int, Range]]
"""A form, its positions, and the first and last unit (or position) of each."""


class Snippet(NamedTuple):
    """A piece of text, and the places in it (start, end) that match, in order, not touching."""

    text: str
    marks: tuple[Range, ...] = ()


class Line(NamedTuple):
    """A line of a text as it was written, in its normal form, and as hints are looked for in it."""

    written: str
    plain: str
    seen: str


@functools.lru_cache(maxsize=4)
def read(text: str) -> list[Line]:
    """Return the lines of a text: every aid asks for the same, one after another."""
    written = text[:READ].splitlines()
    # At once: a line's end joins nothing, and most lines are short.
    plain = normal("\n".join(map(clean, written))).split("\n")
    return list(map(Line, written, plain, map(seen, plain)))


def clean(text: str) -> str:
    """Return a text in which nothing can act on a terminal: no control or direction characters."""
    if text.isprintable():
        return text
    kinds = ((character, unicodedata.category(character)) for character in text)
    return "".join(
        " " if kind in {"Cc", "Zl", "Zp", "Cs"} else "" if kind == "Cf" else character
        for character, kind in kinds
    )


def marked(text: str, query: Query, lang: str) -> Snippet:
    """Return a whole text, cleaned, with what matches in it: for titles."""
    return marked_with(text, atoms(query), lang)


def marked_with(text: str, asked: tuple[Atom, ...], lang: str) -> Snippet:
    """Return a whole text, cleaned, with each place where it has what is asked for."""
    shown = clean(text)
    normal, places = aligned(shown)
    units = _units(normal, lang)
    found = _found(_units_by_form(units, asked), asked)
    ranges = ((units[first].start, units[last].end) for _, first, last in found)
    return Snippet(shown, _merged((places[start], _past(places, end)) for start, end in ranges))


def _past(places: list[int], end: int) -> int:
    """Where in a text as written the character ends that a match's last one is of: a match may end
    within it (㈱ is (株) when folded)."""
    while end + 1 < len(places) and places[end] == places[end - 1]:
        end += 1
    return places[end]


def counts(text: str, asked: tuple[Atom, ...], lang: str) -> Counter[Atom]:
    """Return how often a text has each thing that is asked for."""
    found: Counter[Atom] = Counter()
    may_match = sifted(asked, lang)
    for line in read(text):
        found.update(found_in(line.plain, may_match(line.seen), lang))
    return found


def found_in(plain: str, asked: tuple[Atom, ...], lang: str) -> Counter[Atom]:
    """Return how often a normal line has each thing; without its units, that is quicker."""
    if not asked:
        return Counter()
    wanted, places = _wanted(asked), defaultdict[str, dict[int, Range]](dict)
    for form, at in zip(*_tokens(plain, lang), strict=True):
        if wanted is None or form in wanted:
            places[form][at] = (at, at)
    counted = ((atom, sum(1 for _ in _matches(atom, places))) for atom in asked)
    return Counter({atom: count for atom, count in counted if count})


def snippet(text: str, query: Query, lang: str) -> Snippet:
    """Return the piece around the best match: in the paragraph with most of what was asked."""
    asked = tuple(atom for atom in atoms(query) if atom.field != TITLE)
    paragraphs = [line for line in read(text) if line.written.strip()]
    best, most = 0, 0
    for hinted, number in _promising(paragraphs, asked, lang):
        if len(hinted) < most or (len(hinted) == most and number > best):
            break
        worth = len(found_in(paragraphs[number].plain, hinted, lang))
        if worth > most or (worth == most and number < best):
            best, most = number, worth
    return _cut(paragraphs[best].written, query, lang) if paragraphs else Snippet("")


def _promising(
    lines: list[Line], asked: tuple[Atom, ...], lang: str
) -> list[tuple[tuple[Atom, ...], int]]:
    """What of all that is asked each line may have, and its number: most first."""
    may_match = sifted(asked, lang)
    hinted = ((may_match(line.seen), number) for number, line in enumerate(lines))
    return sorted((one for one in hinted if one[0]), key=lambda one: (-len(one[0]), one[1]))


def _cut(paragraph: str, query: Query, lang: str) -> Snippet:
    whole = marked(paragraph.strip(), query, lang)
    normal, places = aligned(whole.text)
    units = _units(normal, lang)
    if not units:
        return Snippet(whole.text[:LONGEST])
    first_mark = whole.marks[0][0] if whole.marks else 0
    hit = next((n for n, unit in enumerate(units) if places[unit.end] > first_mark), 0)
    begin = max(0, min(hit - BEFORE[lang], len(units) - SIZE[lang]))
    end = min(begin + SIZE[lang], len(units))
    start = places[units[begin].start] if begin else 0
    stop = places[units[end - 1].end] if end < len(units) else len(whole.text)
    stop = next((right for left, right in whole.marks if left < stop < right), stop)
    return _window(whole, start, min(stop, start + LONGEST))


def _window(whole: Snippet, start: int, stop: int) -> Snippet:
    """The part of a text between two places, with dots where something is left out."""
    head = LEFT_OUT if start else ""
    tail = LEFT_OUT if stop < len(whole.text) else ""
    shift = len(head) - start
    marks = (
        (max(left, start) + shift, min(right, stop) + shift)
        for left, right in whole.marks
        if left < stop and right > start
    )
    return Snippet(head + whole.text[start:stop] + tail, tuple(marks))


def atoms(query: Query) -> tuple[Atom, ...]:
    """Return what the query looks for in a text, without what it excludes."""
    match query:
        case And(parts, _, bonus):
            inner = (*parts, *bonus)
        case Or(parts):
            inner = parts
        case Best(weighted):
            inner = tuple(part for part, _ in weighted)
        case Within() | Among() | Dated():
            return ()
        case _:
            return (query,)
    return tuple(dict.fromkeys(atom for part in inner for atom in atoms(part)))


@functools.lru_cache(maxsize=2000)
def _tokens(line: str, lang: str) -> Tokens:
    """The tokens of a normal line: every aid asks for the same lines."""
    return spread(ANALYZERS[lang].quick(line))


@functools.lru_cache(maxsize=2000)
def _units(line: str, lang: str) -> list[Unit]:
    return ANALYZERS[lang].split(line)


def _units_by_form(units: list[Unit], asked: tuple[Atom, ...]) -> Places:
    """Where each form is that is asked for: of most units nobody asks."""
    wanted, places = _wanted(asked), defaultdict[str, dict[int, Range]](dict)
    for number, unit in enumerate(units):
        for form in unit.forms:
            if wanted is None or form in wanted:
                places[form][unit.at] = (number, number)
    for number, (unit, after) in enumerate(pairwise(units)):
        if follows(unit, after):
            pair = unit.exact + after.exact
            if wanted is None or pair in wanted:
                places[pair][unit.at] = (number, number + 1)
    return places


def _wanted(asked: tuple[Atom, ...]) -> set[str] | None:
    """The forms that may match; None for any, where only a part of one is known."""
    wanted: set[str] = set()
    for atom in asked:
        match atom:
            case Term(text):
                wanted.add(text)
            case Phrase(tokens) | Near((tokens, *_)):
                wanted.update(token.text for token in tokens)
            case _:
                return None
    return wanted


def _found(places: Places, asked: tuple[Atom, ...]) -> list[tuple[Atom, int, int]]:
    """Each atom's matches, as the numbers of their first and last unit."""
    return [(atom, *found) for atom in asked for found in _matches(atom, places)]


def _matches(atom: Atom, places: Places) -> Iterator[Range]:
    match atom:
        case Term(text):
            yield from places.get(text, {}).values()
        case Prefix(text):
            for form in [form for form in places if form.startswith(text)]:
                yield from places[form].values()
        case Alike(text, distance):
            for form in alike(places, text, distance):
                yield from places[form].values() if form.startswith(sure(text)) else ()
        case Phrase(tokens):
            yield from _phrases(tokens, places)
        case Near(rows):
            yield from _near(rows, places)


def _near(rows: tuple[tuple[Token, ...], ...], places: Places) -> Iterator[Range]:
    held = {token.text: places.get(token.text, {}) for token in rows[0]}
    if not all(held.values()):
        return
    for start, row in begun(rows, held):
        units = [held[token.text][start + token.at] for token in row]
        yield units[0][0], max(last for _, last in units)


def _phrases(tokens: tuple[Token, ...], places: Places) -> Iterator[Range]:
    rows = [(token.at, places.get(token.text, {})) for token in tokens]
    for at, (first, _) in rows[0][1].items():
        ends = [row.get(at + offset) for offset, row in rows]
        if all(ends):
            yield first, max(end[1] for end in ends if end)


def _merged(ranges: Iterator[Range]) -> tuple[Range, ...]:
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
