"""The words beside a mention: what stands there in explanations, learned from labelled passages.

The cues are what we knew to look for; these are what the labels add. Each string has a small
weight of its own, drawn to nothing, so that only what comes back often counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from meaning.explained.cues import THIS, masked
from meaning.explained.passage import Passage

NAME = "beside"
REASON = "the words beside it, as in labelled passages"
LEFT = {"en": 6, "zh": 12}
RIGHT = {"en": 15, "zh": 25}
"""Words (English) or characters (Chinese) that are read on either side: of a few widths the one
that ranked held-out passages best."""
_TOKEN = re.compile(r"[\w’'-]+|[.,:;—–?()\"“”]")


def beside(passage: Passage) -> frozenset[str]:
    """Return the strings beside the mention, each with its side: ``< as a`` and ``> is a``."""
    lang = passage.lang
    left, _, right = masked(passage)["sentence"].partition(THIS)
    if lang == "zh":
        before, after = left[-LEFT[lang] :], right[: RIGHT[lang]]
        return frozenset([*_runs("<", before), *_runs(">", after)])
    words = _TOKEN.findall(left)[-LEFT[lang] :], _TOKEN.findall(right)[: RIGHT[lang]]
    return frozenset([*_words("<", words[0]), *_words(">", words[1])])


def _runs(side: str, text: str) -> Iterator[str]:
    for size in (1, 2, 3):
        for start in range(len(text) - size + 1):
            yield f"{side} {text[start : start + size]}"


def _words(side: str, words: Sequence[str]) -> Iterator[str]:
    yield from (f"{side} {word}" for word in words)
    yield from (f"{side} {first} {second}" for first, second in pairwise(words))
