"""Hyper-parameters of the change detector from a panel: scatter, and how far an alarm may be believed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit, logit

from core.timeline import Array
from tools.forecasting.drift.change_factors import LAGS, LEAD
from tools.forecasting.drift.change_points import ALPHA, MOST_PERIODS, ChangeModel
from tools.forecasting.drift.dispersion import fit_dispersion
from tools.forecasting.series import Panel

MOST_PEOPLE = 600
ENOUGH_PEOPLE = 60
"""With fewer people of enough periods `ChangeModel.at_bar` keeps its default."""
_LEAST_REAL, _MOST_REAL = 0.05, 0.98
_LEAST_AT_BAR, _MOST_AT_BAR = 0.01, 0.95


def fit_change_model(panel: Panel, alpha: float = ALPHA, seed: int = 0) -> ChangeModel:
    """The detector for the people of a panel.

    Since at most ``alpha`` of the histories without a change raise an alarm, the part of the alarms that is real
    follows from how many there are (Storey 2002); `ChangeModel.at_bar` is what gives them that mean probability.

    Args:
        panel: the past.
        alpha: part of the histories without a change that may raise an alarm.
        seed: of the draw of at most `MOST_PEOPLE` people.
    """
    model = ChangeModel(tuple(panel.population.tolist()), fit_dispersion(panel), alpha=alpha)
    own = histories_of(panel, MOST_PEOPLE, np.random.default_rng(seed))
    noted = [changes for mass in own if (changes := model.changes_of(np.arange(len(mass)), mass))]
    if len(own) < ENOUGH_PEOPLE or not noted:
        return model
    rate = len(noted) / len(own)
    real = float(np.clip(1 - alpha * min((1 - rate) / (1 - alpha), 1) / rate, _LEAST_REAL, _MOST_REAL))
    stated = np.array([changes[0].probability for changes in noted])
    excess = logit(np.clip(stated, 1e-9, 1 - 1e-9)) - logit(model.at_bar)
    found = brentq(lambda odds: float(expit(odds + excess).mean()) - real, -100.0, 100.0)
    return replace(model, at_bar=float(np.clip(expit(found), _LEAST_AT_BAR, _MOST_AT_BAR)))


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
