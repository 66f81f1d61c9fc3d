"""The verdict: does a text explain a concept, and which passage and cues say so.

A passage's score is a sum: the weight of each cue that it has, small weights of the words beside
the mention, and the language's start value. The passage with the highest score decides for the
concept. Weights come from ``weights.toml``, fitted to labelled passages by
``python benchmarks/explained.py --fit``.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

from config.model import LANGUAGES, Topic
from meaning.explained import cues
from meaning.explained.beside import NAME, REASON, beside
from meaning.explained.mentions import Mentions
from meaning.explained.passage import Passage, passages

MOST = 40
"""Mentions of a concept in a text that are looked at: the first ones, where texts explain."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A language's rule: explained where ``start`` and the weights sum to ``least``.

    ``cue`` are the cues' weights by name, ``beside`` those of strings beside the mention.
    """

    start: float
    least: float
    cue: dict[str, float]
    beside: dict[str, float]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a text does with a concept; ``cues`` are those of the passage, the weightiest first."""

    concept: str
    explained: bool
    score: float
    passage: Passage
    cues: tuple[str, ...]

    def reasons(self) -> tuple[str, ...]:
        """Return in words what speaks for and against."""
        lang = self.passage.lang
        weights = rule(lang).cue | {NAME: learned(self.passage)}
        reasons = {NAME: REASON}
        return tuple(
            f"{weights.get(name, 0.0):+.1f} {reasons.get(name) or cues.reason(name, lang)}"
            for name in self.cues
        )


@functools.cache
def rule(lang: str) -> Weights:
    """Return the shipped rule of a language."""
    text = files("meaning.explained").joinpath("weights.toml").read_text("utf-8")
    held = tomllib.loads(text)[lang]
    return Weights(held["start"], held["least"], held["cue"], held["beside"])


def score(passage: Passage) -> tuple[float, tuple[str, ...]]:
    """Return a passage's score and its cues, the weightiest first."""
    weights = rule(passage.lang)
    found = {name: weights.cue.get(name, 0.0) for name in cues.seen(passage)}
    found[NAME] = learned(passage)
    ordered = sorted(found, key=lambda name: (-abs(found[name]), name))
    return weights.start + sum(found.values()), tuple(ordered)


def learned(passage: Passage) -> float:
    """Return the weight of the words beside the mention."""
    weights = rule(passage.lang).beside
    return sum(weights.get(string, 0.0) for string in beside(passage))


def is_explained(passage: Passage) -> bool:
    """Return whether a passage alone explains its concept."""
    return score(passage)[0] >= rule(passage.lang).least


class Judge:
    """Judges texts for a topic's concepts."""

    def __init__(self, topic: Topic) -> None:
        self.mentions = {lang: Mentions(topic, lang) for lang in LANGUAGES}

    def passages(self, title: str, text: str, lang: str) -> list[Passage]:
        """Return the passages around every mention, up to ``MOST`` a concept."""
        found = list(self.mentions[lang].find(text.split("\n")))
        return passages(title, text, lang, found, MOST)

    def verdicts(self, title: str, text: str, lang: str) -> list[Verdict]:
        """Return a verdict a concept that the text mentions, in the order of first mentions."""
        return best(self.passages(title, text, lang))


def best(found: Iterable[Passage]) -> list[Verdict]:
    """Return for each concept the verdict on its most explaining passage."""
    chosen: dict[str, Verdict] = {}
    for passage in found:
        total, names = score(passage)
        held = chosen.get(passage.concept)
        if held is None or total > held.score:
            least = rule(passage.lang).least
            verdict = Verdict(passage.concept, total >= least, round(total, 3), passage, names)
            chosen[passage.concept] = verdict
    return list(chosen.values())
