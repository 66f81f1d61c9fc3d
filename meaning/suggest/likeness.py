"""How much a candidate is like the topic's own terms: in its making, and in its meaning."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from config.model import Topic
from index.analysis.en import singular
from index.analysis.unit import normal
from index.terms import wordings

RIDGE = 10.0
"""How far the candidates' covariance is drawn to a sphere, in mean variances: of 1, 3 and 10 the
best over draws of ten concepts removed on realweb; they differ little."""

Vectors = NDArray[np.float32]
Scores = NDArray[np.float64]


def form(terms: Sequence[str], topic: Topic, lang: str) -> list[float]:
    """Return for each candidate how much it is made like the topic's terms.

    The mean log odds of its parts (characters, words) and the log odds of its length between the
    topic's terms and all candidates, each count one larger (naive Bayes).
    """
    known = [parts(normal(w), lang) for c in topic.concepts for w in wordings(c, lang)]
    given = [parts(term, lang) for term in terms]
    odds = [
        _odds(Counter(p for some in known for p in some), Counter(p for g in given for p in g)),
        _odds(Counter(map(len, known)), Counter(map(len, given))),
    ]
    return [
        sum(odds[0](part) for part in some) / max(1, len(some)) + odds[1](len(some))
        for some in given
    ]


def parts(term: str, lang: str) -> tuple[str, ...]:
    """Return what a term is made of: characters, or words in the singular."""
    return tuple(term) if lang == "zh" else tuple(singular(word) for word in term.split())


def kindred(candidates: Vectors, terms: Vectors) -> Scores:
    """Return how far each candidate lies from the mean candidate towards the topic's terms.

    Fisher's linear discriminant between the candidates and the terms, with the candidates'
    covariance drawn to a sphere: what most candidates share counts little. Rows are vectors.
    """
    if not len(candidates) or not len(terms):
        return np.zeros(len(candidates))
    rows = candidates.astype(np.float64)
    rows = rows - rows.mean(axis=0)
    towards = terms.astype(np.float64).mean(axis=0) - candidates.astype(np.float64).mean(axis=0)
    spread = rows.T @ rows / max(1, len(rows) - 1)
    size = spread.shape[0]
    sphere = np.eye(size) * max(float(np.trace(spread)) / size, 1e-9) * RIDGE
    scores: Scores = rows @ np.linalg.solve(spread + sphere, towards)
    return scores


def nearest(candidates: Vectors, others: Vectors) -> Scores:
    """Return each candidate's cosine with the nearest of the others; rows are vectors."""
    if not len(candidates) or not len(others):
        return np.zeros(len(candidates))
    best: Scores = (candidates @ others.T).max(axis=1).astype(np.float64)
    return best


def _odds(ours: Counter[Any], theirs: Counter[Any]) -> Callable[[Any], float]:
    kinds = len(ours | theirs)
    all_ours, all_theirs = sum(ours.values()) + kinds, sum(theirs.values()) + kinds

    def odds(value: Any) -> float:
        return math.log((ours[value] + 1) * all_theirs / ((theirs[value] + 1) * all_ours))

    return odds
