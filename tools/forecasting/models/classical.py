"""Forecasters of topic shares: hyper-parameters are fitted once over many people, a person is only filtered.

Those in here are level forecasters: the expected shares are the same at every horizon.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from core.periods import PERIOD_DAYS
from core.timeline import Array, decay
from tools.forecasting.metrics import cross_entropy
from tools.forecasting.population import FOREVER, PopulationSeries, nobody, population_series
from tools.forecasting.series import HORIZONS, Histories, Panel, Windows

ENOUGH_WINDOWS = 100
"""Fewer windows than this are too few to fit hyper-parameters on; the documented defaults stand then."""
FIT_WINDOWS = 6000
FIT_ORIGINS = 12
FLOOR = 0.1
"""What is left of the weight of very old evidence (`core.timeline.decay`). Panels are too short to estimate it."""
AVERSION_HALF_LIFE_DAYS = 365.0
_Z80, _Z95 = 1.2815515655446004, 1.959963984540054
_DEFAULT_DISPERSION = 0.25


@dataclass(frozen=True)
class ShareForecast:
    """Expected shares with 80 % and 95 % intervals, each (people, horizons, topics); shares sum to 1."""

    shares: Array
    lo: Array
    hi: Array
    lo95: Array
    hi95: Array


class ClassicalForecaster(ABC):
    """What every forecaster offers: the population, named hyper-parameters, intervals from the spread of past errors.

    Args:
        topics: how many topics there are.
        period: the calendar period, which turns defaults in days into periods.
    """

    name: ClassVar[str]

    def __init__(self, topics: int, period: str) -> None:
        self.topics = topics
        self.days = PERIOD_DAYS[period]
        self.series = nobody(topics)
        self.params: dict[str, float] = self._defaults()
        self.dispersion: Array = np.full(HORIZONS, _DEFAULT_DISPERSION)

    def _defaults(self) -> dict[str, float]:
        return {}

    @property
    def population(self) -> Array:
        """(topics,) mean shares of the people known, everybody counting once."""
        return self.series.mean

    def fit(self, panel: Panel) -> None:
        """Estimate population, hyper-parameters and dispersion."""
        self.observe(population_series(panel))
        windows = panel.windows(panel.origins(FIT_ORIGINS), FIT_WINDOWS)
        if len(windows) < ENOUGH_WINDOWS:
            return
        self.estimate(panel, windows)
        shares = self.shares(windows.histories, HORIZONS)
        seen = (windows.totals > 0)[:, :, None]
        error = np.where(seen, (windows.targets - shares) ** 2, 0).sum(axis=(0, 2))
        scale = np.where(seen, shares * (1 - shares), 0).sum(axis=(0, 2))
        known = scale > 0
        ratio = np.divide(error, scale, out=np.full(HORIZONS, _DEFAULT_DISPERSION), where=known)
        self.dispersion = np.maximum.accumulate(np.where(known, ratio, 0))

    def observe(self, series: PopulationSeries) -> None:
        """Take the population as it is known now."""
        self.series = series

    @abstractmethod
    def estimate(self, panel: Panel, windows: Windows) -> None:
        """Set ``params`` from the panel or from histories in it and what followed them."""

    @abstractmethod
    def estimate_level(self, history: Histories) -> Array:
        """(people, topics) expected shares from positive evidence; the population's for an empty history."""

    def level(self, history: Histories) -> Array:
        """(people, topics) expected shares, lowered by what speaks against topics."""
        return lowered(self.estimate_level(history), history, self.days)

    def shares(self, history: Histories, horizon: int) -> Array:
        """(people, horizons, topics) expected shares."""
        return np.repeat(self.level(history)[:, None, :], horizon, axis=1)

    def forecast(self, history: Histories, horizon: int) -> ShareForecast:
        """Shares of the next ``horizon`` periods with 80 % and 95 % intervals."""
        shares = self.shares(history, horizon)
        step = self.dispersion[np.minimum(np.arange(horizon), HORIZONS - 1)]
        spread = np.sqrt(step[None, :, None] * shares * (1 - shares))
        # Where the expected share changes with the horizon, its interval must still not narrow.
        spread = np.maximum.accumulate(spread, axis=1)
        near, far = _Z80 * spread, _Z95 * spread
        return ShareForecast(
            shares,
            np.maximum(shares - near, 0),
            np.minimum(shares + near, 1),
            np.maximum(shares - far, 0),
            np.minimum(shares + far, 1),
        )

    def state(self) -> dict[str, Any]:
        """Everything fitted but the population."""
        return {"params": dict(self.params), "dispersion": self.dispersion}

    def restore(self, state: Mapping[str, Any]) -> None:
        """The inverse of `state`."""
        self.params = dict(state["params"])
        self.dispersion = np.asarray(state["dispersion"])


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
        for _ in range(3):
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
        "half_life_days": (15, 30, 60, 120, 240, 480, 960, 1920),
    }

    def _defaults(self) -> dict[str, float]:
        return {"prior": 1.0, "half_life_days": 120.0}

    def estimate_level(self, history: Histories) -> Array:
        """Weighted mean of population and period shares."""
        weight = np.where(history.totals > 0, self._decay(history), 0)
        mass = self.params["prior"] * self.population + np.einsum("us,ust->ut", weight, history.shares)
        return np.asarray(mass / mass.sum(axis=1, keepdims=True))


class DirichletShrinkage(GridForecaster):
    """Empirical-Bayes mean under a Dirichlet prior centred on the recent population (Good 1965; Minka 2000).

    The posterior mean of a Dirichlet-multinomial: the population of the last periods (half-life ``window`` periods)
    counts as ``prior`` events, and the person's events decay with age. Events of one period are alike, so n of them
    inform like ``n (1 + k) / (n + k)``, which tends to 1 + k, where ``sitting`` is k: a sitting of hundreds of ratings
    cannot drown what is said later.
    """

    name = "dirichlet shrinkage"
    grid: ClassVar[Mapping[str, Sequence[float]]] = {
        "prior": (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0),
        "half_life_days": (15, 30, 60, 120, 240, 480, 960, 1920),
        "sitting": (1.0, 2.0, 3.0, 5.0, 10.0, 20.0, 40.0, 80.0),
        "window": (1.0, 2.0, 4.0, 8.0, FOREVER),
    }

    def _defaults(self) -> dict[str, float]:
        return {"prior": 8.0, "half_life_days": 120.0, "sitting": 20.0, "window": FOREVER}

    def prior(self, history: Histories) -> Array:
        """(people, topics) the population's shares before each person's origin."""
        return self.series.recent(history.origin, self.params["window"])

    def evidence(self, history: Histories, half_life_days: float | None = None, sitting: float | None = None) -> Array:
        """(people, slots) how many independent events each period counts as; by default with the fitted figures."""
        total = history.totals
        k = self.params["sitting"] if sitting is None else sitting
        size = total * (1 + k) / (np.maximum(total, 1) + k)
        half_life = self.params["half_life_days"] if half_life_days is None else half_life_days
        return np.asarray(decay(history.age, half_life / self.days, FLOOR) * size)

    def estimate_level(self, history: Histories) -> Array:
        """Posterior mean shares."""
        return shrunk(history, self.evidence(history), self.params["prior"] * self.prior(history))


def shrunk(history: Histories, evidence: Array, prior: Array) -> Array:
    """(people, topics) posterior mean shares.

    Args:
        evidence: (people, slots) independent events of each period.
        prior: (people, topics) events that the prior counts as.
    """
    mass = prior + np.einsum("us,ust->ut", evidence, history.shares)
    return np.asarray(mass / mass.sum(axis=1, keepdims=True))
