"""Two kinds of works, easy and hard to find: a latent class model fitted by EM."""

from __future__ import annotations

import numpy as np

from report.estimate.arrays import Floats
from report.estimate.cells import histories, routes_of
from report.estimate.chao import chao_mth
from report.estimate.loglinear import MOST

STEPS = 1000
"""EM steps at most."""

TOLERANCE = 1e-5
"""Change of ln N in a step at which a table's EM is taken to have converged."""

PENALTY = 0.5
"""Beta(1.5, 1.5): half a find and half a miss more for each route and kind (B2)."""


def latent(counts: Floats) -> Floats:
    """Return N = D/(1 - Σ_k π_k Π_r(1-p_kr)) of two kinds of works; ``counts`` tables × cells.

    Within a kind, routes find independently with chances p_kr (Agresti 1994; B2). The
    missed works are imputed in each E step. The kinds start at three times and at a half of the
    odds that independent routes would have in a population of Chao's size.

    A million works, 40 % found by each of five routes with a chance of .6, the others with .15:

    >>> easy, hard = (np.where(histories(5), p, 1 - p).prod(axis=1) for p in (0.6, 0.15))
    >>> (latent(1e6 * (0.4 * easy + 0.6 * hard)[None]) / 1e6).round(2).tolist()
    [1.0]
    """
    share, chance = _start(counts)
    size, live = np.full(counts.shape[0], np.inf), np.arange(counts.shape[0])
    for _ in range(STEPS):
        now, share[live], chance[live] = _step(counts[live], share[live], chance[live])
        moved = np.abs(np.log(now) - np.log(size[live])) > TOLERANCE
        size[live] = now
        live = live[moved]
        if not live.size:
            break
    found = counts.sum(axis=1)
    capped: Floats = np.minimum(size, found * (1 + MOST))
    return capped


def _start(counts: Floats) -> tuple[Floats, Floats]:
    size = chao_mth(counts)[:, None] + 1.0
    margin = (counts @ histories(routes_of(counts)) + PENALTY) / (size + 1)
    odds = (margin / (1 - np.minimum(margin, 0.98)))[:, None, :] * np.array([[[3.0], [0.5]]])
    return np.tile([0.3, 0.7], (counts.shape[0], 1)), odds / (1 + odds)


def _step(counts: Floats, share: Floats, chance: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the sizes under these parameters, and the parameters after one EM step."""
    table = histories(routes_of(counts)).astype(float)
    hit, miss = np.log(chance), np.log1p(-chance)
    missed = np.log(share) + miss.sum(axis=2)  # tables × kinds
    joint = np.exp((hit - miss) @ table.T + missed[:, :, None])  # tables × kinds × cells
    unseen = np.exp(missed)
    found, hidden = counts.sum(axis=1), unseen.sum(axis=1)
    size = found / (1 - np.minimum(hidden, 1 - 1 / (1 + MOST)))
    weight = joint * (counts / np.maximum(joint.sum(axis=1), 1e-300))[:, None, :]
    gone = unseen * ((size - found) / hidden)[:, None]
    works = weight.sum(axis=2) + gone
    finds = weight @ table
    return (
        size,
        (works + PENALTY) / (works.sum(axis=1, keepdims=True) + 2 * PENALTY),
        (finds + PENALTY) / (works[:, :, None] + 2 * PENALTY),
    )
