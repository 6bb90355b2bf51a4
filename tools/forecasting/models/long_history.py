"""ARIMA, exponential smoothing and structural models for one person with a long history, on log-ratios of shares.

Raw shares are bounded, mostly zero and as noisy as the counts behind them are small, and models fitted to them do
harm. Here the shares of each active period are first shrunken towards the person's level, then turned into log-ratios,
which are unbounded; a period without activity is a missing observation and not a zero. A fit takes part of a second, so
this is for people and segments for which a backtest favours it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.errors import InputError
from core.periods import Indices
from core.timeline import Array
from tools.forecasting.models.classical import ClassicalForecaster, DirichletShrinkage
from tools.forecasting.models.univariate import FAMILIES, best_model
from tools.forecasting.population import PopulationSeries
from tools.forecasting.series import Histories, Panel, Windows

LEAST_PERIODS = 24
"""Active periods that a person must have to be fitted alone."""
MOST_PERIODS = 120
"""Of the calendar up to the origin; what lies before is left to the level."""
DRAWS = 200


@dataclass(frozen=True)
class Calendar:
    """Known regressors of the calendar: holidays, promotions, releases.

    Attributes:
        first: period number of the first row.
        values: (periods, regressors) finite, reaching beyond the last forecast period.
    """

    first: int
    values: Array

    def at(self, index: Indices) -> Array:
        """(n, regressors) rows of some period numbers.

        Raises:
            InputError: a period is not covered.
        """
        row = index - self.first
        if row.min() < 0 or row.max() >= len(self.values):
            raise InputError(
                f"The calendar covers periods {self.first} to {self.first + len(self.values) - 1}, "
                f"not {index.min()} to {index.max()}.",
                "Pass regressors for every period of the histories and of the forecast.",
            )
        return self.values[row]


@dataclass(frozen=True)
class LongForecast:
    """Forecasts and what made them.

    Attributes:
        shares: (people, horizons, topics).
        models: (people,) the specifications chosen, or the name of the forecaster that stood in.
    """

    shares: Array
    models: tuple[str, ...]


class LongHistory(ClassicalForecaster):
    """Univariate models of isometric log-ratios (Egozcue et al. 2003) of a person's main topics and the rest.

    The ``parts`` topics that carry the person are modelled; the rest keeps the proportions of ``base``, which also
    serves whoever is active in fewer than ``least`` periods or cannot be fitted. Among the orders of a family the
    corrected AIC decides (Hurvich & Tsai 1989), after differencing by a KPSS test (Hyndman & Khandakar 2008).
    Forecasts return to shares by averaging over simulated log-ratios, which a plain inverse would bias.

    Args:
        family: "arima", "ets" or "structural".
        base: shrinkage that gives the level and the fall-back.
        calendar: regressors; "ets" takes none.

    Raises:
        InputError: the family is unknown, or takes no regressors.
    """

    name = "long history"

    def __init__(
        self,
        topics: int,
        period: str,
        family: str = "structural",
        base: ClassicalForecaster | None = None,
        calendar: Calendar | None = None,
        least: int = LEAST_PERIODS,
        parts: int = 4,
        pseudo: float = 4.0,
    ) -> None:
        super().__init__(topics, period)
        if family not in FAMILIES:
            raise InputError(f"Model family {family!r} is unknown.", f"Choose one of {', '.join(FAMILIES)}.")
        if calendar is not None and family == "ets":
            raise InputError("Exponential smoothing takes no regressors.", "Choose arima or structural.")
        self.family, self.calendar = family, calendar
        self.base = base or DirichletShrinkage(topics, period)
        self.least, self.parts, self.pseudo = least, min(parts, topics - 1), pseudo

    def fit(self, panel: Panel) -> None:
        """Fit ``base``; people are fitted when they are forecast."""
        self.base.fit(panel)
        self.observe(self.base.series)
        self.dispersion = self.base.dispersion

    def observe(self, series: PopulationSeries) -> None:
        """Take the population as it is known now."""
        super().observe(series)
        self.base.observe(series)

    def estimate(self, panel: Panel, windows: Windows) -> None:
        """Nothing pooled of its own."""

    def estimate_level(self, history: Histories) -> Array:
        """(people, topics) shares of the first forecast period."""
        return self.explained(history, 1).shares[:, 0]

    def shares(self, history: Histories, horizon: int) -> Array:
        """(people, horizons, topics) expected shares."""
        return self.explained(history, horizon).shares

    def state(self) -> dict[str, Any]:
        """What ``base`` fitted."""
        return super().state() | {"base": self.base.state()}

    def restore(self, state: Mapping[str, Any]) -> None:
        """The inverse of `state`."""
        super().restore(state)
        self.base.restore(state["base"])

    def explained(self, history: Histories, horizon: int) -> LongForecast:
        """Shares with the models behind them; ``base`` serves whom nothing could be fitted to."""
        shares = self.base.shares(history, horizon).copy()
        models = [self.base.name] * history.people
        for person in np.flatnonzero(history.active >= self.least) if self.parts else []:
            found = self._person(history.take(np.array([person])), shares[person])
            if found is not None:
                shares[person], models[person] = found
        return LongForecast(shares, tuple(models))

    def _person(self, history: Histories, level: Array) -> tuple[Array, str] | None:
        horizon = len(level)
        top = np.sort(np.argsort(-level[0], kind="stable")[: self.parts])
        others = np.setdiff1d(np.arange(self.topics), top)
        series, index = log_ratios(history, level[0], top, self.pseudo)
        if not len(index):
            return None
        ahead = history.origin[0] + np.arange(horizon)
        past = None if self.calendar is None else self.calendar.at(index)
        future = None if self.calendar is None else self.calendar.at(ahead)
        skip = int(history.origin[0] - 1 - index[-1])
        if skip:
            # The forecast runs on from the last active period: inactive ones after it are missing observations too.
            series = np.concatenate([series, np.full((skip, series.shape[1]), np.nan)])
            if self.calendar is not None:
                past = self.calendar.at(np.arange(index[0], history.origin[0]))
        mean, variance, names = np.zeros((horizon, self.parts)), np.zeros((horizon, self.parts)), []
        for part in range(self.parts):
            found = best_model(FAMILIES[self.family], series[:, part], horizon, past, future)
            if found is None:
                return None
            mean[:, part], variance[:, part] = found[:2]
            names.append(found[2])
        shares = np.zeros_like(level)
        composed = mean_shares(mean, variance)
        shares[:, top] = composed[:, :-1]
        rest = level[:, others] / np.maximum(level[:, others].sum(axis=1, keepdims=True), 1e-300)
        shares[:, others] = composed[:, -1:] * rest
        return shares / shares.sum(axis=1, keepdims=True), f"{self.family}: {', '.join(names)}"


def log_ratios(history: Histories, level: Array, top: Indices, pseudo: float) -> tuple[Array, Indices]:
    """One person's smoothed shares of ``top`` topics and the rest as isometric log-ratios over the calendar.

    Args:
        history: of one person.
        level: (topics,) what shares are shrunken towards, with the strength of ``pseudo`` events.
        top: topics kept apart, the others are one part.

    Returns:
        (periods, len(top)) coordinates, NaN where the person was inactive; and the period numbers.
    """
    seen = (history.totals[0] > 0) & (history.age[0] <= MOST_PERIODS)
    index = history.origin[0] - np.rint(history.age[0][seen]).astype(np.int64)
    total = history.totals[0][seen].astype(np.float64)[:, None]
    own = history.shares[0][seen].astype(np.float64)
    smoothed = (total * own + pseudo * np.maximum(level, 1e-6)) / (total + pseudo)
    parts = np.column_stack([smoothed[:, top], np.maximum(smoothed.sum(axis=1) - smoothed[:, top].sum(axis=1), 1e-9)])
    calendar = np.arange(index[0], index[-1] + 1) if len(index) else np.zeros(0, dtype=np.int64)
    series = np.full((len(calendar), len(top)), np.nan)
    if len(index):
        series[index - index[0]] = np.log(parts) @ helmert(len(top) + 1)
    return series, calendar


def helmert(parts: int) -> Array:
    """(parts, parts - 1) orthonormal basis of log-ratios."""
    basis = np.zeros((parts, parts - 1))
    for column in range(parts - 1):
        basis[: column + 1, column] = 1 / (column + 1)
        basis[column + 1, column] = -1
        basis[:, column] *= np.sqrt((column + 1) / (column + 2))
    return basis


def mean_shares(mean: Array, variance: Array, draws: int = DRAWS) -> Array:
    """(n, parts) expected shares of Gaussian log-ratios (n, parts - 1), over antithetic draws that never change."""
    half = np.random.default_rng(0).standard_normal((draws // 2, *mean.shape[1:]))
    noise = np.concatenate([half, -half])
    ratios = mean[:, None, :] + np.sqrt(np.maximum(variance, 0))[:, None, :] * noise[None]
    logs = ratios @ helmert(mean.shape[1] + 1).T
    weights = np.exp(logs - logs.max(axis=2, keepdims=True))
    return np.asarray((weights / weights.sum(axis=2, keepdims=True)).mean(axis=1))
