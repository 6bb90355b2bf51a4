"""Hyper-parameters of the change detector from a panel: scatter, bar and hazard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import expit, logit

from core.timeline import Array
from tools.forecasting.change_points import ALPHA, DEFAULT_HAZARD, LAGS, LEAD, MOST_PERIODS, ChangeModel, log_sum
from tools.forecasting.dispersion import fit_dispersion
from tools.forecasting.series import Panel

MOST_PEOPLE = 600
ENOUGH_PEOPLE = 60
"""With fewer people of enough periods the bar and the hazard keep their defaults."""
_SHUFFLES = 2
_ROUNDS = 2
_LEAST_REAL, _MOST_REAL = 0.05, 0.98
_LEAST_HAZARD, _MOST_HAZARD = 1e-4, 0.5
ENOUGH_ALARMS = 10


def fit_change_model(panel: Panel, alpha: float = ALPHA, seed: int = 0) -> ChangeModel:
    """The detector for the people of a panel.

    The bar is the (1 - ``alpha``) quantile, taken one standard error on the safe side, of the highest log Bayes factor
    of people's histories with their active periods put in random order, whole: so at most that part of the histories
    raises any alarm at any time when order means nothing. Histories that did change scatter more when shuffled than
    constant ones, so the bar is too high rather than too low where many people change. The hazard is the one
    under which the changes noted in histories as they are have the mean probability by which these alarms outnumber
    those of shuffled ones.

    Args:
        panel: the past.
        alpha: part of the constant histories that may raise an alarm.
        seed: of the orders, and of the draw of at most `MOST_PEOPLE` people.
    """
    model = ChangeModel(tuple(panel.population.tolist()), fit_dispersion(panel))
    generator = np.random.default_rng(seed)
    own = histories_of(panel, MOST_PEOPLE, generator)
    if len(own) < ENOUGH_PEOPLE:
        return model
    actual = np.array([peak(model, mass) for mass in own])
    shuffled = np.array([[peak(model, generator.permutation(mass)) for _ in range(_SHUFFLES)] for mass in own])
    bar = float(np.quantile(shuffled, 1 - alpha + np.sqrt(alpha * (1 - alpha) / shuffled.size)))
    model = replace(model, bar=bar)
    alarms = [mass for mass, top in zip(own, actual, strict=True) if top > bar]
    return replace(model, hazard=_hazard(model, alarms, _real(actual > bar, shuffled > bar)))


def histories_of(panel: Panel, most: int, generator: np.random.Generator) -> list[Array]:
    """(periods, topics) interest in the latest active periods of people with enough of them, at most ``most`` drawn."""
    total = panel.interest.sum(axis=1)
    rows = np.flatnonzero(total > 0)
    size = np.bincount(panel.user[rows], minlength=len(panel.users))
    long = np.flatnonzero(size >= LEAD + LAGS[0])
    chosen = np.sort(generator.permutation(long)[:most])
    begin = np.searchsorted(panel.user[rows], chosen)
    return [
        panel.interest[rows[start : start + count][-MOST_PERIODS:]].astype(np.float64)
        for start, count in zip(begin, size[chosen], strict=True)
    ]


def peak(model: ChangeModel, mass: Array, size: Array | None = None) -> float:
    """The highest log Bayes factor that one change ever reaches online over (periods, topics) active periods.

    ``size`` is as in `ChangeModel.changes_of`.
    """
    total = mass.sum(axis=1)
    wide = np.broadcast_to(model.dispersion.size(total) if size is None else size, mass.shape)
    factors = model.log_factors(mass / total[:, None], wide, np.arange(1, len(mass) + 1))
    return float(log_sum(factors.reshape(len(mass), -1)).max())


def _real(alarm: NDArray[np.bool_], shuffled: NDArray[np.bool_]) -> float:
    """Part of the alarms that are real: one less false over all alarms (Storey 2002).

    Shuffled histories of people who changed raise more alarms than constant ones; so the orders (people, orders) of
    people with an alarm count by the part of the alarms that is false.
    """
    false = 1.0
    for _ in range(_ROUNDS):
        weight = np.where(alarm, false, 1.0)
        rate = np.average(shuffled.mean(axis=1), weights=weight)
        false = float(np.clip(rate / max(alarm.mean(), 1e-9), 1 - _MOST_REAL, 1 - _LEAST_REAL))
    return 1 - false


def _hazard(model: ChangeModel, alarms: Sequence[Array], real: float) -> float:
    """The hazard under which the first changes noted in these histories have the mean probability ``real``."""
    if len(alarms) < ENOUGH_ALARMS:
        return DEFAULT_HAZARD
    noted = [model.changes_of(np.arange(len(mass)), mass)[:1] for mass in alarms]
    stated = np.array([change.probability for changes in noted for change in changes])
    if not len(stated):
        return DEFAULT_HAZARD
    factors = logit(np.clip(stated, 1e-9, 1 - 1e-9)) - logit(model.hazard)
    found = brentq(lambda prior: float(expit(prior + factors).mean()) - real, -100.0, 100.0)
    return float(np.clip(expit(found), _LEAST_HAZARD, _MOST_HAZARD))
