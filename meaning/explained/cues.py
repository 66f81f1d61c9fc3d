"""Cues: what in a passage speaks for or against an explanation, each with a name and its reason.

A cue is a pattern over the passage in normal form (folded, Traditional as Simplified), in which
the term is one sign, so that a pattern says where the term stands without knowing it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.analysis.unit import normal
from meaning.explained import cues_en, cues_en_against, cues_zh
from meaning.explained.passage import Passage

THIS, OTHER = "\ue000", "\ue001"
"""The mention that is judged, and any other of the same term, each as one private character."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue: ``where`` is the part it looks at, ``reason`` what a reader is told."""

    name: str
    reason: str
    where: str
    pattern: re.Pattern[str]


def _compiled(rows: tuple[tuple[str, str, str, str], ...]) -> tuple[Cue, ...]:
    return tuple(
        Cue(name, reason, where, re.compile(_signed(pattern)))
        for name, where, pattern, reason in rows
    )


def _signed(pattern: str) -> str:
    return pattern.replace("THIS", THIS).replace("TERM", f"[{THIS}{OTHER}]")


CUES: dict[str, tuple[Cue, ...]] = {
    "en": _compiled(cues_en.FOR + cues_en_against.AGAINST),
    "zh": _compiled(cues_zh.CUES),
}
"""The cues that are patterns, by language; ``STANDING`` are those of the passage's place."""

STANDING = {
    "first": "the page's first mention of it",
    "title": "the page's title names it",
    "dense": "the page mentions it often for its length",
    "opening": "it stands at the beginning of the sentence",
    "heading": "it is a heading",
    "early": "it stands in the page's first lines",
    "name": "a capital beside it: it is part of a name",
}


def names(lang: str) -> list[str]:
    """Return the names of all cues of a language, in the order of ``seen``'s values."""
    return [cue.name for cue in CUES[lang]] + list(STANDING)


def reason(name: str, lang: str) -> str:
    """Return what a cue says to a reader."""
    return STANDING.get(name) or next(c.reason for c in CUES[lang] if c.name == name)


def seen(passage: Passage) -> frozenset[str]:
    """Return the names of the cues that a passage has."""
    parts = masked(passage)
    found = {cue.name for cue in CUES[passage.lang] if cue.pattern.search(parts[cue.where])}
    return frozenset(found | _standing(passage, parts["sentence"]))


def masked(passage: Passage) -> dict[str, str]:
    """Return the parts of a passage in normal form with the term as one sign.

    ``all`` is the sentence before, this one and the next, a line each.
    """
    term = normal(passage.term)
    left = normal(passage.sentence[: passage.start])
    right = normal(passage.sentence[passage.end :])
    parts = (normal(text) for text in (passage.before, passage.after, passage.heading))
    hidden = [text.replace(term, OTHER) if term else text for text in parts]
    if term:
        left, right = left.replace(term, OTHER), right.replace(term, OTHER)
    sentence = f"{left}{THIS}{right}"
    return {
        "sentence": sentence,
        "before": hidden[0],
        "after": hidden[1],
        "heading": hidden[2],
        "all": f"{hidden[0]}\n{sentence}\n{hidden[1]}",
    }


def _standing(passage: Passage, sentence: str) -> set[str]:
    limit = 12 if passage.lang == "en" else 8
    found = {
        "first": passage.nth == 1,
        "title": bool(passage.term) and normal(passage.term) in normal(passage.title),
        "dense": passage.mentions >= 3 and passage.mentions * 6 >= passage.lines,
        "opening": 0 <= sentence.find(THIS) <= limit,
        "name": passage.lang == "en" and _in_name(passage),
        "heading": passage.is_heading,
        "early": passage.line <= 3,
    }
    return {name for name, holds in found.items() if holds}


def _in_name(passage: Passage) -> bool:
    """True where the word before or after begins with a capital and the term might not."""
    before = passage.sentence[: passage.start].split()
    after = passage.sentence[passage.end :]
    follows = after.startswith(" ") and after[1:2].isupper()
    return follows or (len(before) > 1 and before[-1][:1].isupper() and before[-1].isalpha())
