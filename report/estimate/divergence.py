"""B8: whether the two languages put the same thing in other words, beyond what sites differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from report.estimate.arrays import Floats, Ints
from report.estimate.refused import Refused, refuse

SIGNS = 999
"""Wild bootstrap draws."""

FEWEST_SITES = 5
"""Fewest sites a language for the signs to give a distribution (2^5; a judgement)."""


@dataclass(frozen=True, slots=True)
class Words:
    """One language's word counts: ``counts`` is sites × shared concepts or words."""

    counts: Ints


@dataclass(frozen=True, slots=True)
class Divergence:
    """Jensen-Shannon divergence in bits, beyond ``null_mean``, with its one-sided p-value."""

    bits: float
    raw_bits: float
    null_mean: float
    p: float


def divergence(
    en: Words, zh: Words, generator: np.random.Generator, *, recall_measured: bool
) -> Divergence | Refused:
    """Return T = Σ(p-q)²/m/(8 ln 2), m = (p+q)/2, less its mean under no difference.

    The null draws a sign for each site's residual (x_s-n_s·p)/(1-n_s/N), so that sites with their
    own vocabulary are not taken for languages (wild cluster bootstrap, Cameron, Gelbach & Miller
    2008; B8). Refuses unless the word list's recall was measured in both languages: a
    list that misses a third of one language's words makes every such test reject.

    By hand, shares of .6 and .4 against .4 and .6: (.04/.5 + .04/.5)/(8 ln 2) = .0289. All sites of
    a language say the same, so no sign moves anything.

    >>> en, zh = (Words(np.tile(row, (6, 1))) for row in ([6, 4], [4, 6]))
    >>> found = divergence(en, zh, np.random.default_rng(1), recall_measured=True)
    >>> round(found.raw_bits, 4), found.null_mean, found.p
    (0.0289, 0.0, 0.001)
    """
    if not recall_measured:
        return refuse("lexicon_unmeasured")
    sites = [words.counts[words.counts.sum(axis=1) > 0].astype(float) for words in (en, zh)]
    if min(len(counts) for counts in sites) < FEWEST_SITES:
        return refuse("words_few")
    shares = [counts.sum(axis=0) / counts.sum() for counts in sites]
    middle = (shares[0] + shares[1]) / 2
    moved = [_null_shares(counts, generator) for counts in sites]
    null = _bits(moved[1] - moved[0], middle)
    raw = float(_bits((shares[1] - shares[0])[None], middle)[0])
    p = (1 + int((null >= raw).sum())) / (1 + SIGNS)
    mean = float(null.mean())
    return Divergence(raw - mean, raw, mean, p)


def _null_shares(counts: Floats, generator: np.random.Generator) -> Floats:
    """Return signs × words: how the shares move when each site's residual gets a random sign."""
    residual = site_residuals(counts)
    signs = generator.choice(np.array([-1.0, 1.0]), size=(SIGNS, len(counts)))
    moved: Floats = signs @ residual / counts.sum()
    return moved


def site_residuals(counts: Floats) -> Floats:
    """Return (x_s - n_s·p)/(1 - n_s/N), sites × words; p is the language's share."""
    total, own = counts.sum(), counts.sum(axis=1, keepdims=True)
    share = counts.sum(axis=0) / total
    residual: Floats = (counts - own * share) / np.maximum(1 - own / total, 1e-9)
    return residual


def _bits(moved: Floats, middle: Floats) -> Floats:
    used = middle > 0
    total: Floats = (moved[:, used] ** 2 / middle[used]).sum(axis=1) / (8 * np.log(2))
    return total
