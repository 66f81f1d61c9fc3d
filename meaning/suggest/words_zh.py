"""Chinese words that no dictionary need know: characters that keep together, in varied company.

Pointwise mutual information and boundary entropy, as in unsupervised new-word discovery (Sproat &
Shih 1990; Huang & Powers 2003).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

LONGEST = 7
LEAST_COUNT = 5
LEAST_TEXTS = 3
LEAST_PMI = 2.0  # nats: seven times as often as its halves by chance
LEAST_ENTROPY = 0.9  # nats on the poorer side: about two and a half equally frequent neighbours
_EDGE = "\n"  # around every run of Chinese
_RUN = re.compile("[\u4e00-\u9fff\u3400-\u4dbf]+(?:\\d{3,5})?|\\d{4,5}[\u4e00-\u9fff]+")
# Words of grammar and talk: a term neither begins nor ends with one of these characters.
_GRAMMAR = frozenset(
    "的了是在和与及或而也就都还又把被让对从向到以为于这那哪我你他她它您个些么吗呢吧啊所其之者则"
    "很最更太可能会要想说讲看去来做用有没不无非如若因但且并等当将应须按各每该本此某前后上下中内外间"
    "时候年月日第一二三四五六七八九十两几多少次件条款项以由至自使得给跟叫像再才只已曾正经过"
)
_INNER = frozenset("的了是和们这那我你他她它吗呢吧啊么很就也都")
_STARTS = "一网 一件 一窗 一站 一体 一表 一张 三 多 无 非 上云 第三方 不见面 最多"
_ALLOWED_START = tuple(_STARTS.split())
_ALLOWED_END = ("参与", "应用", "使用", "公用", "共用", "信用", "作用", "通办", "一次")


class _Strings(NamedTuple):
    """The frequent strings of one length: with counts; at each of its places, which it is."""

    words: list[str]
    counts: Ints
    places: Ints
    numbers: Ints


def words(lines: Iterable[tuple[int, str]]) -> dict[str, int]:
    """Return the strings that may be words and how often each stands in these lines.

    ``lines`` are (number of the text, line in normal form).
    """
    runs = [(text, run) for text, line in lines for run in _RUN.findall(line)]
    joined = _EDGE + "".join(run + _EDGE for _, run in runs)
    texts = np.repeat([-1, *(text for text, _ in runs)], [1, *(len(run) + 1 for _, run in runs)])
    counts: dict[str, int] = {}
    found: list[str] = []
    for strings in _frequent(joined):
        counts.update(zip(strings.words, strings.counts.tolist(), strict=True))
        found += _free(strings, joined, texts)
    total = sum(len(run) for _, run in runs)
    return {
        word: counts[word]
        for word in sorted(found)
        if len(word) > 1 and _may_be(word) and _pmi(word, counts, total) >= LEAST_PMI
    }


def _frequent(joined: str) -> Iterator[_Strings]:
    """Yield the frequent strings of each length, the shortest first.

    In arrays: a string is a number, and a longer one the pair of those without either end.
    """
    codes = np.frombuffer(joined.encode("utf-32-le"), np.uint32).astype(np.int64)
    places, keys = np.flatnonzero(codes != ord(_EDGE)), codes[codes != ord(_EDGE)]
    for size in range(1, LONGEST + 1):
        _, first, numbers, counts = np.unique(keys, True, True, True)
        kept = counts >= LEAST_COUNT
        numbers = np.where(kept, np.cumsum(kept) - 1, -1)[numbers]
        starts = places[first[kept]].tolist()
        places, numbers = places[numbers >= 0], numbers[numbers >= 0]
        yield _Strings([joined[n : n + size] for n in starts], counts[kept], places, numbers)
        here = np.full(len(codes), -1)
        here[places] = numbers
        places = np.flatnonzero((here[:-1] >= 0) & (here[1:] >= 0))
        keys = here[places] * len(codes) + here[places + 1]


def _free(strings: _Strings, joined: str, texts: Ints) -> list[str]:
    """The strings that stand in enough texts with varied neighbours on both sides."""
    if not strings.words:
        return []
    size = len(strings.words[0])
    codes = np.frombuffer(joined.encode("utf-32-le"), np.uint32).astype(np.int64)
    # An edge of a run is a neighbour of its own: punctuation ends words.
    codes = np.where(codes == ord(_EDGE), -np.arange(len(codes)), codes)
    wide = texts.max() + 2
    held = np.unique(strings.numbers * wide + texts[strings.places]) // wide
    enough = np.bincount(held, minlength=len(strings.words)) >= LEAST_TEXTS
    left = _entropies(strings, codes[strings.places - 1])
    right = _entropies(strings, codes[strings.places + size])
    varied = np.minimum(left, right) >= LEAST_ENTROPY
    return [strings.words[n] for n in np.flatnonzero(enough & varied)]


def _may_be(word: str) -> bool:
    if any(c in _INNER for c in word):
        return False
    if word[-1] in _GRAMMAR and not word.endswith(_ALLOWED_END):
        return False
    return word[0] not in _GRAMMAR or word.startswith(_ALLOWED_START)


def _pmi(word: str, counts: dict[str, int], total: int) -> float:
    """The least that two halves keep together: log p(word) / (p(head) · p(tail))."""
    return min(
        math.log(counts[word] * total / (counts[word[:cut]] * counts[word[cut:]]))
        for cut in range(1, len(word))
    )


def _entropies(strings: _Strings, neighbours: Ints) -> NDArray[np.float64]:
    """Each string's entropy of its neighbours, in nats; one neighbour for each place."""
    low, wide = neighbours.min(), np.ptp(neighbours) + 1
    pairs, counts = np.unique(strings.numbers * wide + neighbours - low, return_counts=True)
    parts = np.bincount(pairs // wide, counts * np.log(counts), len(strings.words))
    return np.log(strings.counts) - parts / strings.counts
