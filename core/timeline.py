"""The pure interest timeline: events and item topics in, weighted topic shares per calendar period out.

How evidence counts. Every event has a signed weight (`core.evidence`) that it spreads over the topics of its item. For
each period and topic the positive and the negative parts are summed apart, ``p`` and ``n``, so counts of two parts of
a history simply add. Interest is ``p² / (p + n)``: what speaks for a topic, scaled down by the part of the evidence
that speaks against it. So a dislike is never interest, lowers its topics smoothly, and no share turns negative.

Periods are calendar periods of a time zone (core/periods.py). A period without interest is not a period of zero
interest in everything: its count is 0 and its shares are all 0.

Evidence is counted in whole units of 2^-30, so that sums are exact in double precision: they do not depend on the order
of events, and taking an event out of the counts (`-`) is the exact inverse of putting it in (`+`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.evidence import Array as Array
from core.evidence import Mass, TopicRow, topic_mass
from core.periods import Indices, period_index
from core.types import Event

LONGEST_GAP = 12
"""Longest run of inactive periods that a timeline spells out; a longer one becomes a single inactive row."""

UNIT = 2.0**-30
"""Evidence is counted in these; sums below 2^23 are exact."""


@dataclass(frozen=True)
class PeriodCounts:
    """Evidence per period, for periods that have any.

    New events are added, and retracted ones taken out, as counts of their own (`event_counts`).

    Attributes:
        period: name of the period.
        index: (p,) period numbers, ascending (`period_index`).
        positive, negative: (p, topics) sums of what speaks for and against each topic, both >= 0.
        timezone: IANA name of the zone whose calendar the periods follow.
    """

    period: str
    index: Indices
    positive: Array
    negative: Array
    timezone: str = "UTC"

    def __add__(self, other: PeriodCounts) -> PeriodCounts:
        """Counts of both histories together.

        Raises:
            ValueError: the periods, their zones or the topics differ.
        """
        return self._joined(other, 1.0)

    def __sub__(self, other: PeriodCounts) -> PeriodCounts:
        """Counts without a part that is in them.

        Raises:
            ValueError: the periods, their zones or the topics differ, or the part is not in these counts.
        """
        return self._joined(other, -1.0)

    def _joined(self, other: PeriodCounts, sign: float) -> PeriodCounts:
        ours, theirs = ((each.period, each.timezone, each.positive.shape[1]) for each in (self, other))
        if ours != theirs:
            raise ValueError("Only counts over the same period and topics can be joined.")
        index = np.union1d(self.index, other.index)
        positive, negative = np.zeros((2, len(index), self.positive.shape[1]))
        for part, factor in ((self, 1.0), (other, sign)):
            row = np.searchsorted(index, part.index)
            positive[row] += factor * part.positive
            negative[row] += factor * part.negative
        if (positive < 0).any() or (negative < 0).any():
            raise ValueError("Only what was counted can be taken out.")
        return _with_evidence(PeriodCounts(self.period, index, positive, negative, self.timezone))

    @property
    def interest(self) -> Array:
        """(p, topics) interest mass, >= 0."""
        return interest(self.positive, self.negative)

    @property
    def totals(self) -> Array:
        """(p,) interest mass of each period: its effective number of events."""
        return np.asarray(self.interest.sum(axis=1))

    @property
    def shares(self) -> Array:
        """(p, topics) shares of interest; rows sum to 1, or to 0 where there is none."""
        return to_shares(self.interest)


def interest(positive: Array, negative: Array) -> Array:
    """``p² / (p + n)`` elementwise, 0 where there is no positive evidence."""
    mass: Array = positive * np.divide(positive, positive + negative, out=np.zeros_like(positive), where=positive > 0)
    return mass


def to_shares(mass: Array) -> Array:
    """Mass over the last axis as shares; all 0 where there is none."""
    total = mass.sum(axis=-1, keepdims=True)
    shares: Array = np.divide(mass, total, out=np.zeros_like(mass), where=total > 0)
    return shares


def period_counts(mass: Mass, topics: int, period: str, timezone: str = "UTC") -> PeriodCounts:
    """Sum evidence of one person by calendar period and topic.

    Arguments and errors are those of `people_counts`.
    """
    return people_counts(np.zeros(len(mass.at), dtype=np.int64), mass, topics, period, timezone)[1]


def people_counts(
    person: Indices, mass: Mass, topics: int, period: str, timezone: str = "UTC"
) -> tuple[Indices, PeriodCounts]:
    """Sum evidence by person, calendar period and topic.

    Args:
        person: (m,) whose each row of the evidence is.
        mass: evidence in any order.
        topics: how many topics there are.
        period: one of `core.periods.PERIODS`.
        timezone: IANA name of the zone whose calendar it is.

    Returns:
        (p,) whose each row of the counts is, and the counts: rows of one person after those of another.

    Raises:
        InputError: the period or the zone is unknown, or a weight or a moment is no finite number.
    """
    if not np.isfinite(mass.mass).all():
        raise InputError(
            f"A weight of evidence is {float(mass.mass[~np.isfinite(mass.mass)][0])}.",
            "Give finite weights of events and of items in topics.",
        )
    number = period_index(mass.at, period, timezone)
    first, last = (int(number.min()), int(number.max())) if len(number) else (0, 0)
    span = last - first + 1
    key, row = np.unique(person * span + (number - first), return_inverse=True)
    units = np.round(mass.mass / UNIT) * UNIT
    cell = row * topics + mass.topic
    size = len(key) * topics

    def summed(part: Array) -> Array:
        sums = np.bincount(cell, weights=part, minlength=size).astype(np.float64)
        return sums.reshape(len(key), topics)

    positive, negative = summed(np.maximum(units, 0)), summed(np.maximum(-units, 0))
    some = _evident(positive, negative)
    counts = PeriodCounts(period, key[some] % span + first, positive[some], negative[some], timezone)
    return key[some] // span, counts


def event_counts(
    event: Event,
    item_row: Callable[[str], TopicRow],
    topic_row: Callable[[str, float], TopicRow],
    topics: int,
    period: str,
    timezone: str = "UTC",
) -> PeriodCounts:
    """What one event counts for, retracted since or not: to be added when it arrives and taken out when it goes.

    Arguments and errors are those of `topic_mass` and `period_counts`. Whoever adds it makes sure that the same
    delivery is added once (`core.evidence.standing`).
    """
    counted = event if event.retracted_at is None else event.model_copy(update={"retracted_at": None})
    return period_counts(topic_mass([counted], item_row, topic_row), topics, period, timezone)


def _with_evidence(counts: PeriodCounts) -> PeriodCounts:
    some = _evident(counts.positive, counts.negative)
    return replace(counts, index=counts.index[some], positive=counts.positive[some], negative=counts.negative[some])


def _evident(positive: Array, negative: Array) -> NDArray[np.bool_]:
    return np.asarray((positive > 0).any(axis=1) | (negative > 0).any(axis=1))


def decay(age: NDArray[Any], half_life: float, floor: float = 0.0) -> Array:
    """Weight of evidence ``age`` periods old: ``floor + (1 - floor) · 2^(-age / half_life)``.

    The floor keeps a sitting of many years ago from vanishing beside what was said today.
    """
    weights: Array = floor + (1 - floor) * np.exp2(-np.asarray(age, dtype=np.float64) / half_life)
    return weights


@dataclass(frozen=True)
class Grid:
    """Explicit rows of a timeline, from the first to the last active period.

    Attributes:
        index: (r,) period numbers, ascending.
        shares: (r, topics); zero rows for inactive periods.
        totals: (r,) interest mass.
        breaks: (first, last) period numbers of each inactive run that one row stands for.
    """

    index: Indices
    shares: Array
    totals: Array
    breaks: tuple[tuple[int, int], ...]


def timeline_grid(counts: PeriodCounts, longest_gap: int = LONGEST_GAP) -> Grid:
    """Active periods with the inactive ones between them spelled out.

    A run of more than ``longest_gap`` inactive periods becomes one inactive row at its first period, so that a person
    who rated in 1998 and speaks today has a readable timeline of three rows and not of 345.
    """
    totals = counts.totals
    active = np.flatnonzero(totals > 0)
    rows: list[int] = []
    breaks: list[tuple[int, int]] = []
    for position in counts.index[active].tolist():
        if rows:
            first, last = rows[-1] + 1, position - 1
            if last - first + 1 > longest_gap:
                rows.append(first)
                breaks.append((first, last))
            else:
                rows.extend(range(first, position))
        rows.append(position)
    index = np.array(rows, dtype=np.int64)
    shares = np.zeros((len(rows), counts.positive.shape[1]))
    filled = np.zeros(len(rows))
    where = np.searchsorted(index, counts.index[active])
    shares[where] = counts.shares[active]
    filled[where] = totals[active]
    return Grid(index, shares, filled, tuple(breaks))
