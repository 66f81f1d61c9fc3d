"""A concept in both languages: divergence, the words that differ, examples; or a refusal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from report.estimate.divergence import FEWEST_SITES, Divergence, divergence
from report.estimate.keyness import keyness
from report.estimate.refused import Refused
from report.framing.collocates import Around, Example, chosen

WORDS = 12
TRANSLATED = 0.1
"""Bits that are no finding: what CC-CEDICT alone makes of one meaning. Paragraphs of XQuAD and the
translations of others differ by three quarters of it at most, however surely
(`benchmarks/meaning.py --only framing`); a larger corpus may show more of the dictionary."""


@dataclass(frozen=True, slots=True)
class Collocate:
    """A word around the concept: log2 of Chinese over English frequency with limits; ``marked``
    where it differs beyond what sites differ, after Benjamini and Hochberg."""

    word: str
    log2: float
    low: float
    high: float
    marked: bool
    en: int
    zh: int


@dataclass(frozen=True, slots=True)
class Framing:
    """How the languages speak of a concept; ``refused`` says why nothing is claimed."""

    concept: str
    passages: dict[str, int]
    sites: dict[str, int]
    divergence: Divergence | None
    refused: Refused | None
    words: tuple[Collocate, ...]
    examples: dict[str, tuple[Example, ...]]

    @property
    def differs(self) -> bool:
        """True where the languages differ by more than translations of one text do."""
        return self.divergence is not None and self.divergence.bits > TRANSLATED

    @property
    def comparable(self) -> bool:
        """True where enough sites of both languages name the concept for a test."""
        return min(self.sites.values()) >= FEWEST_SITES


def compare(found: Around, *, refused: Refused | None, seed: int = 1) -> Framing:
    """Return the comparison; none, if the word list's recall is why it is ``refused`` (B8)."""
    inventory = found.entries()
    en, zh = (found.words(lang, inventory) for lang in ("en", "zh"))
    generator = np.random.default_rng(seed)
    said = refused or divergence(en, zh, generator, recall_measured=True)
    words: tuple[Collocate, ...] = ()
    if not isinstance(said, Refused):
        keys = keyness(en, zh, recall_measured=True)
        if not isinstance(keys, Refused):
            totals = (en.counts.sum(axis=0), zh.counts.sum(axis=0))
            made = [
                Collocate(
                    word,
                    round(float(keys.log2[n]), 2),
                    round(float(keys.low[n]), 2),
                    round(float(keys.high[n]), 2),
                    bool(keys.marked[n]),
                    int(totals[0][n]),
                    int(totals[1][n]),
                )
                for n, word in enumerate(inventory)
            ]
            words = _shown(made)
    return Framing(
        found.concept,
        {lang: found.passages[lang] for lang in ("en", "zh")},
        {lang: len(found.sites[lang]) for lang in ("en", "zh")},
        None if isinstance(said, Refused) else said,
        said if isinstance(said, Refused) else None,
        words,
        {lang: chosen(found.examples[lang]) for lang in ("en", "zh")},
    )


def _shown(made: list[Collocate]) -> tuple[Collocate, ...]:
    """The words that lean most to either side, those whose interval is surest first."""
    chinese = sorted((w for w in made if w.log2 > 0), key=lambda w: -w.low)[:WORDS]
    english = sorted((w for w in made if w.log2 < 0), key=lambda w: w.high)[:WORDS]
    return (*english, *chinese)
