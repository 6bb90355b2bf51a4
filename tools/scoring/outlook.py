"""Interests as the ranker uses them: shares of the topics of the catalogue, for one person or many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import NotTrainedError
from core.results import RecommendRequest
from core.types import Event
from tools.deps import Floats, InterestForecaster
from tools.scoring.profile import Profile
from tools.scoring.world import World

STRANGER = ""
"""An id that nobody has: what is forecast for it is what is forecast for somebody of whom nothing is known."""

USUAL_EVENTS = 10.0
"""How many events the usual shares count as beside a person's own, where their present interest is told."""

_SMOOTHING = 0.01


@dataclass(frozen=True)
class Interests:
    """What one person wants at one horizon, in topics of the world.

    Attributes:
        shares: (topics,) shares; usual: (topics,) those of somebody of whom nothing is known, at the same horizon.
        ahead: whether they were forecast; otherwise they are the person's present interest.
    """

    shares: Floats
    usual: Floats
    ahead: bool = True

    @property
    def relative(self) -> Floats:
        """(topics,) shares, the largest being 1."""
        return np.asarray(self.shares / max(float(self.shares.max(initial=0.0)), 1e-9), np.float32)

    @property
    def lift(self) -> Floats:
        """(topics,) log of share over usual share, both smoothed by 0.01: what is this person's own."""
        return np.asarray(np.log((self.shares + _SMOOTHING) / (self.usual + _SMOOTHING)), np.float32)


def outlook(
    forecaster: InterestForecaster,
    user_ids: Sequence[str],
    at: datetime,
    horizon: int,
    names: Sequence[str],
    histories: Mapping[str, Sequence[Event]] | None = None,
) -> list[Interests] | None:
    """Everybody's forecast interests at a horizon from 1, over topics ``names``; None while nothing was trained.

    ``histories`` are everybody's events up to ``at`` in time order; without them the forecaster reads them itself.
    """
    if not user_ids:
        return []
    try:
        table = forecaster.forecast_many((*user_ids, STRANGER), at, horizon, histories=histories)
    except NotTrainedError:
        return None
    shares = _aligned(table.shares[:, -1], table.topics, names)
    return [Interests(own, shares[-1]) for own in shares[:-1]]


def interests_at(
    forecaster: InterestForecaster, request: RecommendRequest, history: Sequence[Event], profile: Profile, world: World
) -> Interests | None:
    """What the person of a request wants at its horizon, 0 being now; None while nothing was trained."""
    user = request.user_id or STRANGER
    many = outlook(forecaster, [user], request.at, max(request.horizon, 1), world.topic_names, {user: history})
    if not many:
        return None
    return many[0] if request.horizon else present(world, profile, many[0].usual)


def present(world: World, profile: Profile, usual: Floats) -> Interests:
    """What a person wants now: topics of what they liked and said, faded by age, beside `USUAL_EVENTS` usual ones."""
    place = {name.casefold(): column for column, name in enumerate(world.topic_names)}
    mass = USUAL_EVENTS * usual + world.topics[profile.liked].T @ profile.weights
    for topic, weight in profile.topics.items():
        if topic in place:
            mass[place[topic]] += max(weight, 0.0)
    mass[[place[topic.casefold()] for topic in profile.muted if topic.casefold() in place]] = 0.0
    return Interests((mass / max(float(mass.sum()), 1e-9)).astype(np.float32), usual, ahead=False)


def _aligned(shares: NDArray[Any], topics: Sequence[str], names: Sequence[str]) -> Floats:
    place = {name: column for column, name in enumerate(topics)}
    result = np.zeros((len(shares), len(names)), np.float32)
    for column, name in enumerate(names):
        if name in place:
            result[:, column] = shares[:, place[name]]
    return result
