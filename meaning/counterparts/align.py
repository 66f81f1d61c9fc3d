"""From works to pairs: hints, then each other's nearest by meaning, then the facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from meaning.counterparts.facts import Shared, shared
from meaning.counterparts.margin import Near, Vectors, mutual
from meaning.counterparts.model import Pair, Work

# All below were chosen while looking at all of XQuAD's pairs hidden among realweb, and at halves of
# the same articles as false friends; nothing was held out. To see them again:
# `python benchmarks/meaning.py --only counterparts`.
LEAST = 0.66
"""Score from which two works are counterparts."""
BASE = 0.48
"""Cosine below which no number of shared facts makes a pair: nothing is looked up for it."""
PER_MARGIN, MIDDLE, TOP = 0.25, 1.2, 1.4
PER_FACT, MOST_FACTS = 0.03, 3
CONTRADICTED, FEW = 0.12, 0.25
"""Taken off where less than a quarter of the numbers agree."""
HINTED = {"same page": 0.45, "link": 0.35, "address": 0.45}
"""Cosine from which two pages that a site joins are believed: a switch may lead to a home page, and
a page may quote a sentence of the other language. ``same page`` is as ``address``; of realweb's
pages that have both languages none translates itself, and none reaches it."""
EVIDENCE = {
    "same page": "both languages on one page",
    "link": "the site's link",
    "address": "the site's address",
}


def score(near: Near, facts: Shared) -> float:
    """Return how surely two works say the same: cosine, margin and facts together.

    >>> round(score(Near(0, 0, 1.3, 0.7), Shared(("2021",), ("France",), 1.0)), 3)
    0.785
    """
    value = near.cosine + PER_MARGIN * (min(near.margin, TOP) - MIDDLE)
    value += PER_FACT * min(facts.count, MOST_FACTS)
    if facts.share is not None and facts.share < FEW:
        value -= CONTRADICTED
    return value


def align(
    en: Sequence[Work],
    zh: Sequence[Work],
    vectors: tuple[Vectors, Vectors],
    hints: Iterable[tuple[str, set[tuple[int, int]]]] = (),
) -> list[Pair]:
    """Return the pairs of counterparts, each work in at most one, by place of the English work.

    ``hints`` are (way, pairs of places), the surest way first; ``vectors`` of the works' leads.
    """
    pairs: list[Pair] = []
    for way, hinted in (("same page", _same_pages(en, zh)), *hints):
        fresh = sorted(hinted - {(pair.en, pair.zh) for pair in pairs})
        pairs += _hinted(way, fresh, *vectors)
    pairs = _apart(pairs)
    taken_en, taken_zh = {pair.en for pair in pairs}, {pair.zh for pair in pairs}
    for near in mutual(*vectors):
        if near.en in taken_en or near.zh in taken_zh or near.cosine < BASE:
            continue
        facts = shared(_all(en[near.en]), _all(zh[near.zh]))
        value = score(near, facts)
        if value >= LEAST:
            evidence = (f"cosine {near.cosine:.2f}", f"margin {near.margin:.2f}", *_said(facts))
            pairs.append(Pair(near.en, near.zh, round(min(value, 1.0), 3), "meaning", evidence))
    return sorted(pairs, key=lambda pair: pair.en)


def _same_pages(en: Sequence[Work], zh: Sequence[Work]) -> set[tuple[int, int]]:
    """The works that have a page with both languages, which may say the same twice."""
    places = {url_id: place for place, work in enumerate(zh) for url_id in work.url_ids}
    shared = (
        (place, next((places[url_id] for url_id in work.url_ids if url_id in places), None))
        for place, work in enumerate(en)
    )
    return {(place, other) for place, other in shared if other is not None}


def _hinted(way: str, places: list[tuple[int, int]], en: Vectors, zh: Vectors) -> list[Pair]:
    near = ((a, b, float(en[a] @ zh[b])) for a, b in places)
    return [
        Pair(a, b, round(cosine, 3), way, (EVIDENCE[way], f"cosine {cosine:.2f}"))
        for a, b, cosine in near
        if cosine >= HINTED[way]
    ]


def _apart(pairs: list[Pair]) -> list[Pair]:
    """The pairs in their order without those that have a work that an earlier one has."""
    taken_en: set[int] = set()
    taken_zh: set[int] = set()
    kept = []
    for pair in pairs:
        if pair.en not in taken_en and pair.zh not in taken_zh:
            kept.append(pair)
            taken_en.add(pair.en)
            taken_zh.add(pair.zh)
    return kept


def _all(work: Work) -> str:
    return work.text or work.title  # in a title every word looks like a name


def _said(facts: Shared) -> list[str]:
    said = []
    if facts.numbers:
        said.append(f"numbers {', '.join(facts.numbers[:4])}")
    if facts.names:
        said.append(f"names {', '.join(facts.names[:4])}")
    return said
