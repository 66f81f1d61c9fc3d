"""Chinese words that no dictionary need know: characters that keep together, in varied company.

Pointwise mutual information and boundary entropy, as in unsupervised new-word discovery (Sproat &
Shih 1990; Huang & Powers 2003).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

LONGEST = 7
LEAST_COUNT = 5
LEAST_TEXTS = 3
LEAST_PMI = 2.0  # nats: seven times as often as its halves by chance
LEAST_ENTROPY = 0.9  # nats on the poorer side: about two and a half equally frequent neighbours
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


def words(lines: Iterable[tuple[int, str]]) -> dict[str, int]:
    """Return the strings that may be words and how often each stands in these lines.

    ``lines`` are (number of the text, line in normal form).
    """
    runs = [(text, run) for text, line in lines for run in _RUN.findall(line)]
    counts = _counts(runs)
    likely = {
        word
        for word, count in counts.items()
        if len(word) > 1 and count >= LEAST_COUNT and _may_be(word)
    }
    total = sum(len(run) for _, run in runs)
    likely = {word for word in likely if _pmi(word, counts, total) >= LEAST_PMI}
    return {word: counts[word] for word in _free(runs, likely)}


def _counts(runs: Sequence[tuple[int, str]]) -> Counter[str]:
    """Count strings; a longer one only where both it has without an end are frequent."""
    counts: Counter[str] = Counter()
    frequent: set[str] = set()
    for size in range(1, LONGEST + 1):
        found: Counter[str] = Counter()
        for _, run in runs:
            for i in range(len(run) - size + 1):
                word = run[i : i + size]
                if size < 3 or (word[1:] in frequent and word[:-1] in frequent):
                    found[word] += 1
        counts.update(found)
        frequent = {word for word, count in found.items() if count >= LEAST_COUNT}
    return counts


def _free(runs: Sequence[tuple[int, str]], likely: set[str]) -> list[str]:
    """The strings that stand in enough texts with varied neighbours on both sides."""
    left: defaultdict[str, Counter[str]] = defaultdict(Counter)
    right: defaultdict[str, Counter[str]] = defaultdict(Counter)
    texts: defaultdict[str, set[int]] = defaultdict(set)
    for number, (text, run) in enumerate(runs):
        for i in range(len(run)):
            for size in range(2, min(LONGEST, len(run) - i) + 1):
                word = run[i : i + size]
                if word in likely:
                    # An edge of a run is a neighbour of its own: punctuation ends words.
                    left[word][run[i - 1] if i else f"<{number}"] += 1
                    right[word][run[i + size] if i + size < len(run) else f">{number}"] += 1
                    texts[word].add(text)
    return [
        word
        for word in sorted(likely)
        if len(texts[word]) >= LEAST_TEXTS
        and min(_entropy(left[word]), _entropy(right[word])) >= LEAST_ENTROPY
    ]


def _may_be(word: str) -> bool:
    if any(c in _INNER for c in word):
        return False
    if word[-1] in _GRAMMAR and not word.endswith(_ALLOWED_END):
        return False
    return word[0] not in _GRAMMAR or word.startswith(_ALLOWED_START)


def _pmi(word: str, counts: Counter[str], total: int) -> float:
    """The least that two halves keep together: log p(word) / (p(head) · p(tail))."""
    return min(
        math.log(counts[word] * total / (counts[word[:cut]] * counts[word[cut:]]))
        for cut in range(1, len(word))
    )


def _entropy(neighbours: Counter[str]) -> float:
    total = sum(neighbours.values())
    return -sum(n / total * math.log(n / total) for n in neighbours.values())
