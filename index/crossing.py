"""From one language to the other by dictionary, for words that the topic's lexicon does not know.

Every word becomes the set of what it may be there; a page is as good as its best member. So a word
with many translations counts once, as in Pirkola's structured queries (1998).
`benchmarks/search.py --only crossing` prints what that gains.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING

from index.analysis.unit import normal, pieces
from index.syntax import (
    AllOf,
    AnyOf,
    Foreign,
    Leaf,
    Node,
    Quoted,
    Without,
    Words,
    excluded,
    leaves,
    shown,
)

if TYPE_CHECKING:
    from index.dictionary import Dictionary, Translation

MOST = 8  # translations of a word that are asked for
LEAST = 0.2  # plausibility: below, the word is one of many in a gloss
ALONE = 0.5  # what one Chinese character is worth beside a word of two: it is in many other words
EXPRESSION = 3  # words that may be one entry of the dictionary
SURE = 0.8  # plausibility of an expression that stands for its words
# Words that a dictionary translates and that say nothing.
_SILENT = """a about after all also am an and any are as at be been before being between both but by
    can could did do does down during each few for from further had has have having he her here hers
    him his how i if in into is it its just many me more most much my no nor not now of off on once
    only or other our ours out over own same shall she should so some such than that the their
    theirs them then there these they this those through to too under until up us very was we were
    what when where which while who whom whose why will with would you your yours
    的 了 是 在 有 和 与 之 其 及 等 也 都 就 而 或 被 把 从 对 于 为 以 向 这 那"""
EMPTY = frozenset(_SILENT.split())
ENGLISH = re.compile("[a-z]{2}")

Frequency = Callable[[str], int]
"""In how many pages of the target's index a word is, at most."""


def crossed(node: Node, lang: str, known: Dictionary, frequency: Frequency) -> Node:
    """Return a query with the words of the other language put into ``lang``'s.

    What the dictionary does not know stays as it is: a name may be written so there too. So does
    what is excluded: a word has many translations, most of them of other senses, and each would
    take pages away that nobody sees. ``as_written`` returns what stayed.
    """
    match node:
        case AllOf(parts):
            return AllOf(tuple(crossed(part, lang, known, frequency) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(crossed(part, lang, known, frequency) for part in parts))
        case Words(text, field):
            read = _from_english if lang == "zh" else _from_chinese
            made = tuple(read(text, field, known, frequency))
            return node if not any(isinstance(p, Foreign) for p in made) else _all(made)
        case Quoted(text, field) if _is_foreign(text, lang):
            found = known.to_chinese(text) if lang == "zh" else known.to_english(normal(text))
            options = _common(found, frequency, SURE)
            return Foreign(text, _itself(text, frequency) + options, field) if options else node
    return node


def _all(parts: tuple[Node, ...]) -> Node:
    return parts[0] if len(parts) == 1 else AllOf(parts)


def _from_english(text: str, field: str, known: Dictionary, frequency: Frequency) -> Iterator[Node]:
    """The words of a text, and what they may be in Chinese; those that say nothing go."""
    words = list(_words(normal(text)))
    said = [word for word in words if word not in EMPTY] or words
    place = 0
    while place < len(said):
        for size in range(min(EXPRESSION, len(said) - place), 0, -1):
            sought = " ".join(said[place : place + size])
            least = SURE if size > 1 else LEAST
            options = _common(known.to_chinese(sought), frequency, least)
            if options or size == 1:
                itself = _itself(sought, frequency)
                yield Foreign(sought, itself + options, field) if options else Words(sought, field)
                place += size
                break


def _words(text: str) -> Iterator[str]:
    """The English words and the runs of Chinese characters of a normal text."""
    from index.dictionary import WORD  # which no search needs without words to translate

    for number, piece in enumerate(pieces(text)):
        found = [piece] if number % 2 else WORD.findall(piece)
        yield from (word.removesuffix("'s") for word in found)


def _from_chinese(text: str, field: str, known: Dictionary, frequency: Frequency) -> Iterator[Node]:
    """The words in a text's runs of characters, and what they may be in English."""
    for number, piece in enumerate(pieces(normal(text))):
        if number % 2 == 0:
            yield from _kept(piece, field)
            continue
        words = known.words_in(piece)
        for word in [word for word in words if word not in EMPTY] or words:
            options = _common(known.to_english(word), frequency, LEAST)
            if options:
                yield Foreign(word, options, field)
            elif len(word) > 1:
                yield Words(word, field)


def _kept(text: str, field: str) -> Iterator[Words]:
    if any(character.isalnum() for character in text):
        yield Words(text.strip(), field)


def has_foreign(node: Node, lang: str) -> bool:
    """Return whether a query holds words of the other language: the dictionary is slow to load."""
    texts = (leaf.text for leaf in leaves(node) if isinstance(leaf, Words | Quoted))
    return any(_is_foreign(text, lang) for text in texts)


def as_written(node: Node, lang: str, own: Collection[str] = ()) -> tuple[str, ...]:
    """Return the words of the other language that a crossed query still asks for as they are.

    Phrases and words without a translation, patterns, and what is excluded. ``own`` are texts that
    are this language's though they do not look so (政务 has an APP).
    """
    said = [shown(part) for leaf in leaves(node) for part in _foreign_parts(leaf, lang, own)]
    gone = (part for leaf in excluded(node) for part in _foreign_parts(leaf, lang, own))
    said += [shown(Without(part)) for part in gone]
    return tuple(dict.fromkeys(said))


def _foreign_parts(leaf: Leaf, lang: str, own: Collection[str]) -> list[Leaf]:
    """The words of a leaf that are the other language's; a phrase or a pattern is one."""
    if leaf.text in own or not _is_foreign(leaf.text, lang):
        return []
    if not isinstance(leaf, Words):
        return [leaf]
    runs = pieces(normal(leaf.text))
    words = " ".join(runs[::2]).split() if lang == "zh" else runs[1::2]
    return [Words(word, leaf.field) for word in words if _is_foreign(word, lang)]


def _is_foreign(text: str, lang: str) -> bool:
    if lang == "zh":
        return bool(ENGLISH.search(normal(text)))
    return len(pieces(normal(text))) > 1


def _common(
    found: list[Translation], frequency: Frequency, least: float
) -> tuple[tuple[str, float], ...]:
    """The translations that the target's pages use, the likeliest first, with their weights."""
    plausible = [one for one in found[: 5 * MOST] if one.plausible >= least]
    used = [(one, count) for one in plausible if (count := frequency(one.text))]
    used.sort(key=lambda pair: -pair[0].plausible * math.log1p(pair[1]))
    return tuple((one.text, one.plausible * _worth(one.text)) for one, _ in used[:MOST])


def _itself(text: str, frequency: Frequency) -> tuple[tuple[str, float], ...]:
    """A word as it stands, where pages have it: Chinese texts name things in English too."""
    return ((text, 1.0),) if frequency(text) else ()


def _worth(text: str) -> float:
    return ALONE if len(text) == 1 and not text.isascii() else 1.0
