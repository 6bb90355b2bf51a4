"""How far the future may lie from a forecast: intervals that held in the past, and a distribution to draw from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.periods import Indices
from core.timeline import Array
from tools.forecasting.models.classical import ShareForecast
from tools.forecasting.series import Histories, Windows

LEVELS = (0.8, 0.95)
SHARE_EDGES = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.35)
"""Intervals are calibrated apart for small and large forecast shares: over all together the many tiny shares, nearly
always 0, would be covered too often and the few that matter too seldom."""
LATE_ORIGINS = 2
PACE_EDGES = (1.5, 4.0, 10.0, 25.0)
PACES = len(PACE_EDGES) + 1
"""Calibration groups: effective events per active period. The share of one event is 0 or 1, that of fifty is not."""
ENOUGH_SHARES = 300
"""A group with fewer shares takes everybody's offsets."""
FEW_SHARES = 100
"""Everybody's offsets at one horizon need as many."""


def pace_of(history: Histories) -> Indices:
    """(people,) calibration group, from 1, by events per active period; 0 without a history."""
    pace = history.events / np.maximum(history.active, 1)
    return np.where(history.active > 0, 1 + np.searchsorted(PACE_EDGES, pace, side="right"), 0).astype(np.int64)


def scale(shares: Array) -> Array:
    """Unit of error of a share: the standard deviation of one event, with a little added at 0 and 1."""
    return np.asarray(np.sqrt(shares * (1 - shares) + 1e-3))


@dataclass(frozen=True)
class Bands:
    """Calibrated offsets of interval ends from the forecast, in units of `scale`.

    Split-conformal (Vovk et al. 2005; Lei et al. 2018) with the shortest interval that held the wanted part of the
    calibration errors (Lei, Robins & Wasserman 2013): shares are skewed, and equal tails would waste width.

    Attributes:
        below, above: (levels, groups, bins of `SHARE_EDGES`, horizons), >= 0; the groups are everybody and those of
            `pace_of`.
        concentration: (groups, horizons) of the Dirichlet distribution whose variance the errors had.
    """

    below: Array
    above: Array
    concentration: Array

    def around(self, shares: Array, group: Indices) -> ShareForecast:
        """Shares (people, horizons, topics) with their intervals.

        Args:
            shares: expected shares.
            group: (people,) each one's calibration group; 0 where it has none.
        """
        step = np.minimum(np.arange(shares.shape[1]), self.below.shape[3] - 1)[None, :, None]
        code = np.searchsorted(SHARE_EDGES, shares, side="right")
        unit = scale(shares)
        ends = []
        for level in range(len(LEVELS)):
            ends.append(np.maximum(shares - self.below[level][group[:, None, None], code, step] * unit, 0))
            ends.append(np.minimum(shares + self.above[level][group[:, None, None], code, step] * unit, 1))
        return ShareForecast(shares, ends[0], ends[1], np.minimum(ends[0], ends[2]), np.maximum(ends[1], ends[3]))

    def sample(self, shares: Array, group: Indices, draws: int, seed: int = 0) -> Array:
        """(people, draws, horizons, topics) shares that may follow, from Dirichlet distributions around the forecast.

        Args:
            shares: (people, horizons, topics).
            group: (people,) calibration groups.
            draws: how many a person.
            seed: of the generator.
        """
        step = np.minimum(np.arange(shares.shape[1]), self.concentration.shape[1] - 1)
        weight = shares * self.concentration[group][:, step][:, :, None]
        gamma = np.random.default_rng(seed).standard_gamma(
            np.maximum(weight, 1e-6)[:, None], (len(shares), draws, *shares.shape[1:])
        )
        return np.asarray(gamma / np.maximum(gamma.sum(axis=3, keepdims=True), 1e-300))

    def state(self) -> dict[str, Any]:
        """As arrays."""
        return {"below": self.below, "above": self.above, "concentration": self.concentration}

    @classmethod
    def restored(cls, state: Mapping[str, Any]) -> Bands:
        """The inverse of `state`."""
        return cls(*(np.asarray(state[name]) for name in ("below", "above", "concentration")))


def calibrate(points: Array, windows: Windows) -> Bands:
    """Bands from out-of-sample forecasts and what followed.

    People change how active they are, and with it how far shares stray. So the level asked of the errors is moved by
    what was lacking, or too much, when each origin was covered from what was known before it: with time, past errors
    are not exchangeable with the next ones (Gibbs & Candès 2021; Barber et al. 2023).

    Args:
        points: (n, horizons, topics) forecasts for the windows.
        windows: histories and what followed them.
    """
    seen = windows.totals > 0
    group = pace_of(windows.histories)
    nominal = np.repeat(np.array(LEVELS)[:, None], points.shape[1], axis=1)
    wanted = np.clip(nominal + _walk_forward(points, windows, seen, group, nominal), 0.5, 0.995)
    concentration = _concentrations(points, windows.targets, seen, group)
    return Bands(*_offsets(points, windows.targets, seen, group, wanted), concentration)


def _walk_forward(points: Array, windows: Windows, seen: NDArray[np.bool_], group: Indices, nominal: Array) -> Array:
    """(levels, horizons) level minus coverage of each late origin's shares by bands from what was known before it.

    A horizon that no origin could be checked at takes the figure of the one before it.
    """
    origin = windows.histories.origin
    known_at = origin[:, None] + np.arange(points.shape[1])
    cells = np.zeros(nominal.shape)
    inside = np.zeros(nominal.shape)
    # Earlier origins would be covered from too little to say anything about what all of it covers.
    for first in np.unique(origin)[2:][-LATE_ORIGINS:]:
        now = origin == first
        offsets = _offsets(points, windows.targets, seen & (known_at < first), group, nominal)
        found = Bands(*offsets, np.ones((PACES + 1, points.shape[1]))).around(points[now], group[now])
        for level, (lo, hi) in enumerate(((found.lo, found.hi), (found.lo95, found.hi95))):
            covered = _covered(windows.targets[now], lo, hi) & seen[now][:, :, None]
            inside[level] += covered.sum(axis=(0, 2))
            cells[level] += seen[now].sum(axis=0) * points.shape[2]
    gap = np.where(cells > 0, nominal - inside / np.maximum(cells, 1), np.nan)
    for step in range(gap.shape[1]):
        gap[:, step] = np.where(np.isnan(gap[:, step]), gap[:, step - 1] if step else 0.0, gap[:, step])
    return gap


def _covered(targets: NDArray[Any], lo: Array, hi: Array) -> NDArray[np.bool_]:
    return np.asarray((targets >= lo - 1e-9) & (targets <= hi + 1e-9))


def _offsets(
    points: Array, targets: NDArray[Any], seen: NDArray[np.bool_], group: Indices, wanted: Array
) -> tuple[Array, Array]:
    """`Bands.below` and `Bands.above` that hold the wanted (levels, horizons) parts of the errors of the seen cells.

    A cell with too few errors takes everybody's at its horizon, then at all horizons, then of shares of any size.
    """
    error = (targets - points) / scale(points)
    code = np.searchsorted(SHARE_EDGES, points, side="right")
    below = np.ones((len(wanted), PACES + 1, len(SHARE_EDGES) + 1, points.shape[1]))
    above = np.ones_like(below)

    def fill(errors: NDArray[Any], number: int, parts: int | slice, step: int) -> None:
        if len(errors) >= (ENOUGH_SHARES if number else FEW_SHARES):
            errors = np.sort(errors)
            for level, each in enumerate(wanted[:, step].tolist()):
                below[level, number, parts, step], above[level, number, parts, step] = shortest(errors, each)

    anything = error[seen].ravel()
    for step in range(below.shape[3]):
        fill(anything, 0, slice(None), step)
    for part in range(below.shape[2]):
        cells = seen[:, :, None] & (code == part)
        for step in range(below.shape[3]):
            at = cells[:, step]
            fill(error[cells], 0, part, step)
            fill(error[:, step][at], 0, part, step)
            below[:, 1:, part, step] = below[:, :1, part, step]
            above[:, 1:, part, step] = above[:, :1, part, step]
            for number in range(1, PACES + 1):
                fill(error[group == number, step][at[group == number]], number, part, step)
    return below, above


def shortest(errors: NDArray[Any], wanted: float) -> tuple[float, float]:
    """The shortest [-below, above] around 0 that holds ``wanted`` of the sorted errors, with the conformal +1."""
    count = min(int(np.ceil((len(errors) + 1) * wanted)), len(errors))
    low = np.minimum(errors[: len(errors) - count + 1], 0)
    high = np.maximum(errors[count - 1 :], 0)
    best = int(np.argmin(high - low))
    return float(-low[best]), float(high[best])


def _concentrations(points: Array, targets: NDArray[Any], seen: NDArray[np.bool_], group: Indices) -> Array:
    """`Bands.concentration`: by the method of moments, everybody's where a group is small."""
    error = np.where(seen, ((targets - points) ** 2).sum(axis=2), 0)
    spread = np.where(seen, (points * (1 - points)).sum(axis=2), 0)
    found = np.ones((PACES + 1, points.shape[1]))
    for number in range(PACES + 1):
        members = group == number if number else np.ones(len(group), dtype=bool)
        for step in range(points.shape[1]):
            if np.count_nonzero(seen[members, step]) >= ENOUGH_SHARES / points.shape[2]:
                ratio = error[members, step].sum() / max(spread[members, step].sum(), 1e-12)
                found[number, step] = 1 / float(np.clip(ratio, 1e-3, 0.99)) - 1
            else:
                found[number, step] = found[0, max(step - 1, 0) if not number else step]
    return found
