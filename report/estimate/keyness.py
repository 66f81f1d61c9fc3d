"""B8, words: which words one language uses more, with what sites differ taken into account."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from report.estimate.arrays import Bools, Floats, Ints
from report.estimate.discoveries import discoveries
from report.estimate.divergence import Words
from report.estimate.interval import BITS, p_value, t95
from report.estimate.refused import Refused, refuse


@dataclass(frozen=True, slots=True)
class Keyness:
    """An entry a word: log2 of Chinese over English frequency, limits, p, and BH marks."""

    log2: Floats
    low: Floats
    high: Floats
    p: Floats
    marked: Bools


def keyness(en: Words, zh: Words, *, recall_measured: bool) -> Keyness | Refused:
    """Return each word's log ratio (Hardie 2014) with a site-jackknife interval (B8).

    ln((x+½)/(n+1)) a language, delete-one-site; t with the smaller number of sites less one.
    Refuses unless the word list's recall was measured, or with one site in a language.

    A word twice as frequent has a log ratio of 1, one half as frequent of -1 (Hardie 2014):

    >>> en, zh = (Words(np.tile(row, (5, 1))) for row in ([200, 400, 1400], [400, 200, 1400]))
    >>> found = keyness(en, zh, recall_measured=True)
    >>> found.log2.round(2).tolist(), found.marked.tolist()
    ([1.0, -1.0, 0.0], [True, True, False])
    """
    if not recall_measured:
        return refuse("lexicon_unmeasured")
    kept = [words.counts[words.counts.sum(axis=1) > 0] for words in (en, zh)]
    degrees = min(len(counts) for counts in kept) - 1
    if degrees < 1:
        return refuse("words_few")
    (log_en, var_en), (log_zh, var_zh) = (_jackknife(counts) for counts in kept)
    log2, se = BITS * (log_zh - log_en), BITS * np.sqrt(var_en + var_zh)
    reach = t95(degrees) * se
    p = np.array([p_value(d / s, degrees) for d, s in zip(log2, se, strict=True)])
    return Keyness(log2, log2 - reach, log2 + reach, p, discoveries(p))


def _jackknife(counts: Ints) -> tuple[Floats, Floats]:
    """Return ln frequency and its variance, at least that of independent words."""
    sites, total = len(counts), counts.sum(axis=0)
    left = np.log((total - counts + 0.5) / (counts.sum() - counts.sum(axis=1)[:, None] + 1))
    spread = ((left - left.mean(axis=0)) ** 2).sum(axis=0) * (sites - 1) / sites
    poisson = 1 / (total + 0.5) - 1 / (counts.sum() + 1)
    return np.log((total + 0.5) / (counts.sum() + 1)), np.maximum(spread, poisson)
