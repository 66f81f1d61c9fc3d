"""Candidates that are wordings of one thing, in either language, in one proposal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from index.analysis.unit import normal
from index.dictionary import dictionary
from meaning.suggest.candidates import Candidate
from meaning.suggest.likeness import Vectors

SAME = 0.75
"""Cosine from which two candidates of a language are wordings of one thing."""
ACROSS = 0.62
"""The same of two languages: a translation is farther away than a synonym."""
MOST = 3
"""Wordings of a language in a proposal."""
POOL = 1500
"""Candidates, the best first, that may be wordings of a better one."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its score; ``vector`` is empty where meaning is not compared."""

    candidate: Candidate
    score: float
    vector: Vectors


@dataclass(slots=True)
class Group:
    """Wordings of one thing, the best first."""

    members: list[Scored] = field(default_factory=list)

    def of(self, lang: str) -> list[Scored]:
        """Return those of one language."""
        return [one for one in self.members if one.candidate.lang == lang]


def groups(pool: Sequence[Scored], limit: int) -> list[Group]:
    """Return ``limit`` groups, the best first; ``pool`` is in order of score.

    A candidate joins the first better one that shares half of its parts, means nearly the same,
    or is its translation, until that has enough wordings; so no two groups are of one thing.
    A part of a wording, and what holds one, is no further wording: 服务 says too much, and
    政务服务中心 is found with 政务服务.
    """
    made: list[tuple[Group, Callable[[Scored], bool]]] = []
    for one in pool[:POOL]:
        home = next((group for group, takes in made if takes(one)), None)
        if home is None:
            if len(made) < limit:
                made.append((Group([one]), _taker(one)))
        else:
            _join(home, one)
    return [group for group, _ in made]


def _join(group: Group, one: Scored) -> None:
    held = group.of(one.candidate.lang)
    texts = [_padded(other.candidate) for other in held]
    own = _padded(one.candidate)
    if len(held) < MOST and not any(own in text or text in own for text in texts):
        group.members.append(one)


def _padded(one: Candidate) -> str:
    return one.term if one.lang == "zh" else f" {one.term} "


def _taker(head: Scored) -> Callable[[Scored], bool]:
    lang = head.candidate.lang
    own, translated = _pieces(head.candidate), _translations(head.candidate)

    def takes(other: Scored) -> bool:
        near = float(np.dot(head.vector, other.vector)) if head.vector.size else 0.0
        if other.candidate.lang != lang:
            return near >= ACROSS or other.candidate.term in translated
        theirs = _pieces(other.candidate)
        return near >= SAME or 2 * len(own & theirs) >= min(len(own), len(theirs))

    return takes


def _pieces(one: Candidate) -> set[str]:
    if one.lang == "en":
        return set(one.term.split())
    return {one.term[i : i + 2] for i in range(len(one.term) - 1)}


def _translations(one: Candidate) -> frozenset[str]:
    look = dictionary().to_chinese if one.lang == "en" else dictionary().to_english
    return frozenset(normal(found.text) for found in look(one.term))
