"""Words of both languages mapped to one inventory, so that counts can be compared.

An entry is a concept of the topic, or a pair of CC-CEDICT that holds in both directions: an English
word whose best Chinese word leads back to it. What has no entry is not counted, and how much that
is belongs to what ``duizhao label lexicon`` measures.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence

from index.analysis.en import exact_form
from index.analysis.unit import normal
from index.crossing import EMPTY
from index.dictionary import WORD, dictionary

PLAUSIBLE = 0.5
SHORTEST = {"en": 4, "zh": 2}
_MARK = "="


@functools.lru_cache(maxsize=50_000)
def english(word: str) -> str:
    """Return an English word's entry, or "" where it has none.

    >>> english("citizens"), english("the")
    ('citizen', '')
    """
    base = exact_form(word).removeprefix(_MARK)
    return base if len(base) >= SHORTEST["en"] and base not in EMPTY and word not in EMPTY else ""


@functools.lru_cache(maxsize=50_000)
def chinese(word: str) -> str:
    """Return a Chinese word's entry: its most plausible English word, or "".

    >>> chinese("公民")
    'citizen'
    """
    if len(word) < SHORTEST["zh"]:
        return ""
    for found in dictionary().to_english(word):
        if found.plausible >= PLAUSIBLE and " " not in found.text:
            return english(found.text)
    return ""


def entries(text: str, lang: str) -> Counter[str]:
    """Return how often each entry stands in a text."""
    if lang == "en":
        made = (english(word) for word in WORD.findall(normal(text)))
    else:
        made = (chinese(word) for run in _runs(text) for word in dictionary().words_in(run))
    return Counter(entry for entry in made if entry)


def _runs(text: str) -> Sequence[str]:
    import re

    return re.findall("[\u4e00-\u9fff]+", normal(text))
