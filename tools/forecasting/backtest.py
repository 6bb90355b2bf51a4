"""Rolling-origin backtest: which forecaster serves which people, how wrong it was, and how wide its intervals are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from core.periods import Indices
from core.timeline import Array
from tools.forecasting.classical import ClassicalForecaster, Population, RunningMean, ShareForecast
from tools.forecasting.metrics import kl_divergence
from tools.forecasting.series import HORIZONS, Histories, Panel

ENOUGH_PEOPLE = 30
"""A segment with fewer people takes the choice and the intervals of everybody."""
COVERAGE = 0.8
BACKTEST_ORIGINS = 6
BACKTEST_WINDOWS = 12_000
EVERYBODY = "everybody"
_PERIODS = ("1 active period", "2-3 active periods", "4+ active periods")
_EVENTS = ("under 5 events", "5-19 events", "20+ events")
SHARE_EDGES = (0.02, 0.05, 0.1, 0.2)
"""Intervals are calibrated apart for small and large forecast shares: over all together the many tiny shares, nearly
always 0, would be covered too often and the few that matter too seldom."""
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
        widths: (bins of `SHARE_EDGES`, horizons) half-width of the 80 % interval in units of `scale`; empty if
            untested.
    """

    model: str
    error: float | None
    people: int
    errors: Mapping[str, float] = field(default_factory=dict)
    widths: tuple[tuple[float, ...], ...] = ()


def scale(shares: Array) -> Array:
    """Unit of error of a share: the standard deviation of one event, with a little added at 0 and 1."""
    return np.asarray(np.sqrt(shares * (1 - shares) + 1e-3))


def backtest(panel: Panel, forecasters: Sequence[ClassicalForecaster]) -> dict[str, Choice]:
    """Choices per segment and for everybody; empty when the panel is too short or has too few people.

    The forecasters are fitted on the part of the panel before the first test origin, so every error is out of sample.
    A forecaster is used in a segment only where it beats the running mean by more than one standard error of the
    paired difference over people; the one with the lowest error is.

    Half-widths are split-conformal (Vovk et al. 2005; Lei et al. 2018) on the chosen forecaster's test errors.
    """
    origins = panel.origins(BACKTEST_ORIGINS * 3)
    tested = origins[-min(BACKTEST_ORIGINS, len(origins) // 2) :] if len(origins) > 1 else []
    windows = panel.windows(tested, BACKTEST_WINDOWS, seed=1)
    if len(np.unique(windows.person)) < ENOUGH_PEOPLE:
        return {}
    known = panel.before(tested[0])
    scores: dict[str, Array] = {}
    points: dict[str, Array] = {}
    for forecaster in forecasters:
        forecaster.fit(known)
        points[forecaster.name] = forecaster.forecast(windows.histories, HORIZONS).shares
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
        model = _best(errors)
        widths = conformal_widths(points[model][chosen], windows.targets[chosen])
        means = {each: float(error.mean()) for each, error in errors.items()}
        choices[name] = Choice(model, means[model], len(errors[model]), means, widths)
    return choices


def person_means(score: Array, person: Indices) -> Array:
    """(people,) mean score of each person over origins and horizons, NaN cells left out."""
    _, code = np.unique(person, return_inverse=True)
    filled = np.where(np.isnan(score), 0, score).sum(axis=1)
    counted = (~np.isnan(score)).sum(axis=1)
    total = np.bincount(code, weights=filled)
    return np.asarray(total / np.bincount(code, weights=counted))


def _best(errors: Mapping[str, Array]) -> str:
    base = errors[RunningMean.name]

    def beats(name: str) -> bool:
        gain = base - errors[name]
        return bool(gain.mean() > gain.std() / np.sqrt(len(gain)))

    allowed = [name for name in errors if name not in (RunningMean.name, Population.name) and beats(name)]
    return min([*allowed, RunningMean.name], key=lambda name: float(errors[name].mean()))


def conformal_widths(points: Array, targets: Array) -> tuple[tuple[float, ...], ...]:
    """(bins, horizons) the quantile of |error| / `scale` that covers `COVERAGE` of what was seen in each bin.

    Widths never narrow with the horizon. A bin or horizon with fewer than `ENOUGH_PEOPLE` shares takes the width of
    the one before it, and the first of all bins that of all shares together.
    """
    seen = np.broadcast_to((targets.sum(axis=2) > 0)[:, :, None], targets.shape)
    error = np.abs(targets - points) / scale(points)
    share_bin = np.searchsorted(SHARE_EDGES, points, side="right")
    below = [_quantile(error[seen])] * points.shape[1]
    rows = []
    for code in range(len(SHARE_EDGES) + 1):
        row: list[float] = []
        for step in range(points.shape[1]):
            chosen = error[:, step][seen[:, step] & (share_bin[:, step] == code)]
            width = _quantile(chosen) if len(chosen) >= ENOUGH_PEOPLE else (row[-1] if row else below[step])
            row.append(max([width, *row[-1:]]))
        rows.append(tuple(row))
        below = row
    return tuple(rows)


def _quantile(error: Array) -> float:
    level = min(1.0, float(np.ceil((len(error) + 1) * COVERAGE)) / len(error))
    return float(np.quantile(error, level, method="higher"))


def calibrated(shares: Array, widths: tuple[tuple[float, ...], ...]) -> ShareForecast:
    """Shares (people, horizons, topics) with the intervals of `conformal_widths`."""
    table = np.array(widths)
    step = np.minimum(np.arange(shares.shape[1]), table.shape[1] - 1)
    half = table[np.searchsorted(SHARE_EDGES, shares, side="right"), step[None, :, None]] * scale(shares)
    return ShareForecast(shares, np.maximum(shares - half, 0), np.minimum(shares + half, 1))
