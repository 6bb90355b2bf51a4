"""Alarms of the change detector on real histories: shuffled, as they are, and spliced from two people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.timeline import Array
from tools.forecasting.drift.change_points import ALPHA, ChangeModel
from tools.forecasting.series import Panel

LEAST_PERIODS = 6
LEAST_EVENTS = 20.0
LENGTHS = ((6, 7), (8, 9), (10, 14), (15, None))
"""Fewest and most active periods of the classes that alarms are counted by."""


@dataclass(frozen=True)
class DriftRate:
    """How often a change is noted in people's histories, shuffled, as they are, and where one was made.

    A change is made by putting the first half of one person's active periods before the second half of another's.
    """

    people: int
    shuffled: float
    actual: float
    spliced: float

    def text(self) -> str:
        """The figures with the standard error of the first."""
        error = np.sqrt(self.shuffled * (1 - self.shuffled) / max(self.people, 1))
        return (
            f"{self.people} people: shuffled {self.shuffled:.3f} (s.e. {error:.3f}), as they are {self.actual:.3f}, "
            f"spliced from two people {self.spliced:.3f}"
        )


@dataclass(frozen=True)
class DriftRates:
    """The rates over all people, and by the number of their active periods."""

    overall: DriftRate
    by_length: tuple[tuple[str, DriftRate], ...]

    def text(self) -> str:
        """A line overall, and one a class with anyone in it."""
        first = f"changes noted by a detector set to {ALPHA:.0%} false alarms, {self.overall.text()}"
        return "\n".join([first, *(f"  {name} active periods, {rate.text()}" for name, rate in self.by_length)])


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

    def noted(histories: Sequence[Array]) -> Array:
        return np.array([bool(model.changes_of(np.arange(len(each)), each)) for each in histories], dtype=np.float64)

    alarms = np.stack([noted(each) for each in (shuffled, own, spliced)])
    classes = []
    for least, largest in LENGTHS:
        inside = (periods[long] >= least) & (periods[long] <= (largest or np.inf))
        if inside.any():
            classes.append((f"{least}-{largest}" if largest else f"{least}+", _rate(alarms[:, inside])))
    return DriftRates(_rate(alarms), tuple(classes))


def _rate(alarms: Array) -> DriftRate:
    shuffled, actual, spliced = alarms.mean(axis=1).tolist() if alarms.size else [float("nan")] * 3
    return DriftRate(alarms.shape[1], shuffled, actual, spliced)
