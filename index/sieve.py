"""A sieve for English terms: which lines of a text may hold one, at a tenth of analysis's cost.

It lets no line with a term fall through; what it keeps is then analysed properly.
"""

from __future__ import annotations

import re
from collections import defaultdict

from index.analysis.en import APOSTROPHE, exact_form
from index.analysis.unit import LINE_END
from index.terms import Term

LINES = re.compile(LINE_END)
LETTERS = "[^\\W_\u2e80-\uffff\U00020000-\U0003ffff]+"
WORDS = re.compile(f"{LETTERS}(?:{APOSTROPHE}{LETTERS})*")
ALONE = ""  # stands for a second word where a term has only one


class Sieve:
    """Knows the first two words of every term."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self.seconds: defaultdict[str, set[str]] = defaultdict(set)
        for term in terms:
            second = term.units[1].exact if len(term.units) > 1 else ALONE
            self.seconds[term.units[0].exact].add(second)
        # Its words are Latin; a term with other characters is left to the analysis.
        self.open = any(unit.character for term in terms for unit in term.units[:2])

    def kept(self, text: str) -> list[str]:
        """Return the lines of a normal text that may hold a term."""
        return [line for line in LINES.split(text) if self.open or self._may_hold(line)]

    def _may_hold(self, line: str) -> bool:
        words = WORDS.findall(line)
        for place, form in enumerate(map(exact_form, words)):
            if form in self.seconds:
                following = {ALONE, *map(exact_form, words[place + 1 : place + 2])}
                if not self.seconds[form].isdisjoint(following | _joined(words, place + 1)):
                    return True
            if len(words[place]) == 1 and not self.seconds.keys().isdisjoint(_joined(words, place)):
                return True
        return False


def _joined(words: list[str], place: int) -> set[str]:
    """The form that a single letter and the word after it have together (e-government)."""
    pair = words[place : place + 2]
    return {exact_form("".join(pair))} if len(pair) == 2 and len(pair[0]) == 1 else set()
