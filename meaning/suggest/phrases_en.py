"""English phrases that may be terms: two to four words without grammar at their edges."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from index.analysis.en import singular
from index.crossing import EMPTY

LONGEST = 4
LEAST_COUNT = 4
LEAST_TEXTS = 3
_WORD = re.compile(r"[a-z0-9][a-z0-9’'-]*[a-z0-9]|[a-z0-9]")
_STOP = re.compile(r"[.,;:!?()\[\]\"“”|/—–•…]+|\s-\s")
# Beside the words that say nothing: words of talk and of grammar that no term begins or ends with.
_TALK = (
    "able across actually already always another around back because become best better big "
    "bring build built called can case come coming could course day days different doing "
    "done during each even every example far few find first four full get give go going "
    "good great had happen happened help her here him his idea if important instead into it "
    "its itself just keep kind know last later least less let like little long lot made "
    "make makes making many may maybe me means might mr ms much must my need needs never "
    "new next no now off old once one ones only other others our out own part people per "
    "put quite rather really right said same say see seen several she should since so some "
    "something sort start still such sure take talk tell than thank thanks then there these "
    "they thing things think those three through time today together too took try two under "
    "until up upon us use used using very via want was way ways week well went whole will "
    "without work worked working works would year years yes yet you your i'm it's that's "
    "we're don't you're i've we've there's they're can't didn't also including include "
    "includes based related specific various "
)
_EDGES = EMPTY | frozenset(_TALK.split())


def phrases(lines: Iterable[tuple[int, str]]) -> dict[str, float]:
    """Return phrases that may be terms and their C-value in these lines.

    C-value = log2(words) · (count − mean count of the longer phrases it is part of) (Frantzi,
    Ananiadou & Mima 2000, equation 2). ``lines`` are (number of the text, line in normal form).
    """
    counts: Counter[tuple[str, ...]] = Counter()
    texts: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    for text, line in lines:
        for piece in _STOP.split(line):
            words = _WORD.findall(piece.replace("’s", "").replace("'s", ""))
            for size in range(2, LONGEST + 1):
                for i in range(len(words) - size + 1):
                    found = (*words[i : i + size - 1], singular(words[i + size - 1]))
                    if _may_be(found):
                        counts[found] += 1
                        texts[found].add(text)
    kept = {w: n for w, n in counts.items() if n >= LEAST_COUNT and len(texts[w]) >= LEAST_TEXTS}
    return {" ".join(w): value for w, value in _c_values(kept).items() if value > 0}


def _may_be(words: tuple[str, ...]) -> bool:
    edges = (words[0], words[-1])
    if any(word in _EDGES or len(word) < 2 or word[0].isdigit() for word in edges):
        return False
    return not words[0].endswith("ly") and not any(w in _EDGES for w in words if w not in {"of"})


def _c_values(counts: dict[tuple[str, ...], int]) -> dict[tuple[str, ...], float]:
    longer: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for words, count in counts.items():
        for size in range(2, len(words)):
            for i in range(len(words) - size + 1):
                longer[words[i : i + size]].append(count)
    return {
        words: math.log2(len(words))
        * (count - (sum(longer[words]) / len(longer[words]) if longer[words] else 0))
        for words, count in counts.items()
    }
