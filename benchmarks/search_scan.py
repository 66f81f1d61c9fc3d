"""What a query means, read from the text itself: no index, no token, no position of the engine's.

A plain scan of every page, as slow as it is simple, from what the documents say of the language
(``index/query.py``, ``index/analysis/{en,zh}.py``): which words there are in a line, which of them
are one word, and where a phrase ends. The definitions themselves are shared with the index: what
``fold`` makes equal, which characters are Chinese, the Snowball stem, a noun's singular.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise, permutations, product
from typing import NamedTuple

from rapidfuzz.distance import OSA
from Stemmer import Stemmer

from index.analysis.en import ABBREVIATION, singular
from index.analysis.unit import CHARACTERS, INVISIBLE
from index.document import parts
from page.model import HUB, fold
from store.model import StoredPage

CHINESE = re.compile(f"[{CHARACTERS}]")
LATIN = re.compile(f"(?:(?![{CHARACTERS}])[^\\W_])+")
PIECE = re.compile(f"{LATIN.pattern}|\\s+|.", re.DOTALL)
WORD = re.compile(f"{LATIN.pattern}(?:['\u2019\u02bc]{LATIN.pattern})*|[{CHARACTERS}]")
STOP = re.compile("[!?;:|\u00b7\u2022\u3002]|[.](?=\\s|$)")
# A letter that is also the start of the next word: e-government, and e government.
GLUE = re.compile("(?<![a-z0-9.'-])(?:([a-z])[-\u2010\u2011\u2013](?=[a-z])|(e) (?=[a-z]{4}))")
STEMMER = Stemmer("english")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One thing asked for: ``kind`` is word, phrase, prefix, fuzzy or near."""

    kind: str
    text: str
    field: str = ""
    distance: int = 0


@dataclass(frozen=True, slots=True)
class Limit:
    """A property that a page must have: site, kind, region, script, source or date."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class All:
    """Every part must hold, and none of ``without``."""

    parts: tuple[Asked, ...]
    without: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part must hold."""

    parts: tuple[Asked, ...]


Asked = Leaf | Limit | All | Some


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
                found = {word for line in lines for word in LATIN.findall(line.string)}
                self._words[name] = Vocabulary(found, set())
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


def matches(asked: Asked, text: Text) -> bool:
    """Return whether a page's part is what is asked for."""
    match asked:
        case All(wanted, without):
            found = all(matches(one, text) for one in wanted)
            return found and not any(matches(one, text) for one in without)
        case Some(wanted):
            return any(matches(one, text) for one in wanted)
        case Limit(name, value):
            return has(text.stored, name, value)
        case Leaf(_, _, only, _):
            may, sought = compiled(asked, text.lang)
            names = [only] if only else ["title", "body"]
            held = [name for name in names if may(text.words(name))]
            return any(sought(line) for name in held for line in text.lines(name))


def has(stored: StoredPage, name: str, value: str) -> bool:
    """Return whether a page has a property."""
    if name == "site":
        return f".{stored.host}".endswith(f".{value}")
    if name == "date":
        published = stored.page.published
        return bool(published) and within(published.date if published else "", value)
    held = {"kind": stored.source.kind, "source": stored.source.id, "region": stored.region}
    return held.get(name, stored.page.script) == value


def within(date: str, span: str) -> bool:
    """Return whether any day of a date lies in a span, both as precise as they are."""
    first, _, last = span.partition("..") if ".." in span else (span, "", span)
    late = not first or date[: len(first)] >= first[: len(date)]
    return late and (not last or date[: len(last)] <= last[: len(date)])


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a text: their singulars, and their stems."""

    exact: set[str]
    stems: set[str]


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

    def places(self, wanted: tuple[str, ...]) -> Iterator[tuple[int, int]]:
        """Yield where these words stand one after another: the first, and the one after the last.

        A word may be two here: e-government is egovernment too.
        """
        for start in self._at.get(wanted[0], ()):
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
        joined = _forms(word + following) if start in glued and following else None
        words.append(Word(*_forms(word), joined))
    return [*words, END] if words else []


@functools.lru_cache(maxsize=200_000)
def _forms(word: str) -> tuple[str, str]:
    """A word's singular and its stem, without what follows an apostrophe's s."""
    bare = re.sub("['\u2019\u02bc]", "", re.sub("['\u2019\u02bc]s?$", "", word))
    return singular(bare), str(STEMMER.stemWord(bare))


READERS: dict[str, Callable[[str], Iterator[Line]]] = {"en": read_en, "zh": read_zh}


Test = tuple[Callable[["Vocabulary"], bool], Callable[["Line"], bool]]


@functools.lru_cache(maxsize=64)
def compiled(leaf: Leaf, lang: str) -> Test:
    """Return what tells whether some words can have what a leaf asks for, and whether a line has.

    The second is the definition; the first only spares reading where a word of it is missing.
    """
    text, kind = plain(leaf.text), leaf.kind
    one = len(WORD.findall(text)) == 1 and not CHINESE.match(text)
    if kind == "near":
        groups = list(product(*(_said(part, lang) for part in leaf.text.split())))
        flat = [tuple(word for row in rows for word in row) for rows in groups]
        may = _hold(flat) if lang == "en" else _anything
        return may, lambda line: any(_near(line, rows, leaf.distance) for rows in groups)
    if kind == "fuzzy" and CHINESE.match(text):
        return _anything, lambda line: _nearly(line, text, leaf.distance)
    if kind == "fuzzy":
        return _single(functools.partial(_is_spelt, _form(text, lang), leaf.distance))
    if kind == "prefix":
        return _single(_begins(_bare(text), lang))
    if kind == "word" and lang == "en" and one:
        stem = _forms(text)[1]
        return lambda words: stem in words.stems, _anything
    if lang == "zh":
        return _anything, _string(leaf.text)
    rows = _said(leaf.text, lang)
    return _hold(rows), lambda line: any(True for row in rows for _ in line.places(row))


def _anything(_: object) -> bool:
    return True


def _single(is_one: Callable[[str], bool]) -> Test:
    """A single word is in a text or it is not: no line needs to be read."""
    return lambda words: any(map(is_one, words.exact)), _anything


def _hold(rows: list[tuple[str, ...]]) -> Callable[[Vocabulary], bool]:
    return lambda words: any(words.exact.issuperset(row) for row in rows)


def _said(text: str, lang: str) -> list[tuple[str, ...]]:
    """A phrase as the words that must follow each other, in each way to spell it."""
    if lang == "zh":
        return [tuple(word.exact for word in next(iter(read_zh(_trimmed(plain(text))))).words)]
    spelt = dict.fromkeys((plain(text), GLUE.sub(r"\1\2", plain(text))))
    return [tuple(word.exact for word in next(read_en(one)).words) for one in spelt]


def _form(text: str, lang: str) -> str:
    return _forms(plain(text))[0] if lang == "en" else plain(text)


def _bare(word: str) -> str:
    return re.sub("['\u2019\u02bc]", "", word)


def _trimmed(text: str) -> str:
    """A phrase without the punctuation around it; a symbol (+, #) belongs to what it follows."""
    start, end = 0, len(text)
    while start < end and _loose(text[start]):
        start += 1
    while end > start and _loose(text[end - 1]):
        end -= 1
    return text[start:end]


def _loose(character: str) -> bool:
    symbol = unicodedata.category(character).startswith("S") or character in "#%&@"
    return not (symbol or character.isalnum() or CHINESE.match(character))


def _string(text: str) -> Callable[[Line], bool]:
    wanted = next(iter(read_zh(_trimmed(plain(text))))).string
    edges = LATIN.match(wanted[0]), LATIN.match(wanted[-1])
    pattern = re.escape(wanted)
    if edges[0]:
        pattern = f"(?<!{LATIN.pattern[:-1]}){pattern}"
    if edges[1]:
        pattern = f"{pattern}(?!{LATIN.pattern[:-1]})"
    whole = re.compile(pattern)
    return lambda line: wanted in line.string and bool(whole.search(line.string))


def _begins(start: str, lang: str) -> Callable[[str], bool]:
    """A word begins so, in the singular or in the plural."""
    ends = ("", "s", "es") if lang == "en" else ()
    plurals = {singular(start + end) for end in ends if not singular(start + end).startswith(start)}
    return lambda word: word.startswith(start) or word in plurals


def _is_spelt(form: str, distance: int, word: str) -> bool:
    return word[:1] == form[:1] and OSA.distance(word, form) <= distance


def _nearly(line: Line, wanted: str, distance: int) -> bool:
    """Whether as many units have all of these characters in their places but ``distance``."""
    size = len(wanted) // (distance + 1)
    pieces = (wanted[n * size : (n + 1) * size] for n in range(distance + 1))
    if not any(piece in line.string for piece in pieces):
        return False  # so few mistakes leave one of the pieces whole
    there = [word.exact for word in line.words]
    for start in range(-distance, len(there) - len(wanted) + distance + 1):
        held = sum(
            0 <= start + n < len(there) and there[start + n] == one for n, one in enumerate(wanted)
        )
        if held >= len(wanted) - distance:
            return True
    return False


def _near(line: Line, wanted: tuple[tuple[str, ...], ...], distance: int) -> bool:
    """Whether phrases stand in any order, apart, with so many units or fewer among them."""
    if line.string and not all(word in line.string for one in wanted for word in one):
        return False
    found = [list(line.places(one)) for one in wanted]
    for order in permutations(found):
        for spans in product(*order):
            gaps = [right[0] - left[1] for left, right in pairwise(spans)]
            if min(gaps) >= 0 and sum(gaps) <= distance:
                between = line.words[spans[0][0] : spans[-1][1]]
                if END not in between:
                    return True
    return False


def is_shown(stored: StoredPage) -> bool:
    """Return whether a page counts where lists of links do not."""
    return stored.page.kind != HUB
