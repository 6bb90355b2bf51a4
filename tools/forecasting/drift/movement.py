"""Topics that are rising or fading for a person now, and the level that they move from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.forecasting.models.state_space import LocalLevel
from tools.forecasting.series import Histories

_MOST_TOPICS = 3
_Z80 = 1.2815515655446004
_LEAST = 0.01
"""Shares are told in whole percent: what moves by less reads as no movement."""


@dataclass(frozen=True)
class Movement:
    """What moves for one person.

    Attributes:
        usual: (topics,) shares that the whole history would have if nothing ever drifted; they sum to 1.
        rising, fading: topics whose expected share lies above and below their usual one, strongest first.
    """

    usual: tuple[float, ...]
    rising: tuple[str, ...] = ()
    fading: tuple[str, ...] = ()


def movement(
    model: LocalLevel,
    history: Histories,
    muted: NDArray[np.bool_],
    topics: tuple[str, ...],
    expected: NDArray[np.floating],
) -> Movement:
    """Rising and fading topics of one person.

    A topic moves when the filtered level lies outside the 80 % interval around what the same model says when nothing
    ever drifts, which is the person's long-run mean shrunk just as much: so being pulled towards the population is
    not taken for a trend. The forecast served may be another model's, so it has to go the same way from there.
    Nothing moves with fewer than two active periods.

    Args:
        muted: (topics,) those that the person wants to hear nothing of: they have no share and do not move.
        expected: (topics,) the shares foretold for the next period.
    """
    still = model.filtered(history, drift=0.0)[0][0]
    kept = np.where(muted, 0.0, still)
    usual = kept / kept.sum() if kept.sum() > 0 else still
    shares = tuple(usual.tolist())
    if history.active[0] < 2:
        return Movement(shares)
    level, variance = model.filtered(history)
    spread = np.sqrt(variance[0] * model.population * (1 - model.population))
    ratio = np.where(muted, 0, (level[0] - still) / np.maximum(spread, 1e-9))
    ahead = expected - usual
    order = np.argsort(-np.abs(ratio), kind="stable")
    rising = tuple(topics[topic] for topic in order if ratio[topic] > _Z80 and ahead[topic] >= _LEAST)
    fading = tuple(topics[topic] for topic in order if ratio[topic] < -_Z80 and ahead[topic] <= -_LEAST)
    return Movement(shares, rising[:_MOST_TOPICS], fading[:_MOST_TOPICS])
