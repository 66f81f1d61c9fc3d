"""Units: the smallest parts of a text that a phrase is made of."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import NamedTuple

from page.model import fold

# Written without spaces between words, so every character is a unit: Han with its extensions,
# 々 and 〇, kana, Hangul, bopomofo.
CHARACTERS = (
    "\u3005\u3007\u3021-\u3029\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f"
    "\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
FIRST_CHARACTER = CHARACTERS[0]  # the lowest of them
LINE_END = "[\\n\\r\\x0b\\x0c\\x1c-\\x1e\\x85\\u2028\\u2029]"
# Characters that show nothing: soft hyphens, zero-width and direction marks, variation selectors,
# halves of surrogate pairs. A word with one inside is still that word.
INVISIBLES = (
    "\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ud800-\udfff\U000e0000-\U000e0fff"
)
INVISIBLE = re.compile(f"[{INVISIBLES}]")
# More than any run of marks inside a sentence, so no phrase reaches over it by chance.
BREAK = 100
# Both engines store a token's length in few bits, and no word is this long.
MAX_TOKEN = 200


class Token(NamedTuple):
    """What an engine stores: a text at a position. Several tokens may share a position."""

    at: int
    text: str


class Tokens(NamedTuple):
    """The tokens of a text, their texts and their positions side by side.

    They are not in order of position; those of one text are.
    """

    texts: Sequence[str]
    places: Sequence[int]


class Unit(NamedTuple):
    """One character, word or mark of a normal text, from ``start`` to ``end``.

    ``exact`` is its form in a phrase, ``scored`` the form that a single word is found and ranked
    by, ``forms`` everything that is stored for it, these two first. ``character`` is true for a
    Chinese character, ``mark`` for punctuation.
    """

    at: int
    start: int
    end: int
    exact: str
    scored: str
    forms: tuple[str, ...]
    character: bool = False
    mark: bool = False


def normal(text: str) -> str:
    """Return the form of a text that is analysed: folded, without invisible characters."""
    return fold(text) if text.isascii() else fold(INVISIBLE.sub("", text))


@functools.cache
def run_pattern() -> re.Pattern[str]:
    """Return what finds runs of characters. The one pattern with all of them: a class as large
    takes milliseconds to compile."""
    return re.compile(f"([{CHARACTERS}]+)")


def pieces(text: str) -> list[str]:
    """Return a text taken apart: at odd places the runs of characters, at even ones the rest."""
    no_character = text.isascii() or max(text) < FIRST_CHARACTER
    return [text] if no_character else run_pattern().split(text)


def follows(left: Unit, right: Unit) -> bool:
    """True when two characters stand side by side, so that they make a bigram."""
    return left.character and right.character and right.at == left.at + 1
