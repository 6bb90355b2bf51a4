"""The fitted forecasters of one period and the choice among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from core.errors import InputError
from core.timeline import Array
from tools.forecasting.backtest import (
    BACKTEST_WINDOWS,
    ENOUGH_PEOPLE,
    EVERYBODY,
    SEGMENTS,
    Choice,
    backtest,
    segment_of,
    test_origins,
)
from tools.forecasting.models.classical import (
    ClassicalForecaster,
    DirichletShrinkage,
    ExponentiallyWeighted,
    LastValue,
    Population,
    RunningMean,
    ShareForecast,
)
from tools.forecasting.models.credibility import Credibility
from tools.forecasting.models.logistic_normal import LogisticNormal
from tools.forecasting.models.long_history import LongHistory
from tools.forecasting.models.neural import RecurrentForecaster, TopicNetwork, TransformerForecaster
from tools.forecasting.models.pooling import LogPool
from tools.forecasting.models.state_space import LocalLevel
from tools.forecasting.population import PopulationSeries, nobody, population_series
from tools.forecasting.series import HORIZONS, Histories, Panel
from tools.forecasting.uncertainty import Bands, calibrate, pace_of

FORECASTERS: tuple[type[ClassicalForecaster], ...] = (
    RunningMean,
    LastValue,
    Population,
    ExponentiallyWeighted,
    DirichletShrinkage,
    LocalLevel,
    Credibility,
    LogPool,
)
"""Fitted for every period."""
EXTRA: tuple[type[ClassicalForecaster], ...] = (
    LogisticNormal,
    LongHistory,
    TopicNetwork,
    RecurrentForecaster,
    TransformerForecaster,
)
"""Take minutes to fit or seconds a person: for the period of the workspace alone, where the settings ask for them."""
KINDS: Mapping[str, type[ClassicalForecaster]] = {each.name: each for each in (*FORECASTERS, *EXTRA)}
UNTESTED = DirichletShrinkage.name
"""Serves everybody where there are too few people to choose."""


@dataclass(frozen=True)
class Served:
    """Forecasts of several people.

    Attributes:
        forecast: (people, horizons, topics) arrays.
        model: (people,) name of the forecaster used for each.
        error: (people,) its backtest error, NaN if untested.
    """

    forecast: ShareForecast
    model: tuple[str, ...]
    error: Array


class Ensemble:
    """Forecasters of one calendar period; each person gets the one that did best for people like them.

    Args:
        topics: how many topics there are.
        period: the calendar period.
        extra: names of forecasters to try besides `FORECASTERS`.

    Raises:
        InputError: there is no forecaster of a name.
    """

    def __init__(self, topics: int, period: str, extra: Sequence[str] = ()) -> None:
        self.period = period
        self.people = 0
        self.series = nobody(topics)
        unknown = [name for name in extra if name not in KINDS]
        if unknown:
            known = ", ".join(each.name for each in EXTRA)
            raise InputError(
                f"There is no forecaster {unknown[0]!r}.", f"Set DRIFTLINE_EXTRA_FORECASTERS to any of {known}."
            )
        names = dict.fromkeys((*(each.name for each in FORECASTERS), *extra))
        self.forecasters: dict[str, ClassicalForecaster] = {name: KINDS[name](topics, period) for name in names}
        self.choices: dict[str, Choice] = {}
        self.bands: Bands | None = None

    @property
    def local_level(self) -> LocalLevel:
        """The model whose filtered levels tell what is rising and fading."""
        found = self.forecasters[LocalLevel.name]
        assert isinstance(found, LocalLevel)
        return found

    def fit(self, panel: Panel) -> None:
        """Choose by backtest, then fit every forecaster on the whole panel."""
        self.people = panel.people
        found = backtest(panel, list(self.forecasters.values()), LogPool.name)
        self.choices, self.bands = (found.choices, found.bands) if found else ({}, None)
        for forecaster in self.forecasters.values():
            forecaster.fit(panel)
        self.observe(population_series(panel))

    def observe(self, series: PopulationSeries) -> None:
        """Let the population move on; hyper-parameters, choices and intervals stay."""
        self.series = series
        for forecaster in self.forecasters.values():
            forecaster.observe(series)

    def refresh(self, panel: Panel) -> None:
        """Take in what happened since fitting: the population's shares, and how far the latest forecasts were off."""
        self.observe(population_series(panel))
        windows = panel.windows(test_origins(panel), BACKTEST_WINDOWS, seed=1)
        if self.bands is None or len(np.unique(windows.person)) < ENOUGH_PEOPLE:
            return
        served, _, _ = self._served(windows.histories, HORIZONS)
        self.bands = calibrate(served, windows)

    @property
    def tested(self) -> bool:
        """Whether there were enough people to test on."""
        return bool(self.choices)

    def forecast(self, history: Histories, horizon: int) -> Served:
        """Shares with 80 % and 95 % intervals for the next ``horizon`` periods."""
        shares, models, errors = self._served(history, horizon)
        if self.bands is None:
            found = self.forecasters[UNTESTED].forecast(history, horizon)
        else:
            found = self.bands.around(shares, pace_of(history))
        return Served(found, models, errors)

    def _served(self, history: Histories, horizon: int) -> tuple[Array, tuple[str, ...], Array]:
        """Expected shares, and for each person the forecaster used and its backtest error."""
        segment = segment_of(history)
        shares = np.zeros((history.people, horizon, history.positive.shape[2]))
        models = np.full(history.people, UNTESTED, dtype=object)
        errors = np.full(history.people, np.nan)
        for code in np.unique(segment):
            choice = self.choices.get(SEGMENTS[code]) or self.choices.get(EVERYBODY) or Choice(UNTESTED, None, 0)
            chosen = segment == code
            models[chosen] = choice.model
            # Nobody without a history was tested: the figure of those who have one would not be theirs.
            errors[chosen] = np.nan if choice.error is None or not code else choice.error
        for name in np.unique(models).tolist():
            people = np.flatnonzero(models == name)
            shares[people] = self.forecasters[name].shares(history.take(people), horizon)
        return shares, tuple(models.tolist()), errors

    def sample(self, history: Histories, horizon: int, draws: int, seed: int = 0) -> Array:
        """(people, draws, horizons, topics) shares that may follow.

        Raises:
            InputError: there were too few people to learn how far the future strays from a forecast.
        """
        if self.bands is None:
            raise InputError(
                "Too few people were active in several periods to draw from what may follow.",
                "Import more events and run `driftline train`.",
            )
        return self.bands.sample(self._served(history, horizon)[0], pace_of(history), draws, seed)

    def state(self) -> dict[str, Any]:
        """Everything fitted, as JSON values and arrays."""
        return {
            "people": self.people,
            "series": vars(self.series),
            "choices": {name: asdict(choice) for name, choice in self.choices.items()},
            "bands": self.bands.state() if self.bands else None,
            "forecasters": {name: each.state() for name, each in self.forecasters.items()},
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """The inverse of `state`."""
        self.people = state["people"]
        self.choices = {name: Choice(**choice) for name, choice in state["choices"].items()}
        self.bands = Bands.restored(state["bands"]) if state["bands"] else None
        for name, fitted in state["forecasters"].items():
            self.forecasters[name].restore(fitted)
        self.observe(PopulationSeries(**state["series"]))
