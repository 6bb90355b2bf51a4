"""How far a forecast of shares was from what followed."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

SMOOTHING = 0.01
"""Part of a uniform distribution mixed into every forecast before it is scored, so that a share of 0 costs much and
not infinitely much."""


def smooth(forecast: NDArray[Any]) -> NDArray[Any]:
    """The forecast mixed with `SMOOTHING` parts of the uniform distribution over the last axis."""
    return np.asarray((1 - SMOOTHING) * forecast + SMOOTHING / forecast.shape[-1])


def cross_entropy(actual: NDArray[Any], forecast: NDArray[Any]) -> NDArray[Any]:
    """-Σ a log f over topics, f smoothed; NaN where ``actual`` is all 0 (nothing happened, nothing to score)."""
    score = -(actual * np.log(smooth(forecast))).sum(axis=-1)
    return np.where(actual.sum(axis=-1) > 0, score, np.nan)


def kl_divergence(actual: NDArray[Any], forecast: NDArray[Any]) -> NDArray[Any]:
    """KL(actual ‖ forecast) in nats over the last axis, the forecast smoothed; NaN where ``actual`` is all 0."""
    log = np.log(actual, out=np.zeros(actual.shape, dtype=np.float64), where=actual > 0)
    return np.asarray(cross_entropy(actual, forecast) + (actual * log).sum(axis=-1))
