"""Bayes factors of a change of topic shares at every date against none, for one order of the periods or for many."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from core.periods import Indices
from core.timeline import Array

LAGS = (2, 3, 4, 5, 6, 8, 10, 13, 17, 22)
"""Active periods since a candidate date. A change is lasting when at least two periods show it."""
LEAD = 2
"""Active periods needed before a candidate date."""
_POPULATION_PART = 0.3
_LEAST_LEVEL = 1e-4
_MOST_SINGLE = 1e4
_STEPS = 3


class ChangePrior(NamedTuple):
    """What is believed of levels beforehand.

    Attributes:
        population: (topics,) mean shares.
        spread: concentration of people around them.
        jump: concentration of the level after a change around the one before it.
    """

    population: Array
    spread: float
    jump: float

    def of(self, topics: Indices) -> ChangePrior:
        """The same of these topics, their shares kept off 0 and 1."""
        return self._replace(population=np.clip(self.population[topics], _LEAST_LEVEL, 1 - _LEAST_LEVEL))

    def weight(self, topics: int) -> Array:
        """Log prior probability of each topic to be the one that changes: half evenly, half by its share."""
        return np.asarray(np.log(0.5 / topics + 0.5 * self.population))

    def level(self, yes: NDArray[Any], whole: NDArray[Any]) -> NDArray[Any]:
        """The level expected after a change, given the posterior masses before it."""
        return np.asarray((1 - _POPULATION_PART) * yes / whole + _POPULATION_PART * self.population.astype(yes.dtype))


def log_factors(prior: ChangePrior, shares: Array, size: Array, ends: Indices, lags: tuple[int, ...] = LAGS) -> Array:
    """(ends, lags, topics) weighted log Bayes factor of a change ``lags`` periods before each end against none.

    Args:
        prior: what is believed beforehand.
        shares: (p, topics).
        size: (p, topics) independent events.
        ends: (ends,) numbers of periods seen, each at most p. Dates without `LEAD` periods before them have -inf,
            and so have topics never touched by then.
        lags: periods from the date to the end.
    """
    factors = np.full((len(ends), len(lags), shares.shape[1]), -np.inf)
    touched = np.flatnonzero(shares.sum(axis=0) > 0)
    own = prior.of(touched)
    hit, events = _cumulated(shares[:, touched] * size[:, touched]), _cumulated(size[:, touched])
    yes, whole = own.spread * own.population + hit, own.spread + events
    steady = gammaln(yes) + gammaln(whole - yes) - gammaln(whole)
    up = own.jump * own.level(yes, whole)
    down = own.jump - up
    fresh = gammaln(up) + gammaln(down) - gammaln(own.jump)
    end = ends[:, None]
    begin = end - np.array(lags)
    allowed = begin >= LEAD
    begin = np.maximum(begin, 0)
    more, more_events = hit[end] - hit[begin], events[end] - events[begin]
    moved = gammaln(up[begin] + more) + gammaln(down[begin] + more_events - more) - gammaln(own.jump + more_events)
    factor = moved - fresh[begin] - (steady[end] - steady[begin]) + _log_dates(lags)[:, None]
    factor = factor + own.weight(shares.shape[1])
    factors[:, :, touched] = np.where(allowed[:, :, None] & (hit[ends] > 0)[:, None, :], factor, -np.inf)
    return factors


def peaks(prior: ChangePrior, shares: Array, size: Array, orders: Indices) -> Array:
    """(orders,) highest log Bayes factor of one change that is ever reached online, for each order of the periods.

    The same as the maximum over ends of the summed `log_factors`, to three decimals: single precision is twice as fast.

    Args:
        prior: what is believed beforehand.
        shares: (p, topics).
        size: (p, topics) independent events.
        orders: (orders, p) positions of periods.
    """
    periods = len(shares)
    touched = np.flatnonzero(shares.sum(axis=0) > 0)
    own = prior.of(touched)
    kind = np.float32 if size[:, touched].sum(axis=0).max() < _MOST_SINGLE else np.float64
    hit = _cumulated((shares * size)[:, touched][orders])
    unseen = hit <= 0
    yes: NDArray[Any] = (own.spread * own.population + hit).astype(kind)
    whole: NDArray[Any] = (own.spread + _cumulated(size[:, touched][orders])).astype(kind)
    up = own.jump * own.level(yes, whole)
    down = own.jump - up
    steady = _log_beta(yes, whole - yes)
    before = steady - _log_beta(up, down)
    weight: NDArray[Any] = own.weight(shares.shape[1]).astype(kind)
    found = np.full((len(orders), periods + 1), -np.inf)
    for lag, dates in zip(LAGS, _log_dates(LAGS), strict=True):
        if lag + LEAD > periods:
            break
        begin, end = slice(LEAD, periods + 1 - lag), slice(LEAD + lag, None)
        more, events = yes[:, end] - yes[:, begin], whole[:, end] - whole[:, begin]
        moved = _log_beta(up[:, begin] + more, down[:, begin] + (events - more))
        factor = moved + before[:, begin] - steady[:, end] + weight
        factor[unseen[:, end]] = -np.inf
        found[:, end] = np.logaddexp(found[:, end], log_sum(factor) + dates)
    return np.asarray(found.max(axis=1))


def log_sum(values: NDArray[Any]) -> Array:
    """log Σ exp over the last axis, -inf where all are."""
    top = values.max(axis=-1)
    shift = np.where(np.isfinite(top), top, 0)
    with np.errstate(divide="ignore"):
        return np.asarray(shift + np.log(np.exp(values - shift[..., None]).sum(axis=-1)))


def _log_dates(lags: tuple[int, ...]) -> Array:
    """(lags,) log number of dates that each stands for."""
    return np.asarray(np.log(np.gradient(lags))) if len(lags) > 1 else np.zeros(1)


def _cumulated(values: Array) -> Array:
    """Running sums over the axis before the last, beginning with 0."""
    start = np.zeros((*values.shape[:-2], 1, values.shape[-1]))
    return np.concatenate([start, np.cumsum(values, axis=-2)], axis=-2)


def _log_beta(first: NDArray[Any], second: NDArray[Any]) -> NDArray[Any]:
    """log B of positive values by Stirling's series after three steps up (Abramowitz & Stegun 6.1.41)."""
    a, b, both = first + _STEPS, second + _STEPS, first + second + _STEPS
    ratio = _stepped(a) / _stepped(both) * _stepped(b)
    logs = (a - 0.5) * np.log(a) + (b - 0.5) * np.log(b) - (both - 0.5) * np.log(both) - np.log(ratio)
    return np.asarray(logs + _rest(a) + _rest(b) - _rest(both) + (0.5 * math.log(2 * math.pi) - _STEPS))


def _stepped(y: NDArray[Any]) -> NDArray[Any]:
    """Γ(y) / Γ(y - 3)."""
    return np.asarray((y - 1) * (y - 2) * (y - 3))


def _rest(y: NDArray[Any]) -> NDArray[Any]:
    return np.asarray((1 / 12 - 1 / (360 * y * y)) / y)
