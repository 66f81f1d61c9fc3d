"""From the comparisons that are kept to what the report says of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from config.model import LANGUAGES, Topic
from report.estimate.discoveries import FALSE_SHARE, discoveries
from report.framing.collocates import Example
from report.framing.compare import Framing
from report.framing.keep import kept
from report.meaning.model import Framed, Framings, InContext, WordRecall

AROUND = {"en": 160, "zh": 60}
"""Characters on either side of the term that are shown."""


def framings_of(data: Path, revision: int, topic: Topic) -> Framings:
    """Return what `duizhao meaning` kept at this revision, the surest differences first."""
    held = kept(data, revision, topic)
    if held is None:
        return Framings()
    recalls = tuple(
        WordRecall(one.lang, one.recall, one.limits.low, one.limits.high, one.judged)
        for _, one in sorted(held.recalls.items())
    )
    names = {concept.id: (concept.en, concept.zh) for concept in topic.concepts}
    framings = [one for name, one in held.framings.items() if name in names]
    framings.sort(key=lambda one: (one.divergence.p if one.divergence else 2.0, one.concept))
    marked = _discoveries(framings)
    made = (_framed(one, *names[one.concept], one.concept in marked) for one in framings)
    return Framings(True, recalls, tuple(made))


def _discoveries(framings: Iterable[Framing]) -> frozenset[str]:
    """The concepts that differ, at most a tenth of them falsely: many are tested at once.

    None that differs less than translations of one text do.
    """
    framings = list(framings)
    tested = [(one.concept, one.divergence.p) for one in framings if one.divergence]
    if not tested:
        return frozenset()
    found = discoveries(np.array([p for _, p in tested]), FALSE_SHARE)
    differ = {one.concept for one in framings if one.differs}
    return frozenset(name for (name, _), yes in zip(tested, found, strict=True) if yes) & differ


def _framed(one: Framing, en: str, zh: str, marked: bool) -> Framed:
    return Framed(
        one.concept,
        en,
        zh,
        one.passages["en"],
        one.passages["zh"],
        one.sites["en"],
        one.sites["zh"],
        one.divergence.bits if one.divergence else None,
        one.divergence.p if one.divergence else None,
        marked,
        one.refused.en if one.refused else "",
        one.refused.zh if one.refused else "",
        one.words,
        tuple(_in_context(lang, e) for lang in LANGUAGES for e in one.examples[lang]),
    )


def _in_context(lang: str, example: Example) -> InContext:
    text, start, end = example.sentence, example.start, example.end
    reach = AROUND[lang]
    before, after = text[max(0, start - reach) : start], text[end : end + reach]
    dots = ("…" if start > reach else "", "…" if len(text) - end > reach else "")
    return InContext(
        lang, dots[0] + before, text[start:end], after + dots[1], example.title, example.url
    )
