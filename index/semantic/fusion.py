"""Several rankings made into one: reciprocal rank fusion (Cormack, Clarke and Büttcher 2009)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

# The paper's 60 suits many long lists: there rank 1 and rank 20 count nearly alike, so being in all
# three lists beats being first in two. Of 1 to 100, 10 had the best MRR on one half of XQuAD's
# paragraphs, asked in English; `benchmarks/search.py --only crossing` prints the other half with 10
# and with 60.
FLATTENING = 10


def fused(rankings: Iterable[Sequence[int]]) -> list[tuple[int, float]]:
    """Return everything ranked, by the sum of 1 / (10 + rank) over the rankings it is in.

    Ties by number, so that the order is the same in every run.
    """
    worth: defaultdict[int, float] = defaultdict(float)
    for ranking in rankings:
        for rank, one in enumerate(ranking, 1):
            worth[one] += 1 / (FLATTENING + rank)
    return sorted(worth.items(), key=lambda pair: (-pair[1], pair[0]))
