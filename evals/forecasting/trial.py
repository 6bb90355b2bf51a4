"""Rolling origins: every forecaster fitted once on the past, and what each said at every later origin."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.periods import Indices
from evals.forecasting.intervals import Band, Conformal
from tools.forecasting.backtest import ENOUGH_PEOPLE
from tools.forecasting.ensemble import Ensemble
from tools.forecasting.models.classical import DirichletShrinkage, ShareForecast
from tools.forecasting.series import HORIZONS, Floats, Histories, Panel

TEST_PART = 0.4
BASE = DirichletShrinkage.name
"""The forecaster to beat: tempered counts shrunk towards the population of a tuned recent window ("full" shrinkage)."""
SERVED = "ensemble (served)"


@dataclass(frozen=True)
class Trial:
    """Forecasts at the test origins and what followed; a case is one person at one origin.

    Attributes:
        ensemble: as fitted before the first test origin, refreshed at the last one.
        person, origin: (n,) of each case.
        active, events: (n,) the person's active periods and effective events before the origin.
        own: (n, topics) mean of the person's shares over all their events before the origin.
        targets: (n, horizons, topics) shares that followed; zero rows where the person was inactive.
        points: forecasts of the same shape by forecaster.
        bands: intervals by name: those of the ensemble and the split-conformal ones around `BASE`.
        model: (n,) which forecaster the ensemble used.
        fit_seconds, forecast_seconds: of the whole ensemble, over all cases.
    """

    panel: Panel
    ensemble: Ensemble
    origins: tuple[int, ...]
    person: Indices
    origin: Indices
    active: Indices
    events: Floats
    own: Floats
    targets: Floats
    points: Mapping[str, Floats]
    bands: Mapping[str, Band]
    model: tuple[str, ...]
    fit_seconds: float
    forecast_seconds: float

    @property
    def seen(self) -> NDArray[np.bool_]:
        """(n, horizons) whether the person was active in that period."""
        return np.asarray(self.targets.sum(axis=2) > 0)


def later_origins(panel: Panel, most: int) -> list[int]:
    """The last `TEST_PART` of the panel's periods, at most so many, evenly spread."""
    origins = panel.origins(10_000)
    tested = origins[len(origins) - round(len(origins) * TEST_PART) :]
    if len(tested) > most:
        tested = [tested[each] for each in np.linspace(0, len(tested) - 1, most).round().astype(int)]
    return tested


def run_trial(
    panel: Panel,
    most_origins: int,
    most_cases: int,
    seed: int,
    extra: Sequence[str] = (),
    report: Callable[[str], None] = lambda _line: None,
) -> Trial:
    """Fit on everything before the first test origin, and forecast at each.

    Args:
        panel: all the data.
        most_origins: test origins at most.
        most_cases: people at each origin at most, drawn at random.
        seed: of the draw.
        extra: names of forecasters to try besides those that every period has.
        report: told what is being done.

    Raises:
        InputError: the panel spans too few periods or people.
    """
    tested = later_origins(panel, most_origins)
    people = len(np.unique(panel.windows(tested, 1000, seed).person)) if tested else 0
    if people < ENOUGH_PEOPLE:
        raise InputError(
            f"Only {people} people were active in more than one {panel.period} late in these events.",
            "Import data that span more periods, or choose a shorter period.",
        )
    known = panel.before(tested[0])
    report(f"fitting on {known.people:,} people")
    started = time.perf_counter()
    ensemble = Ensemble(len(panel.topics), panel.period, extra)
    ensemble.fit(known)
    fit_seconds = time.perf_counter() - started
    report(f"forecasting at {len(tested)} origins")
    parts: dict[str, list[NDArray[Any]]] = {}
    models: list[str] = []
    seconds = 0.0
    for number, origin in enumerate(tested):
        windows = panel.windows([origin], most_cases, seed + number)
        past = panel.before(origin)
        ensemble.refresh(past)
        started = time.perf_counter()
        served = ensemble.forecast(windows.histories, HORIZONS)
        seconds += time.perf_counter() - started
        points = {name: each.shares(windows.histories, HORIZONS) for name, each in ensemble.forecasters.items()}
        found = served.forecast
        bands = {SERVED: band_of(found)} | Conformal(ensemble.forecasters[BASE], past).bands(points[BASE])
        models.extend(served.model)
        columns = {
            "person": windows.person,
            "origin": np.full(len(windows), origin),
            "active": windows.histories.active,
            "events": windows.histories.events,
            "own": own_mean(windows.histories),
            "targets": windows.targets,
        }
        columns |= {f"point {name}": shares for name, shares in (points | {SERVED: found.shares}).items()}
        columns |= {
            f"band {name} {part}": getattr(band, part) for name, band in bands.items() for part in Band.__annotations__
        }
        for name, column in columns.items():
            kept = column if column.dtype.kind == "i" else column.astype(np.float32)
            parts.setdefault(name, []).append(kept)
    whole = {name: np.concatenate(each) for name, each in parts.items()}
    return Trial(
        panel=panel,
        ensemble=ensemble,
        origins=tuple(tested),
        person=whole["person"],
        origin=whole["origin"],
        active=whole["active"],
        events=whole["events"],
        own=whole["own"],
        targets=whole["targets"],
        points={name.removeprefix("point "): each for name, each in whole.items() if name.startswith("point ")},
        bands={name: Band(*(whole[f"band {name} {part}"] for part in Band.__annotations__)) for name in bands},
        model=tuple(models),
        fit_seconds=fit_seconds,
        forecast_seconds=seconds,
    )


def band_of(found: ShareForecast) -> Band:
    """The intervals of a forecast."""
    return Band(*(np.asarray(each, dtype=np.float32) for each in (found.lo, found.hi, found.lo95, found.hi95)))


def own_mean(history: Histories) -> Floats:
    """(people, topics) shares of everything so far."""
    mass = history.positive.sum(axis=1)
    total = mass.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(mass, total, out=np.zeros_like(mass), where=total > 0))
