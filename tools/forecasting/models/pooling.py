"""One forecast from several: a log-linear pool whose weights depend on the horizon and on how much is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from core.timeline import Array
from tools.forecasting.metrics import SMOOTHING, smooth
from tools.forecasting.models.classical import ENOUGH_WINDOWS, ClassicalForecaster, DirichletShrinkage, lowered, shrunk
from tools.forecasting.models.credibility import Credibility
from tools.forecasting.population import FOREVER, PopulationSeries
from tools.forecasting.series import HORIZONS, Histories, Panel, Windows

POOL_ORIGINS = 12
POOL_CELLS = 300_000
"""Bound on windows × topics that weights are fitted on."""
FEATURES = (
    "topic credibility",
    "shrunken, quickly forgotten",
    "shrunken, never forgotten",
    "shrunken, periods alike",
    "population of the last period",
    "population of the last two periods",
    "population of all periods",
    "not met yet",
    "met in the last active period",
    "periods since it was met",
)
_PENALTY = 3e-4
_HORIZON_PENALTY = 1.5e-3
_LONG_AGO = 60.0
_FOREVER_DAYS = 1e6


class LogPool(ClassicalForecaster):
    """Log-linear pool of simple forecasts (Genest & Zidek 1986), its weights fitted as a stack (Wolpert 1992).

    ``log share = log shrunken share + Σ_f w_f(horizon, events) · x_f + const``: the x are how the logarithms of other
    simple forecasts differ from shrinkage's (`Credibility`, faster and slower forgetting, every period counting alike,
    the population lately and ever) and how long ago the topic was met. The weights are shared by all topics, so that
    they say how people move and not what was popular while they were fitted; each is a quadratic in the logarithm
    of the person's effective events and differs by horizon. They minimise the people's mean cross-entropy on rolling
    origins with a ridge towards plain shrinkage.
    """

    name: ClassVar[str] = "log-linear pool"

    def __init__(self, topics: int, period: str) -> None:
        super().__init__(topics, period)
        self.credibility = Credibility(topics, period)
        self.weights: Array = np.zeros((HORIZONS, 3, len(FEATURES)))

    def _defaults(self) -> dict[str, float]:
        return {"fewest": 0.0, "most": 0.0}

    @property
    def shrinkage(self) -> DirichletShrinkage:
        """What the pool starts from."""
        return self.credibility.shrinkage

    def observe(self, series: PopulationSeries) -> None:
        """Take the population as it is known now."""
        super().observe(series)
        self.credibility.observe(series)

    def estimate(self, panel: Panel, windows: Windows) -> None:
        """The parts first, then the weights on more windows than the parts need."""
        self.credibility.estimate(panel, windows)
        windows = panel.windows(panel.origins(POOL_ORIGINS), POOL_CELLS // self.topics, seed=1)
        if len(windows) < ENOUGH_WINDOWS:
            return
        base, features, size = self._inputs(windows.histories)
        self.params = {"fewest": float(size.min()), "most": float(size.max())}
        self.weights = _fitted(base, features, self._basis(size), windows)

    def _inputs(self, history: Histories) -> tuple[Array, Array, Array]:
        """Log base (people, topics), features (people, features, topics), log effective events (people,)."""
        shrinkage, half_life = self.shrinkage, self.shrinkage.params["half_life_days"]
        evidence = shrinkage.evidence(history)
        prior, count = shrinkage.prior(history), shrinkage.params["prior"]
        base = _log(shrunk(history, evidence, count * prior))
        others = (
            self.credibility.estimate_level(history),
            shrunk(history, shrinkage.evidence(history, half_life / 8), count / 2 * prior),
            shrunk(history, shrinkage.evidence(history, _FOREVER_DAYS), count / 2 * prior),
            shrunk(history, shrinkage.evidence(history, sitting=0.5), count * prior),
            *(self.series.recent(history.origin, window) for window in (1.0, 2.0, FOREVER)),
        )
        met = history.positive > 0
        age = np.where(met, history.age[:, :, None], np.inf).min(axis=1)
        latest = np.where((history.totals > 0), history.age, np.inf).min(axis=1)
        told = (
            np.isinf(age),
            (age == latest[:, None]) & ~np.isinf(age),
            np.log(np.minimum(age, _LONG_AGO)) / 4,
        )
        features = np.stack([*(_log(each) - base for each in others), *told], axis=1)
        return base, features.astype(np.float32), np.log(evidence.sum(axis=1) + 0.3)

    def _basis(self, size: Array) -> Array:
        """(people, 3) powers of the log effective events, which are kept within what was seen in fitting."""
        scaled = (np.clip(size, self.params["fewest"], self.params["most"]) - 1) / 1.5
        return np.stack([np.ones_like(scaled), scaled, scaled**2], axis=1)

    def estimate_level(self, history: Histories) -> Array:
        """The pool's shares of the next period."""
        return self._pooled(history, 1)[:, 0]

    def shares(self, history: Histories, horizon: int) -> Array:
        """(people, horizons, topics) pooled shares, lowered by what speaks against topics."""
        known = self._pooled(history, min(horizon, HORIZONS))
        known = np.stack([lowered(step, history, self.days) for step in known.swapaxes(0, 1)], axis=1)
        return known[:, np.minimum(np.arange(horizon), HORIZONS - 1)]

    def _pooled(self, history: Histories, horizon: int) -> Array:
        base, features, size = self._inputs(history)
        weights = np.einsum("ng,hgf->nhf", self._basis(size), self.weights[:horizon])
        pooled = _softmax(base[:, None] + weights @ features)
        stranger = history.active == 0
        pooled[stranger] = self.shrinkage.prior(history)[stranger, None]
        return pooled

    def state(self) -> dict[str, Any]:
        """Everything fitted but the population."""
        return super().state() | {"credibility": self.credibility.state(), "weights": self.weights}

    def restore(self, state: Mapping[str, Any]) -> None:
        """The inverse of `state`."""
        super().restore(state)
        self.credibility.restore(state["credibility"])
        self.weights = np.asarray(state["weights"])


def _log(shares: Array) -> Array:
    return np.asarray(np.log(smooth(shares)))


def _softmax(score: Array) -> Array:
    score = np.exp(score - score.max(axis=-1, keepdims=True))
    return np.asarray(score / score.sum(axis=-1, keepdims=True))


def _fitted(base: Array, features: Array, basis: Array, windows: Windows) -> Array:
    """(horizons, 3, features) weights that minimise the people's mean cross-entropy and a ridge penalty."""
    from scipy.optimize import minimize

    seen = windows.totals > 0
    cells = np.bincount(windows.person, weights=seen.sum(axis=1))
    weight = seen / np.maximum(cells[windows.person], 1)[:, None]
    weight /= weight.sum()
    shape = (HORIZONS, basis.shape[1], features.shape[1])
    # Single precision: the cost is in reading the features twice a step.
    base32, features32, basis32 = (each.astype(np.float32) for each in (base, features, basis))
    target, weight32 = windows.targets, weight.astype(np.float32)

    def objective(flat: Array) -> tuple[float, Array]:
        weights = flat.reshape(shape)
        part = np.einsum("ng,hgf->nhf", basis32, weights.astype(np.float32))
        shares = _softmax(base32[:, None] + part @ features32)
        mixed = smooth(shares)
        change = -(1 - SMOOTHING) * weight32[:, :, None] * target / mixed
        change = shares * (change - (shares * change).sum(axis=2, keepdims=True))
        gradient = np.einsum("ng,nhf->hgf", basis32, change @ features32.swapaxes(1, 2)).astype(np.float64)
        steps = np.diff(weights, axis=0)
        loss = -float((weight32[:, :, None] * target * np.log(mixed)).sum(dtype=np.float64))
        loss += _PENALTY * (weights**2).sum() + _HORIZON_PENALTY * (steps**2).sum()
        gradient += 2 * _PENALTY * weights
        gradient[1:] += 2 * _HORIZON_PENALTY * steps
        gradient[:-1] -= 2 * _HORIZON_PENALTY * steps
        return loss, gradient.ravel()

    start = np.zeros(int(np.prod(shape)))
    found = minimize(objective, start, jac=True, method="L-BFGS-B", options={"maxiter": 100})
    return np.asarray(found.x.reshape(shape))
