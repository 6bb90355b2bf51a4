"""How long a forecast takes through a workspace: one person, and thousands at once."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from core.periods import period_start
from evals.forecasting.data import Loaded, opened
from evals.forecasting.trial import Trial
from tools.forecasting.artefact import Artefact, save
from tools.forecasting.drift.change_points import ChangeModel
from tools.forecasting.forecaster import Forecasting
from tools.forecasting.outlook.outlook import OutlookModel
from tools.forecasting.series import HORIZONS
from tools.forecasting.train import FOLDER

MANY = 10_000
_ONE_BY_ONE = 300


@dataclass(frozen=True)
class Speed:
    """Seconds through `Forecasting` on a workspace, events read from its database included.

    Attributes:
        median, p95: of one person's forecast, of ``one_by_one`` people.
        many: how many people `forecast_many` was asked for at once, and ``many_seconds`` how long it took.
        computing: seconds of the forecast alone for one person among many, from packed histories.
        arima: seconds of AutoARIMA for one person, the mean over the peers' subset; None without them.
    """

    one_by_one: int
    median: float
    p95: float
    many: int
    many_seconds: float
    computing: float
    arima: float | None = None

    def text(self) -> str:
        """Two lines."""
        line = (
            f"speed: one person {1000 * self.median:.1f} ms (median), {1000 * self.p95:.1f} ms (95th percentile of "
            f"{self.one_by_one}); {self.many:,} people at once {self.many_seconds:.1f} s"
        )
        if self.arima is None:
            return line
        ratios = [self.arima / each for each in (self.computing, self.many_seconds / self.many, self.p95)]
        return (
            f"{line}\nAutoARIMA takes {self.arima:.2f} s a person: {ratios[0]:,.0f} times as long as computing ours, "
            f"{ratios[1]:,.0f} times as long as ours of many with their events read, {ratios[2]:,.0f} times as long as "
            "ours of one"
        )


def measure(loaded: Loaded, trial: Trial, detector: ChangeModel, seed: int = 0, arima: float | None = None) -> Speed:
    """Put the trial's models into the workspace and ask for people at the last origin.

    Args:
        loaded: the workspace.
        trial: on its panel.
        detector: of changes.
        seed: of the people asked for.
        arima: passed on.
    """
    period, settings = trial.panel.period, loaded.settings
    at = period_start(trial.origins[-1], period, settings.timezone)
    artefact = Artefact(
        loaded.learnt.source,
        trial.panel.topics,
        at.isoformat(),
        settings.timezone,
        loaded.learnt.clusters,
        settings.embedder,
        {period: trial.ensemble},
        {period: detector},
        {period: OutlookModel.fit(trial.panel.before(trial.origins[0]), seed)},
    )
    own = settings.model_copy(update={"home": settings.home / "evals" / "speed"})
    save(artefact, own.models_dir / FOLDER)
    with opened(settings) as (catalog, events, _):
        forecasting = Forecasting(own, catalog, events, loaded.vectors)
        people = np.random.default_rng(seed).permutation(trial.panel.users).tolist()
        forecasting.forecast(people[0], at, HORIZONS, period)  # reads the model
        alone = [_timed(forecasting, user, at, period) for user in people[:_ONE_BY_ONE]]
        many = people[:MANY]
        started = time.perf_counter()
        forecasting.forecast_many(many, at, HORIZONS, period)
        seconds = time.perf_counter() - started
    computing = trial.forecast_seconds / len(trial.person)
    return Speed(
        len(alone), float(np.median(alone)), float(np.quantile(alone, 0.95)), len(many), seconds, computing, arima
    )


def _timed(forecasting: Forecasting, user: str, at: datetime, period: str) -> float:
    started = time.perf_counter()
    forecasting.forecast(user, at, HORIZONS, period)
    return time.perf_counter() - started
