"""What people as a whole are interested in, period by period: the prior of everybody's forecast, and it moves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.periods import Indices
from core.timeline import Array, to_shares
from tools.forecasting.series import Panel

FOREVER = 1000.0
"""A half-life, in periods, that makes all periods count alike."""
STEADY_PEOPLE = 20.0
MOST_PERIODS = 400
"""Periods kept; evidence from before them is gone from `PopulationSeries.recent`."""


@dataclass(frozen=True)
class PopulationSeries:
    """Mean shares of the people active in each period.

    Attributes:
        index: (p,) period numbers, ascending.
        shares: (p, topics).
        people: (p,) how many were active.
        prior: (topics,) shares that stand in for one person where nobody is known: what the catalogue offers.
        mean: (topics,) mean of the people's shares over all time, everybody counting once.
    """

    index: Indices
    shares: Array
    people: Array
    prior: Array
    mean: Array

    def recent(self, origin: Indices, half_life: float) -> Array:
        """(n, topics) mean shares before each origin, everybody active counting once a period, older periods less.

        The mean of all periods before the origin stands in for `STEADY_PEOPLE` people, so that the few who were active
        of late in a quiet place do not speak for everybody.

        Args:
            origin: (n,) period numbers; a period from an origin on is not seen.
            half_life: in periods.
        """
        distinct, row = np.unique(origin, return_inverse=True)
        means = np.empty((len(distinct), len(self.prior)))
        for number, first in enumerate(distinct.tolist()):
            seen = self.index < first
            people, shares = self.people[seen], self.shares[seen]
            steady = (people @ shares + self.prior) / (people.sum() + 1)
            # Relative to the last period seen: long after the end of the data the series still holds.
            weight = people * np.exp2((self.index[seen] - self.index[seen].max(initial=0)) / half_life)
            means[number] = (weight @ shares + STEADY_PEOPLE * steady) / (weight.sum() + STEADY_PEOPLE)
        return means[row]


def population_series(panel: Panel) -> PopulationSeries:
    """The series of a panel's latest `MOST_PERIODS` periods with any interest."""
    shares = to_shares(panel.interest.astype(np.float64))
    active = shares.sum(axis=1) > 0
    index, row = np.unique(panel.index[active], return_inverse=True)
    total = np.zeros((len(index), len(panel.topics)))
    np.add.at(total, row, shares[active])
    people = np.bincount(row, minlength=len(index)).astype(np.float64)
    latest = slice(-MOST_PERIODS, None)
    means = total / np.maximum(people, 1)[:, None]
    return PopulationSeries(index[latest], means[latest], people[latest], panel.prior, panel.population)


def nobody(topics: int) -> PopulationSeries:
    """A population of which nothing is known: all topics alike."""
    uniform = np.full(topics, 1 / topics)
    return PopulationSeries(np.zeros(0, dtype=np.int64), np.zeros((0, topics)), np.zeros(0), uniform, uniform)
