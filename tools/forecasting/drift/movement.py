"""Topics that are rising or fading for a person now."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tools.forecasting.models.state_space import LocalLevel
from tools.forecasting.series import Histories

_MOST_TOPICS = 3
_Z80 = 1.2815515655446004


def movement(
    model: LocalLevel, history: Histories, muted: NDArray[np.bool_], topics: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Rising and fading topics of one person, strongest first.

    A topic moves when the filtered level lies outside the 80 % interval around what the same model says when nothing
    ever drifts, which is the person's long-run mean shrunk just as much: so being pulled towards the population is
    not taken for a trend. Nothing moves with fewer than two active periods.
    """
    if history.active[0] < 2:
        return (), ()
    level, variance = model.filtered(history)
    still, _ = model.filtered(history, drift=0.0)
    spread = np.sqrt(variance[0] * model.population * (1 - model.population))
    ratio = np.where(muted, 0, (level[0] - still[0]) / np.maximum(spread, 1e-9))
    order = np.argsort(-np.abs(ratio), kind="stable")
    rising = tuple(topics[topic] for topic in order if ratio[topic] > _Z80)
    fading = tuple(topics[topic] for topic in order if ratio[topic] < -_Z80)
    return rising[:_MOST_TOPICS], fading[:_MOST_TOPICS]
