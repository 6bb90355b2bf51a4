"""What the outlook is measured against: shrunken rates without recency, and mean gaps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from core.timeline import Array
from evals.association import log_loss
from tools.forecasting.outlook.activity import recency
from tools.forecasting.outlook.returns import gaps, resting
from tools.forecasting.series import HORIZONS, Histories, Windows

Rate = Callable[[Histories], Array]
NEVER = 10_000.0
"""A half-life at which nothing fades."""
FADING = (2.0, 4.0, 8.0, 16.0)


def mean_activity(history: Histories) -> Array:
    """(people,) part of the periods since the first active one that were active."""
    return np.asarray(history.active / np.maximum(recency(history)[1], 1))


def mean_events(history: Histories) -> Array:
    """(people,) events a period since the first active one."""
    return np.asarray(history.events / np.maximum(recency(history)[1], 1))


def beta_binomial(learned: Windows, half_lives: Sequence[float] = (NEVER,)) -> Rate:
    """Activity as a rate under a beta prior; prior and half-life are fitted on what followed."""
    happened = learned.totals > 0
    return _shrunken(
        learned,
        half_lives,
        lambda history: history.totals > 0,
        2,
        lambda rate: float(log_loss(rate[:, None], happened).mean()),
    )


def gamma_poisson(learned: Windows, half_lives: Sequence[float] = (NEVER,)) -> Rate:
    """Events a period under a gamma prior; prior and half-life are fitted on what followed."""
    events = learned.totals.sum(axis=1, dtype=np.float64)
    return _shrunken(
        learned, half_lives, lambda history: history.totals, 1, lambda rate: deviance(HORIZONS * rate, events)
    )


def _shrunken(
    learned: Windows,
    half_lives: Sequence[float],
    counted: Callable[[Histories], NDArray[Any]],
    terms: int,
    loss: Callable[[Array], float],
) -> Rate:
    """``(count + a) / (periods + b)``, or ``+ a + b`` with two ``terms``, counts and periods discounted."""

    def sums(history: Histories, half_life: float) -> tuple[Array, Array]:
        weight = np.where(history.age > 0, np.exp2(-(history.age - 1) / half_life), 0)
        keep = 2 ** (-1 / half_life)
        return (weight * counted(history)).sum(axis=1), (1 - keep ** recency(history)[1]) / (1 - keep)

    def rate(count: Array, periods: Array, log_prior: Array) -> Array:
        prior = np.exp(np.clip(log_prior, -7, 7))
        return np.asarray((count + prior[0]) / (periods + prior[-terms:].sum()))

    fitted = []
    for half_life in half_lives:
        count, periods = sums(learned.histories, half_life)
        found = minimize(
            lambda prior, count=count, periods=periods: loss(rate(count, periods, prior)),
            np.zeros(2),
            method="Nelder-Mead",
            options={"maxiter": 100},
        )
        fitted.append((float(found.fun), half_life, found.x))
    _, half_life, prior = min(fitted, key=lambda each: each[0])
    return lambda history: rate(*sums(history, half_life), prior)


def deviance(mean: Array, events: Array) -> float:
    """Mean Poisson deviance; expectations below 0.02 are taken as that."""
    mean = np.maximum(mean, 0.02)
    log = np.log(events / mean, out=np.zeros_like(mean), where=events > 0)
    return float(2 * (events * log - (events - mean)).mean())


def own_gap(history: Histories) -> Array:
    """(people, topics) mean gap between a person's periods with the topic; with one, the person's mean over topics.

    A person who touched no topic twice gets the time since the first of them.
    """
    times, last, first = gaps(history)
    repeated = times > 1
    gap = np.where(repeated, (first - last) / np.maximum(times - 1, 1), 0)
    number = repeated.sum(axis=1, keepdims=True)
    usual = np.where(number > 0, gap.sum(axis=1, keepdims=True) / np.maximum(number, 1), first)
    return np.maximum(np.where(repeated, gap, usual), 1)


def topic_gap(learned: Windows) -> Array:
    """(topics,) periods per return of a resting topic, over everybody."""
    rests = resting(learned.histories)
    back = ((learned.targets > 0) & rests[:, None]).any(axis=1).sum(axis=0)
    return np.asarray(HORIZONS * (rests.sum(axis=0) + 1) / (back + 0.5))
