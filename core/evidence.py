"""What counts as evidence of interest: which events stand, what each weighs, and which topics it speaks of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.periods import Indices
from core.types import Event, EventKind

Array = NDArray[np.float64]
TopicRow = Sequence[tuple[int, float]]
"""Membership of one item in topics: (topic index, weight) pairs; weights sum to 1, or the row is empty."""

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


def event_weights(kinds: Sequence[EventKind], kind: NDArray[np.int8], value: NDArray[np.floating[Any]]) -> Array:
    """`event_weight` over columns: ``kind`` indexes ``kinds``; all arrays are (n,).

    Raises:
        InputError: a value is no number or lies outside [-1, 1].
    """
    bad = ~(np.abs(value) <= 1)  # NaN too
    if bad.any():
        first = int(np.flatnonzero(bad)[0])
        raise InputError(
            f"The {kinds[kind[first]]} at position {first} has the value {float(value[first])}.",
            "Give values from -1 to 1, and 0 where no strength is known.",
        )
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
    return muted_by(
        (event.kind, event.topic, event_weight(event.kind, event.value))
        for event in standing(events, until)
        if event.topic is not None and event.item_id is None
    )


def muted_by(statements: Iterable[tuple[EventKind, str, float]]) -> frozenset[str]:
    """`muted_topics` of what was said about topics: kind, topic and signed weight, in time order."""
    muted: set[str] = set()
    for kind, topic, weight in statements:
        if kind is EventKind.MUTE:
            muted.add(topic)
        elif kind in (EventKind.LIKE, EventKind.REQUEST) and weight > 0:
            muted.discard(topic)
    return frozenset(muted)


@dataclass(frozen=True)
class Mass:
    """Evidence spread over topics, one row per event and topic.

    Attributes:
        at: (m,) unix seconds.
        topic: (m,) topic index.
        mass: (m,) signed weight of the event times its item's membership in the topic.
        event: (m,) position of the event among those that it was taken from.
    """

    at: Array
    topic: Indices
    mass: Array
    event: Indices


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
    positions: list[int] = []
    for position, event in enumerate(standing(events, until)):
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
            positions.append(position)
    where = np.array(positions, dtype=np.int64)
    return Mass(np.array(at), np.array(topics, dtype=np.int64), np.array(masses), where)
