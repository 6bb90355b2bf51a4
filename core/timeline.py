"""The pure interest timeline: events and item topics in, weighted topic shares per calendar period out.

How evidence counts. Every event has a signed weight (`event_weight`) that it spreads over the topics of its item. For
each period and topic the positive and the negative parts are summed apart, ``p`` and ``n``, so counts of two parts of
a history simply add. Interest is ``p² / (p + n)``: what speaks for a topic, scaled down by the part of the evidence
that speaks against it. So a dislike is never interest, lowers its topics smoothly, and no share turns negative.

Periods are calendar periods in UTC (core/periods.py). A period without interest is not a period of zero interest in
everything: its count is 0 and its shares are all 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.periods import Indices, period_index
from core.types import Event, EventKind

Array = NDArray[np.float64]
TopicRow = Sequence[tuple[int, float]]
"""Membership of one item in topics: (topic index, weight) pairs; weights sum to 1, or the row is empty."""

LONGEST_GAP = 12
"""Longest run of inactive periods that a timeline spells out; a longer one becomes a single inactive row."""

_ACTS: Mapping[EventKind, float] = {
    EventKind.VIEW: 0.25,
    EventKind.CLICK: 0.25,
    EventKind.PURCHASE: 1.0,
    EventKind.SEEN: 0.25,
}
_STATEMENTS: Mapping[EventKind, float] = {
    EventKind.LIKE: 2.0,
    EventKind.DISLIKE: -2.0,
    EventKind.REQUEST: 1.0,
    EventKind.MENTION: 0.5,
}


def event_weight(kind: EventKind, value: float) -> float:
    """Signed weight of one event as evidence of interest.

    * Acts (view, click, purchase, seen) count by their kind, and against when the value is negative (a return).
    * Statements count by how strongly they were made; value 0 means that no strength was given. A plain like or
      dislike counts twice as much as the best rating: it was said to us, about what is wanted now.
    * A rating of value v counts (1 + v) / 2 from the middle up, for what is chosen and found fair is still some
      interest, and falls three times as fast below it: (1 + 3v) / 2, which is 0 at v = -1/3 and -1 at the bottom.
    * Constraints and mutes are no evidence of interest (`muted_topics`).
    """
    if kind in _ACTS:
        return -_ACTS[kind] if value < 0 else _ACTS[kind]
    if kind is EventKind.DISLIKE:
        return _STATEMENTS[kind] * (abs(value) or 1.0)
    if kind in _STATEMENTS:
        return _STATEMENTS[kind] * (value or 1.0)
    if kind is EventKind.RATING:
        return (1 + value) / 2 if value >= 0 else (1 + 3 * value) / 2
    return 0.0


def event_weights(kinds: Sequence[EventKind], kind: NDArray[np.int8], value: NDArray[np.float32]) -> Array:
    """`event_weight` over columns: ``kind`` indexes ``kinds``; all arrays are (n,)."""
    weights = np.zeros(len(kind))
    for code in np.unique(kind):
        chosen = kind == code
        distinct, inverse = np.unique(value[chosen], return_inverse=True)
        weights[chosen] = np.array([event_weight(kinds[code], float(each)) for each in distinct])[inverse]
    return weights


def standing(events: Iterable[Event], until: datetime | None = None) -> list[Event]:
    """The events that count, in time order: at or before ``until``, not retracted or replaced, each delivery once."""
    known = [event for event in events if until is None or event.at <= until]
    replaced = {event.replaces for event in known if event.replaces is not None}
    deliveries: dict[tuple[str, str], Event] = {}
    for event in known:
        if event.retracted_at is None and event.id not in replaced:
            deliveries.setdefault((event.user_id, event.key), event)
    return sorted(deliveries.values(), key=lambda event: (event.at, event.id))


def muted_topics(events: Iterable[Event], until: datetime | None = None) -> frozenset[str]:
    """Topics whose last mute was not followed by a like or a request of the same topic.

    A mute says nothing about the past: periods keep their shares, and only what is expected next leaves the topic out.
    """
    muted: set[str] = set()
    for event in standing(events, until):
        if event.topic is None or event.item_id is not None:
            continue
        if event.kind is EventKind.MUTE:
            muted.add(event.topic)
        elif event.kind in (EventKind.LIKE, EventKind.REQUEST) and event_weight(event.kind, event.value) > 0:
            muted.discard(event.topic)
    return frozenset(muted)


@dataclass(frozen=True)
class Mass:
    """Evidence spread over topics, one row per event and topic.

    Attributes:
        at: (m,) unix seconds.
        topic: (m,) topic index.
        mass: (m,) signed weight of the event times its item's membership in the topic.
    """

    at: Array
    topic: Indices
    mass: Array


def topic_mass(
    events: Iterable[Event],
    item_row: Callable[[str], TopicRow],
    topic_row: Callable[[str, float], TopicRow],
    until: datetime | None = None,
) -> Mass:
    """Evidence of the standing events of one person.

    Args:
        events: in any order; retracted, replaced, repeated and later ones are left out (`standing`).
        item_row: topics of an item id.
        topic_row: topics that an event about a topic speaks of, given the topic and the event's signed weight.
        until: the last moment that counts.
    """
    at: list[float] = []
    topics: list[int] = []
    masses: list[float] = []
    for event in standing(events, until):
        weight = event_weight(event.kind, event.value)
        if not weight:
            continue
        if event.item_id is not None:
            row = item_row(event.item_id)
        else:
            row = topic_row(event.topic, weight) if event.topic is not None else ()
        moment = event.at.timestamp()
        for topic, part in row:
            at.append(moment)
            topics.append(topic)
            masses.append(weight * part)
    return Mass(np.array(at), np.array(topics, dtype=np.int64), np.array(masses))


@dataclass(frozen=True)
class PeriodCounts:
    """Evidence per period, for periods that have any.

    Attributes:
        period: name of the period.
        index: (p,) period numbers, ascending (`period_index`).
        positive, negative: (p, topics) sums of what speaks for and against each topic, both >= 0.
    """

    period: str
    index: Indices
    positive: Array
    negative: Array

    def __add__(self, other: PeriodCounts) -> PeriodCounts:
        """Counts of both histories together.

        Raises:
            ValueError: the periods or the topics differ.
        """
        if self.period != other.period or self.positive.shape[1] != other.positive.shape[1]:
            raise ValueError("Only counts over the same period and topics can be added.")
        index, inverse = np.unique(np.concatenate([self.index, other.index]), return_inverse=True)
        positive = np.zeros((len(index), self.positive.shape[1]))
        negative = np.zeros_like(positive)
        np.add.at(positive, inverse, np.concatenate([self.positive, other.positive]))
        np.add.at(negative, inverse, np.concatenate([self.negative, other.negative]))
        return PeriodCounts(self.period, index, positive, negative)

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


def period_counts(mass: Mass, topics: int, period: str) -> PeriodCounts:
    """Sum evidence by calendar period and topic."""
    index, row = np.unique(period_index(mass.at, period), return_inverse=True)
    cell = row * topics + mass.topic
    size = len(index) * topics

    def summed(part: Array) -> Array:
        sums = np.bincount(cell, weights=part, minlength=size).astype(np.float64)
        return sums.reshape(len(index), topics)

    return PeriodCounts(period, index, summed(np.maximum(mass.mass, 0)), summed(np.maximum(-mass.mass, 0)))


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
