"""Intervals: coverage, width and interval score, and the split-conformal ones that they are compared with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.timeline import Array
from evals.forecasting.segments import Segment
from tools.forecasting.backtest import BACKTEST_WINDOWS, test_origins
from tools.forecasting.models.classical import ClassicalForecaster
from tools.forecasting.series import HORIZONS, Floats, Panel

LEVELS = (0.8, 0.95)
SHARE_EDGES = (0.02, 0.05, 0.1, 0.2)
"""Forecast shares are grouped by size at these."""
PLAIN, BINNED = "conformal", "conformal by share"
_FEWEST = 50


@dataclass(frozen=True)
class Band:
    """Bounds of 80 % and 95 % intervals, each (n, horizons, topics)."""

    lo80: Floats
    hi80: Floats
    lo95: Floats
    hi95: Floats

    def at(self, level: float) -> tuple[Floats, Floats]:
        """Lower and upper bounds of one of `LEVELS`."""
        return (self.lo80, self.hi80) if level == LEVELS[0] else (self.lo95, self.hi95)


class Conformal:
    """Split-conformal intervals around a forecaster (Vovk et al. 2005; Lei et al. 2018).

    The calibration scores are its errors at the latest origins of the past, the same ones that the ensemble takes its
    intervals from. `PLAIN` takes one quantile of the absolute error a horizon; `BINNED` scales errors by the standard
    deviation of one event and takes a quantile a horizon and size of share.

    Args:
        base: the forecaster, fitted, and refreshed with the past.
        past: the panel before the origin of the forecasts.
    """

    def __init__(self, base: ClassicalForecaster, past: Panel) -> None:
        windows = past.windows(test_origins(past), BACKTEST_WINDOWS, seed=1)
        point, target = base.shares(windows.histories, HORIZONS), windows.targets
        seen = windows.totals > 0
        error, share = np.abs(target - point), bins(point)
        scaled = error / unit(point)
        self._plain = np.zeros((len(LEVELS), HORIZONS))
        self._binned = np.zeros((len(LEVELS), len(SHARE_EDGES) + 1, HORIZONS))
        for (number, level), step in product(enumerate(LEVELS), range(HORIZONS)):
            here = np.broadcast_to(seen[:, step, None], share[:, step].shape)
            if not here.any():  # the past is too short for this horizon: it takes the one before
                before = max(step - 1, 0)
                self._plain[number, step] = self._plain[number, before]
                self._binned[number, :, step] = self._binned[number, :, before]
                continue
            self._plain[number, step] = quantile(error[:, step][here], level)
            for code in range(len(SHARE_EDGES) + 1):
                chosen = scaled[:, step][here & (share[:, step] == code)]
                enough = len(chosen) >= _FEWEST
                self._binned[number, code, step] = quantile(chosen if enough else scaled[:, step][here], level)

    def bands(self, points: NDArray[Any]) -> dict[str, Band]:
        """Intervals around forecasts (n, horizons, topics) of the same forecaster."""
        code, step = bins(points), np.arange(HORIZONS)[None, :, None]

        def band(halves: list[Array]) -> Band:
            low, high = (
                [np.maximum(points - half, 0) for half in halves],
                [np.minimum(points + half, 1) for half in halves],
            )
            return Band(*(each.astype(np.float32) for each in (low[0], high[0], low[1], high[1])))

        plain = [each[None, :, None] for each in self._plain]
        return {PLAIN: band(plain), BINNED: band([each[code, step] * unit(points) for each in self._binned])}


def bins(points: NDArray[Any]) -> NDArray[np.int64]:
    """Which size of share each forecast belongs to."""
    return np.searchsorted(SHARE_EDGES, points, side="right").astype(np.int64)


def unit(points: NDArray[Any]) -> Array:
    """The standard deviation of one event, with a little added at 0 and 1."""
    return np.asarray(np.sqrt(points * (1 - points) + 1e-3))


def quantile(errors: NDArray[Any], level: float) -> float:
    """The conformal quantile of calibration errors."""
    return float(np.quantile(errors, min(1.0, np.ceil((len(errors) + 1) * level) / len(errors)), method="higher"))


@dataclass(frozen=True)
class IntervalRow:
    """How intervals did over a group of cases: per level coverage, mean width and mean interval score.

    The score of an interval at level 1 - a is its width plus 2 / a times by how much it was missed (Gneiting and
    Raftery 2007, eq. 43): lower is better, and neither width nor misses can be traded for free.
    """

    group: str
    coverage: tuple[float, ...]
    width: tuple[float, ...]
    score: tuple[float, ...]


def interval_rows(
    band: Band, targets: Floats, points: Floats, segments: Mapping[str, Segment]
) -> tuple[IntervalRow, ...]:
    """Over everything seen, by horizon, by segment, and by size of the forecast share.

    Args:
        band: of all cases.
        targets, points: (n, horizons, topics).
        segments: which cases belong to each.
    """
    seen = np.broadcast_to((targets.sum(axis=2) > 0)[:, :, None], targets.shape)
    inside, score, width = {}, {}, {}
    for level in LEVELS:
        lo, hi = band.at(level)
        missed = np.maximum(lo - targets, 0) + np.maximum(targets - hi, 0)
        inside[level] = missed <= 1e-6
        width[level] = hi - lo
        score[level] = width[level] + 2 / (1 - level) * missed

    def row(group: str, chosen: NDArray[np.bool_]) -> IntervalRow:
        means = [tuple(float(each[level][chosen].mean()) for level in LEVELS) for each in (inside, width, score)]
        return IntervalRow(group, *means)

    rows = [row("all", seen)]
    for step in range(targets.shape[1]):
        rows.append(row(f"horizon {step + 1}", seen & (np.arange(targets.shape[1]) == step)[None, :, None]))
    for name, segment in segments.items():
        rows.append(row(name, seen & segment.cases[:, None, None]))
    code = bins(points)
    edges = (0.0, *SHARE_EDGES, 1.0)
    for number in range(len(SHARE_EDGES) + 1):
        chosen = seen & (code == number)
        if chosen.any():
            rows.append(row(f"forecast share {edges[number]:.0%} to {edges[number + 1]:.0%}", chosen))
    return tuple(rows)
