"""Poisson regressions of many small tables at once, each with its own choice of terms.

All tables share one design matrix; ``active`` says, a row a table, which of its columns are in
that table's model. Newton's method on all rows that have not converged yet.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from report.estimate.arrays import Bools, Floats

STEPS = 40
"""Newton steps at most; well-behaved tables need five to eight."""

TOLERANCE = 1e-7
"""Largest change of a fitted log count at convergence."""

LONGEST_STEP = 3.0
"""Largest change of a fitted log count in a step, so that an empty margin cannot overshoot."""

RIDGE = 1e-6
"""Added to the information's diagonal: a term of an empty margin then runs slowly to -inf."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Coefficients (tables × columns, 0 where inactive), fitted counts and log likelihoods.

    ``likelihood`` leaves out the factorials, which are the same for every model of a table.
    """

    beta: Floats
    fitted: Floats
    likelihood: Floats


def fit(counts: Floats, design: Floats, active: Bools, start: Floats) -> Fit:
    """Return the maximum likelihood fits; shapes are tables × cells, cells × columns."""
    beta: Floats = np.where(active, start, 0.0).astype(np.float64)
    live = np.arange(counts.shape[0])
    for _ in range(STEPS):
        fitted = np.exp(_within(beta[live] @ design.T))
        step = newton_step(counts[live], fitted, design, active[live])
        change = np.abs(step @ design.T).max(axis=1)
        beta[live] += step * np.minimum(1, LONGEST_STEP / np.maximum(change, 1e-300))[:, None]
        live = live[change > TOLERANCE]
        if not live.size:
            break
    eta = _within(beta @ design.T)
    fitted = np.exp(eta)
    return Fit(beta, fitted, (counts * eta - fitted).sum(axis=1))


def _within(eta: Floats) -> Floats:
    """Keep log counts where their exponentials are numbers."""
    kept: Floats = np.minimum(np.maximum(eta, -30.0), 30.0)
    return kept


def newton_step(counts: Floats, fitted: Floats, design: Floats, active: Bools) -> Floats:
    """Return each table's Newton step, 0 in its inactive columns."""
    gradient = np.where(active, (counts - fitted) @ design, 0.0)
    matrix = held(information(fitted, design), active)
    return np.asarray(np.linalg.solve(matrix, gradient[..., None])[..., 0], dtype=np.float64)


def information(fitted: Floats, design: Floats) -> Floats:
    """Return XᵀWX, tables × columns × columns, as one matrix product; it is symmetric."""
    columns = design.shape[1]
    left, right = np.triu_indices(columns)
    half = fitted @ (design[:, left] * design[:, right])
    whole = np.empty((len(fitted), columns, columns))
    whole[:, left, right] = half
    whole[:, right, left] = half
    return whole


def held(matrix: Floats, active: Bools) -> Floats:
    """Return the information with inactive rows and columns replaced by the identity's."""
    both = active[:, :, None] & active[:, None, :]
    diagonal = np.where(active, RIDGE, 1.0)
    return np.where(both, matrix, 0.0) + diagonal[:, :, None] * np.eye(active.shape[1])


def score_tests(counts: Floats, fit: Fit, design: Floats, active: Bools) -> Floats:
    """Return Rao's score statistic of adding each inactive column; 0 for the active ones.

    Near to the fall in deviance that refitting with the column would give (Rao 1948), at the price
    of one fit for all columns instead of a fit each.
    """
    matrix = information(fit.fitted, design)
    gradient = (counts - fit.fitted) @ design
    crossed = np.where(active[:, :, None] & ~active[:, None, :], matrix, 0.0)
    solved = np.linalg.solve(held(matrix, active), crossed)
    own = np.diagonal(matrix, axis1=1, axis2=2)
    left = own - (crossed * solved).sum(axis=1)
    usable = ~active & (left > 1e-9 * own)
    return np.where(usable, gradient**2 / np.where(usable, left, 1.0), 0.0)
