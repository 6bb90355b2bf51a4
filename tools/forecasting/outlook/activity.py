"""How active a person will be: the chance of any activity and the expected effective number of events per period.

The chance is a logistic regression a horizon on discounted rates of activity and on recency: what a BG/BB model reads
from a history (Fader, Hardie and Shang 2010), without its assumption that people who pause have left for good. The
number of events is a gamma-Poisson mean (empirical Bayes; Robbins 1956) over discounted events.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize

from core.timeline import Array
from tools.forecasting.models.classical import ENOUGH_WINDOWS
from tools.forecasting.outlook.logit import Logit
from tools.forecasting.series import HORIZONS, Histories, Windows

HALF_LIVES = (2.0, 8.0)
"""Of the rates of activity, in periods: the present and the habit."""
COUNT_HALF_LIVES = (2.0, 4.0, 8.0, 16.0, 1000.0)
_HITS, _MISSES = 0.3, 1.7
_LONGEST = 30.0


@dataclass(frozen=True)
class Ahead:
    """Activity ahead, all (people, HORIZONS).

    Attributes:
        active: probability of any activity in each period.
        events: expected effective number of events in each period.
    """

    active: Array
    events: Array


class ActivityModel:
    """Chance of activity and expected events in each of the next `HORIZONS` periods."""

    def __init__(self) -> None:
        self.active: tuple[Logit, ...] = ()
        self.half_life = 8.0
        self.prior = (0.5, 2.0)
        self.factor: Array = np.ones(HORIZONS)

    def fit(self, windows: Windows) -> None:
        """Estimate from histories and what followed, silence included; too few leave the defaults.

        Args:
            windows: of `tools.forecasting.outcomes.outcomes`.
        """
        if len(windows) < ENOUGH_WINDOWS:
            return
        x = activity_features(windows.histories)
        self.active = tuple(Logit.fit(x, windows.totals[:, step] > 0) for step in range(HORIZONS))
        total = windows.totals.sum(axis=1, dtype=np.float64)
        best = np.inf
        for half_life in COUNT_HALF_LIVES:
            events, exposure = discounted(windows.histories, half_life)

            def loss(log_prior: Array, events: Array = events, exposure: Array = exposure) -> float:
                shape, rate = np.exp(np.clip(log_prior, -7, 7))
                mean = HORIZONS * (events + shape) / (exposure + rate)
                return float((mean - total * np.log(mean)).mean())

            found = minimize(loss, np.zeros(2), method="Nelder-Mead", options={"maxiter": 120})
            if found.fun < best:
                best, self.half_life = float(found.fun), half_life
                shape, rate = np.exp(np.clip(found.x, -7, 7))
                self.prior = (float(shape), float(rate))
        self.factor = np.ones(HORIZONS)
        predicted = self._events(windows.histories).sum(axis=0)
        self.factor = (windows.totals.sum(axis=0) + 1) / (predicted + 1)

    def ahead(self, history: Histories) -> Ahead:
        """Activity of everybody in ``history``."""
        return Ahead(self._chance(history), self._events(history))

    def _chance(self, history: Histories) -> Array:
        x = activity_features(history)
        if not self.active:
            return np.repeat(1 / (1 + np.exp(-x[:, 1:2])), HORIZONS, axis=1)
        return np.column_stack([each(x) for each in self.active])

    def _events(self, history: Histories) -> Array:
        events, exposure = discounted(history, self.half_life)
        return ((events + self.prior[0]) / (exposure + self.prior[1]))[:, None] * self.factor

    def state(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "active": [each.state() for each in self.active],
            "half_life": self.half_life,
            "prior": list(self.prior),
            "factor": self.factor.tolist(),
        }

    @classmethod
    def restore(cls, state: Mapping[str, Any]) -> ActivityModel:
        """The inverse of `state`."""
        model = cls()
        model.active = tuple(Logit.restore(each) for each in state["active"])
        model.half_life = state["half_life"]
        model.prior = tuple(state["prior"])
        model.factor = np.array(state["factor"])
        return model


def recency(history: Histories) -> tuple[Array, Array]:
    """(people,) age in periods of the latest and of the first activity; both are 0 without any."""
    active = history.totals > 0
    first = np.where(active, history.age, 0).max(axis=1).astype(np.float64)
    last = np.where(active, history.age, np.inf).min(axis=1)
    return np.where(first > 0, last, 0), first


def _since(first: Array, half_life: float) -> Array:
    keep = 2 ** (-1 / half_life)
    return np.asarray((1 - keep**first) / (1 - keep))


def discounted(history: Histories, half_life: float) -> tuple[Array, Array]:
    """(people,) discounted number of events, and discounted number of periods since the first of them."""
    weight = np.where(history.age > 0, np.exp2(-(history.age - 1) / half_life), 0)
    _, first = recency(history)
    return (weight * history.totals).sum(axis=1, dtype=np.float64), _since(first, half_life)


def activity_features(history: Histories) -> Array:
    """(people, 5): log-odds of activity at each of `HALF_LIVES`, log recency, log of recency over age, log size."""
    active = history.totals > 0
    last, first = recency(history)
    columns = []
    for half_life in HALF_LIVES:
        weight = np.where(active, np.exp2(-(history.age - 1) / half_life), 0).sum(axis=1, dtype=np.float64)
        columns.append(np.log((weight + _HITS) / (np.maximum(_since(first, half_life) - weight, 0) + _MISSES)))
    size = history.events / np.maximum(history.active, 1)
    ratio = last / np.maximum(first, 1)
    return np.column_stack([*columns, np.log(np.clip(last, 1, _LONGEST)), np.log1p(ratio), np.log1p(size)])
