"""Benchmark of the interest forecasters on the events of a workspace: error, intervals, and false drift alarms.

Everything is fitted on the events before the first test origin and never refitted; the forecasts at each later origin
see what happened before it, and are scored against what followed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.periods import Indices, check_period
from core.settings import Settings
from core.timeline import Array, PeriodCounts
from store.catalog import Catalog
from store.db import Database
from store.events import Events
from tools.forecasting.backtest import ENOUGH_PEOPLE, person_means
from tools.forecasting.drift import ALPHA, LEAST_EVENTS, LEAST_PERIODS, change_point
from tools.forecasting.ensemble import Ensemble
from tools.forecasting.metrics import SMOOTHING, kl_divergence
from tools.forecasting.series import HORIZONS, Panel, Windows, panel_of
from tools.forecasting.topics import FacetTopics

TEST_PART = 0.4
MOST_WINDOWS = 30_000
MOST_PEOPLE = 500
CHOSEN = "chosen by backtest"


@dataclass(frozen=True)
class Row:
    """One forecaster: mean KL divergence over people with its standard error, and per horizon."""

    name: str
    error: float
    standard_error: float
    by_horizon: tuple[float, ...]


@dataclass(frozen=True)
class Intervals:
    """80 % intervals: part of the shares inside, of those forecast at 5 % or more, and mean width, per horizon."""

    coverage: tuple[float, ...]
    coverage_large: tuple[float, ...]
    width: tuple[float, ...]


@dataclass(frozen=True)
class DriftRates:
    """How often a change is reported: in shuffled histories, in histories as they are, and where one was made.

    A change is made by putting the first half of one person's active periods before the second half of another's.
    """

    people: int
    shuffled: float
    actual: float
    spliced: float


@dataclass(frozen=True)
class ForecastingReport:
    """What the benchmark found."""

    period: str
    origins: int
    people: int
    windows: int
    rows: tuple[Row, ...]
    intervals: Intervals
    drift: DriftRates

    def text(self) -> str:
        """The tables as printed."""
        lines = [
            f"{self.windows:,} histories of {self.people:,} people at {self.origins} origins, period {self.period}; "
            f"KL(actual || forecast) in nats, forecasts smoothed by {SMOOTHING:g}",
            f"{'forecaster':<24}{'KL':>8}{'s.e.':>8}" + "".join(f"{f'h={h + 1}':>8}" for h in range(HORIZONS)),
        ]
        for row in self.rows:
            cells = "".join(f"{each:8.3f}" for each in row.by_horizon)
            lines.append(f"{row.name:<24}{row.error:8.3f}{row.standard_error:8.3f}{cells}")
        for name, figures in (
            ("80 % coverage", self.intervals.coverage),
            ("  of shares over 5 %", self.intervals.coverage_large),
            ("mean width", self.intervals.width),
        ):
            lines.append(f"{name:<40}" + "".join(f"{each:8.3f}" for each in figures))
        drift = self.drift
        lines.append(
            f"drift reported at level {ALPHA:g} for {drift.people} people: shuffled {drift.shuffled:.3f}, "
            f"as they are {drift.actual:.3f}, spliced from two people {drift.spliced:.3f}"
        )
        return "\n".join(lines)


def run(settings: Settings, period: str = "2weeks", seed: int = 0) -> ForecastingReport:
    """Evaluate on the workspace's events and print the tables.

    Raises:
        InputError: the period is unknown, or the events span too few periods or people.
    """
    database = Database(settings.sql_url)
    try:
        columns = Catalog(database).columns()
        topics = FacetTopics(columns, settings.topic_facet)
        panel = panel_of(Events(database).log(columns), topics.weights, topics.names, check_period(period))
    finally:
        database.close()
    report = evaluate(panel, seed)
    print(report.text())
    return report


def evaluate(panel: Panel, seed: int = 0) -> ForecastingReport:
    """The benchmark over a panel.

    Raises:
        InputError: the panel spans too few periods or people.
    """
    origins = panel.origins(10_000)
    tested = origins[len(origins) - round(len(origins) * TEST_PART) :]
    windows = panel.windows(tested, MOST_WINDOWS, seed)
    people = len(np.unique(windows.person))
    if people < ENOUGH_PEOPLE:
        raise InputError(
            f"Only {people} people were active in more than one {panel.period} late in the events of this workspace.",
            "Import data that span more periods, or choose a shorter period.",
        )
    ensemble = Ensemble(len(panel.topics), panel.period)
    ensemble.fit(panel.before(tested[0]))
    served = ensemble.forecast(windows.histories, HORIZONS)
    points = {
        name: each.forecast(windows.histories, HORIZONS).shares for name, each in ensemble.forecasters.items()
    } | {CHOSEN: served.forecast.shares}
    rows = [_row(name, kl_divergence(windows.targets, shares), windows.person) for name, shares in points.items()]
    return ForecastingReport(
        panel.period,
        len(tested),
        people,
        len(windows),
        tuple(sorted(rows, key=lambda row: -row.error)),
        _intervals(windows, served.forecast.lo, served.forecast.hi, served.forecast.shares),
        drift_rates(panel, seed),
    )


def _row(name: str, score: Array, person: Indices) -> Row:
    errors = person_means(score, person)
    steps = tuple(float(score[~np.isnan(score[:, h]), h].mean()) for h in range(HORIZONS))
    return Row(name, float(errors.mean()), float(errors.std() / np.sqrt(len(errors))), steps)


def _intervals(windows: Windows, lo: Array, hi: Array, shares: Array) -> Intervals:
    inside = (windows.targets >= lo - 1e-9) & (windows.targets <= hi + 1e-9)
    seen = np.broadcast_to((windows.totals > 0)[:, :, None], inside.shape)

    def mean(values: NDArray[Any], where: NDArray[np.bool_]) -> tuple[float, ...]:
        return tuple(float(values[:, h][where[:, h]].mean()) for h in range(HORIZONS))

    return Intervals(mean(inside, seen), mean(inside, seen & (shares >= 0.05)), mean(hi - lo, seen))


def drift_rates(panel: Panel, seed: int = 0) -> DriftRates:
    """How often `change_point` reports a change, over at most 500 people with enough history."""
    generator = np.random.default_rng(seed)
    total = panel.interest.sum(axis=1)
    periods = np.bincount(panel.user[total > 0], minlength=len(panel.users))
    events = np.bincount(panel.user, weights=total, minlength=len(panel.users))
    long = generator.permutation(np.flatnonzero((periods >= LEAST_PERIODS) & (events >= LEAST_EVENTS)))[:MOST_PEOPLE]
    own = [_counts(panel, int(user)) for user in long]
    shuffled = [_reordered(each, generator.permutation(len(each.index))) for each in own]
    spliced = [_spliced(first, second) for first, second in zip(own, [*own[1:], *own[:1]], strict=True)]

    def rate(counts: list[PeriodCounts]) -> float:
        return float(np.mean([bool(change_point(each, panel.topics)) for each in counts])) if counts else float("nan")

    return DriftRates(len(own), rate(shuffled), rate(own), rate(spliced))


def _counts(panel: Panel, user: int) -> PeriodCounts:
    rows = panel.user == user
    positive, negative = (each[rows].astype(np.float64) for each in (panel.positive, panel.negative))
    return PeriodCounts(panel.period, panel.index[rows], positive, negative)


def _reordered(counts: PeriodCounts, order: Indices) -> PeriodCounts:
    return replace(counts, positive=counts.positive[order], negative=counts.negative[order])


def _spliced(first: PeriodCounts, second: PeriodCounts) -> PeriodCounts:
    head, tail = len(first.index) // 2, len(second.index) // 2
    positive = np.concatenate([first.positive[:head], second.positive[tail:]])
    negative = np.concatenate([first.negative[:head], second.negative[tail:]])
    return PeriodCounts(first.period, np.arange(len(positive)), positive, negative)
