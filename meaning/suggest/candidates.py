"""What may be a term of the topic, counted: on topic and off it, and beside the topic's terms."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from config.model import Topic
from index.analysis.unit import normal
from index.literals import Literals
from index.terms import wordings
from meaning.suggest.near import Text
from meaning.suggest.phrases_en import phrases
from meaning.suggest.words_zh import words

LOOKED_AT = 2000  # candidates of a language whose meaning is compared


@dataclass(frozen=True, slots=True)
class Candidate:
    """A string of one language that the topic lacks.

    ``on`` and ``off`` count the pages on and off topic that have it, ``near`` its places in what
    is read for candidates; ``association`` is the signed root of G² with the topic, by pages.
    """

    lang: str
    term: str
    near: int
    on: int
    off: int
    association: float


def candidates(texts: Sequence[Text], topic: Topic, lang: str) -> list[Candidate]:
    """Return the most frequent candidates, those that belong to the topic most first."""
    lines = [(n, line) for n, text in enumerate(texts) for line in text.read.split("\n")]
    counted: dict[str, float] = dict(words(lines)) if lang == "zh" else phrases(lines)
    known = [normal(w) for concept in topic.concepts for w in wordings(concept, lang)]
    fresh = {t: n for t, n in counted.items() if not _known(t, known, lang)}
    best = sorted(fresh, key=lambda term: -fresh[term])[:LOOKED_AT]
    on, off = _held(texts, best)
    every_on = sum(text.on_topic for text in texts)
    every_off = len(texts) - every_on
    made = []
    for term in best:
        a, b = on.get(term, 0), off.get(term, 0)
        g = association(a, every_on, b, every_off)
        made.append(Candidate(lang, term, round(fresh[term]), a, b, g))
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
