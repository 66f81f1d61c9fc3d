"""Words of both languages mapped to one inventory, so that counts can be compared.

An entry is an English word in the singular; a Chinese word has that of its plausible translation in
CC-CEDICT. The topic's terms are taken out before. What has no entry is not counted.
"""

from __future__ import annotations

import functools
import re
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
    """Return a Chinese word's entry: its shortest plausible English word, or "".

    >>> chinese("公民")
    'citizen'
    """
    if len(word) < SHORTEST["zh"]:
        return ""
    found = dictionary().to_english(word)
    single = {one.text for one in found if one.plausible >= PLAUSIBLE and " " not in one.text}
    # Of market and marketplace the plain word is what an English text is likelier to say.
    return english(min(single, key=lambda text: (len(text), text))) if single else ""


def entries(text: str, lang: str) -> Counter[str]:
    """Return how often each entry stands in a text."""
    if lang == "en":
        made = (english(word) for word in WORD.findall(normal(text)))
    else:
        made = (chinese(word) for run in _runs(text) for word in dictionary().words_in(run))
    return Counter(entry for entry in made if entry)


def _runs(text: str) -> Sequence[str]:
    return re.findall("[\u4e00-\u9fff]+", normal(text))
