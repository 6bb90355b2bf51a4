"""Online change points of topic shares: whether a person's interest in a topic has moved for good, and since when.

The method is a Shiryaev-Roberts procedure (Shiryaev 1963; Roberts 1966; Pollak 1985) with the Bayes factors of Bayesian
change-point detection (Adams & MacKay 2007; Barry & Hartigan 1993). Each topic is taken against all others. If nothing
changes, the person's level is Beta with the population as its mean. If it changes after period s, the level after s is
drawn anew from a Beta around where it was. Both have closed marginal likelihoods once counts are replaced by as many
independent events as they inform like (`Dispersion.size`), so that one long sitting is not taken for a new taste.
Summed over dates and topics, weighted by how likely each is beforehand, the Bayes factors of later periods against none
have mean 1 as long as nothing changes; a change is noted when the sum passes a bar that constant histories seldom pass.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from scipy.special import gammaln

from core.periods import Indices
from core.timeline import Array, PeriodCounts, to_shares
from tools.forecasting.dispersion import Dispersion

LAGS = (2, 3, 4, 5, 6, 8, 10, 13, 17, 22)
"""Active periods since a candidate date. A change is lasting when at least two periods show it."""
LEAD = 2
"""Active periods needed before a candidate date."""
MOST_PERIODS = 60
LEAST_SIZE = 0.05
MOST_TOPICS = 3
ALPHA = 0.05
DEFAULT_BAR = 3.5
"""log Bayes factor that about 5 % of simulated constant histories of 20 active periods pass."""
DEFAULT_HAZARD = 0.02
_POPULATION_PART = 0.3
_LEAST_LEVEL = 1e-4


@dataclass(frozen=True)
class Change:
    """A lasting change of the share of one topic.

    Attributes:
        topic: its position.
        start: number of the first period after the change.
        found: number of the period whose end it was noted at.
        before, after: shares between the change before it and this one, and from this one to the next or to the end.
        probability: that it is real, when it was noted.
    """

    topic: int
    start: int
    found: int
    before: float
    after: float
    probability: float

    @property
    def size(self) -> float:
        """By how much of the share it moved, in [-1, 1]."""
        return self.after - self.before


@dataclass(frozen=True)
class ChangeModel:
    """Hyper-parameters of the detector, the same for all people.

    Attributes:
        population: (topics,) mean shares.
        dispersion: scatter of shares.
        jump: concentration of the level after a change around the one before it; 16 stands for jumps of about
            10 to 15 points.
        hazard: prior probability of a change per active period; it sets the reported probability alone.
        bar: log Bayes factor above which a change is noted (`fit_change_model` calibrates it).
        least_size: changes smaller than this are not worth telling.
    """

    population: tuple[float, ...]
    dispersion: Dispersion = field(default_factory=Dispersion)
    jump: float = 16.0
    hazard: float = DEFAULT_HAZARD
    bar: float = DEFAULT_BAR
    least_size: float = LEAST_SIZE

    def state(self) -> dict[str, Any]:
        """Everything fitted, as JSON values."""
        return asdict(self)

    @classmethod
    def restored(cls, state: Mapping[str, Any]) -> ChangeModel:
        """The inverse of `state`."""
        named = dict(state)
        named["population"] = tuple(named["population"])
        named["dispersion"] = Dispersion.restored(state["dispersion"])
        return cls(**named)

    def changes(self, counts: PeriodCounts) -> tuple[Change, ...]:
        """All lasting changes of a person's history, in the order in which they would have been noted online.

        After a change the search begins again at its date, so that a second one is measured against what came after
        the first. Only the latest `MOST_PERIODS` active periods count.
        """
        return self.changes_of(counts.index, counts.interest)

    def changes_of(self, index: Indices, mass: Array, size: Array | None = None) -> tuple[Change, ...]:
        """`changes` of (p, topics) masses.

        Args:
            index: (p,) period numbers, ascending.
            mass: (p, topics) interest; rows without any are left out.
            size: (p, topics or 1) how many independent events each period informs like; None takes `Dispersion.size`.
        """
        active = np.flatnonzero(mass.sum(axis=1) > 0)[-MOST_PERIODS:]
        monitor = Monitor(self)
        monitor.extend(index[active], mass[active], None if size is None else size[active])
        return monitor.changes

    def probability(self, log_factor: float) -> float:
        """That a change is real given its log Bayes factor and the prior odds of one."""
        return float(1 / (1 + (1 - self.hazard) / self.hazard * np.exp(-min(log_factor, 500.0))))

    def log_factors(self, shares: Array, size: Array, ends: Indices, lags: tuple[int, ...] = LAGS) -> Array:
        """(ends, lags, topics) weighted log Bayes factor of a change ``lags`` periods before each end against none.

        Args:
            shares: (p, topics).
            size: (p, topics) independent events.
            ends: (ends,) numbers of periods seen, each at most p. Dates without `LEAD` periods before them have -inf,
                and so have topics never touched by then.
        """
        factors = np.full((len(ends), len(lags), shares.shape[1]), -np.inf)
        touched = np.flatnonzero(shares.sum(axis=0) > 0)
        population = np.maximum(np.array(self.population)[touched], _LEAST_LEVEL)
        prior, jump = self.dispersion.spread, self.jump
        hit = _cumulated(shares[:, touched] * size[:, touched])
        miss = _cumulated((1 - shares[:, touched]) * size[:, touched])
        yes, no = prior * population + hit, prior * (1 - population) + miss
        steady = gammaln(yes) + gammaln(no) - gammaln(yes + no)
        level = (1 - _POPULATION_PART) * yes / (yes + no) + _POPULATION_PART * population
        up, down = jump * level, jump * (1 - level)
        fresh = gammaln(up) + gammaln(down) - gammaln(jump)
        end = ends[:, None]
        begin = end - np.array(lags)
        allowed = begin >= LEAD
        begin = np.maximum(begin, 0)
        more_hit, more_miss = hit[end] - hit[begin], miss[end] - miss[begin]
        moved = gammaln(up[begin] + more_hit) + gammaln(down[begin] + more_miss)
        moved = moved - gammaln(jump + more_hit + more_miss) - fresh[begin]
        weight = 0.5 / shares.shape[1] + 0.5 * population
        factor = (
            moved
            - (steady[end] - steady[begin])
            + np.log(np.gradient(lags) if len(lags) > 1 else 1.0).reshape(-1, 1)
            + np.log(weight)
        )
        factors[:, :, touched] = np.where(allowed[:, :, None] & (hit[ends] > 0)[:, None, :], factor, -np.inf)
        return factors


@dataclass(frozen=True)
class _Noted:
    """A change by its rows: noted at the end of row ``found``, in a search that began at row ``begin``."""

    topic: int
    begin: int
    start: int
    found: int
    probability: float


class Monitor:
    """The online form: one person, period after period.

    Args:
        model: hyper-parameters.
    """

    def __init__(self, model: ChangeModel) -> None:
        topics = len(model.population)
        self._model = model
        self._index: Indices = np.zeros(0, dtype=np.int64)
        self._shares = np.zeros((0, topics))
        self._size = np.zeros((0, topics))
        self._begin = 0
        self._noted: list[_Noted] = []

    def update(self, index: int, mass: Array) -> tuple[Change, ...]:
        """Take one more period in, and return the changes that are noted at its end.

        Args:
            index: its number, above that of the one before.
            mass: (topics,) interest; a period without any changes nothing.
        """
        known = len(self._noted)
        if mass.sum() > 0:
            self.extend(np.array([index]), mass[None])
        return tuple(self._change(each) for each in self._noted[known:])

    def extend(self, index: Indices, mass: Array, size: Array | None = None) -> None:
        """Take several active periods in; ``size`` as in `ChangeModel.changes_of`."""
        seen = len(self._index)
        if size is None:
            size = self._model.dispersion.size(mass.sum(axis=1))
        self._index = np.append(self._index, index)
        self._shares = np.concatenate([self._shares, to_shares(mass)])
        self._size = np.concatenate([self._size, np.broadcast_to(size, mass.shape)])
        while seen < len(self._index):
            seen = self._scan(seen)

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes noted so far, as what followed shows them; those that did not last are left out."""
        found = (self._change(each) for each in self._noted)
        return tuple(each for each in found if abs(each.size) >= self._model.least_size)

    def _scan(self, seen: int) -> int:
        """Look for the next change after the first ``seen`` periods; returns how many periods are then seen."""
        shares, size = self._shares[self._begin :], self._size[self._begin :]
        ends = np.arange(seen + 1, len(self._index) + 1) - self._begin
        factors = self._model.log_factors(shares, size, ends)
        for row in np.flatnonzero(log_sum(factors.reshape(len(ends), -1)) > self._model.bar).tolist():
            by_topic = log_sum(factors[row].T)
            order = np.argsort(-by_topic, kind="stable")[:MOST_TOPICS].tolist()
            # The bar is passed by all topics together: the first may lie just below it alone.
            named = [topic for place, topic in enumerate(order) if not place or by_topic[topic] > self._model.bar]
            by_lag = log_sum(factors[row][:, named])
            newest = self._model.log_factors(shares, size, ends[row : row + 1], (1,))[0, :, named].max()
            if newest > by_lag.max():
                continue  # So far only the last period shows it: one odd sitting, or the next one confirms it.
            found = self._begin + int(ends[row]) - 1
            start = found + 1 - LAGS[int(by_lag.argmax())]
            self._noted += [
                _Noted(topic, self._begin, start, found, self._model.probability(float(by_topic[topic])))
                for topic in named
            ]
            self._begin = start
            return found + 1
        return len(self._index)

    def _change(self, noted: _Noted) -> Change:
        later = (each.start for each in self._noted if each.start > noted.start)
        before, after = slice(noted.begin, noted.start), slice(noted.start, min(later, default=len(self._index)))
        start, found = int(self._index[noted.start]), int(self._index[noted.found])
        was, is_now = self._level(noted.topic, before), self._level(noted.topic, after)
        return Change(noted.topic, start, found, was, is_now, noted.probability)

    def _level(self, topic: int, rows: slice) -> float:
        return float(np.average(self._shares[rows, topic], weights=self._size[rows, topic]))


def _cumulated(values: Array) -> Array:
    """Running sums over the first axis, beginning with 0."""
    return np.concatenate([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0)])


def log_sum(values: Array) -> Array:
    """log Σ exp over the last axis, -inf where all are."""
    top = values.max(axis=-1)
    shift = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore"):
        return np.asarray(shift + np.log(np.exp(values - shift[..., None]).sum(axis=-1)))
