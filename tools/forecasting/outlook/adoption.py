"""Probability that a topic without any evidence so far is taken up within the horizon.

In two stages. A conditional logit (McFadden 1974) is fitted within people, so that it learns which of the unseen
topics comes first and nothing of who is active: pooled likelihoods spend themselves on the latter. A logistic
regression a horizon then turns its score and the person's expected activity into a probability.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from core.timeline import Array, to_shares
from tools.forecasting.models.classical import ENOUGH_WINDOWS
from tools.forecasting.outlook.activity import Ahead
from tools.forecasting.outlook.background import Background
from tools.forecasting.outlook.logit import Logit
from tools.forecasting.series import HORIZONS, Histories, Windows

RIDGE = 5.0
BASELINE = (0, 5)
"""Features of the baseline in `topic_features`: popularity and co-occurrence."""
_TINY = 1e-4


class AdoptionModel:
    """Order of the unseen topics, and their chances.

    Args:
        background: the population that the model is applied with.
        chosen: the features it uses; all if None.
    """

    def __init__(self, background: Background, chosen: Sequence[int] | None = None) -> None:
        self.background = background
        self.chosen = None if chosen is None else list(chosen)
        self.weights: Array = np.array([1.0])
        self.chances: tuple[Logit, ...] = ()

    @property
    def fitted(self) -> bool:
        """Whether there was enough to learn from; the model has no answer otherwise."""
        return bool(self.chances)

    def fit(self, windows: Windows, backgrounds: Mapping[int, Background], ahead: Ahead) -> None:
        """Estimate from histories and what followed; too few windows leave the model without an answer.

        Args:
            windows: of `tools.forecasting.outcomes.outcomes`.
            backgrounds: the population before each origin of the windows.
            ahead: expected activity after the windows.
        """
        if len(windows) < ENOUGH_WINDOWS:
            return
        history = windows.histories
        shape = (len(windows), windows.targets.shape[2])
        features = np.zeros((*shape, 0))
        for origin, known in backgrounds.items():
            chosen = np.flatnonzero(history.origin == origin)
            part = self._features(history.take(chosen), known)
            if not features.shape[2]:
                features = np.zeros((*shape, part.shape[2]))
            features[chosen] = part
        unseen = history.positive.sum(axis=1) == 0
        taken = np.cumsum(windows.targets, axis=1) > 0
        if np.count_nonzero(taken[:, -1] & unseen) < ENOUGH_WINDOWS:
            return
        self.weights = conditional_logit(features, taken[:, -1], unseen)
        score = features @ self.weights
        person = person_features(history, ahead)
        self.chances = tuple(
            Logit.fit(_joined(score, person[:, step])[unseen], taken[:, step][unseen]) for step in range(HORIZONS)
        )

    def _features(self, history: Histories, known: Background) -> Array:
        features = topic_features(history, known)
        return features if self.chosen is None else features[:, :, self.chosen]

    def score(self, history: Histories) -> Array:
        """(people, topics) log odds that a topic comes before others; comparable within a person only."""
        return np.asarray(self._features(history, self.background) @ self.weights)

    def chance(self, history: Histories, ahead: Ahead) -> Array:
        """(people, HORIZONS, topics) probability of being taken up in periods 1..h; NaN for topics with evidence.

        Never above the probability of any activity by then, which holds far outside what was fitted too.
        """
        unseen = history.positive.sum(axis=1) == 0
        chance = np.full((history.people, HORIZONS, unseen.shape[1]), np.nan)
        if not self.fitted:
            return chance
        score, person = self.score(history), person_features(history, ahead)
        for step, each in enumerate(self.chances):
            chance[:, step] = np.where(unseen, each(_joined(score, person[:, step])), np.nan)
        anything = 1 - np.cumprod(1 - np.clip(ahead.active, 0, 1), axis=1)
        return np.asarray(np.minimum(np.maximum.accumulate(chance, axis=1), anything[:, :, None]))

    def state(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "background": self.background.state(),
            "chosen": self.chosen,
            "weights": self.weights.tolist(),
            "chances": [each.state() for each in self.chances],
        }

    @classmethod
    def restore(cls, state: Mapping[str, Any]) -> AdoptionModel:
        """The inverse of `state`."""
        model = cls(Background.restore(state["background"]), state["chosen"])
        model.weights = np.array(state["weights"])
        model.chances = tuple(Logit.restore(each) for each in state["chances"])
        return model


def topic_features(history: Histories, known: Background) -> Array:
    """(people, topics, features): popularity in several senses, nearness to the person's topics, evidence against."""
    mass = history.positive.sum(axis=1, dtype=np.float64)
    seen = (mass > 0).astype(np.float64)
    shares, even = to_shares(mass), to_shares(seen)
    amount = np.log1p(mass)
    level = np.log1p(mass.sum(axis=1))[:, None]
    reach = np.broadcast_to(np.log(known.reach + _TINY), mass.shape)
    lift = np.log(np.maximum(even @ known.lift, 1e-3))
    columns = [
        reach,
        *(
            np.broadcast_to(np.log(each + _TINY), mass.shape)
            for each in (known.share, known.recent_share, known.recent_reach, known.hazard)
        ),
        lift,
        np.log(np.maximum(shares @ known.lift, 1e-3)),
        np.log(np.maximum(to_shares(amount) @ known.joint_lift, 1e-3)),
        seen @ np.log(np.maximum(known.lift, 0.05)),
        shares @ known.cosine,
        even @ known.cosine,
        shares @ known.regression,
        np.log1p(history.negative.sum(axis=1, dtype=np.float64)),
        reach * level,
        lift * level,
    ]
    return np.stack(columns, axis=2)


def person_features(history: Histories, ahead: Ahead) -> Array:
    """(people, HORIZONS, 6): expected events and chance of activity to a horizon, breadth, pace and age of novelty."""
    events = np.cumsum(ahead.events, axis=1)
    away = np.cumsum(np.log1p(-np.clip(ahead.active, 0, 0.999)), axis=1)
    known = np.maximum.accumulate(history.positive > 0, axis=1).sum(axis=2)
    new = np.diff(known, axis=1, prepend=0)
    since = np.where(new > 0, history.age, np.inf).min(axis=1)
    own = np.column_stack(
        [
            np.log1p(history.events),
            known[:, -1] / history.positive.shape[2],
            (known[:, -1] + 1) / (history.events + 2),
            np.log(np.clip(since, 1, 30)),
        ]
    )
    steps = np.stack([np.log(events + 0.01), np.log(-np.minimum(away, -1e-3))], axis=2)
    return np.concatenate([steps, np.repeat(own[:, None], HORIZONS, axis=1)], axis=2)


def _joined(score: Array, person: Array) -> Array:
    wide = np.broadcast_to(person[:, None], (*score.shape, person.shape[1]))
    return np.concatenate([score[:, :, None], wide], axis=2)


def conditional_logit(features: Array, taken: NDArray[np.bool_], open_: NDArray[np.bool_]) -> Array:
    """Weights that order, within each row, what was taken before what was not.

    Args:
        features: (n, topics, features).
        taken, open_: (n, topics) what happened, and what could. A row with m taken topics counts as √m rows.
    """
    taken = taken & open_
    mixed = taken.any(axis=1) & (open_ & ~taken).any(axis=1)
    x, could, hit = features[mixed], open_[mixed], taken[mixed]
    mean, scale = x[could].mean(axis=0), x[could].std(axis=0) + 1e-9
    x = np.where(could[:, :, None], (x - mean) / scale, 0)
    weight = hit / np.sqrt(np.maximum(hit.sum(axis=1, keepdims=True), 1))
    total = weight.sum(axis=1, keepdims=True)

    def loss(beta: Array) -> tuple[float, Array]:
        score = np.where(could, x @ beta, -np.inf)
        score -= score.max(axis=1, keepdims=True, initial=-1e9)
        odds = np.exp(score)
        norm = odds.sum(axis=1, keepdims=True)
        log = np.where(could, score, 0) - np.log(norm)
        gradient = np.tensordot(weight - total * odds / norm, x, axes=([0, 1], [0, 1]))
        return float(-(weight * log).sum() + RIDGE / 2 * beta @ beta), RIDGE * beta - gradient

    found = minimize(loss, np.zeros(x.shape[2]), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return np.asarray(found.x / scale)
