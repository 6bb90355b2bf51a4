"""Forecast interest as the ranker uses it: one share per topic of the catalogue, for one person or many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import NotTrainedError
from core.types import Event
from tools.deps import Floats, InterestForecaster


def outlook(
    forecaster: InterestForecaster,
    user_ids: Sequence[str],
    at: datetime,
    horizon: int,
    names: Sequence[str],
    histories: Mapping[str, Sequence[Event]] | None = None,
) -> Floats | None:
    """(people, topics) shares at a horizon, in the order of ``names``; None while the forecaster is not trained.

    Horizon 0 (now) is answered with the first period that is forecast. ``histories`` are everybody's events up to
    ``at`` in time order; without them the forecaster reads them itself.
    """
    if not user_ids:
        return np.zeros((0, len(names)), np.float32)
    try:
        table = forecaster.forecast_many(user_ids, at, max(horizon, 1), histories=histories)
    except NotTrainedError:
        return None
    return _aligned(table.shares[:, -1], table.topics, names)


def _aligned(shares: NDArray[Any], topics: Sequence[str], names: Sequence[str]) -> Floats:
    place = {name: column for column, name in enumerate(topics)}
    result = np.zeros((len(shares), len(names)), np.float32)
    for column, name in enumerate(names):
        if name in place:
            result[:, column] = shares[:, place[name]]
    return result
