"""Popularity at a moment: what people take up now, and what they take up more than expected."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from core.types import Event, EventKind
from store.catalog import Catalog
from store.columns import KINDS, ItemColumns
from store.events import Events
from tools.clock import busy_days
from tools.deps import Activity, Floats

Array = TypeVar("Array", bound=NDArray[Any])

NOT_TAKEN_UP = (EventKind.DISLIKE, EventKind.MUTE, EventKind.CONSTRAINT)
_TAKEN_UP = frozenset(KINDS) - frozenset(NOT_TAKEN_UP)

RECOUNTED = 300_000
"""Longest log that is counted again for one person: in a longer one their events weigh little, and counting is slow."""


@dataclass(frozen=True)
class Snapshot:
    """The event log as popularity needs it, in time order.

    Attributes:
        users: person by code; user: codes; item: positions; at: unix seconds.
    """

    columns: ItemColumns
    version: str
    read_at: float
    users: Mapping[str, int]
    user: NDArray[np.int32]
    item: NDArray[np.int32]
    at: NDArray[np.float64]

    @cached_property
    def _by_user(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Rows sorted by person, each one's in time order, and where each one's begin."""
        order = np.argsort(self.user, kind="stable")
        return order, np.searchsorted(self.user[order], np.arange(len(self.users) + 1))

    def rows_of(self, user_id: str) -> NDArray[np.int64]:
        """Rows of a person, in time order."""
        code = self.users.get(user_id)
        if code is None:
            return np.zeros(0, np.int64)
        order, first = self._by_user
        return order[first[code] : first[code + 1]]

    def with_own(self, rows: NDArray[np.int64], item: NDArray[np.int32], at: NDArray[np.float64]) -> Snapshot:
        """The same log with other events, in time order, in place of some rows. Whose they are is not kept."""
        kept_item, kept_at = np.delete(self.item, rows), np.delete(self.at, rows)
        places = np.searchsorted(kept_at, at, side="right")
        return Snapshot(
            columns=self.columns,
            version=self.version,
            read_at=self.read_at,
            users={},
            user=np.zeros(0, np.int32),
            item=np.insert(kept_item, places, item),
            at=np.insert(kept_at, places, at),
        )


class EventTrends:
    """Implements `Trends` over the event log; thread-safe.

    The log is read once and again when it has changed and ``refresh`` seconds have passed: popularity may lag behind
    new events of others by that long. A person's own never lag in `with_own`.
    """

    def __init__(
        self, catalog: Catalog, events: Events, refresh: float = 300.0, timer: Callable[[], float] = time.monotonic
    ) -> None:
        self._catalog = catalog
        self._events = events
        self._refresh = refresh
        self._timer = timer
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._cache: OrderedDict[tuple[object, ...], NDArray[Any]] = OrderedDict()

    def with_own(self, user_id: str, history: Sequence[Event], at: datetime) -> EventTrends:
        """These trends with a person's part of them, up to ``at``, made of a history: itself where it is so already.

        In a log of more than `RECOUNTED` events their part may lag as that of others does.
        """
        snapshot = self._current()
        if len(snapshot.at) > RECOUNTED:
            return self
        rows = snapshot.rows_of(user_id)
        rows = rows[: np.searchsorted(snapshot.at[rows], at.timestamp(), side="right")]
        place = snapshot.columns.position
        taken = [
            (place[event.item_id], event.at.timestamp())
            for event in history
            if event.item_id is not None and event.item_id in place and event.kind in _TAKEN_UP
        ]
        item = np.array([position for position, _ in taken], np.int32)
        when = np.array([moment for _, moment in taken], np.float64)
        if np.array_equal(snapshot.item[rows], item) and np.array_equal(snapshot.at[rows], when):
            return self
        return _Fixed(snapshot.with_own(rows, item, when))

    def popularities(self, at: datetime, half_lives: Sequence[float | None]) -> list[Floats]:
        """Per half-life, (items,) log-scaled decayed popularity in [0, 1] as known at ``at``, from one look at the log.

        log(1 + m) / log(1 + max m), m being the item's events, each halved with every half-life of `busy_days` between
        it and the latest event; undecayed where the half-life is None. All zeros where there are no events.
        """
        snapshot = self._current()
        visible = int(np.searchsorted(snapshot.at, at.timestamp(), side="right"))

        def scaled(days: float | None) -> Floats:
            key = ("popularity", snapshot.version, snapshot.columns.version, visible, days)
            return self._remembered(key, lambda: log_scaled(self._mass(snapshot, visible, days)))

        return [scaled(days) for days in half_lives]

    def activity(self, at: datetime, days: float = 14.0) -> Activity:
        """Plain counts over the latest ``days`` (`busy_days`) that have data before ``at``."""
        snapshot = self._current()
        visible = int(np.searchsorted(snapshot.at, at.timestamp(), side="right"))
        size = len(snapshot.columns.ids)
        if visible == 0:
            return Activity(np.zeros(size, np.int32), None, None)
        first = int(np.searchsorted(-self._ages(snapshot, visible), -days, side="right"))
        counts = np.bincount(snapshot.item[first:visible], minlength=size).astype(np.int32)
        since, until = (datetime.fromtimestamp(snapshot.at[row], UTC) for row in (first, visible - 1))
        return Activity(counts, since, until)

    def rising(self, at: datetime, k: int) -> list[tuple[str, float]]:
        """The k items whose recent activity exceeds expectation the most, with the ratio.

        The ratio compares an item's events of the latest 7 busy days with its mean over the 28 before, both with four
        events of the average item added, so that one event of an unknown item is no burst (a shrunken Poisson rate
        ratio). Items with fewer than 3 recent events are left out.
        """
        snapshot = self._current()
        ratio = self._ratio(snapshot, int(np.searchsorted(snapshot.at, at.timestamp(), side="right")))
        order = np.argsort(-ratio, kind="stable")[:k]
        return [(snapshot.columns.ids[row], float(ratio[row])) for row in order if ratio[row] > 1.0]

    def _ratio(self, snapshot: Snapshot, visible: int) -> Floats:
        def compute() -> Floats:
            size = len(snapshot.columns.ids)
            if visible == 0:
                return np.zeros(size, np.float32)
            age = self._ages(snapshot, visible)
            item = snapshot.item[:visible]
            recent = np.bincount(item[age < 7], minlength=size)
            span = float(np.clip(age.max() - 7, 0.0, 28.0))
            before = np.bincount(item[(age >= 7) & (age < 35)], minlength=size) * (7.0 / span if span else 0.0)
            ratio = (recent + 4.0) / (before + 4.0)
            return np.where(recent >= 3, ratio, 0.0).astype(np.float32)

        return self._remembered(("rising", snapshot.version, snapshot.columns.version, visible), compute)

    def _ages(self, snapshot: Snapshot, visible: int) -> NDArray[np.float64]:
        """Busy days between each visible event and the latest one, from visible events alone."""

        def compute() -> NDArray[np.float64]:
            clock = busy_days(snapshot.at[:visible])
            return np.asarray(clock[-1] - clock)

        return self._remembered(("ages", snapshot.version, snapshot.columns.version, visible), compute)

    def _mass(self, snapshot: Snapshot, visible: int, half_life: float | None) -> NDArray[np.float64]:
        size = len(snapshot.columns.ids)
        item = snapshot.item[:visible]
        if half_life is None or visible == 0:
            return np.bincount(item, minlength=size).astype(np.float64)
        age = self._ages(snapshot, visible)
        first = int(np.searchsorted(-age, -20.0 * half_life))
        return np.asarray(np.bincount(item[first:], np.exp2(-age[first:] / half_life), minlength=size), np.float64)

    def _current(self) -> Snapshot:
        columns = self._catalog.columns()
        snapshot = self._snapshot
        if snapshot is not None and snapshot.columns is columns and self._timer() - snapshot.read_at < self._refresh:
            return snapshot
        with self._lock:
            snapshot = self._snapshot
            version = self._events.version()
            now = self._timer()
            if snapshot is None or snapshot.columns is not columns or snapshot.version != version:
                log = self._events.log(columns)
                skip = np.isin(log.kind, [KINDS.index(kind) for kind in NOT_TAKEN_UP])
                codes = {user_id: code for code, user_id in enumerate(log.users)}
                kept = ~skip
                self._snapshot = Snapshot(columns, version, now, codes, log.user[kept], log.item[kept], log.at[kept])
            elif now - snapshot.read_at >= self._refresh:
                self._snapshot = replace(snapshot, read_at=now)
            assert self._snapshot is not None
            return self._snapshot

    def _remembered(self, key: tuple[object, ...], compute: Callable[[], Array]) -> Array:
        with self._lock:
            if key in self._cache:
                self._cache.move_to_end(key)
                return cast(Array, self._cache[key])
        value = compute()
        value.flags.writeable = False
        with self._lock:
            self._cache[key] = value
            while len(self._cache) > 64:
                self._cache.popitem(last=False)
        return value


class _Fixed(EventTrends):
    """Trends of one log that nothing is added to; lives as long as a request."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._lock = threading.Lock()
        self._snapshot = snapshot
        self._cache = OrderedDict()

    def _current(self) -> Snapshot:
        assert self._snapshot is not None
        return self._snapshot


def log_scaled(mass: NDArray[np.float64]) -> Floats:
    """log(1 + m) / log(1 + max m), in [0, 1]."""
    top = float(mass.max(initial=0.0))
    return np.zeros(len(mass), np.float32) if top <= 0 else (np.log1p(mass) / np.log1p(top)).astype(np.float32)
