"""The local-level state-space model, its three variances pooled over many people."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from core.timeline import Array
from tools.forecasting.models.classical import ClassicalForecaster
from tools.forecasting.series import Histories, Panel, Windows

FIT_STEPS = 6000
"""Observations that the likelihood is maximised over."""
COMMON_TOPICS = 8
"""The most common topics give the likelihood its series: rare ones are zeros nearly everywhere."""
_NAMES = ("initial", "drift", "sampling", "sitting")
_LEAST, _MOST = 1e-6, 10.0
_FORGETTING_DAYS = 5 * 365.25


class LocalLevel(ClassicalForecaster):
    """Local level per person and topic (Harvey 1989; Durbin & Koopman 2012), filtered in one pass.

    In units of the population's p (1 - p), topic by topic: the first level is N(p, initial), it moves by N(0, drift)
    a period, and a period of n events observes it with variance ``sampling / n + sitting``. All topics of a person
    share one gain, so the filtered levels stay a probability distribution.

    The variances maximise the likelihood that statsmodels' Kalman filter gives to many short series put end to end,
    the state being reset where a person begins. Drift is kept above what doubles the uncertainty in five years: a
    panel of months cannot tell, and nothing is known forever.
    """

    name: ClassVar[str] = "local level"

    def _defaults(self) -> dict[str, float]:
        initial = 0.05
        drift = initial * self.days / _FORGETTING_DAYS
        return {"initial": initial, "drift": drift, "sampling": 0.8, "sitting": 0.05}

    def filtered(self, history: Histories, drift: float | None = None) -> tuple[Array, Array]:
        """Level (people, topics) and its variance (people,) at the first forecast period, in units of p (1 - p).

        ``drift`` overrides the fitted one.
        """
        initial = self.params["initial"]
        drift = self.params["drift"] if drift is None else drift
        sampling, sitting = self.params["sampling"], self.params["sitting"]
        level = np.repeat(self.population[None, :], history.people, axis=0)
        variance = np.full(history.people, initial)
        age = np.full(history.people, np.nan)
        for slot in range(history.totals.shape[1]):
            total = history.totals[:, slot].astype(np.float64)
            seen = total > 0
            now = history.age[:, slot].astype(np.float64)
            variance = variance + drift * np.where(seen & ~np.isnan(age), age - now, 0)
            gain = np.where(seen, variance / (variance + sampling / np.where(seen, total, 1) + sitting), 0)
            level = level + gain[:, None] * (history.shares[:, slot] - level)
            variance = variance * (1 - gain)
            age = np.where(seen, now, age)
        return level, variance + drift * np.nan_to_num(age)

    def estimate_level(self, history: Histories) -> Array:
        """Filtered levels."""
        return self.filtered(history)[0]

    def estimate(self, panel: Panel, windows: Windows) -> None:  # noqa: ARG002
        """Maximum likelihood over the panel's series."""
        start = np.log([self.params[name] for name in _NAMES])
        model = pooled_model(*pooled_series(panel, self.population))
        fitted = model.fit(start_params=start, method="lbfgs", maxiter=40, disp=0, cov_type="none")
        found = np.exp(np.clip(fitted.params, np.log(_LEAST), np.log(_MOST))).tolist()
        self.params = dict(zip(_NAMES, found, strict=True))
        self.params["drift"] = max(self.params["drift"], self.params["initial"] * self.days / _FORGETTING_DAYS)


def pooled_series(panel: Panel, population: Array, steps: int = FIT_STEPS, seed: int = 0) -> tuple[Array, Array, Array]:
    """Standardised series of people and common topics put end to end, for as many people as ``steps`` allow.

    Returns:
        values: (n,) (share - p) / sqrt(p (1 - p)).
        totals: (n,) events of the period.
        gap: (n,) periods to the next observation of the same series; 0 at its last one.
    """
    active = np.flatnonzero(panel.positive.sum(axis=1) > 0)
    user = panel.user[active]
    common = np.argsort(-population, kind="stable")[:COMMON_TOPICS]
    people, size = np.unique(user, return_counts=True)
    # People of a single period say how far people lie apart but nothing about movement: those of several come first.
    order = np.lexsort((np.random.default_rng(seed).permutation(len(people)), size == 1))
    kept = people[order[np.cumsum(size[order]) <= max(steps // len(common), size[order[0]])]]
    rows = active[np.isin(user, kept)]
    last = np.append(panel.user[rows][1:] != panel.user[rows][:-1], True)
    gap = np.where(last, 0, np.append(np.diff(panel.index[rows]), 0)).astype(np.float64)
    totals = panel.positive[rows].sum(axis=1, dtype=np.float64)
    shares = panel.positive[rows][:, common] / totals[:, None]
    p = population[common]
    # A topic that everything belongs to, or nothing, does not vary.
    values = (shares - p) / np.sqrt(np.maximum(p * (1 - p), 1e-9))
    return values.T.ravel(), np.tile(totals, len(common)), np.tile(gap, len(common))


def pooled_model(values: Array, totals: Array, gap: Array) -> Any:
    """A statsmodels model of many series end to end; its parameters are the logarithms of the four variances."""
    from statsmodels.tsa.statespace.mlemodel import MLEModel

    class Pooled(MLEModel):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(values, k_states=1, k_posdef=1, loglikelihood_burn=0)
            self.ssm["design"] = np.ones((1, 1))
            self.ssm["selection"] = np.ones((1, 1))
            self.ssm["transition"] = (gap > 0).astype(np.float64)[None, None, :]

        @property
        def param_names(self) -> list[str]:
            return [f"log {name}" for name in _NAMES]

        def update(self, params: Any, **kwargs: Any) -> None:
            params = super().update(params, **kwargs)
            initial, drift, sampling, sitting = np.exp(params)
            self.ssm["obs_cov"] = (sampling / totals + sitting)[None, None, :]
            self.ssm["state_cov"] = np.where(gap > 0, drift * gap, initial)[None, None, :]
            self.ssm.initialize_known(np.zeros(1), np.array([[initial]]))

    return Pooled()
