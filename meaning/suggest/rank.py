"""Which candidates belong to the topic: said on topic more than off it, and like its terms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from config.model import Topic
from index.analysis.unit import normal
from index.terms import wordings
from meaning.suggest.candidates import Candidate, candidates
from meaning.suggest.group import Group, Scored, groups
from meaning.suggest.likeness import Scores, Vectors, form, kindred, nearest
from meaning.suggest.near import Text, Texts

ASSOCIATION, FORM = 0.7, 0.3
"""What association and form weigh beside meaning, each as normal ranks: among the best of a grid
over draws of ten concepts removed on realweb, from two topics; the ten of `benchmarks/meaning.py`
were looked at last."""
ACROSS = 0.5
"""What weighs, the same way, nearness to the nearest of the ``BEST`` candidates of the other
language: chosen on four draws of ten concepts; on five others it did no harm."""
BEST = 150
FORM_ALONE = 1.0
"""What form weighs where meaning is not compared."""
CLOSE = 0.62
"""Cosine from which a candidate may be another wording of a concept rather than a new one."""
EXAMPLES = 3

Encode = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Wording:
    """One string of a proposal, with the pages on and off topic that have it."""

    lang: str
    term: str
    on: int
    off: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A concept that the topic file lacks.

    ``lang`` and ``term`` are its best wording, ``wordings`` all of both languages, that one first;
    ``on`` and ``off`` count the pages on and off topic that have the term, ``near`` its places on
    topic or beside the topic's terms. ``concept`` is the topic's concept nearest in meaning and
    ``cosine`` how near ("" and 0 without sentence embeddings). ``examples`` are (URL, context).
    """

    lang: str
    term: str
    score: float
    on: int
    off: int
    near: int
    concept: str
    cosine: float
    wordings: tuple[Wording, ...]
    examples: tuple[tuple[str, str], ...]

    def terms(self, lang: str) -> tuple[str, ...]:
        """Return the wordings of one language; none where it is said in the other only."""
        return tuple(one.term for one in self.wordings if one.lang == lang)


def proposals(found: Texts, topic: Topic, limit: int, encode: Encode | None) -> list[Proposal]:
    """Return the best proposals, the best first; each covers both languages where it can.

    Without ``encode`` only association and form count, and nothing is said of meaning.
    """
    names = [
        (lang, c.id, normal(w))
        for lang in found.of
        for c in topic.concepts
        for w in wordings(c, lang)
    ]
    terms = encode([text for _, _, text in names]) if encode else np.empty((0, 0), np.float32)
    made = {lang: candidates(texts, topic, lang) for lang, texts in found.of.items()}
    mine = {
        lang: terms[[n for n, name in enumerate(names) if name[0] == lang]]
        for lang in made
        if encode
    }
    scored = {lang: _scored(made[lang], topic, lang, mine.get(lang), encode) for lang in made}
    pool = [one for lang in scored for one in (_across(scored, lang) if encode else scored[lang])]
    pool.sort(key=lambda one: -one.score)
    chosen = groups(pool, limit)
    concepts = [concept for _, concept, _ in names]
    return [_proposal(group, concepts, terms, found) for group in chosen]


def _scored(
    made: Sequence[Candidate],
    topic: Topic,
    lang: str,
    mine: Vectors | None,
    encode: Encode | None,
) -> list[Scored]:
    if not made:
        return []
    terms = [c.term for c in made]
    scores = ASSOCIATION * _ranks([c.association for c in made])
    if encode and mine is not None:
        vectors = encode(terms)
        scores = scores + FORM * _ranks(form(terms, topic, lang)) + _ranks(kindred(vectors, mine))
    else:
        vectors = np.empty((len(terms), 0), np.float32)
        scores = scores + FORM_ALONE * _ranks(form(terms, topic, lang))
    return [Scored(c, float(s), v) for c, s, v in zip(made, scores, vectors, strict=True)]


def _across(scored: dict[str, list[Scored]], lang: str) -> list[Scored]:
    """Add what the other language says: how near its best candidates lie in meaning."""
    own = scored[lang]
    others = [one for other, some in scored.items() if other != lang for one in some]
    best = sorted(others, key=lambda one: -one.score)[:BEST]
    if not own or not best:
        return own
    there = np.stack([one.vector for one in best])
    close = _ranks(nearest(np.stack([one.vector for one in own]), there))
    return [
        replace(one, score=one.score + ACROSS * float(c)) for one, c in zip(own, close, strict=True)
    ]


def _ranks(values: Sequence[float] | Scores) -> Scores:
    """Ranks as normal quantiles, so that no measure's outliers decide."""
    order = np.argsort(np.argsort(np.asarray(values), kind="stable"), kind="stable")
    quantiles: Scores = ndtri((order + 0.5) / len(order))
    return quantiles


def _proposal(group: Group, concepts: Sequence[str], terms: Vectors, found: Texts) -> Proposal:
    head = group.members[0]
    best = head.candidate
    concept, cosine = "", 0.0
    if head.vector.size and len(terms):
        near = terms @ head.vector
        # The mean of the nearest few: one odd term of the topic must not draw its like.
        concept, cosine = concepts[int(near.argmax())], float(np.sort(near)[-3:].mean())
    made = (one.candidate for one in group.members)
    return Proposal(
        best.lang,
        best.term,
        round(head.score, 3),
        best.on,
        best.off,
        best.near,
        concept,
        round(cosine, 3),
        tuple(Wording(c.lang, c.term, c.on, c.off) for c in made),
        _examples(best.term, found.of[best.lang]),
    )


def _examples(term: str, texts: Sequence[Text]) -> tuple[tuple[str, str], ...]:
    examples: list[tuple[str, str]] = []
    for text in texts:
        line = next((w for n, w in zip(text.near, text.written, strict=True) if term in n), "")
        if line and len(examples) < EXAMPLES:
            at = max(0, normal(line).find(term) - 40)
            examples.append((text.url, line[at : at + 100].strip()))
    return tuple(examples)
