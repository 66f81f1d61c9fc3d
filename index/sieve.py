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
WORDS = re.compile(r"[^\W_\u2e80-\uffff]+")
OWNER = re.compile(f"{APOSTROPHE}(?:s(?!\\w))?")
ALONE = ""  # stands for a second word where a term has only one


class Sieve:
    """Knows the first two words of every term."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self.seconds: defaultdict[str, set[str]] = defaultdict(set)
        for term in terms:
            second = term.units[1].exact if len(term.units) > 1 else ALONE
            self.seconds[term.units[0].exact].add(second)

    def kept(self, text: str) -> list[str]:
        """Return the lines of a normal text that may hold a term."""
        return [line for line in LINES.split(text) if line and self._may_hold(line)]

    def _may_hold(self, line: str) -> bool:
        words = WORDS.findall(OWNER.sub("", line))
        forms = [*map(exact_form, words), ALONE, ALONE]
        for place, word in enumerate(words):
            seconds = self.seconds.get(forms[place])
            if seconds and (ALONE in seconds or forms[place + 1] in seconds):
                return True
            # A single letter may belong to the word after it (e-government), and that word may
            # be told from its neighbours only there.
            if len(word) == 1 and forms[place + 1]:
                return_it = exact_form(word + words[place + 1]) in self.seconds
                if return_it:
                    return True
        return False
