"""Answers in plain text, for files and pipes: what ``table`` prints there, without Rich.

Importing Rich and making its styles takes much of a search's time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TextIO

from index.grammar import columns
from index.output.inquiry import Inquiry
from index.output.pieces import Piece, asked, heading, hit, notes
from index.question import Answer
from index.snippet import clean

COLUMNS = 80
ASKED_FOR = ("COLUMNS", "FORCE_COLOR", "TTY_COMPATIBLE")  # by these a user tells Rich of a terminal


def suffices(inquiry: Inquiry, stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Return whether nobody watches, and nothing is asked for that is aligned in columns."""
    aligned = inquiry.question.facets or inquiry.question.in_context
    return not (aligned or stream.isatty() or any(environ.get(name) for name in ASKED_FOR))


def show(inquiry: Inquiry, stream: TextIO) -> None:
    """Write the question as each language was asked it, the counts, and the best hits."""
    dash = "─" if (stream.encoding or "utf-8").lower().startswith("utf") else "-"
    stream.writelines(f"{line}\n" for line in _lines(inquiry, dash))


def _lines(inquiry: Inquiry, dash: str) -> Iterator[str]:
    yield clean(inquiry.query)
    for lang, answer in inquiry.answers.items():
        yield _text(asked(inquiry, lang, answer))
    yield inquiry.counts()
    yield from notes(inquiry)
    for lang, answer in inquiry.answers.items():
        if answer.hits:
            title = heading(lang, answer)
            yield f"{title} {dash * (COLUMNS - columns(title) - 1)}"
            yield from _hits(answer)


def _hits(answer: Answer) -> Iterator[str]:
    for rank, found in enumerate(answer.hits, 1):
        below = "\n     ".join(_text(hit(found, plain=True)).split("\n"))
        yield f"{rank:>3}. {below}\n"


def _text(pieces: list[Piece]) -> str:
    return "".join(text for text, _ in pieces)
