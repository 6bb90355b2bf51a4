"""What everybody's events say of each item at one moment, kept up event by event."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.types import EventKind
from store.columns import KINDS
from tools.clock import busy_days
from tools.scoring.signals import DAY, PASSIVE, Ints

if TYPE_CHECKING:
    from store.columns import EventLog

Array = NDArray[np.float64]

HALF_LIVES = (1.0, 7.0, 28.0, 180.0)
"""Days (`tools.clock.busy_days`) in which an event's part in an item's popularity halves."""

LIKED = 0.2
"""Value from which a rating says that the item was liked: 6 of 10, 4 of 5."""

PASSIVE_CODES = tuple(code for code, kind in enumerate(KINDS) if kind in PASSIVE)
TAKE_UP = tuple(KINDS.index(kind) for kind in (EventKind.PURCHASE, EventKind.RATING, EventKind.LIKE))
JUDGED = tuple(KINDS.index(kind) for kind in (EventKind.RATING, EventKind.LIKE, EventKind.DISLIKE))


def is_liked(kind: NDArray[np.int8], value: NDArray[Any]) -> NDArray[np.bool_]:
    """Whether events of the kinds `JUDGED` speak well of their item; False for other kinds."""
    rated = (kind == KINDS.index(EventKind.RATING)) & (value >= LIKED - 1e-6)
    return np.asarray(rated | (kind == KINDS.index(EventKind.LIKE)))


@dataclass(frozen=True)
class Timeline:
    """An event log with what the state of items needs to know of each event.

    Attributes:
        clock: busy days. gap: days since the same person last took up the same item in the same way, NaN if never.
        active, passive, judged, liked: (events,) bool.
    """

    log: EventLog
    clock: Array
    gap: Array
    active: NDArray[np.bool_]
    passive: NDArray[np.bool_]
    judged: NDArray[np.bool_]
    liked: NDArray[np.bool_]

    @classmethod
    def of(cls, log: EventLog) -> Timeline:
        """Look at a log, which is in time order."""
        active = np.isin(log.kind, TAKE_UP)
        gap = np.full(len(log), np.nan)
        rows = np.flatnonzero(active)
        order = rows[np.lexsort((log.at[rows], log.kind[rows], log.item[rows], log.user[rows]))]
        before, after = order[:-1], order[1:]
        same = (log.user[after] == log.user[before]) & (log.item[after] == log.item[before])
        same &= log.kind[after] == log.kind[before]
        gap[after[same]] = ((log.at[after] - log.at[before]) / DAY)[same]
        judged = np.isin(log.kind, JUDGED)
        passive = np.isin(log.kind, PASSIVE_CODES)
        return cls(log, busy_days(log.at), gap, active, passive, judged, is_liked(log.kind, log.value))

    def clock_at(self, at: float) -> float:
        """Busy days at a moment (unix seconds); the clock stops with the last event."""
        return float(np.interp(at, self.log.at, self.clock)) if len(self.log) else 0.0


@dataclass
class ItemState:
    """Counts per item, each (items,) float64 but for ``mass``.

    Attributes:
        clock: busy days that ``mass`` is decayed to.
        mass: (half-lives, items) decayed counts of what was taken up (bought, rated, liked).
        looks: decayed count (28 days) of what was only looked at.
        events, people: how often, and by how many different people, it was taken up.
        ratings, liked, value: judgements, those that were good, and the sum of their values.
        gaps, log_gap: repeated take-ups, and the sum of log(1 + days between).
        since: clock of the first take-up, NaN before it.
    """

    clock: float
    mass: Array
    looks: Array
    events: Array
    people: Array
    ratings: Array
    liked: Array
    value: Array
    gaps: Array
    log_gap: Array
    since: Array

    @classmethod
    def empty(cls, size: int) -> ItemState:
        """Before any event."""
        looks, events, people, ratings, liked, value, gaps, log_gap = np.zeros((8, size))
        mass, since = np.zeros((len(HALF_LIVES), size)), np.full(size, np.nan)
        return cls(0.0, mass, looks, events, people, ratings, liked, value, gaps, log_gap, since)

    @classmethod
    def at(cls, timeline: Timeline, moment: float, size: int) -> ItemState:
        """From all events of a log before a moment (unix seconds)."""
        state = cls.empty(size)
        state.advance(timeline, 0, int(np.searchsorted(timeline.log.at, moment)))
        return state

    def advance(self, timeline: Timeline, start: int, stop: int) -> None:
        """Add the events ``start`` to ``stop`` of a timeline, in place; they come after all that are in already."""
        if stop <= start:
            return
        rows = slice(start, stop)
        log, clock = timeline.log, timeline.clock[rows]
        now = float(clock[-1])
        item, value = log.item[rows], log.value[rows].astype(np.float64)
        for row, half_life in enumerate(HALF_LIVES):
            self.mass[row] *= np.exp2((self.clock - now) / half_life)
        self.looks *= np.exp2((self.clock - now) / 28.0)
        self.clock = now
        active, passive, judged = timeline.active[rows], timeline.passive[rows], timeline.judged[rows]
        taken = item[active]
        for row, half_life in enumerate(HALF_LIVES):
            np.add.at(self.mass[row], taken, np.exp2((clock[active] - now) / half_life))
        np.add.at(self.looks, item[passive], np.exp2((clock[passive] - now) / 28.0))
        np.add.at(self.events, taken, 1.0)
        gap = timeline.gap[rows][active]
        again = ~np.isnan(gap)
        np.add.at(self.people, taken[~again], 1.0)
        np.add.at(self.gaps, taken[again], 1.0)
        np.add.at(self.log_gap, taken[again], np.log1p(gap[again]))
        np.add.at(self.ratings, item[judged], 1.0)
        np.add.at(self.value, item[judged], value[judged])
        np.add.at(self.liked, item[judged], timeline.liked[rows][judged].astype(np.float64))
        fresh = np.isnan(self.since[taken])
        # Events are in time order: written from the back, the earliest stays.
        self.since[taken[fresh][::-1]] = clock[active][fresh][::-1]

    def arrays(self) -> dict[str, NDArray[Any]]:
        """For keeping: every field by name."""
        return {each.name: np.asarray(getattr(self, each.name)) for each in fields(self)}

    @classmethod
    def restore(cls, arrays: dict[str, NDArray[Any]], moved: Ints, size: int) -> ItemState:
        """The inverse of `arrays`, its items moved to other positions (-1: gone)."""
        present = moved >= 0
        result = cls.empty(size)
        for each in fields(cls):
            if each.name == "clock":
                result.clock = float(arrays["clock"])
                continue
            getattr(result, each.name)[..., moved[present]] = arrays[each.name][..., present]
        return result
