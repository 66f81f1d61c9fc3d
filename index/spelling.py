"""Words that are nearly another: for misspelt queries, and for what to suggest instead."""

from __future__ import annotations

from collections.abc import Iterable

MARK = "="  # of an English word's own form (see index.analysis.en)


def sure(text: str) -> str:
    """Return what of a token is taken as right: its mark, if it has one, and its first letter.

    Few mistakes are there, and it saves reading the rest of the index's words.
    """
    return text[: 1 + text.startswith(MARK)]


def alike(words: Iterable[str], text: str, distance: int) -> list[str]:
    """Return the words within ``distance`` edits of ``text``, nearest first.

    Distance is optimal string alignment: insert, delete, replace, swap neighbours.
    """
    from rapidfuzz.distance import OSA  # few queries have misspelt words

    near = (
        (edits, word)
        for word in words
        if abs(len(word) - len(text)) <= distance
        and (edits := OSA.distance(text, word, score_cutoff=distance)) <= distance
    )
    return [word for _, word in sorted(near)]
