"""How much shares scatter: within a period, between periods of one person, and between people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.periods import Indices
from core.timeline import Array
from tools.forecasting.series import Panel

ENOUGH_PAIRS = 50
"""With fewer pairs of neighbouring periods the defaults stand."""
POOLED_PAIRS = 50.0
"""How many pairs the value pooled over topics counts for in a topic's own."""
_LARGEST_INVERSE = 4.0
_LEAST_EVENT, _MOST_EVENT, _LEAST_SITTING, _MOST_SITTING = 0.05, 20.0, 1e-4, 0.5
_LEAST_SPREAD, _MOST_SPREAD = 0.5, 200.0


@dataclass(frozen=True)
class Dispersion:
    """Variance of a topic's share in units of p (1 - p). Tuples have one value a topic, or one for all.

    Attributes:
        event: of one event, over its mass: 1 for events of one topic each, less for items of several topics.
        sitting: what remains however many events a period has, since events of one sitting are alike: the
            intraclass correlation.
        spread: concentration of people around the population; a person's levels vary by ``1 / (1 + spread)``.
    """

    event: tuple[float, ...] = (1.0,)
    sitting: tuple[float, ...] = (0.03,)
    spread: float = 8.0

    @classmethod
    def restored(cls, state: Mapping[str, Any]) -> Dispersion:
        """From the JSON values of its attributes."""
        return cls(tuple(state["event"]), tuple(state["sitting"]), float(state["spread"]))

    def size(self, totals: NDArray[Any]) -> Array:
        """(p, topics or 1) how many independent events periods of these totals (p,) inform like (Kish 1965)."""
        totals = np.asarray(totals, dtype=np.float64)[:, None]
        return np.asarray(totals / (np.array(self.event) + np.array(self.sitting) * totals))


def fit_dispersion(panel: Panel) -> Dispersion:
    """Method of moments over neighbouring active periods of the same person.

    Periods i and j next to each other have nearly the same level, so their shares differ by chance alone:
    ``E(x_i - x_j)² = g (event (1/N_i + 1/N_j) + 2 sitting)`` with ``g = p (1 - p) = E((x_i + x_j) / 2 - x_i x_j)``,
    linear in the two unknowns; and people lie apart by what the product of their own shares exceeds that of strangers.
    """
    total = panel.interest.sum(axis=1, dtype=np.float64)
    rows = np.flatnonzero(total > 0)
    first, second = rows[:-1], rows[1:]
    same = panel.user[first] == panel.user[second]
    first, second = first[same], second[same]
    if len(first) < ENOUGH_PAIRS:
        return Dispersion()
    inverse = np.minimum(1 / total[first], _LARGEST_INVERSE) + np.minimum(1 / total[second], _LARGEST_INVERSE)
    shares = panel.interest / np.where(total > 0, total, 1)[:, None]
    return within(shares[first], shares[second], inverse, _spread(shares[first], shares[second], panel.user[first]))


def within(
    first: NDArray[Any], second: NDArray[Any], inverse: Array, spread: float, pooled_pairs: float = POOLED_PAIRS
) -> Dispersion:
    """Dispersion from pairs of periods of one level.

    Args:
        first, second: (pairs, topics) shares.
        inverse: (pairs,) 1/N of the one plus 1/N of the other.
        spread: of people, passed on.
        pooled_pairs: how many pairs the value pooled over topics counts for in a topic's own.
    """
    distance = (first - second) ** 2
    variety = ((first + second) / 2 - first * second).mean(axis=0)
    pooled = _line(inverse, distance.sum(axis=1) / max(float(variety.sum()), 1e-9))
    touched = ((first > 0) | (second > 0)).sum(axis=0)
    found = np.tile(pooled, (first.shape[1], 1))
    for topic in np.flatnonzero((touched > 0) & (variety > 0)):
        own = _line(inverse, distance[:, topic] / variety[topic])
        found[topic] = (touched[topic] * own + pooled_pairs * pooled) / (touched[topic] + pooled_pairs)
    event = np.clip(found[:, 0], _LEAST_EVENT, _MOST_EVENT)
    sitting = np.clip(found[:, 1], _LEAST_SITTING, _MOST_SITTING)
    return Dispersion(tuple(event.tolist()), tuple(sitting.tolist()), spread)


def _spread(first: NDArray[Any], second: NDArray[Any], user: Indices) -> float:
    people, code = np.unique(user, return_inverse=True)
    count = np.bincount(code, minlength=len(people))
    own = float((np.bincount(code, weights=(first * second).sum(axis=1)) / count).mean())
    mean = np.zeros((len(people), first.shape[1]))
    np.add.at(mean, code, (first + second) / 2)
    strangers = float(((mean / count[:, None]).mean(axis=0) ** 2).sum())
    return float(np.clip((1 - own) / max(own - strangers, 1e-6), _LEAST_SPREAD, _MOST_SPREAD))


def _line(inverse: Array, response: Array) -> Array:
    """(event, sitting) by non-negative least squares, reweighted once by the fitted variance."""
    from scipy.optimize import nnls

    design = np.column_stack([inverse, np.full(len(inverse), 2.0)])
    weight = np.ones(len(response))
    found = np.zeros(2)
    for _ in range(2):
        found, _ = nnls(design * weight[:, None], response * weight)
        weight = 1 / np.maximum(design @ found, 1e-3)
    return np.asarray(found)
