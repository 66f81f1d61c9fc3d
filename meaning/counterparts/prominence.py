"""How prominent a work is: from its reprints, the hosts that link to it, and its kind of source."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from meaning.counterparts.model import Work

KIND = {
    "government": 2.0,
    "party": 2.0,
    "international body": 1.5,
    "state media": 1.5,
    "think tank": 1.0,
    "academic": 1.0,
    "press": 1.0,
    "company": 0.5,
    "blog": 0.5,
}
"""What a kind of source is worth beside one doubling of reprints: a judgement, shown with every
row, which says that an official text is worth reading before its echoes."""
PER_SOURCE = 3
"""At most so many of one source, or one prolific site would be the whole list."""


def prominence(work: Work) -> float:
    """Return log2(1 + reprints) + log2(1 + linking hosts) + the kind's worth + core concepts / 4.

    >>> prominence(Work("zh", "", "", (1, 2), ("a", "b"), kind="press", linked=3, core=2))
    4.5
    """
    spread = math.log2(1 + work.reprints) + math.log2(1 + work.linked)
    return spread + KIND.get(work.kind, 0.0) + work.core / 4


def ranked(works: Iterable[Work], limit: int) -> Sequence[Work]:
    """Return the most prominent works, at most so many a source; ties by concepts, then by URL."""
    order = sorted(works, key=lambda w: (-prominence(w), -w.concepts, w.urls[0]))
    taken: Counter[str] = Counter()
    chosen: list[Work] = []
    for work in order:
        if taken[work.source] < PER_SOURCE and len(chosen) < limit:
            taken[work.source] += 1
            chosen.append(work)
    return chosen
