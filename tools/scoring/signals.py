"""How strongly an event speaks for or against an item, and how that fades with time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.types import EventKind

if TYPE_CHECKING:
    from store.columns import EventLog

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

DAY = 86_400.0
IMPLICIT: dict[EventKind, float] = {
    EventKind.VIEW: 0.2,
    EventKind.CLICK: 0.3,
    EventKind.SEEN: 0.3,
    EventKind.PURCHASE: 1.0,
    EventKind.LIKE: 1.0,
    EventKind.DISLIKE: -1.0,
    EventKind.MUTE: -1.0,
}
"""Strength of events that carry no value of their own; ratings and mentions go by their value."""


PASSIVE = frozenset({EventKind.VIEW, EventKind.CLICK, EventKind.SEEN})
"""Kinds that tell no opinion: they do not replace what the person said of the item before."""


def strength(kind: EventKind, value: float) -> float:
    """Strength in [-1, 1] of one event.

    A rating at or above the middle of its scale counts from 0.3 (watched, unmoved) to 1 (top of the scale); one below
    counts against, by as much as it is below. A request or a limit names no item and counts 0.
    """
    if kind is EventKind.RATING:
        return 0.3 + 0.7 * value if value >= 0 else value
    if kind is EventKind.MENTION:
        return value
    return IMPLICIT.get(kind, 0.0)


def strengths(kinds: NDArray[np.int8], values: Floats, names: tuple[EventKind, ...]) -> Floats:
    """`strength` over columns; ``kinds`` are indices into ``names``."""
    result = np.zeros(len(kinds), np.float32)
    for code, kind in enumerate(names):
        rows = kinds == code
        if kind is EventKind.RATING:
            rated = values[rows]
            result[rows] = np.where(rated >= 0, 0.3 + 0.7 * rated, rated)
        elif kind is EventKind.MENTION:
            result[rows] = values[rows]
        else:
            result[rows] = IMPLICIT.get(kind, 0.0)
    return result


DISAPPOINTED = 0.5
"""How far an item that was rated low counts as taken up: what people choose says more of what they will choose next
than what they thought of it afterwards does."""


def uptake(kind: EventKind, value: float) -> float:
    """How far an event shows, in [0, 1], that the person took the item up, whatever they thought of it afterwards.

    A rating shows that they did, and a low one half as much; a dislike that was said does not.
    """
    if kind is EventKind.RATING:
        return 1.0 if value >= 0 else DISAPPOINTED
    return max(strength(kind, value), 0.0)


def uptakes(kinds: NDArray[np.int8], values: Floats, names: tuple[EventKind, ...]) -> Floats:
    """`uptake` over columns; ``kinds`` are indices into ``names``."""
    rated = np.where(values >= 0, 1.0, DISAPPOINTED)
    shown = np.where(kinds == names.index(EventKind.RATING), rated, np.maximum(strengths(kinds, values, names), 0.0))
    return np.asarray(shown, np.float32)


@dataclass(frozen=True)
class Interactions:
    """What happened between people and items: one entry per (person, item), ordered by person, then time.

    Attributes:
        user, item: codes; at: unix seconds of the latest event of the pair; strength: in [-1, 1], of that event.
        uptake: in [0, 1], of that event. users: number of people; items: number of items.
    """

    user: Ints
    item: Ints
    at: NDArray[np.float64]
    strength: Floats
    uptake: Floats
    users: int
    items: int

    @classmethod
    def of(cls, log: EventLog, items: int, names: tuple[EventKind, ...], until: float | None = None) -> Interactions:
        """The events of a log up to ``until`` (unix seconds); a later event on an item replaces an earlier one.

        One of a `PASSIVE` kind replaces only others of such a kind.
        """
        passive = np.isin(log.kind, [code for code, kind in enumerate(names) if kind in PASSIVE])
        signs = strengths(log.kind, log.value, names), uptakes(log.kind, log.value, names)
        return cls.from_arrays(log.user, log.item, log.at, *signs, len(log.users), items, until, passive)

    @classmethod
    def from_arrays(
        cls,
        user: Ints,
        item: Ints,
        at: NDArray[np.float64],
        strength: Floats,
        uptake: Floats,
        users: int,
        items: int,
        until: float | None = None,
        passive: NDArray[np.bool_] | None = None,
    ) -> Interactions:
        """The same from parallel arrays in time order; ``passive`` marks events that replace no others."""
        keep = np.flatnonzero(strength != 0)
        if until is not None:
            keep = keep[at[keep] <= until]
        if passive is not None:
            keep = np.concatenate([keep[passive[keep]], keep[~passive[keep]]])
        pair = user[keep].astype(np.int64) * items + item[keep]
        _, last = np.unique(pair[::-1], return_index=True)
        keep = keep[len(keep) - 1 - last]
        keep = keep[np.lexsort((at[keep], user[keep]))]
        return cls(user[keep], item[keep], at[keep], strength[keep], uptake[keep], users, items)

    def where(self, rows: NDArray[np.bool_]) -> Interactions:
        """Only some of the entries."""
        return Interactions(
            self.user[rows],
            self.item[rows],
            self.at[rows],
            self.strength[rows],
            self.uptake[rows],
            self.users,
            self.items,
        )


def fade(age_days: NDArray[np.float64], scale_days: float) -> Floats:
    """Weight of an event by its age: 1 / (1 + age / scale).

    Hyperbolic rather than exponential (Ding and Li, 2005, discuss both): a sitting decades old keeps a little weight
    beside a word of today, where an exponential would erase it.
    """
    return (1.0 / (1.0 + np.maximum(age_days, 0.0) / scale_days)).astype(np.float32)
