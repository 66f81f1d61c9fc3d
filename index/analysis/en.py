"""English: words, found by their stem alone and by their own form in a phrase.

A single word is searched by its Snowball stem. A phrase is not:
Snowball gives ``government``, ``governance`` and ``governing`` one stem, so "digital government"
would count pages on digital governance. In a phrase only singular and plural are the same.
A phrase does not reach over the end of a sentence or a paragraph.

``open-government`` is two words, and so is ``e-government``; but after a single letter (``e-``,
``m-``), and after an ``e`` of its own, both words also answer to ``egovernment``, and who asks
for one of these spellings gets all three. Between other words of a phrase the two words take up a
place more: there a word that begins with an e is looked for at two places, too.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from itertools import combinations

from Stemmer import Stemmer

from index.analysis.analyzer import Analyzer, tokens_of
from index.analysis.strip import EMPTY, SLOTS, laid
from index.analysis.unit import BREAK, LINE_END, MAX_TOKEN, Unit, pieces

HYPHEN = "[-\u2010\u2011\u2013]"
APOSTROPHE = "['\u2019\u02bc]"
ONE_WORD = f"[^\\W_]+(?:{APOSTROPHE}[^\\W_]+)*"  # between runs of characters
ONE_STOP = "[!?;:|\u00b7\u2022\u3002]|[.](?=\\s|$)"
PART = re.compile(f"(?P<word>{ONE_WORD})|(?P<stop>{LINE_END}|{ONE_STOP})")
STOP = re.compile(f"({ONE_STOP})")
WORDS = re.compile(ONE_WORD)
# A letter that belongs to the word after it; not the end of i.e. or of one-e-two.
PREFIX = re.compile(f"(?<![a-z0-9.'-])(?:([a-z]){HYPHEN}(?=[a-z])|(e) (?=[a-z]{{4}}))")
# A point after one of these does not end a sentence.
ABBREVIATION = re.compile(
    "[a-z]|al|corp|dr|etc|fig|gen|hon|inc|jr|ltd|mrs?|ms|pp|prof|rep|rev|sen|sr|st|vol|vs"
    "|jan|feb|mar|apr|jun|jul|aug|sept|oct|nov|dec"
)
# A word that may be two: e-government, e-ID. Of other letters (x-ray) it is too rare to look for.
MAY_BE_TWO = re.compile("=e[a-z]{2,}")
TWICE = 2  # so many words of a phrase are looked for as two words
ASKING = re.compile("\\b(?:wh(?:at|ich|o|om|ose|en|ere|y)|how|do|does|did)\\b")
GAP = " ".join([EMPTY] * (SLOTS * BREAK))  # the strip of a sentence's end
MARK_EXACT = "="  # keeps a word's own form apart from an equal stem in the same index
_STEMMER = Stemmer("english", 0)  # without its cache: forms has one that threads can share


def split(text: str) -> list[Unit]:
    """Return the units of a normal text."""
    units: list[Unit] = []
    at = start = 0
    parts = pieces(text)
    prefixes = {match.end() for match in PREFIX.finditer(text)}
    for number, piece in enumerate(parts):
        if number % 2:
            at = _split_run(piece, start, units, at)
        else:
            at = _split_between(text, (start, start + len(piece)), prefixes, units, at)
        start += len(piece)
    return units


def _split_run(run: str, start: int, units: list[Unit], at: int) -> int:
    """Add the units of a run of characters, which begins at ``start``; return the next position."""
    before = units[-1] if units else None
    if before and before.character and at == before.at + 1:
        at += 1  # 数字 政府 is not 数字政府, nor is 数字、政府
    for place, character in enumerate(run):
        span = start + place, start + place + 1
        units.append(Unit(at + place, *span, character, character, (character,), character=True))
    return at + len(run)


def _split_between(
    text: str, span: tuple[int, int], prefixes: set[int], units: list[Unit], at: int
) -> int:
    """Add the units of what stands in ``span``, between two runs of characters."""
    for match in PART.finditer(text, *span):
        word = match[0]
        if match.lastgroup == "stop":
            # A second stop adds nothing: "end." and "end.\n" are as far from what comes next.
            last = units[-1] if units else None
            if last and at < BREAK + last.at and _ends(match, last, text):
                at += BREAK
            continue
        own = forms(word)
        units.append(Unit(at, match.start(), match.end(), own[0], own[1], own))
        if match.start() in prefixes:
            units[-2:] = _joined(units[-2], units[-1], text[units[-2].start] + word)
        at += 1
    return at


def _joined(letter: Unit, rest: Unit, word: str) -> tuple[Unit, Unit]:
    """Both units with the forms and the extent of the one word that they also are.

    At both places, so that a phrase may go on after it or lead up to it.
    """
    start, end, joined = letter.start, rest.end, forms(word)
    return (
        letter._replace(end=end, forms=(*letter.forms, *joined)),
        rest._replace(start=start, forms=(*rest.forms, *joined)),
    )


def spellings(text: str) -> tuple[str, ...]:
    """Return a normal text, and the text with prefixes written as part of their word."""
    return tuple(dict.fromkeys((text, PREFIX.sub(r"\1\2", text))))


def apart(units: list[Unit]) -> Iterator[list[Unit]]:
    """Yield a phrase's units, and those with an inner ``egovernment`` at both places of ``e-`` and
    ``government``, which both answer to it. Of the first ``TWICE`` such words each may be either.
    """
    inner = [n for n in range(1, len(units) - 1) if MAY_BE_TWO.fullmatch(units[n].exact)][:TWICE]
    for size in range(len(inner) + 1):
        for chosen in combinations(inner, size):
            yield list(_twice(units, chosen))


def _twice(units: list[Unit], chosen: tuple[int, ...]) -> Iterator[Unit]:
    shift = 0
    for number, unit in enumerate(units):
        yield unit._replace(at=unit.at + shift)
        if number in chosen:
            shift += 1
            yield unit._replace(at=unit.at + shift)


def _ends(stop: re.Match[str], before: Unit, text: str) -> bool:
    """Whether what looks like the end of a sentence is one: no abbreviation's, and not before a
    character, which it was looked for up to."""
    if stop[0] != ".":
        return True
    if stop.end() < len(text) and not text[stop.end()].isspace():
        return False
    near = before.end == stop.start()
    return not (near and ABBREVIATION.fullmatch(text[before.start : before.end]))


@functools.lru_cache(maxsize=100_000)
def forms(word: str) -> tuple[str, str]:
    """Return a word's form in phrases and its stem."""
    return exact_form(word), str(_STEMMER.stemWord(_plain(word)))


@functools.lru_cache(maxsize=100_000)
def exact_form(word: str) -> str:
    """Return a word's form in phrases."""
    return MARK_EXACT + singular(_plain(word))


def beginning(start: str) -> tuple[str, tuple[str, ...]]:
    """Return how the tokens of words begin that begin so; and those that are so in the plural only.

    A token is a singular: ``policie*`` is also the beginning of policies, whose token is =policy.
    """
    bare = (re.sub(APOSTROPHE, "", start) or start)[:MAX_TOKEN]
    plurals = dict.fromkeys(singular(bare + ending) for ending in ("", "s", "es"))
    others = (word for word in plurals if not word.startswith(bare))
    return MARK_EXACT + bare, tuple(MARK_EXACT + word for word in others)


def _plain(word: str) -> str:
    """A word without possessive and apostrophes."""
    if word.isalnum():
        return word[:MAX_TOKEN]
    bare = re.sub(APOSTROPHE, "", re.sub(f"{APOSTROPHE}s?$", "", word))
    return (bare or word)[:MAX_TOKEN]  # nothing but apostrophes: ʼ’s


def singular(word: str) -> str:
    """Return one form for a noun's singular and plural.

    The S-stemmer (Harman 1991, "How effective is suffixing?", JASIS 42, table 1), with the plurals
    in -ses, -xes, -ches, -shes and -oes that it leaves apart.
    """
    if len(word) < 4 or not word.endswith("s") or word.endswith(("us", "ss", "is")):
        return word
    if word in {"news", "series", "species"}:
        return word
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith(("sses", "xes", "ches", "shes", "oes")):
        return word[:-2]
    return word[:-1]


def quick(text: str) -> str:
    """Return the strip of a normal text: that of ``split``, a sentence at a time."""
    parts: list[str] = []
    for line in text.splitlines():
        if PREFIX.search(line) or len(pieces(line)) > 1:
            if units := split(line):
                parts.append(laid(tokens_of(units), units[-1].at + 1))
        else:
            parts += [" ".join(map(_slots, words)) for words in _sentences(line) if words]
    return f" {GAP} ".join(parts)


def _sentences(line: str) -> Iterator[list[str]]:
    """The words of a line of plain words, in the stretches between which a break is."""
    pieces = STOP.split(line)
    said: list[str] = []
    for piece, stop in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        words = WORDS.findall(piece)
        said += words
        if (
            words
            and stop == "."
            and piece.endswith(words[-1])
            and ABBREVIATION.fullmatch(words[-1])
        ):
            continue
        yield said
        said = []
    yield said


@functools.lru_cache(maxsize=100_000)
def _slots(word: str) -> str:
    """The strip of a word, which has both its slots."""
    return " ".join(forms(word))


ENGLISH = Analyzer("en", split, quick, ASKING, spellings, beginning, apart)
