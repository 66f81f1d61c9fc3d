"""Strings that a line has wherever it may match: analysing takes ten times as long as looking."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from index.analysis.en import APOSTROPHE, MARK_EXACT
from index.analysis.zh import SPACE
from index.engine import Alike, Near, Phrase, Prefix, Term
from index.spelling import sure

APOSTROPHES = re.compile(APOSTROPHE)

Atom = Term | Phrase | Prefix | Near | Alike
"""What a query looks for in a text."""


def hints(atom: Atom, lang: str) -> list[str]:
    """Return strings that a normal text has wherever it matches; none where all may.

    Of an English word without its first letter, which may stand apart (e-government), and without
    its end, which its stem or singular may have otherwise; of a misspelt one its first letter.
    """
    match atom:
        case Phrase(tokens):
            texts = [token.text for token in tokens]
        case Near(rows):
            texts = [token.text for token in rows[0]]
        case Term(text) | Prefix(text):
            texts = [text]
        case Alike(text):
            return [sure(text).removeprefix(MARK_EXACT)]
    if lang == "zh":
        return [text for text in texts if text != SPACE]
    end = None if isinstance(atom, Prefix) else -2
    return [text.removeprefix(MARK_EXACT)[1:end] for text in texts]


def seen(line: str) -> str:
    """Return a normal line as hints are looked for in it: also without its apostrophes."""
    bare = APOSTROPHES.sub("", line)
    return line if len(bare) == len(line) else f"{line}\n{bare}"


def sifted(asked: Iterable[Atom], lang: str) -> Callable[[str], tuple[Atom, ...]]:
    """Return the function that names the atoms which may match in a line, as ``seen``.

    Each string is looked for once, of however many atoms it is a hint.
    """
    needed = {atom: frozenset(hints(atom, lang)) for atom in asked}
    every = frozenset[str]().union(*needed.values())

    def may_match(line: str) -> tuple[Atom, ...]:
        there = set(filter(line.__contains__, every))
        return tuple(atom for atom, strings in needed.items() if strings <= there)

    return may_match
