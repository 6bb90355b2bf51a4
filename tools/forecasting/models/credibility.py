"""Shrinkage that knows which topics go together: somebody who likes one is likelier to like the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from core.timeline import Array
from tools.forecasting.metrics import cross_entropy
from tools.forecasting.models.classical import ClassicalForecaster, DirichletShrinkage
from tools.forecasting.population import PopulationSeries
from tools.forecasting.series import Histories, Panel, Windows

SAMPLING = (0.25, 0.5, 1.0, 2.0)
LEAST_PART = 0.05
"""A share is never forecast below this part of the population's: the linear estimate knows no zero."""
_MOST_EVENTS = 20.0
_RIDGE = 1e-6


class Credibility(ClassicalForecaster):
    """Multivariate linear Bayes estimate of shares (Bühlmann & Straub 1970; Jewell 1974; Robinson 1991, BLUP).

    People's lasting shares have mean p, the recent population, and covariance C over topics; n independent events
    observe them with covariance ``sampling · (diag(p) - p p') / n``. The best linear estimate is
    ``p + C (C + S / n)⁻¹ (observed - p)``, so evidence on one topic moves all that go together with it.

    C is the mean product of what people showed before an origin and what they showed after it: sampling errors of two
    times are independent and cancel, so C needs no correction for them. It is diagonalised against S once, after which
    any n costs two small products. How events decay is taken from a fitted `DirichletShrinkage`.
    """

    name: ClassVar[str] = "topic credibility"

    def __init__(self, topics: int, period: str) -> None:
        super().__init__(topics, period)
        self.shrinkage = DirichletShrinkage(topics, period)
        self.values: Array = np.zeros(topics)
        self.analysis: Array = np.zeros((topics, topics))
        self.synthesis: Array = np.zeros((topics, topics))

    def _defaults(self) -> dict[str, float]:
        return {"sampling": 0.5}

    def observe(self, series: PopulationSeries) -> None:
        """Take the population as it is known now."""
        super().observe(series)
        self.shrinkage.observe(series)

    def estimate(self, panel: Panel, windows: Windows) -> None:
        """Decay by the shrinkage's own search, then the covariance, then the sampling variance."""
        self.shrinkage.estimate(panel, windows)
        history = windows.histories
        prior = self.shrinkage.prior(history)
        own, events = self._observed(history, self.shrinkage.evidence(history))
        followed = windows.totals[:, 0] > 0
        weight = np.minimum(events, _MOST_EVENTS) * followed
        product = (own - prior).T @ ((windows.targets[:, 0] - prior) * weight[:, None]) / max(weight.sum(), 1e-9)
        self._diagonalise((product + product.T) / 2, prior.mean(axis=0))

        def loss(sampling: float) -> float:
            self.params["sampling"] = sampling
            level = self.estimate_level(history)
            return float(np.nanmean(cross_entropy(windows.targets, level[:, None, :])))

        self.params["sampling"] = min(SAMPLING, key=loss)

    def _diagonalise(self, covariance: Array, mean: Array) -> None:
        from scipy.linalg import eigh

        values, vectors = np.linalg.eigh(covariance)
        covariance = (vectors * np.maximum(values, 0)) @ vectors.T
        noise = np.diag(mean) - np.outer(mean, mean) + _RIDGE * np.eye(len(mean))
        self.values, self.analysis = eigh(covariance, noise)
        self.values = np.maximum(self.values, 0)
        self.synthesis = noise @ self.analysis

    def _observed(self, history: Histories, evidence: Array) -> tuple[Array, Array]:
        """Mean shares (people, topics), the prior's without evidence, and the events behind them (people,)."""
        events = evidence.sum(axis=1)
        mass = np.einsum("us,ust->ut", evidence, history.shares)
        prior = self.shrinkage.prior(history)
        return np.where(events[:, None] > 0, mass / np.maximum(events, 1e-9)[:, None], prior), events

    def estimate_level(self, history: Histories) -> Array:
        """Best linear estimate of the shares."""
        own, events = self._observed(history, self.shrinkage.evidence(history))
        prior = self.shrinkage.prior(history)
        trust = self.values / (self.values + self.params["sampling"] / np.maximum(events, 1e-9)[:, None])
        level = prior + ((own - prior) @ self.analysis * trust) @ self.synthesis.T
        level = np.maximum(level, LEAST_PART * prior)
        return np.asarray(level / level.sum(axis=1, keepdims=True))

    def state(self) -> dict[str, Any]:
        """Everything fitted but the population."""
        return super().state() | {
            "shrinkage": self.shrinkage.state(),
            "values": self.values,
            "analysis": self.analysis,
            "synthesis": self.synthesis,
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """The inverse of `state`."""
        super().restore(state)
        self.shrinkage.restore(state["shrinkage"])
        self.values, self.analysis, self.synthesis = (
            np.asarray(state[name]) for name in ("values", "analysis", "synthesis")
        )
