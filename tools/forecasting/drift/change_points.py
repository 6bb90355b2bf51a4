"""Change points of topic shares: whether a person's interest in a topic has moved for good, and since when.

The statistic is that of the Shiryaev-Roberts procedure (Shiryaev 1963; Roberts 1966; Pollak 1985) with the Bayes
factors of Bayesian change-point detection (Adams & MacKay 2007; Barry & Hartigan 1993). Each topic is taken against all
others. If nothing changes, the person's level is Beta with the population as its mean. If it changes after period s,
the level after s is drawn anew from a Beta around where it was. Both have closed marginal likelihoods once counts are
replaced by as many independent events as they inform like (`Dispersion.size`), so that one long sitting is not taken
for a new taste. The factors are summed over dates and topics, weighted by how likely each is beforehand.

How high that sum may rise by chance depends on how long a history is and on how much a person's sittings vary, so the
bar is each person's own: what their active periods reach in random order (`permutation.own_bar`). At any one look at a
history without a change, whatever its length and scatter, at most `ALPHA` raise an alarm.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from core.periods import Indices
from core.timeline import Array, PeriodCounts, to_shares
from tools.forecasting.drift.change_factors import LAGS, ChangePrior, log_factors, log_sum, peaks
from tools.forecasting.drift.dispersion import Dispersion
from tools.forecasting.drift.permutation import own_bar

MOST_PERIODS = 60
LEAST_SIZE = 0.05
MOST_TOPICS = 3
TESTED = 12
ALPHA = 0.05
DEFAULT_AT_BAR = 0.5


@dataclass(frozen=True)
class Change:
    """A lasting change of the share of one topic.

    Attributes:
        topic: its position.
        start: number of the first period after the change.
        found: number of the period whose end it was noted at.
        before, after: shares between the change before it and this one, and from this one to the next or to the end.
        probability: that it is real, by all that was known at the look which noted it.
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
        at_bar: probability that a change which just passes the bar is real; it sets the reported probability alone.
        alpha: part of the histories without a change that may raise an alarm at one look.
        least_size: changes smaller than this are not worth telling.
        tested: at most so many topics are looked at, those with most interest over all periods: whatever their order.
    """

    population: tuple[float, ...]
    dispersion: Dispersion = field(default_factory=Dispersion)
    jump: float = 16.0
    at_bar: float = DEFAULT_AT_BAR
    alpha: float = ALPHA
    least_size: float = LEAST_SIZE
    tested: int = TESTED

    @property
    def prior(self) -> ChangePrior:
        """What is believed of levels beforehand."""
        return ChangePrior(np.array(self.population), self.dispersion.spread, self.jump)

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
        """All lasting changes of a person's history as one look at the whole of it shows them, oldest first.

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

    def probability(self, excess: float) -> float:
        """That a change is real whose log Bayes factor lies so far above the bar."""
        return float(1 / (1 + (1 - self.at_bar) / self.at_bar * math.exp(-min(excess, 500.0))))


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

    Each look, so each call, has its own level `ChangeModel.alpha`. Looks at a growing history have much in common, yet
    someone who is looked at after every period is told of a change that is none more often than that; a smaller
    ``alpha`` in the model makes up for it.

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
        prior, shares, size = self._model.prior, self._shares[self._begin :], self._size[self._begin :]
        common = np.argsort(-(shares * size).sum(axis=0), kind="stable")[: self._model.tested]
        shares = np.where(np.isin(np.arange(shares.shape[1]), common), shares, 0.0)
        bar = own_bar(
            lambda orders: peaks(prior, shares, size, orders),
            len(shares),
            self._model.alpha,
            len(common),
            # The same for any order of the periods, as a test by their order needs.
            seed=zlib.crc32(np.sort(shares[:, common[0]]).tobytes()),
        )
        if bar == math.inf:
            return len(self._index)
        ends = np.arange(seen + 1, len(self._index) + 1) - self._begin
        factors = log_factors(prior, shares, size, ends)
        for row in np.flatnonzero(log_sum(factors.reshape(len(ends), -1)) > bar).tolist():
            by_topic = log_sum(factors[row].T)
            order = np.argsort(-by_topic, kind="stable")[:MOST_TOPICS].tolist()
            highest = log_sum(factors[row:].swapaxes(1, 2)).max(axis=0)
            # The bar is passed by all topics together: the first may lie just below it alone.
            named = [topic for place, topic in enumerate(order) if not place or highest[topic] > bar]
            by_lag = log_sum(factors[row][:, named])
            newest = log_factors(prior, shares, size, ends[row : row + 1], (1,))[0, :, named].max()
            if newest > by_lag.max():
                continue  # So far only the last period shows it: one odd sitting, or the next one confirms it.
            found = self._begin + int(ends[row]) - 1
            start = found + 1 - LAGS[int(by_lag.argmax())]
            self._noted += [
                _Noted(topic, self._begin, start, found, self._model.probability(float(highest[topic]) - bar))
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
