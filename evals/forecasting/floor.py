"""An attainable floor: what a forecaster could reach that knew each person's tastes, tomorrow's included.

Each test period of a person is estimated from everything else they ever did, before and after it, as shrinkage would:
tempered counts that fade with their distance in time on both sides, around the population of that time. The strength
of the prior, the half-life (never, too), the tempering and the span of the population are those with the least error
on the test itself. So the floor sees the future and is tuned in hindsight; only the period itself is left out, since
its chance no forecaster can know.
"""

from __future__ import annotations

import itertools

import numpy as np

from core.periods import Indices
from core.timeline import Array, to_shares
from evals.forecasting.trial import Trial
from tools.forecasting.metrics import cross_entropy
from tools.forecasting.series import Floats, Panel

FLOOR = "floor (sees the future)"
_PRIORS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
_HALF_LIVES = (2.0, 4.0, 8.0, 16.0, 32.0, np.inf)
_SITTINGS = (2.0, 5.0, 10.0, 20.0, 80.0)
_SPANS = (0.0, 1.0, 3.0, np.inf)
"""Half-lives in periods of the population's mean around a period: 0 is the period itself."""
_MOST_PEOPLE = 1500


def floor(trial: Trial, seed: int = 0) -> tuple[Floats, dict[str, float]]:
    """(n, horizons, topics) shares of the floor for the cases of a trial, and the figures it was tuned to."""
    panel, people = trial.panel, np.unique(trial.person)
    periods = np.unique(panel.index)
    ahead = trial.origin[:, None] + np.arange(trial.targets.shape[1])
    place = np.minimum(np.searchsorted(periods, ahead), len(periods) - 1)
    who = np.searchsorted(people, trial.person)
    tested = np.unique(place[trial.seen])
    some = np.random.default_rng(seed).permutation(len(people))[:_MOST_PEOPLE]
    mass, populations = dense(panel, people, periods), population_around(panel, periods)
    tuning = mass[some]
    weight = np.zeros((len(people), len(periods)))
    np.add.at(weight, (np.repeat(who, place.shape[1]), place.ravel()), trial.seen.ravel())
    per_person = weight[some] / np.maximum(weight[some].sum(axis=1, keepdims=True), 1)

    def loss(figures: tuple[float, ...]) -> float:
        found = smoothed(tuning, periods, tested, populations, figures)
        score = cross_entropy(to_shares(tuning[:, tested].astype(np.float64)), found)
        return float(np.nansum(np.where(per_person[:, tested] > 0, score * per_person[:, tested], 0)))

    best: tuple[float, ...] = (8.0, np.inf, 20.0, 1.0)
    least = loss(best)
    grid = (_PRIORS, _HALF_LIVES, _SITTINGS, _SPANS)
    for _, number in itertools.product(range(2), range(len(grid))):
        for value in grid[number]:
            tried = (*best[:number], value, *best[number + 1 :])
            if tried != best and (now := loss(tried)) < least:
                best, least = tried, now
    found = np.zeros((len(people), len(periods), mass.shape[2]), dtype=np.float32)
    found[:, tested] = smoothed(mass, periods, tested, populations, best)
    names = ("prior", "half-life", "sitting", "population span")
    return found[who[:, None], place], dict(zip(names, best, strict=True))


def dense(panel: Panel, people: Indices, periods: Indices) -> Floats:
    """(people, periods, topics) interest of some people in each period."""
    rows = np.flatnonzero(np.isin(panel.user, people))
    mass = np.zeros((len(people), len(periods), len(panel.topics)), dtype=np.float32)
    mass[np.searchsorted(people, panel.user[rows]), np.searchsorted(periods, panel.index[rows])] = panel.interest[rows]
    return mass


def population_around(panel: Panel, periods: Indices) -> dict[float, Array]:
    """(periods, topics) mean shares of the people active around each period, by the half-life of that mean."""
    shares = to_shares(panel.interest.astype(np.float64))
    total = np.zeros((len(periods), len(panel.topics)))
    np.add.at(total, np.searchsorted(periods, panel.index), shares)
    distance = np.abs(periods[:, None] - periods)
    kernels = {span: (distance == 0).astype(float) if not span else np.exp2(-distance / span) for span in _SPANS}
    return {span: to_shares(kernel @ total + 1e-6) for span, kernel in kernels.items()}


def smoothed(
    mass: Floats, periods: Indices, tested: Indices, populations: dict[float, Array], figures: tuple[float, ...]
) -> Array:
    """(people, tested, topics) shares in some periods from all the others; the arguments are those of `floor`."""
    prior, half_life, sitting, span = figures
    total = mass.sum(axis=2, keepdims=True)
    tempered = mass * ((1 + sitting) / (np.maximum(total, 1) + sitting))
    distance = np.abs(periods[tested][:, None] - periods)
    kernel = np.where(distance > 0, np.exp2(-distance / half_life), 0).astype(np.float32)
    others = np.einsum("ts,usk->utk", kernel, tempered, optimize=True)
    return to_shares(others + prior * populations[span][tested][None])
