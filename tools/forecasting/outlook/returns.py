"""When a person will take up again a topic that rests: touched before, but not in the latest active period.

A discrete-time hazard over pooled people (Singer and Willett 1993): a logistic regression a period ahead on how often
and how lately the topic was touched, its share, its own base rate and the person's activity.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.timeline import Array
from tools.forecasting.models.classical import ENOUGH_WINDOWS
from tools.forecasting.outlook.activity import Ahead
from tools.forecasting.outlook.logit import Logit
from tools.forecasting.series import HORIZONS, Histories, Windows

LONGEST = 520.0
"""Longest expected time that is told, in periods."""
_HALF_LIFE = 8.0
_HITS, _MISSES = 0.3, 1.7


class ReturnModel:
    """Hazard of the return of each resting topic in each of the next `HORIZONS` periods."""

    def __init__(self) -> None:
        self.base: Array = np.zeros(0)
        self.hazards: tuple[Logit, ...] = ()

    @property
    def fitted(self) -> bool:
        """Whether there was enough to learn from; the model has no answer otherwise."""
        return bool(self.hazards)

    def fit(self, windows: Windows, ahead: Ahead) -> None:
        """Estimate from histories and what followed; too few returns leave the model without an answer."""
        history = windows.histories
        rests = resting(history)
        back = windows.targets > 0
        if len(windows) < ENOUGH_WINDOWS or np.count_nonzero(back.any(axis=1) & rests) < ENOUGH_WINDOWS:
            return
        rate = ((back[:, 0] & rests).sum(axis=0) + 1) / (rests.sum(axis=0) + 20)
        self.base = np.log(rate / (1 - rate))
        features = return_features(history, ahead, self.base)
        hazards, still = [], rests
        for step in range(HORIZONS):
            hazards.append(Logit.fit(features[:, step][still], back[:, step][still]))
            still = still & ~back[:, step]
        self.hazards = tuple(hazards)

    def hazard(self, history: Histories, ahead: Ahead) -> Array:
        """(people, HORIZONS, topics) probability of return in a period, given none before; NaN unless it rests."""
        rests = resting(history)
        hazard = np.full((history.people, HORIZONS, rests.shape[1]), np.nan)
        if self.fitted:
            features = return_features(history, ahead, self.base)
            for step, each in enumerate(self.hazards):
                hazard[:, step] = np.where(rests, each(features[:, step]), np.nan)
        return hazard

    def periods(self, history: Histories, ahead: Ahead) -> Array:
        """(people, topics) expected number of periods until the return, NaN unless it rests.

        Beyond `HORIZONS` the hazard of the last of them stands.
        """
        hazard = self.hazard(history, ahead)
        away = np.cumprod(1 - hazard, axis=1)
        expected = 1 + away[:, :-1].sum(axis=1) + away[:, -1] / np.maximum(hazard[:, -1], 1e-6)
        return np.asarray(np.minimum(expected, LONGEST))

    def state(self) -> dict[str, Any]:
        """As JSON."""
        return {"base": self.base.tolist(), "hazards": [each.state() for each in self.hazards]}

    @classmethod
    def restore(cls, state: Mapping[str, Any]) -> ReturnModel:
        """The inverse of `state`."""
        model = cls()
        model.base = np.array(state["base"])
        model.hazards = tuple(Logit.restore(each) for each in state["hazards"])
        return model


def resting(history: Histories) -> NDArray[np.bool_]:
    """(people, topics) touched before, but not in the person's latest active period."""
    slots = history.totals.shape[1]
    last = slots - 1 - np.argmax(history.totals[:, ::-1] > 0, axis=1)
    lately = history.positive[np.arange(history.people), last] > 0
    return np.asarray(history.positive.any(axis=1) & ~lately)


def gaps(history: Histories) -> tuple[Array, Array, Array]:
    """(people, topics) periods with the topic, and the age in periods of the last and of the first of them."""
    touched = history.positive > 0
    age = history.age[:, :, None].astype(np.float64)
    last = np.where(touched, age, np.inf).min(axis=1, initial=np.inf)
    return touched.sum(axis=1), np.where(np.isfinite(last), last, 0), np.where(touched, age, 0).max(axis=1)


def return_features(history: Histories, ahead: Ahead, base: Array) -> Array:
    """(people, HORIZONS, topics, 9): activity ahead, the topic's rate, gap, rhythm, share, evidence against, base."""
    touched = history.positive > 0
    times, last, first = gaps(history)
    weight = np.where(history.age > 0, np.exp2(-(history.age - 1) / _HALF_LIFE), 0)
    hits = np.einsum("us,ust->ut", weight, touched)
    keep = 2 ** (-1 / _HALF_LIFE)
    exposure = (1 - keep**first) / (1 - keep)
    mass = history.positive.sum(axis=1, dtype=np.float64)
    total = mass.sum(axis=1, keepdims=True)
    rhythm = np.where(times > 1, (first - last) / np.maximum(times - 1, 1), first)
    topic = np.stack(
        [
            np.log((hits + _HITS) / (np.maximum(exposure - hits, 0) + _MISSES)),
            np.log(np.maximum(last, 1)),
            np.log(np.maximum(times, 1)),
            np.log(np.maximum(last, 1) / np.maximum(rhythm, 1)),
            np.log((mass + 0.1) / (total + 1)),
            np.log1p(history.negative.sum(axis=1, dtype=np.float64)),
            np.broadcast_to(base, mass.shape),
        ],
        axis=2,
    )
    chance = np.clip(ahead.active, 1e-3, 1 - 1e-3)
    active = np.stack([np.log(chance / (1 - chance)), np.log(ahead.events + 0.01)], axis=2)
    shape = (history.people, HORIZONS, mass.shape[1])
    return np.concatenate(
        [
            np.broadcast_to(active[:, :, None], (*shape, 2)),
            np.broadcast_to(topic[:, None], (*shape, topic.shape[2])),
        ],
        axis=3,
    )
