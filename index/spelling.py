"""Words that are nearly another: for misspelt queries, and for what to suggest instead."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import OSA

# A word's mark ("=", see index.analysis.en) and its first letter are taken as right: few mistakes
# are there, and it saves reading the rest of the index's words.
SURE = 2


def alike(words: Iterable[str], text: str, distance: int, most: int) -> list[str]:
    """Return the words within ``distance`` edits of ``text``, nearest first, ``most`` of them.

    Distance is optimal string alignment: insert, delete, replace, swap neighbours.
    """
    near = (
        (edits, word)
        for word in words
        if abs(len(word) - len(text)) <= distance
        and (edits := OSA.distance(text, word, score_cutoff=distance)) <= distance
    )
    return [word for _, word in sorted(near)[:most]]
