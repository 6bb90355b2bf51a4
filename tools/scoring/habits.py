"""Habits: what a person takes up again and again, how often, and when it is due.

In a shop people buy the same things again; they hardly ever rate a film twice. A kind of event counts as repeating
where the log shows it (`repeating`); in a log without such a kind nobody has habits, and nothing here has any effect.

The usual gap between two days with an item is a geometric mean, one's own drawn to the item's and that to everybody's
(a gamma-Poisson model of repeat buying does the same with more machinery: Bhagat et al. 2018, *Buy it again*).
How often one takes an item up is drawn to how often people do: of two things taken once the staple leads.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from core.types import EventKind
from store.columns import KINDS, EventLog
from tools.scoring.signals import DAY, Floats, Ints, strengths

TAKEN = (EventKind.PURCHASE, EventKind.SEEN, EventKind.LIKE, EventKind.RATING)
"""Kinds that can be habits: something was taken up, not just looked at or talked about."""

LEAST_SHARE = 0.1
"""Part of a kind's events that come back to an item from an earlier day, from which the kind counts as repeating."""
LEAST_EVENTS = 100

HALF_LIFE = 120.0
"""Days after which a day with an item counts half in ``amount``."""

GRAIN = 0.1
"""An amount this small is worth log(2): what was taken once is told from once long ago."""

EVERYBODY = 0.5
"""So much of what an average person has of an item counts beside one's own amount of it."""

OWN_PULL = 2.0
ITEM_PULL = 5.0
"""So many gaps is the item's usual gap worth beside the person's own ones, and everybody's beside the item's."""

MONTH = 30.0
"""Usual gap in days where nobody has come back to anything."""


@dataclass(frozen=True)
class Habits:
    """What one person took up, one entry an item, at one moment; several events of one day (UTC) count once.

    Attributes:
        item: positions, ascending.
        days: on how many days.
        amount: the same, each day halved with every `HALF_LIFE`.
        last: unix seconds of the latest.
        gap: geometric mean of the days between, NaN with fewer than two.
    """

    item: Ints = field(default_factory=lambda: np.zeros(0, np.int32))
    days: Ints = field(default_factory=lambda: np.zeros(0, np.int32))
    amount: Floats = field(default_factory=lambda: np.zeros(0, np.float32))
    last: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    gap: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))

    @classmethod
    def of(cls, item: Ints, at: NDArray[np.float64], now: float) -> Habits:
        """From a person's events of repeating kinds up to ``now`` (unix seconds), in any order."""
        if not len(item):
            return cls()
        group, at, gap, follows = _days(np.asarray(item, np.int64), at)
        size = int(group[-1]) + 1
        days = np.bincount(group, minlength=size)
        fading = np.exp2(-np.maximum(now - at, 0.0) / DAY / HALF_LIFE)
        logs = np.bincount(group[follows], np.log(gap), minlength=size)
        mean = np.divide(logs, days - 1, out=np.full(size, np.nan), where=days > 1)
        ends = np.append(np.flatnonzero(~follows)[1:], len(at)) - 1
        return cls(
            item=np.unique(item).astype(np.int32),
            days=days.astype(np.int32),
            amount=np.bincount(group, fading, minlength=size).astype(np.float32),
            last=at[ends],
            gap=np.exp(mean),
        )

    def often(self, usual: Floats) -> Floats:
        """(items,) log(1 + amount / GRAIN) / log(1 + 10 / GRAIN): about 1 for ten days of late, 0 where never taken.

        Args:
            usual: (items,) by `usual_amounts`, of which `EVERYBODY` counts as amount.
        """
        result = np.zeros(len(usual), np.float32)
        amount = self.amount + EVERYBODY * usual[self.item]
        result[self.item] = np.log1p(amount / GRAIN) / np.log1p(10.0 / GRAIN)
        return result

    def due(self, usual: Floats, now: float) -> Floats:
        """(items,) time since the latest over the usual gap, at most 1; 0 where never taken.

        Args:
            usual: (items,) days, by `usual_gaps`.
        """
        result = np.zeros(len(usual), np.float32)
        if len(self.item):
            own = np.where(self.days > 1, np.log(np.where(self.days > 1, self.gap, 1.0)), 0.0)
            pulled = (own * (self.days - 1) + OWN_PULL * np.log(usual[self.item])) / (self.days - 1 + OWN_PULL)
            result[self.item] = np.minimum(np.maximum(now - self.last, 0.0) / DAY / np.exp(pulled), 1.0)
        return result


def repeating(log: EventLog) -> tuple[EventKind, ...]:
    """The kinds of event by which people come back to the same items on other days, often enough to be habits."""
    found = []
    for kind in TAKEN:
        rows = np.flatnonzero(_of_kinds(log, (kind,)))
        if len(rows) < LEAST_EVENTS:
            continue
        _, first, pair = np.unique(_pairs(log, rows), return_index=True, return_inverse=True)
        day = np.floor(log.at[rows] / DAY)
        if float(np.mean(day > day[first][pair])) > LEAST_SHARE:
            found.append(kind)
    return tuple(found)


def taken_up(log: EventLog, kinds: Collection[EventKind], until: float = np.inf) -> EventLog:
    """Only the events of repeating kinds that speak for their item, in time order, up to ``until`` (unix seconds)."""
    rows = np.flatnonzero(_of_kinds(log, kinds) & (log.at <= until))
    return EventLog(log.users, log.user[rows], log.item[rows], log.at[rows], log.kind[rows], log.value[rows])


def usual_gaps(log: EventLog, items: int) -> Floats:
    """(items,) days between two days of a person with an item; ``log`` by `taken_up`."""
    if not len(log):
        return np.full(items, MONTH, np.float32)
    rows = np.arange(len(log))
    group, _, gap, follows = _days(_pairs(log, rows), log.at)
    owner = np.unique(_pairs(log, rows)) % _width(log)
    item = owner[group[follows]].astype(np.int64)
    logs = np.log(gap)
    everybody = float(logs.mean()) if len(logs) else np.log(MONTH)
    total, count = np.bincount(item, logs, minlength=items), np.bincount(item, minlength=items)
    return np.exp((total + ITEM_PULL * everybody) / (count + ITEM_PULL)).astype(np.float32)


def usual_amounts(log: EventLog, items: int) -> Floats:
    """(items,) ``Habits.amount`` of an average person after the latest event; ``log`` by `taken_up`."""
    if not len(log):
        return np.zeros(items, np.float32)
    pairs = _pairs(log, np.arange(len(log)))
    group, at, _, _ = _days(pairs, log.at)
    owner = np.unique(pairs) % _width(log)
    fading = np.exp2(-(log.at.max() - at) / DAY / HALF_LIFE)
    total = np.bincount(owner[group].astype(np.int64), fading, minlength=items)
    return (total / len(np.unique(log.user))).astype(np.float32)


def _of_kinds(log: EventLog, kinds: Collection[EventKind]) -> NDArray[np.bool_]:
    codes = [KINDS.index(kind) for kind in kinds]
    return np.isin(log.kind, codes) & (strengths(log.kind, log.value, KINDS) > 0)


def _width(log: EventLog) -> int:
    return int(log.item.max(initial=0)) + 1


def _pairs(log: EventLog, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """(rows,) a number for each person and item together."""
    return np.asarray(log.user[rows].astype(np.int64) * _width(log) + log.item[rows], np.int64)


def _days(
    key: NDArray[np.int64], at: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """The last event of each key on each day, by key, then time.

    Returns:
        (n,) number of the key among the sorted ones; (n,) unix seconds; (m,) days, at least 1, between those that
        follow another of their key and that one; (n,) whether one follows another.
    """
    order = np.lexsort((at, key))
    key, at = key[order], at[order]
    day = np.floor(at / DAY)
    final = np.append((key[1:] != key[:-1]) | (day[1:] != day[:-1]), True)
    key, at = key[final], at[final]
    follows = np.append(False, key[1:] == key[:-1])
    group = np.cumsum(~follows) - 1
    gap = np.maximum(at[follows] - at[np.flatnonzero(follows) - 1], DAY) / DAY
    return group, at, gap, follows
