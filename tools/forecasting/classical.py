"""Forecasters of topic shares: hyper-parameters are fitted once over many people, a person is only filtered.

All are level forecasters: the expected shares are the same at every horizon, and only their uncertainty grows.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

import numpy as np

from core.periods import PERIOD_DAYS
from core.timeline import Array, decay
from tools.forecasting.metrics import cross_entropy
from tools.forecasting.series import HORIZONS, Histories, Panel, Windows

ENOUGH_WINDOWS = 100
"""Fewer windows than this are too few to fit hyper-parameters on; the documented defaults stand then."""
FIT_WINDOWS = 3000
FIT_ORIGINS = 8
FLOOR = 0.1
"""What is left of the weight of very old evidence (`core.timeline.decay`). Panels are too short to estimate it."""
AVERSION_HALF_LIFE_DAYS = 365.0
_Z80 = 1.2815515655446004
_DEFAULT_DISPERSION = 0.25


@dataclass(frozen=True)
class ShareForecast:
    """Expected shares with 80 % intervals, each (people, horizons, topics); shares sum to 1."""

    shares: Array
    lo: Array
    hi: Array


class Forecaster(Protocol):
    """What every forecaster offers."""

    name: str

    def fit(self, panel: Panel) -> None:
        """Estimate hyper-parameters on a panel; with too few people the defaults stay."""

    def forecast(self, history: Histories, horizon: int) -> ShareForecast:
        """Shares of the next ``horizon`` periods."""


class ClassicalForecaster(ABC):
    """Base: population shares, named hyper-parameters, and intervals from the dispersion of past errors.

    Args:
        topics: how many topics there are.
        period: the calendar period, which turns defaults in days into periods.
    """

    name: ClassVar[str]

    def __init__(self, topics: int, period: str) -> None:
        self.population: Array = np.full(topics, 1 / topics)
        self.days = PERIOD_DAYS[period]
        self.params: dict[str, float] = self._defaults()
        self.dispersion: Array = np.full(HORIZONS, _DEFAULT_DISPERSION)

    def _defaults(self) -> dict[str, float]:
        return {}

    def fit(self, panel: Panel) -> None:
        """Estimate population, hyper-parameters and dispersion."""
        self.population = panel.population
        windows = panel.windows(panel.origins(FIT_ORIGINS), FIT_WINDOWS)
        if len(windows) < ENOUGH_WINDOWS:
            return
        self.estimate(panel, windows)
        level = self.level(windows.histories)
        spread = (level * (1 - level))[:, None, :]
        seen = (windows.totals > 0)[:, :, None]
        error = np.where(seen, (windows.targets - level[:, None, :]) ** 2, 0).sum(axis=(0, 2))
        scale = np.where(seen, spread, 0).sum(axis=(0, 2))
        known = scale > 0
        ratio = np.divide(error, scale, out=np.full(HORIZONS, _DEFAULT_DISPERSION), where=known)
        self.dispersion = np.maximum.accumulate(np.where(known, ratio, 0))

    @abstractmethod
    def estimate(self, panel: Panel, windows: Windows) -> None:
        """Set ``params`` from the panel or from histories in it and what followed them."""

    @abstractmethod
    def estimate_level(self, history: Histories) -> Array:
        """(people, topics) expected shares from positive evidence; the population's for an empty history."""

    def level(self, history: Histories) -> Array:
        """(people, topics) expected shares, lowered by what speaks against topics."""
        return lowered(self.estimate_level(history), history, self.days)

    def forecast(self, history: Histories, horizon: int) -> ShareForecast:
        """Shares of the next ``horizon`` periods with 80 % intervals."""
        level = self.level(history)
        shares = np.repeat(level[:, None, :], horizon, axis=1)
        step = self.dispersion[np.minimum(np.arange(horizon), HORIZONS - 1)]
        width = _Z80 * np.sqrt(step[None, :, None] * shares * (1 - shares))
        return ShareForecast(shares, np.maximum(shares - width, 0), np.minimum(shares + width, 1))


def lowered(level: Array, history: Histories, days: float) -> Array:
    """Expected shares scaled down where evidence speaks against a topic, and made to sum to 1 again.

    The evidence against is weighed against what speaks for the topic, the person's own events and ``level`` itself
    counting as ten events, in the form of `core.timeline.interest`: ``for / (for + against)``.
    """
    touched = np.flatnonzero(history.negative.any(axis=(1, 2)))
    if not len(touched):
        return level
    some = history.take(touched)
    weight = decay(some.age, AVERSION_HALF_LIFE_DAYS / days, FLOOR)
    against = np.einsum("us,ust->ut", weight, some.negative)
    strength = 10.0 + np.einsum("us,us->u", weight, some.totals)
    support = level[touched] * strength[:, None]
    scaled = level[touched] * support / np.maximum(support + against, 1e-12)
    result = level.copy()
    result[touched] = scaled / scaled.sum(axis=1, keepdims=True)
    return result


def _or_population(mass: Array, population: Array) -> Array:
    total = mass.sum(axis=1, keepdims=True)
    return np.where(total > 0, mass / np.where(total > 0, total, 1), population)


class FixedForecaster(ClassicalForecaster):
    """A forecaster without hyper-parameters."""

    def estimate(self, panel: Panel, windows: Windows) -> None:
        """Nothing to set."""


class LastValue(FixedForecaster):
    """The shares of the last active period."""

    name = "last value"

    def estimate_level(self, history: Histories) -> Array:
        """Shares of the last active period."""
        slots = history.totals.shape[1]
        last = slots - 1 - np.argmax(history.totals[:, ::-1] > 0, axis=1)
        return _or_population(history.shares[np.arange(history.people), last].astype(np.float64), self.population)


class RunningMean(FixedForecaster):
    """The mean over all events so far: what a forecaster has to beat to be used."""

    name = "running mean"

    def estimate_level(self, history: Histories) -> Array:
        """Shares of everything so far."""
        return _or_population(history.positive.sum(axis=1, dtype=np.float64), self.population)


class Population(FixedForecaster):
    """Everybody's mean shares for everybody."""

    name = "population"

    def estimate_level(self, history: Histories) -> Array:
        """The population's shares."""
        return np.repeat(self.population[None, :], history.people, axis=0)


class GridForecaster(ClassicalForecaster):
    """A forecaster whose few hyper-parameters minimise the mean cross-entropy of what followed (coordinate search)."""

    grid: ClassVar[Mapping[str, Sequence[float]]]

    def estimate(self, panel: Panel, windows: Windows) -> None:  # noqa: ARG002
        """Coordinate search over the grid."""
        best = self._loss(windows)
        for _ in range(2):
            for name, values in self.grid.items():
                for value in values:
                    before = self.params[name]
                    self.params[name] = value
                    loss = self._loss(windows)
                    if loss < best:
                        best = loss
                    else:
                        self.params[name] = before

    def _loss(self, windows: Windows) -> float:
        level = self.estimate_level(windows.histories)
        return float(np.nanmean(cross_entropy(windows.targets, level[:, None, :])))

    def _decay(self, history: Histories) -> Array:
        return decay(history.age, self.params["half_life_days"] / self.days, FLOOR)


class ExponentiallyWeighted(GridForecaster):
    """Exponentially weighted mean of period shares with the population counting as ``prior`` periods.

    Every active period counts alike, however much happened in it.
    """

    name = "exponentially weighted"
    grid: ClassVar[Mapping[str, Sequence[float]]] = {
        "prior": (0.25, 0.5, 1.0, 2.0, 4.0, 8.0),
        "half_life_days": (15, 30, 60, 120, 240, 480, 730),
    }

    def _defaults(self) -> dict[str, float]:
        return {"prior": 1.0, "half_life_days": 120.0}

    def estimate_level(self, history: Histories) -> Array:
        """Weighted mean of population and period shares."""
        weight = np.where(history.totals > 0, self._decay(history), 0)
        mass = self.params["prior"] * self.population + np.einsum("us,ust->ut", weight, history.shares)
        return np.asarray(mass / mass.sum(axis=1, keepdims=True))


class DirichletShrinkage(GridForecaster):
    """Empirical-Bayes mean under a Dirichlet prior centred on the population (Good 1965; Minka 2000).

    The posterior mean of a Dirichlet-multinomial: the population counts as ``prior`` events, and the person's events
    decay with age. Events of one period are alike, so n of them inform like ``n (1 + k) / (n + k)``, which tends to
    1 + k, where ``sitting`` is k: a sitting of hundreds of ratings cannot drown what is said later.
    """

    name = "dirichlet shrinkage"
    grid: ClassVar[Mapping[str, Sequence[float]]] = {
        "prior": (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0),
        "half_life_days": (15, 30, 60, 120, 240, 480, 730),
        "sitting": (5.0, 10.0, 20.0, 40.0, 80.0),
    }

    def _defaults(self) -> dict[str, float]:
        return {"prior": 8.0, "half_life_days": 120.0, "sitting": 20.0}

    def evidence(self, history: Histories) -> Array:
        """(people, slots) how many independent events each period counts as."""
        total = history.totals
        k = self.params["sitting"]
        size = total * (1 + k) / (np.maximum(total, 1) + k)
        return np.asarray(self._decay(history) * size)

    def estimate_level(self, history: Histories) -> Array:
        """Posterior mean shares."""
        own = np.einsum("us,ust->ut", self.evidence(history), history.shares)
        mass = self.params["prior"] * self.population + own
        return np.asarray(mass / mass.sum(axis=1, keepdims=True))
