"""What moves for everybody: lasting changes of the population's shares, and topics that are hot now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import digamma, ndtr, polygamma

from core.errors import InputError
from core.forecasts import Drift
from core.periods import period_start
from tools.forecasting.drift.change_points import ALPHA, ChangeModel
from tools.forecasting.drift.dispersion import Dispersion, within
from tools.forecasting.population import PopulationSeries

LEAST_SIZE = 0.01
LEAST_PERIODS = 6
RECENT, BASELINE = 2, 12
"""Periods that "now" and "before" stand for."""
SURE = 0.99
_JUMP = 100.0
_SPREAD = 1.0
_POOLED_PAIRS = 5.0


@dataclass(frozen=True)
class HotTopic:
    """A topic taken up more than before.

    Attributes:
        share: mean share over the latest periods.
        expected: mean share over the periods before them.
        ratio: of the two, both drawn a little towards each other for scarcity of data.
        probability: that it is above 1.
    """

    topic: str
    share: float
    expected: float
    ratio: float
    probability: float


def population_drifts(
    series: PopulationSeries,
    topics: Sequence[str],
    period: str,
    alpha: float = ALPHA,
    timezone: str = "UTC",
) -> tuple[Drift, ...]:
    """Lasting changes of the population's shares by at least `LEAST_SIZE`, in time order.

    The population is one "person" to `ChangeModel`, whose events are people. Its scatter comes from differences between
    neighbouring periods. A season is a change too, and its return another.

    Args:
        series: the population (`population.population_series`).
        topics: names of the topics.
        period: the calendar period of ``series``.
        alpha: probability of any alarm when the order of the periods means nothing.
        timezone: IANA name of the zone whose calendar ``series`` follows.

    Returns:
        Empty with fewer than six periods.
    """
    if len(series.index) < LEAST_PERIODS:
        return ()
    mean = tuple(series.shares.mean(axis=0).tolist())
    model = ChangeModel(mean, _dispersion(series), _JUMP, alpha=alpha, least_size=LEAST_SIZE, tested=len(mean))
    changes = model.changes_of(series.index, series.shares, model.dispersion.size(series.people))
    return tuple(
        Drift(
            topic=topics[change.topic],
            at=period_start(change.start, period, timezone),
            size=change.size,
            probability=change.probability,
        )
        for change in changes
    )


def hot_topics(
    series: PopulationSeries, topics: Sequence[str], most: int = 5, recent: int = RECENT, baseline: int = BASELINE
) -> tuple[HotTopic, ...]:
    """Topics whose share now exceeds what it was before, with at least `SURE` probability; largest ratio first.

    Both shares have Beta posteriors over as many independent people as their periods inform like, with the overall mean
    counting as one more; the logarithm of their ratio is taken as normal with its exact mean and variance.

    Args:
        series: the population (`population.population_series`).
        topics: names of the topics.
        most: at most this many topics.
        recent: how many of the latest periods are "now".
        baseline: how many periods before those set the expectation.

    Raises:
        InputError: ``recent`` or ``baseline`` is below 1.
    """
    if recent < 1 or baseline < 1:
        raise InputError(
            f"Windows of {recent} and {baseline} periods cannot be compared.", "Choose at least 1 of each."
        )
    if len(series.index) < 2:
        return ()
    recent = min(recent, len(series.index) - 1)
    first = max(len(series.index) - recent - baseline, 0)
    size = _dispersion(series).size(series.people)
    mean = np.maximum(series.shares[first:].mean(axis=0), 1e-6)
    parts = []
    for rows in (slice(len(series.index) - recent, None), slice(first, len(series.index) - recent)):
        seen = size[rows].sum(axis=0)
        share = (series.shares[rows] * size[rows]).sum(axis=0) / seen
        yes, whole = seen * share + mean, seen + 1
        parts.append((share, digamma(yes) - digamma(whole), polygamma(1, yes) - polygamma(1, whole)))
    (now, log_now, spread_now), (before, log_before, spread_before) = parts
    gain = log_now - log_before
    probability = ndtr(gain / np.sqrt(np.maximum(spread_now + spread_before, 1e-12)))
    hot = [int(topic) for topic in np.argsort(-gain, kind="stable") if gain[topic] > 0 and probability[topic] >= SURE]
    return tuple(
        HotTopic(
            topics[topic],
            float(now[topic]),
            float(before[topic]),
            float(np.exp(gain[topic])),
            float(probability[topic]),
        )
        for topic in hot[:most]
    )


def _dispersion(series: PopulationSeries) -> Dispersion:
    inverse = 1 / series.people
    return within(series.shares[:-1], series.shares[1:], inverse[:-1] + inverse[1:], _SPREAD, _POOLED_PAIRS)
