"""Why a page is where it is: each thing that was asked for, how rare it is, and how often here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from index.analysis.zh import SPACE
from index.engine import TITLE, Alike, Near, Phrase, Prefix, Query, Term
from index.hints import Atom
from index.snippet import atoms, counts


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that was asked for.

    ``pages`` is how many pages of the index have it; ``in_title`` and ``in_text`` how often this
    page does. Rare and often counts most (BM25), and a title's word twice.
    """

    asked: str
    pages: int
    in_title: int
    in_text: int


def reasons(
    pages: Callable[[Atom], int], query: Query, title: str, text: str, lang: str
) -> tuple[Reason, ...]:
    """Return what of a query a page has, in the order asked.

    ``pages`` counts the pages of the index that have an atom; it is asked again for every page.
    """
    asked = atoms(query)
    in_title = counts(title, asked, lang)
    in_text = counts(text, tuple(atom for atom in asked if atom.field != TITLE), lang)
    return tuple(
        Reason(named(atom, lang), pages(atom), in_title[atom], in_text[atom])
        for atom in asked
        if in_title[atom] or in_text[atom]
    )


def named(atom: Atom, lang: str) -> str:
    """Return an atom as a reader knows it: words as they are, (English) stems with a hyphen."""
    match atom:
        case Term(text):
            return _word(text, lang)
        case Prefix(text):
            return f"{_word(text, lang)}*"
        case Alike(text, distance):
            return f"{_word(text, lang)}~{distance}"
        case Phrase(tokens):
            return _row([(token.at, token.text) for token in tokens])
        case Near(rows):
            return f"{_row([(token.at, token.text) for token in rows[0]])} (near)"


def _word(text: str, lang: str) -> str:
    """A token as a word; in Chinese texts a Latin word is its own, and stems are letters."""
    is_stem = lang == "en" and text.isascii() and not text.startswith("=") and not text[0].isdigit()
    return f"{text}-" if is_stem else text.removeprefix("=")


def _row(tokens: list[tuple[int, str]]) -> str:
    """Tokens as the text they cover: pairs of characters overlap, and words are not stems."""
    characters: dict[int, str] = {}
    for at, text in sorted(tokens):
        if text.startswith("=") or text.isascii():
            characters[at] = " " if text == SPACE else f" {text.removeprefix('=')} "
        else:
            characters |= {at + place: character for place, character in enumerate(text)}
    return " ".join("".join(characters[at] for at in sorted(characters)).split())
