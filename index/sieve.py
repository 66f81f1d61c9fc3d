"""A sieve for English terms: which lines of a text may hold one, at a fiftieth of analysis's cost.

It lets no line with a term fall through; what it keeps is then analysed properly. It looks for the
first word of a term, and after it for the second, in every spelling that counts as the same word in
a phrase (see ``index.analysis.en``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from ahocorasick_rs import BytesAhoCorasick, Implementation

from index.analysis.en import MARK_EXACT
from index.terms import Term

CURVED = ("\u2019", "\u02bc")  # apostrophes besides the straight one
GAP = re.compile(b" +")
KEPT = b"abcdefghijklmnopqrstuvwxyz0123456789\n"
SPACED = bytes(byte if byte in KEPT else ord(" ") for byte in range(256))


class Sieve:
    """Knows how the first two words of every term may be spelt."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        # Its words are Latin; a term with other characters is left to the analysis.
        self._open = any(unit.character for term in terms for unit in term.units[:2])
        self._concepts = {term.concept for term in terms}
        firsts: defaultdict[bytes, _Seconds] = defaultdict(_Seconds)
        for term in terms:
            second = _spellings(term.units[1].exact) if len(term.units) > 1 else ()
            for first in _spellings(term.units[0].exact):
                firsts[b" " + first].add(second, term.concept)
        self._seconds = list(firsts.values())
        self._firsts = BytesAhoCorasick(list(firsts), implementation=Implementation.DFA)

    def kept(self, text: str) -> list[str]:
        """Return the lines of a normal text that may hold a term."""
        return [line for line, _ in self.lines(text)]

    def lines(self, text: str) -> Iterator[tuple[str, set[str]]]:
        """Yield the lines of a normal text that may hold a term, with those terms' concepts."""
        lines = text.splitlines()
        if self._open:
            yield from ((line, self._concepts) for line in lines)
            return
        found: defaultdict[int, set[str]] = defaultdict(set)
        words = _words("\n".join(lines))
        for place, concept in self._places(words):
            found[words.count(b"\n", 0, place)].add(concept)
        yield from ((lines[number], concepts) for number, concepts in sorted(found.items()))

    def _places(self, words: bytes) -> Iterator[tuple[int, str]]:
        for number, start, end in self._firsts.find_matches_as_indexes(words, overlapping=True):
            if words.startswith(b" ", end):  # more than the one that a spelling ends with
                gap = GAP.match(words, end)
                end = gap.end() if gap else end
            for concept in self._seconds[number].following(words, end):
                yield start, concept


class _Seconds:
    """What may follow the first word of terms, and whose terms those are."""

    def __init__(self) -> None:
        self._alone: set[str] = set()
        # By what they begin with up to a space; a spelling may have one inside, too.
        self._by_word: defaultdict[bytes, list[tuple[bytes, str]]] = defaultdict(list)

    def add(self, spellings: tuple[bytes, ...], concept: str) -> None:
        """Note a concept with a term that goes on so; no spellings: the first word is a term."""
        if not spellings:
            self._alone.add(concept)
        for spelling in spellings:
            self._by_word[spelling[: spelling.index(b" ") + 1]].append((spelling, concept))

    def following(self, words: bytes, place: int) -> set[str]:
        """Return the concepts that have a term here, as far as its second word tells."""
        going_on = self._by_word.get(words[place : words.find(b" ", place) + 1])
        if going_on is None:  # nearly always
            return self._alone
        return self._alone.union(c for said, c in going_on if words.startswith(said, place))


def _words(text: str) -> bytes:
    """A text's words between spaces, and its line ends: one byte a character."""
    for apostrophe in CURVED:
        text = text.replace(apostrophe, "'")
    text = text.replace("''", "  ")  # two part words, one does not
    plain = text.encode("ascii", "replace").translate(SPACED, b"'")
    return b" " + plain.replace(b"\n", b" \n ") + b" "


def _spellings(exact: str) -> tuple[bytes, ...]:
    """How a word may be written, its first letter apart too (e-government), a space after it."""
    word = exact.removeprefix(MARK_EXACT)
    numbers = [word, f"{word}s", f"{word}es", *([f"{word[:-1]}ies"] if word[-1:] == "y" else ())]
    forms = [form for number in numbers for form in (number, f"{number}s")]  # the owner's s
    apart = [f"{form[0]} {form[1:]}" for form in forms if form[1:]]
    return tuple(_words(form)[1:] for form in dict.fromkeys([*forms, *apart]))
