"""The additive ranker: score = intercept + Σ w_f x_f over named features on fixed scales."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Ranker:
    """Weights of named features. The names fix the order of the columns."""

    weights: Mapping[str, float]
    intercept: float = 0.0

    def contributions(self, features: Mapping[str, NDArray[np.float32]]) -> Matrix:
        """(items, features) parts of the score, in the order of ``weights``; with the intercept they sum to it."""
        return np.column_stack([features[name].astype(np.float64) * w for name, w in self.weights.items()])

    def scores(self, contributions: Matrix) -> NDArray[np.float64]:
        """(items,) intercept plus the sum of contributions."""
        return np.asarray(self.intercept + contributions.sum(axis=1))


@dataclass(frozen=True)
class Choice:
    """One person's choice among candidates: feature rows, and which of them were taken up."""

    features: NDArray[np.float32]
    taken: NDArray[np.bool_]


def fit_weights(
    choices: Sequence[Choice],
    prior: NDArray[np.float64],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    strength: float,
    base: NDArray[np.float64] | None = None,
) -> NDArray[np.float64]:
    """Weights that make the taken items likely among their candidates (listwise softmax, ListNet of Cao et al. 2007).

    Minimises Σ_people mean over taken of -log softmax(x·w) + strength/2 · ‖w - prior‖², within bounds. Everybody counts
    the same however much they took up; without choices the prior comes back.

    Args:
        prior, low, high: (features,) centre and bounds of each weight.
        strength: precision of the prior, in people.
        base: (features,) weights kept fixed and added to those fitted.
    """
    if not choices:
        return np.clip(prior, low, high)
    rows = np.concatenate([choice.features for choice in choices]).astype(np.float64)
    taken = np.concatenate([choice.taken for choice in choices])
    sizes = np.array([len(choice.taken) for choice in choices])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    share = np.repeat(1.0 / np.add.reduceat(taken, starts, dtype=np.float64), sizes) * taken
    offset = np.zeros(len(rows)) if base is None else rows @ base

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        score = rows @ weights + offset
        top = np.repeat(np.maximum.reduceat(score, starts), sizes)
        power = np.exp(score - top)
        total = np.repeat(np.add.reduceat(power, starts), sizes)
        away = weights - prior
        value = -np.sum(share * (score - top - np.log(total))) + strength / 2 * away @ away
        return float(value), rows.T @ (power / total - share) + strength * away

    found = minimize(
        loss, np.clip(prior, low, high), jac=True, method="L-BFGS-B", bounds=list(zip(low, high, strict=True))
    )
    return np.asarray(found.x)


def calibrate(scores: Sequence[NDArray[np.float64]], taken: int) -> float:
    """The intercept at which logistic(score) sums to ``taken`` over all candidates: scores become log-odds."""
    rows = np.concatenate(scores) if scores else np.zeros(0)
    if taken <= 0 or taken >= len(rows):
        return 0.0
    return float(brentq(lambda shift: np.sum(1.0 / (1.0 + np.exp(-(rows + shift)))) - taken, -100.0, 100.0))
