"""Alarms of the change detector on real histories: shuffled, as they are, and spliced from two people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.timeline import Array
from tools.forecasting.change_points import ALPHA, ChangeModel
from tools.forecasting.series import Panel

LEAST_PERIODS = 6
LEAST_EVENTS = 20.0


@dataclass(frozen=True)
class DriftRates:
    """How often a change is noted: in shuffled histories, in histories as they are, and where one was made.

    A change is made by putting the first half of one person's active periods before the second half of another's.
    """

    people: int
    shuffled: float
    actual: float
    spliced: float

    def text(self) -> str:
        """One line."""
        return (
            f"changes noted by a detector set to {ALPHA:.0%} false alarms, {self.people} people: shuffled "
            f"{self.shuffled:.3f}, as they are {self.actual:.3f}, spliced from two people {self.spliced:.3f}"
        )


def drift_rates(panel: Panel, model: ChangeModel, seed: int = 0, most: int = 500) -> DriftRates:
    """How often a detector notes a change, over at most so many people with enough history."""
    generator = np.random.default_rng(seed)
    total = panel.interest.sum(axis=1)
    periods = np.bincount(panel.user[total > 0], minlength=len(panel.users))
    events = np.bincount(panel.user, weights=total, minlength=len(panel.users))
    long = generator.permutation(np.flatnonzero((periods >= LEAST_PERIODS) & (events >= LEAST_EVENTS)))[:most]
    own = [panel.interest[(panel.user == user) & (total > 0)].astype(np.float64) for user in long.tolist()]
    shuffled = [generator.permutation(each) for each in own]
    spliced = [
        np.concatenate([first[: len(first) // 2], second[len(second) // 2 :]])
        for first, second in zip(own, [*own[1:], *own[:1]], strict=True)
    ]

    def rate(histories: list[Array]) -> float:
        noted = [bool(model.changes_of(np.arange(len(each)), each)) for each in histories]
        return float(np.mean(noted)) if noted else float("nan")

    return DriftRates(len(own), rate(shuffled), rate(own), rate(spliced))
