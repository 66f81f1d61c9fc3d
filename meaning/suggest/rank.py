"""Which candidates belong to the topic: said on topic more than off it, and near it in meaning."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from config.model import Topic
from index.analysis.en import singular
from index.analysis.unit import normal
from index.literals import Literals
from index.terms import wordings
from meaning.suggest.near import Text, Texts
from meaning.suggest.phrases_en import phrases
from meaning.suggest.words_zh import words

LOOKED_AT = 2000  # candidates of a language whose meaning is compared
MEANING, FORM, LENGTH = 0.5, 1.0, 0.5
"""What meaning, form and length weigh beside association, all standardised: the best of a grid over
four draws of ten concepts removed on realweb, scored as `benchmarks/meaning.py` does."""
CLOSE = 0.62
"""Cosine from which a candidate may be another wording of a concept rather than a new one."""
EXAMPLES = 3

Encode = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A term that the topic file lacks.

    ``on`` and ``off`` count the pages on and off topic that have it, ``near`` its places beside
    the topic's terms. ``concept`` is the topic's concept nearest in meaning and ``cosine`` how
    near ("" and 0 without sentence embeddings); ``other`` is the most similar candidate of the
    other language, or "": then it is said in one language only. ``examples`` are (URL, context).
    """

    lang: str
    term: str
    score: float
    on: int
    off: int
    near: int
    concept: str
    cosine: float
    other: str
    examples: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    term: str
    near: int
    on: int
    off: int
    association: float


def proposals(found: Texts, topic: Topic, limit: int, encode: Encode | None) -> list[Proposal]:
    """Return the best proposals of both languages together, the best first.

    Without ``encode`` only association counts, and nothing is said of meaning.
    """
    sides = {lang: _candidates(found.of[lang], topic, lang) for lang in found.of}
    near = _nearness(sides, topic, encode) if encode else {}
    pool: list[Proposal] = []
    for lang, candidates in sides.items():
        scores = _standard([c.association for c in candidates])
        terms = [c.term for c in candidates]
        scores = scores + FORM * _standard(form(terms, topic, lang))
        scores = scores + LENGTH * _standard([len(_parts(term, lang)) for term in terms])
        if near:
            close = _standard([near[lang, c.term][1] for c in candidates])
            scores = scores + MEANING * close
        order = np.argsort(-scores, kind="stable")
        for place in order:
            candidate = candidates[place]
            concept, cosine, other = near.get((lang, candidate.term), ("", 0.0, ""))
            pool.append(
                Proposal(
                    lang,
                    candidate.term,
                    round(float(scores[place]), 3),
                    candidate.on,
                    candidate.off,
                    candidate.near,
                    concept,
                    round(cosine, 3),
                    other,
                    (),
                )
            )
    pool.sort(key=lambda p: -p.score)
    chosen = _different(pool, limit)
    return [_with_examples(p, found.of[p.lang]) for p in chosen]


def _candidates(texts: Sequence[Text], topic: Topic, lang: str) -> list[_Candidate]:
    lines = [(n, line) for n, text in enumerate(texts) for line in text.read.split("\n")]
    counted: dict[str, float] = dict(words(lines)) if lang == "zh" else phrases(lines)
    known = [normal(w) for concept in topic.concepts for w in wordings(concept, lang)]
    fresh = {t: n for t, n in counted.items() if not _known(t, known, lang)}
    best = sorted(fresh, key=lambda term: -fresh[term])[:LOOKED_AT]
    on, off = _held(texts, best)
    every_on = sum(text.on_topic for text in texts)
    every_off = len(texts) - every_on
    made = [
        _Candidate(
            term,
            round(fresh[term]),
            on.get(term, 0),
            off.get(term, 0),
            association(on.get(term, 0), every_on, off.get(term, 0), every_off),
        )
        for term in best
    ]
    return sorted(made, key=lambda c: -c.association)


def association(on: int, every_on: int, off: int, every_off: int) -> float:
    """Return the signed root of the log-likelihood ratio G² of a term with the topic, by pages.

    Dunning 1993, "Accurate Methods for the Statistics of Surprise and Coincidence", section 4.

    >>> association(10, 20, 1, 200) > association(10, 20, 50, 200) > 0 > association(1, 20, 50, 200)
    True
    """
    a, b = on + 0.5, off + 0.5
    c, d = every_on - on + 0.5, every_off - off + 0.5
    total = a + b + c + d
    g = 2 * sum(
        seen * math.log(seen * total / (row * column))
        for seen, row, column in (
            (a, a + b, a + c),
            (b, a + b, b + d),
            (c, c + d, a + c),
            (d, c + d, b + d),
        )
    )
    sign = 1 if a / (a + c) > b / (b + d) else -1
    return sign * math.sqrt(max(g, 0.0))


def form(terms: Sequence[str], topic: Topic, lang: str) -> list[float]:
    """Return for each candidate how much it is made like the topic's terms.

    The mean log odds of its parts (characters, words) and the log odds of its length between the
    topic's terms and all candidates, each count one larger (naive Bayes).
    """
    known = [_parts(normal(w), lang) for c in topic.concepts for w in wordings(c, lang)]
    given = [_parts(term, lang) for term in terms]
    odds = [
        _odds(Counter(p for parts in known for p in parts), Counter(p for g in given for p in g)),
        _odds(Counter(map(len, known)), Counter(map(len, given))),
    ]
    return [
        sum(odds[0](part) for part in parts) / max(1, len(parts)) + odds[1](len(parts))
        for parts in given
    ]


def _odds(ours: Counter[Any], theirs: Counter[Any]) -> Callable[[Any], float]:
    kinds = len(ours | theirs)
    all_ours, all_theirs = sum(ours.values()) + kinds, sum(theirs.values()) + kinds

    def odds(value: Any) -> float:
        return math.log((ours[value] + 1) * all_theirs / ((theirs[value] + 1) * all_ours))

    return odds


def _parts(term: str, lang: str) -> tuple[str, ...]:
    return tuple(term) if lang == "zh" else tuple(singular(word) for word in term.split())


def _held(texts: Sequence[Text], terms: list[str]) -> tuple[dict[str, int], dict[str, int]]:
    """How many pages on and off topic have each term."""
    literals = Literals(terms)
    counts: tuple[dict[str, int], dict[str, int]] = ({}, {})
    for text in texts:
        side = counts[0 if text.on_topic else 1]
        for term in literals.held(text.text):
            side[term] = side.get(term, 0) + 1
    return counts


def _known(term: str, known: list[str], lang: str) -> bool:
    """True where the topic has the term or a part of it."""
    if lang == "zh":
        return any(other in term for other in known)
    padded = f" {term} "
    return any(f" {o} " in padded or f" {o}s " in padded for o in known)


def _nearness(
    sides: dict[str, list[_Candidate]], topic: Topic, encode: Encode
) -> dict[tuple[str, str], tuple[str, float, str]]:
    """For each candidate the concept nearest in meaning, how near, and its match over there."""
    names = [(c.id, text) for c in topic.concepts for lang in sides for text in wordings(c, lang)]
    terms = encode([text for _, text in names])
    vectors = {lang: encode([c.term for c in found]) for lang, found in sides.items()}
    made: dict[tuple[str, str], tuple[str, float, str]] = {}
    for lang, found in sides.items():
        (there,) = set(sides) - {lang}
        if not found:
            continue
        to_topic = vectors[lang] @ terms.T
        # The mean of the nearest few: one odd term of the topic must not draw its like.
        few = np.sort(to_topic, axis=1)[:, -3:].mean(axis=1)
        across = vectors[lang] @ vectors[there].T if sides[there] else None
        for n, candidate in enumerate(found):
            other = ""
            if across is not None and across[n].max() >= CLOSE:
                other = sides[there][int(across[n].argmax())].term
            concept = names[int(to_topic[n].argmax())][0]
            made[lang, candidate.term] = (concept, float(few[n]), other)
    return made


def _standard(values: Sequence[float]) -> NDArray[np.float64]:
    given = np.array(values, dtype=np.float64)
    spread = given.std() if len(given) else 0.0
    return (given - given.mean()) / spread if spread else given * 0


def _different(pool: Sequence[Proposal], limit: int) -> list[Proposal]:
    """The best, without those that share half of their parts with a better one."""
    chosen: list[Proposal] = []
    taken: dict[str, list[set[str]]] = {"en": [], "zh": []}
    for one in pool:
        if len(chosen) == limit:
            break
        parts = _pieces(one.term, one.lang)
        if all(2 * len(parts & o) < min(len(parts), len(o)) for o in taken[one.lang]):
            chosen.append(one)
            taken[one.lang].append(parts)
    return chosen


def _pieces(term: str, lang: str) -> set[str]:
    if lang == "en":
        return set(term.split())
    return {term[i : i + 2] for i in range(len(term) - 1)}


def _with_examples(proposal: Proposal, texts: Sequence[Text]) -> Proposal:
    examples: list[tuple[str, str]] = []
    for text in texts:
        line = next(
            (w for n, w in zip(text.near, text.written, strict=True) if proposal.term in n), ""
        )
        if line and len(examples) < EXAMPLES:
            at = max(0, normal(line).find(proposal.term) - 40)
            examples.append((text.url, line[at : at + 100].strip()))
    return replace(proposal, examples=tuple(examples))
