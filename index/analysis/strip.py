"""A strip: the tokens of a text, with their positions, as one string.

A string is handed to an engine, or to another process, in a hundredth of the time of as many
tokens. Every position has two slots, words of the string with a space between: in the first stands
what phrases are made of (a character, a mark, a word's own form), in the second what else is there
(the character's pair with the next one, a stem, a word of another script). Which it is can be told
from the token (``slot``), so that an engine may store the place in the strip as the position.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Final

from index.analysis.unit import CHARACTERS, Token, Tokens

SLOTS: Final = 2  # of a position
# No token looks like these: a mark is one character, and neither is in a word.
EMPTY: Final = "--"  # a slot without a token
MORE: Final = "\t"  # stands between the tokens of one slot; few texts have any


def laid(tokens: Iterable[Token], size: int) -> str:
    """Return the strip of tokens at positions from 0 to below ``size``."""
    slots: list[list[str]] = [[] for _ in range(SLOTS * size)]
    for token in tokens:
        slots[SLOTS * token.at + slot(token.text)].append(token.text)
    return " ".join(MORE.join(held) or EMPTY for held in slots)


def spread(strip: str) -> Tokens:
    """Return the tokens of a strip, by rising position."""
    if MORE in strip:
        found = list(placed(strip))
        return Tokens([text for _, text in found], [place // SLOTS for place, _ in found])
    slots = strip.split(" ") if strip else []
    places = [place // SLOTS for place, text in enumerate(slots) if text != EMPTY]
    return Tokens([text for text in slots if text != EMPTY], places)


def texts(strip: str) -> set[str]:
    """Return the texts of a strip's tokens, each once."""
    return set(strip.replace(MORE, " ").split()) - {EMPTY}


def placed(strip: str) -> Iterable[tuple[int, str]]:
    """Yield each token of a strip with its slot's place in it."""
    for place, held in enumerate(strip.split(" ") if strip else ()):
        if held != EMPTY:
            for text in held.split(MORE) if MORE in held else (held,):
                yield place, text


def slot(token: str) -> int:
    """Return in which slot of its position a token stands."""
    first = token[0]
    return len(token) - 1 if _is_character(first) else int(first.isalnum())


@functools.lru_cache(maxsize=20_000)
def _is_character(letter: str) -> bool:
    return any(low <= letter <= (high or low) for low, high in _ranges())


@functools.cache
def _ranges() -> list[tuple[str, str]]:
    return re.findall("(?s)(.)(?:-(.))?", CHARACTERS)
