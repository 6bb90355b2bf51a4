"""Rolling-origin backtest: which forecaster serves which people, how wrong it was, and how far its errors reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from core.periods import Indices
from core.timeline import Array
from tools.forecasting.metrics import kl_divergence
from tools.forecasting.models.classical import ClassicalForecaster, Population, RunningMean
from tools.forecasting.population import population_series
from tools.forecasting.series import HORIZONS, Histories, Panel
from tools.forecasting.uncertainty import Bands, calibrate

ENOUGH_PEOPLE = 30
"""A segment with fewer people takes the choice and the intervals of everybody."""
BACKTEST_ORIGINS = 6
BACKTEST_WINDOWS = 12_000
EVERYBODY = "everybody"
_PERIODS = ("1 active period", "2-3 active periods", "4+ active periods")
_EVENTS = ("under 5 events", "5-19 events", "20+ events")
SEGMENTS = ("no history", *(f"{periods}, {events}" for periods in _PERIODS for events in _EVENTS))


def segment_of(history: Histories) -> Indices:
    """(people,) position in `SEGMENTS` by the number of active periods and of events."""
    periods = np.searchsorted([2, 4], history.active, side="right")
    events = np.searchsorted([5, 20], history.events, side="right")
    return np.where(history.active > 0, 1 + len(_EVENTS) * periods + events, 0).astype(np.int64)


@dataclass(frozen=True)
class Choice:
    """What serves a segment.

    Attributes:
        model: name of the forecaster.
        error: its mean KL divergence on the rolling origins, in nats; None if untested.
        people: how many people it was tested on.
        errors: the same figure for every forecaster.
    """

    model: str
    error: float | None
    people: int
    errors: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Backtest:
    """What the rolling origins showed.

    Attributes:
        choices: what serves each segment, and everybody.
        bands: intervals around the chosen forecasts.
    """

    choices: dict[str, Choice]
    bands: Bands


def backtest(panel: Panel, forecasters: Sequence[ClassicalForecaster], usual: str) -> Backtest | None:
    """Choices and intervals; None when the panel is too short or has too few people.

    The forecasters are fitted on the part of the panel before the first test origin, so every error is out of sample;
    the population they shrink towards moves on with the origins. The ``usual`` one serves everybody unless another is
    lower by two standard errors of the paired difference over people, and a segment is served as everybody is unless,
    again, another is lower by two: the lowest of many noisy figures is rarely the best choice. Whatever does not beat
    the running mean in a segment by more than one standard error is not used there.
    """
    tested = test_origins(panel)
    windows = panel.windows(tested, BACKTEST_WINDOWS, seed=1)
    if len(np.unique(windows.person)) < ENOUGH_PEOPLE:
        return None
    known = panel.before(tested[0])
    series = population_series(panel)
    scores: dict[str, Array] = {}
    points: dict[str, Array] = {}
    for forecaster in forecasters:
        forecaster.fit(known)
        forecaster.observe(series)
        points[forecaster.name] = forecaster.shares(windows.histories, HORIZONS)
        scores[forecaster.name] = kl_divergence(windows.targets, points[forecaster.name])
    segment = segment_of(windows.histories)
    choices: dict[str, Choice] = {}
    for name, chosen in [(EVERYBODY, np.ones(len(windows), dtype=bool))] + [
        (name, segment == code) for code, name in enumerate(SEGMENTS)
    ]:
        person = windows.person[chosen]
        if len(np.unique(person)) < ENOUGH_PEOPLE:
            continue
        errors = {each: person_means(score[chosen], person) for each, score in scores.items()}
        model = _best(errors, choices[EVERYBODY].model if choices else usual)
        means = {each: float(error.mean()) for each, error in errors.items()}
        choices[name] = Choice(model, means[model], len(errors[model]), means)
    served = np.empty_like(windows.targets, dtype=np.float64)
    for code, name in enumerate(SEGMENTS):
        rows = segment == code
        served[rows] = points[choices.get(name, choices[EVERYBODY]).model][rows]
    return Backtest(choices, calibrate(served, windows))


def test_origins(panel: Panel) -> list[int]:
    """The latest origins of a panel, at most `BACKTEST_ORIGINS` and at most half of those there are."""
    origins = panel.origins(BACKTEST_ORIGINS * 3)
    return origins[-min(BACKTEST_ORIGINS, len(origins) // 2) :] if len(origins) > 1 else []


def person_means(score: Array, person: Indices) -> Array:
    """(people,) mean score of each person over origins and horizons, NaN cells left out."""
    _, code = np.unique(person, return_inverse=True)
    filled = np.where(np.isnan(score), 0, score).sum(axis=1)
    counted = (~np.isnan(score)).sum(axis=1)
    total = np.bincount(code, weights=filled)
    return np.asarray(total / np.bincount(code, weights=counted))


def _best(errors: Mapping[str, Array], usual: str) -> str:
    """What serves a segment: ``usual``, unless another is lower by more than two standard errors, paired."""
    base = errors[RunningMean.name]
    allowed = [name for name in errors if name not in (RunningMean.name, Population.name)]
    allowed = [name for name in allowed if _lower(errors[name], base, 1)] or [RunningMean.name]
    best = min(allowed, key=lambda name: float(errors[name].mean()))
    return usual if usual in allowed and not _lower(errors[best], errors[usual], 2) else best


def _lower(error: Array, other: Array, standard_errors: float) -> bool:
    gain = other - error
    return bool(gain.mean() > standard_errors * gain.std() / np.sqrt(len(gain)))
