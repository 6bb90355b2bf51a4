"""Histories as the inputs of neural forecasters: what there is to know of every topic, of the person, and of when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.periods import Indices
from core.timeline import Array, decay
from tools.forecasting.models.classical import AVERSION_HALF_LIFE_DAYS, FLOOR
from tools.forecasting.models.pooling import LogPool
from tools.forecasting.population import FOREVER
from tools.forecasting.series import HORIZONS, Floats, Histories

HALF_LIVES = (2.0, 8.0, 32.0, FOREVER)
"""In periods: a person's own shares are summed up at each of them."""
STEPS = 16
"""Latest active periods that the context of a person is read from."""
TOPIC_FEATURES = 7 + len(HALF_LIVES)
STEP_FEATURES = 8
PERSON_FEATURES = 9
_DAYS_OF_YEAR = 365.2425
_LEAST_SHARE = 1e-6
_OWN_PRIOR = 2.0
_LONG_AGO = 60.0
_LARGEST = 6.0


@dataclass(frozen=True)
class EventSequences:
    """Inputs of several people, all float32.

    Attributes:
        level: (people, horizons, topics) logarithm of the pooled forecast, which the networks only correct.
        topic: (people, topics, `TOPIC_FEATURES`) of a person and a topic: forecast, population, evidence for and
            against, how often and how lately met, and log-ratios of own shares at `HALF_LIVES` to the forecast.
        person: (people, `PERSON_FEATURES`) of a person: amount, rhythm and spread of the evidence, season.
        steps: (people, `STEPS`, `STEP_FEATURES`) the latest active periods, oldest first, zeros in front: present,
            size, gap, age, overlap with what came before, part in new topics, evenness, evidence against.
    """

    level: Floats
    topic: Floats
    person: Floats
    steps: Floats

    def __len__(self) -> int:
        return len(self.level)

    def take(self, rows: Indices) -> EventSequences:
        """The inputs of some of the people."""
        return EventSequences(self.level[rows], self.topic[rows], self.person[rows], self.steps[rows])


def event_sequences(history: Histories, base: LogPool, seasonal: bool) -> EventSequences:
    """Inputs of people at their origins.

    Args:
        history: the people.
        base: the fitted pool.
        seasonal: whether the time of the year is told; without two years of data it would only name the period.
    """
    levels = np.log(np.maximum(base.shares(history, HORIZONS), _LEAST_SHARE))
    log_level, level, topics = levels[:, 0], np.exp(levels[:, 0]), levels.shape[2]
    shrinkage = base.shrinkage
    evidence = shrinkage.evidence(history, FOREVER * base.days)
    weights = np.stack([evidence * np.exp2(-history.age / each) for each in HALF_LIVES], axis=1)
    own = np.einsum("ujs,ust->ujt", weights, history.shares)
    amount = weights.sum(axis=2)[:, :, None]
    ratio = np.log((own + _OWN_PRIOR * level[:, None]) / (amount + _OWN_PRIOR)) - log_level[:, None]
    recent = np.where(history.totals > 0, np.exp2(-history.age / HALF_LIVES[0]), 0)
    met = np.where(history.positive > 0, history.age[:, :, None], np.inf).min(axis=1)
    remembered = np.where(history.age > 0, decay(history.age, AVERSION_HALF_LIFE_DAYS / base.days, FLOOR), 0)
    topic = np.stack(
        [
            log_level + np.log(topics),
            np.log(np.maximum(shrinkage.prior(history), _LEAST_SHARE)) + np.log(topics),
            np.log1p(own[:, -1]),
            np.log1p(np.einsum("us,ust->ut", remembered, history.negative)),
            np.einsum("us,ust->ut", recent, history.shares > 0),
            np.isinf(met),
            np.log(np.minimum(met, _LONG_AGO)),
            *ratio.transpose(1, 0, 2),
        ],
        axis=2,
    )
    steps = _steps(history)
    person = np.column_stack([_person(history, steps, level, amount[:, -1, 0]), _season(history, base, seasonal)])
    found = (levels, np.clip(topic, -_LARGEST, _LARGEST), person, steps[:, -STEPS:])
    return EventSequences(*(np.ascontiguousarray(each, dtype=np.float32) for each in found))


def _person(history: Histories, steps: Floats, level: Array, amount: Array) -> Array:
    active = history.active
    last = steps[:, -1]
    first = np.where(history.totals > 0, history.age, 0).max(axis=1)
    rhythm = (first - np.expm1(last[:, 3])) / np.maximum(active - 1, 1)
    columns = (
        np.log1p(history.events),
        np.log1p(active),
        np.log1p(amount),
        np.log1p(np.maximum(rhythm, 0)),
        last[:, 1],
        last[:, 3],
        -(level * np.log(level)).sum(axis=1),
    )
    return np.column_stack(columns)


def _season(history: Histories, base: LogPool, seasonal: bool) -> Array:
    phase = 2 * np.pi * history.origin * base.days / _DAYS_OF_YEAR
    return np.column_stack([np.sin(phase), np.cos(phase)]) * seasonal


def _steps(history: Histories) -> Floats:
    """(people, at least `STEPS`, `STEP_FEATURES`) of periods with interest, moved to the back."""
    shares, total = history.shares, history.totals
    seen = total > 0
    sum_before = np.cumsum(shares, axis=1) - shares
    mean_before = sum_before / np.maximum(np.cumsum(seen, axis=1) - seen, 1)[:, :, None]
    age = np.where(seen, history.age, np.inf)
    older = np.minimum.accumulate(age, axis=1)
    older = np.concatenate([np.full((history.people, 1), np.inf), older[:, :-1]], axis=1)
    gap = np.where(seen & np.isfinite(older), np.where(np.isfinite(older), older, 0) - history.age, 0)
    evenness = -(shares * np.log(np.where(shares > 0, shares, 1))).sum(axis=2)
    columns = (
        np.ones_like(total),
        np.log1p(total),
        np.log1p(np.maximum(gap, 0)),
        np.log1p(history.age),
        np.minimum(shares, mean_before).sum(axis=2),
        np.where(sum_before > 0, 0, shares).sum(axis=2),
        evenness,
        np.log1p(history.negative.sum(axis=2)),
    )
    steps = np.stack(columns, axis=2) * seen[:, :, None]
    order = np.argsort(seen, axis=1, kind="stable")
    steps = np.take_along_axis(steps, order[:, :, None], axis=1)
    missing = max(STEPS - steps.shape[1], 0)
    return np.asarray(np.pad(steps, ((0, 0), (missing, 0), (0, 0))), dtype=np.float32)
