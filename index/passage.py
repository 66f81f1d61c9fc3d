"""The passage of a text that answers best: for ranking what matches any of the words.

A page that has the words in one sentence is better than one that has them here and there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from index.analysis import ANALYZERS
from index.analysis.strip import texts
from index.analysis.unit import normal

SENTENCE = re.compile("(?<=[。！？!?；;\\n])|(?<=[.])\\s")
READ = 20_000  # characters of a page
# A sentence's weight beside the whole text's BM25: of .4, .8 and 1.6 the best on CMRC, both halves
# together; XQuAD had no say in it. `benchmarks/search.py --only quality` measures it.
WEIGHT = 0.8


def idf(documents: int, frequency: int) -> float:
    """Return a token's inverse document frequency, as Lucene's BM25 has it."""
    return math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5))


def best_passage(text: str, weights: Mapping[str, float], lang: str) -> float:
    """Return the most that one sentence of a text has of these tokens, by their weights."""
    sentences = [s for s in SENTENCE.split(normal(text[:READ])) if s.strip()]
    if not sentences or not weights:
        return 0.0
    return max(_worth(sentence, weights, lang) for sentence in sentences)


def _worth(sentence: str, weights: Mapping[str, float], lang: str) -> float:
    if lang == "zh":
        # Characters and pairs of them are strings of the sentence; that is ten times as fast.
        return sum(weight for token, weight in weights.items() if token in sentence)
    held = texts(ANALYZERS[lang].quick(sentence))
    return sum(weight for token, weight in weights.items() if token in held)
