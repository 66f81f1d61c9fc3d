"""Simulated sites that each have words of their own, for the divergence test.

Sixty shared words; sites of a language draw their shares from a Dirichlet around the language's, so
that a token's neighbours are alike. Sizes are 1 + Pareto(1.1), at most 15 % of all.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from report.estimate.divergence import Words

SHARED = 60
SITES = {"en": 40, "zh": 120}
TOKENS = {"en": 4_000, "zh": 20_000}
CLUSTERED = 50.0  # the Dirichlet's sum: a site's share of a word varies by about its own size
MOVED, BITS = 20, 1.0  # words that the languages use differently, and how much


def site_words(generator: np.random.Generator, differ: bool) -> tuple[Words, Words]:
    """Return English and Chinese counts, sites × words, alike or different in frequencies."""
    base = generator.dirichlet(np.full(SHARED, 2.0))
    moved = base.copy()
    if differ:
        moved[:MOVED] *= 2.0 ** generator.choice([-BITS, BITS], size=MOVED)
        moved /= moved.sum()
    return _words(generator, base, "en"), _words(generator, moved, "zh")


def _words(generator: np.random.Generator, shares: NDArray[np.float64], lang: str) -> Words:
    sizes = 1 + generator.pareto(1.1, size=SITES[lang])
    sizes = np.minimum(sizes, 0.15 * sizes.sum())
    tokens = np.maximum(1, np.round(sizes / sizes.sum() * TOKENS[lang])).astype(int)
    own = generator.dirichlet(CLUSTERED * shares + 1e-6, size=SITES[lang])
    rows = [generator.multinomial(n, p) for n, p in zip(tokens, own, strict=True)]
    return Words(np.array(rows, dtype=np.int64))
