"""A page read as a plain scan reads it: its lines, the words of each, and which are one word.

From what the documents say of the language (``index/analysis/{en,zh}.py``), without a token or a
position of the index. The definitions are shared with it: what ``fold`` makes equal, which
characters are Chinese, the Snowball stem, a noun's singular.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from Stemmer import Stemmer

from index.analysis.en import ABBREVIATION, singular
from index.analysis.unit import CHARACTERS, INVISIBLE
from index.document import parts
from page.model import fold
from store.model import StoredPage

CHINESE = re.compile(f"[{CHARACTERS}]")
LATIN = re.compile(f"(?:(?![{CHARACTERS}])[^\\W_])+")
PIECE = re.compile(f"{LATIN.pattern}|\\s+|.", re.DOTALL)
WORD = re.compile(f"{LATIN.pattern}(?:['\u2019\u02bc]{LATIN.pattern})*|[{CHARACTERS}]")
STOP = re.compile("[!?;:|\u00b7\u2022\u3002]|[.](?=\\s|$)")
# A letter that is also the start of the next word: e-government, and e government.
GLUE = re.compile("(?<![a-z0-9.'-])(?:([a-z])[-\u2010\u2011\u2013](?=[a-z])|(e) (?=[a-z]{4}))")
STEMMER = Stemmer("english")


@dataclass(slots=True)
class Text:
    """One language's part of a page."""

    lang: str
    stored: StoredPage
    title: str
    body: str
    _read: dict[str, list[Line]] = field(default_factory=dict)
    _words: dict[str, Vocabulary] = field(default_factory=dict)

    def words(self, name: str) -> Vocabulary:
        """Return every word of the title or the body: what lacks a word needs no reading."""
        if name not in self._words:
            lines = self.lines(name)
            if self.lang == "zh":
                strings = "\n".join(line.string for line in lines)
                self._words[name] = Vocabulary(set(LATIN.findall(strings)), set(), strings)
                return self._words[name]
            every = [word for line in lines for word in line.words]
            joined = [word.joined for word in every if word.joined]
            exact = {word.exact for word in every} | {one[0] for one in joined}
            self._words[name] = Vocabulary(exact, {w.stem for w in every} | {j[1] for j in joined})
        return self._words[name]

    def lines(self, name: str) -> list[Line]:
        """Return the stretches of the title or the body that a phrase may not leave."""
        if name not in self._read:
            self._read[name] = list(READERS[self.lang](getattr(self, name)))
        return self._read[name]


def texts_of(pages: list[StoredPage], lang: str) -> list[Text]:
    """Return a language's parts of pages."""
    held = ((page, parts(page)) for page in pages)
    return [Text(lang, page, *there[lang]) for page, there in held if lang in there]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a text: their singulars, and their stems; in Chinese its lines, too."""

    exact: set[str]
    stems: set[str]
    lines: str = ""


class Word(NamedTuple):
    """A word as it stands, the forms it is found by, and the word it makes with the next."""

    exact: str
    stem: str
    joined: tuple[str, str] | None = None


END = Word("\n", "\n")  # of a sentence


class Line:
    """A stretch of text that phrases may not leave: its words in order.

    In Chinese first of all the string without idle spaces; its units are made when asked for.
    """

    def __init__(self, words: tuple[Word, ...] = (), string: str = "") -> None:
        self.string = string
        self._given = words

    @functools.cached_property
    def words(self) -> tuple[Word, ...]:
        """The words; in Chinese every character, word and mark."""
        pieces = (piece for piece in PIECE.findall(self.string) if piece != "\t")
        return self._given or tuple(Word(piece, piece) for piece in pieces)

    @functools.cached_property
    def _at(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for number, word in enumerate(self.words):
            for form in (word.exact, *(word.joined or ())[:1]):
                places.setdefault(form, []).append(number)
        return places

    def at(self, word: str) -> list[int]:
        """Return where a word begins."""
        return self._at.get(word, [])

    def places(self, wanted: tuple[str, ...]) -> Iterator[tuple[int, int]]:
        """Yield where these words stand one after another: the first, and the one after the last.

        A word may be two here: e-government is egovernment too.
        """
        for start in self.at(wanted[0]):
            yield from ((start, end) for end in self._ends(wanted, start))

    def _ends(self, wanted: tuple[str, ...], at: int) -> Iterator[int]:
        if not wanted:
            yield at
        elif at < len(self.words):
            word = self.words[at]
            if word.exact == wanted[0]:
                yield from self._ends(wanted[1:], at + 1)
            if word.joined and word.joined[0] == wanted[0]:
                yield from self._ends(wanted[1:], at + 2)


def plain(text: str) -> str:
    """Return a text in the form in which texts are compared."""
    return fold(INVISIBLE.sub("", text))


def read_zh(text: str) -> Iterator[Line]:
    """Yield the lines of a Chinese text; a space stays between characters, and between words."""
    for line in plain(text).splitlines():
        pieces = PIECE.findall(line.strip())
        kept = []
        for before, piece, after in zip(["", *pieces], pieces, [*pieces[1:], ""], strict=False):
            if not piece.isspace():
                kept.append(piece)
            elif CHINESE.match(before) and CHINESE.match(after):
                kept.append(" ")
            elif LATIN.match(before) and LATIN.match(after):
                kept.append("\t")  # no unit of its own, yet two words
        yield Line(string="".join(kept))


def read_en(text: str) -> Iterator[Line]:
    """Yield an English text as its words, an ``END`` between one sentence and the next."""
    words: list[Word] = []
    for line in plain(text).splitlines():
        glued = {match.start(1) if match[1] else match.start(2) for match in GLUE.finditer(line)}
        found: list[tuple[int, str]] = []
        for match in re.finditer(f"(?P<word>{WORD.pattern})|(?P<stop>{STOP.pattern})", line):
            if match["word"]:
                found.append((match.start(), match[0]))
            elif not _abbreviates(found, match):
                words += _sentence(found, glued)
                found = []
        words += _sentence(found, glued)
    yield Line(tuple(words[:-1]))


def _abbreviates(found: list[tuple[int, str]], stop: re.Match[str]) -> bool:
    if stop[0] != "." or not found:
        return False
    start, word = found[-1]
    return start + len(word) == stop.start() and bool(ABBREVIATION.fullmatch(word))


def _sentence(found: list[tuple[int, str]], glued: set[int]) -> list[Word]:
    after = [*(word for _, word in found[1:]), ""][: len(found)]
    words = []
    for (start, word), following in zip(found, after, strict=True):
        joined = forms(word + following) if start in glued and following else None
        words.append(Word(*forms(word), joined))
    return [*words, END] if words else []


@functools.lru_cache(maxsize=200_000)
def forms(word: str) -> tuple[str, str]:
    """A word's singular and its stem, without what follows an apostrophe's s."""
    bare = re.sub("['\u2019\u02bc]", "", re.sub("['\u2019\u02bc]s?$", "", word))
    return singular(bare), str(STEMMER.stemWord(bare))


READERS: dict[str, Callable[[str], Iterator[Line]]] = {"en": read_en, "zh": read_zh}
