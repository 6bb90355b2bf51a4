"""How adventurous a person is: how broadly interest spreads compared with people who did as much.

Entropy grows with the number of events, so that people with few events look narrow. Here it is compared with the
entropy expected for as many events, in units of its spread among people (rarefaction in the sense of Hurlbert 1971,
with the curve estimated over people), and read as a percentile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.timeline import Array, to_shares
from tools.forecasting.models.classical import ENOUGH_WINDOWS
from tools.forecasting.series import Histories

LEAST_EVENTS = 3.0
"""Effective events below which nothing is said."""
LEAST_PERIODS = 4
"""Active periods below which no change is told."""
_Z95 = 1.959963984540054
_DEGREE, _SPREAD_DEGREE, _QUANTILES = 4, 2, 101


@dataclass(frozen=True)
class Breadth:
    """All (people,); NaN where there is too little history.

    Attributes:
        percentile: in [0, 1] among people.
        change: percentile of the later half of the active periods less that of the earlier half.
        error: standard error of the change.
    """

    percentile: Array
    change: Array
    error: Array


@dataclass
class BreadthModel:
    """Expected entropy and its spread among people for as many events.

    Attributes:
        mean, spread: coefficients of polynomials in log events.
        quantiles: of the excess over people.
        most: log events above which the polynomials are constant.
        inflation: of the standard error of a change, so that random halves of histories differ as often as they should.
    """

    mean: Array = field(default_factory=lambda: np.zeros(1))
    spread: Array = field(default_factory=lambda: np.ones(1))
    quantiles: Array = field(default_factory=lambda: np.zeros(0))
    most: float = 0.0
    inflation: float = 1.0

    def fit(self, history: Histories, seed: int = 0) -> None:
        """Estimate from many people; too few leave the model without an answer.

        Args:
            history: of the people.
            seed: of the random halves of histories from which the error of a change is learnt.
        """
        mass = history.positive.sum(axis=1)
        mass = mass[mass.sum(axis=1) >= LEAST_EVENTS]
        if len(mass) < ENOUGH_WINDOWS:
            return
        events, (entropy, _) = mass.sum(axis=1, dtype=np.float64), _entropy(mass)
        size = np.log(events)
        self.most = float(np.quantile(size, 0.99))
        size = np.minimum(size, self.most)
        self.mean = np.polyfit(size, entropy, min(_DEGREE, len(np.unique(size)) - 1))
        off = np.abs(entropy - np.polyval(self.mean, size))
        self.spread = np.polyfit(size, off, min(_SPREAD_DEGREE, len(np.unique(size)) - 1))
        score, _ = self._score(mass)
        self.quantiles = np.quantile(score, np.linspace(0, 1, _QUANTILES))
        keys = np.random.default_rng(seed).random(history.totals.shape)
        order = np.argsort(np.where(history.totals > 0, keys, 2), axis=1)
        change, error = self._change(history, np.argsort(order, axis=1) + 1)
        known = error > 0
        if np.count_nonzero(known) >= ENOUGH_WINDOWS:
            # Events of one period are alike, so that independent events would make the error too small.
            ratio = float(np.quantile(np.abs(change[known]) / error[known], 0.95))
            self.inflation = max(1.0, ratio / _Z95)

    @property
    def fitted(self) -> bool:
        """Whether there were enough people to compare with."""
        return len(self.quantiles) > 0

    def excess(self, mass: NDArray[Any]) -> Array:
        """(people,) entropy beyond the expected for as many events, in units of its spread."""
        return self._score(mass)[0]

    def _score(self, mass: NDArray[Any]) -> tuple[Array, Array]:
        events = mass.sum(axis=1, dtype=np.float64)
        size = np.minimum(np.log(np.maximum(events, 1)), max(self.most, 0.01))
        spread = np.maximum(np.polyval(self.spread, size), 0.02)
        entropy, variance = _entropy(mass)
        return (entropy - np.polyval(self.mean, size)) / spread, np.sqrt(variance / np.maximum(events, 1)) / spread

    def _percentile(self, score: Array) -> Array:
        return np.asarray(np.interp(score, self.quantiles, np.linspace(0, 1, len(self.quantiles))))

    def breadth(self, history: Histories) -> Breadth:
        """Percentile among people, and the change between the halves of a person's active periods."""
        nothing = np.full(history.people, np.nan)
        if not self.fitted:
            return Breadth(nothing, nothing.copy(), nothing.copy())
        mass = history.positive.sum(axis=1)
        percentile = np.where(mass.sum(axis=1) >= LEAST_EVENTS, self._percentile(self.excess(mass)), np.nan)
        change, error = self._change(history, np.cumsum(history.totals > 0, axis=1))
        return Breadth(percentile, change, self.inflation * error)

    def _change(self, history: Histories, rank: NDArray[Any]) -> tuple[Array, Array]:
        """Change from the active periods in the lower half of ``rank`` (1 is lowest) to the others, with its error.

        The error is of first order and of independent events (Basharin 1959).
        """
        active = history.totals > 0
        number = active.sum(axis=1)
        early = active & (rank * 2 <= number[:, None])
        parts = [np.einsum("us,ust->ut", part, history.positive) for part in (early, active & ~early)]
        enough = (number >= LEAST_PERIODS) & np.all([part.sum(axis=1) >= LEAST_EVENTS for part in parts], axis=0)
        place, variance = [], np.zeros(history.people)
        for part in parts:
            score, noise = self._score(part)
            place.append(self._percentile(score))
            variance += ((self._percentile(score + noise) - self._percentile(score - noise)) / 2) ** 2
        return np.where(enough, place[1] - place[0], np.nan), np.where(enough, np.sqrt(variance), np.nan)

    def state(self) -> dict[str, Any]:
        """As JSON."""
        arrays = {name: getattr(self, name).tolist() for name in ("mean", "spread", "quantiles")}
        return {**arrays, "most": self.most, "inflation": self.inflation}

    @classmethod
    def restore(cls, state: Mapping[str, Any]) -> BreadthModel:
        """The inverse of `state`."""
        mean, spread, quantiles = (np.array(state[name], dtype=np.float64) for name in ("mean", "spread", "quantiles"))
        return cls(mean, spread, quantiles, float(state["most"]), float(state["inflation"]))


def _entropy(mass: NDArray[Any]) -> tuple[Array, Array]:
    """(people,) entropy in nats, and the variance of one event's surprise."""
    shares = to_shares(np.asarray(mass, dtype=np.float64))
    log = np.log(shares, out=np.zeros_like(shares), where=shares > 0)
    entropy = -(shares * log).sum(axis=1)
    return entropy, np.maximum((shares * log**2).sum(axis=1) - entropy**2, 0)
