"""Moments to learn from: people about to choose, what they had done by then, and what they took up next.

Two kinds, because the ranker is asked in two ways. Some moments are the same for everybody (lists made for all, for the
weeks ahead); at others one person is there right now, and what counts is what they take up next.

Where people come back to the same items, all their events count, and what they take up next is asked for three times:
among what they do not know yet, among everything, and among what they know.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from core.types import EventKind
from store.columns import KINDS, EventLog
from tools.clock import busy_days
from tools.scoring.habits import Habits, taken_up
from tools.scoring.profile import Profile, assemble
from tools.scoring.signals import DAY, PASSIVE, Interactions, Ints, strengths, uptakes

STRETCHES = 2
"""How many of the last stretches are learnt from: with one, what was out in that month is taken for the rule."""

STRETCH_DAYS = 30.0
STRETCH_SHARES = (0.2, 0.35, 0.5)
LEAST_EVENTS = 100
LEAST_PEOPLE = 20
"""A stretch with fewer events, or fewer people who chose something in it, teaches nothing about the weights."""

ORIGINS = (0.0, 1 / 3, 2 / 3)
"""At which parts of the stretch's events lists are made for all."""

MOST_NEXT = 20
OWN_NEXT = 3
"""How much of what is taken up next counts, at moments for everybody and at a person's own."""
NEXT_DAYS = 1.0
"""What is taken up within this time of a person's own moment belongs to it."""

LEAST_HISTORY = 2


@dataclass(frozen=True)
class Moment:
    """A person about to choose: what they had done, and what they took up next (positions).

    Attributes:
        at: unix seconds; no event from then on is known.
        own: whether it is a moment at which this person was there, rather than one for everybody.
        again: what they took up next, known items too; empty where people do not come back to items.
    """

    user: int
    at: float
    profile: Profile
    next: NDArray[np.int32]
    own: bool
    again: Ints = field(default_factory=lambda: np.zeros(0, np.int32))


def stretches(log: EventLog, items: int, most: int = STRETCHES) -> list[tuple[float, float]]:
    """The last stretches of a log, each from after its first moment to its last (unix seconds), latest first.

    A stretch is a fifth of the events before its end, at most 30 days of the clock that runs only while there is data,
    so that a few late events are not taken for a stretch of their own. Where that holds too little, more of the events
    are tried; there is no stretch where even half of them hold too little.
    """
    found: list[tuple[float, float]] = []
    end = float(log.at[-1]) if len(log.at) else -np.inf
    while len(found) < most:
        begin = _last(log, items, end)
        if begin is None:
            break
        found.append((begin, end))
        end = begin
    return found


def _last(log: EventLog, items: int, end: float) -> float | None:
    at = log.at[log.at <= end]
    if not len(at):
        return None
    known = Interactions.of(log, items, KINDS, until=end)
    clock = busy_days(at)
    by_share = [float(at[int((1 - share) * (len(at) - 1))]) for share in STRETCH_SHARES]
    by_days = float(at[int(np.searchsorted(clock, clock[-1] - STRETCH_DAYS))])
    for cut in (max(by_share[0], by_days), *by_share):
        choosers = np.unique(known.user[(known.at > cut) & (known.strength > 0)])
        able = np.bincount(known.user, minlength=known.users)[choosers] > LEAST_HISTORY
        if able.sum() >= LEAST_PEOPLE and int((at > cut).sum()) >= LEAST_EVENTS:
            return cut
    return None


def moments(
    log: Interactions, cut: float, fade_days: float, at_once: int, own: int, rng: np.random.Generator
) -> list[Moment]:
    """Moments after the cut, ordered by time: a sample of ``at_once`` of those for all, and of ``own`` own ones."""
    after = np.sort(log.at[log.at > cut])
    starts = np.searchsorted(log.user, np.arange(log.users + 1))
    lists = [
        moment for part in ORIGINS for moment in _for_all(log, starts, float(after[int(part * len(after))]), fade_days)
    ]
    chosen = np.flatnonzero((log.at > cut) & (log.strength > 0))
    chosen = chosen[chosen - starts[log.user[chosen]] >= LEAST_HISTORY]
    found = [_own(log, starts, int(row), fade_days) for row in _sample(len(chosen), own, rng, chosen)]
    lists = [lists[row] for row in _sample(len(lists), at_once, rng, np.arange(len(lists)))]
    return sorted((*lists, *found), key=lambda moment: moment.at)


def moments_with_habits(
    log: EventLog,
    repeating: Collection[EventKind],
    items: int,
    stretch: tuple[float, float],
    fade_days: float,
    at_once: int,
    own: int,
    rng: np.random.Generator,
) -> list[Moment]:
    """`moments` of a stretch where people come back to items.

    Args:
        log: all events; the latest ones with an item would hide that it was known before.
        repeating: by `tools.scoring.habits.repeating`.
        stretch: from after its first moment to its last (unix seconds), as in `stretches`.
    """
    cut, end = stretch
    strength = strengths(log.kind, log.value, KINDS)
    inside = (log.at > cut) & (log.at <= end) & (strength > 0)
    after = log.at[inside]
    places = np.unique(np.column_stack([log.user[inside], after]), axis=0)
    asked = [(int(user), at, True) for user, at in places[_sample(len(places), own, rng, np.arange(len(places)))]]
    lists = [
        (int(user), float(at), False)
        for at in (after[int(part * len(after))] for part in ORIGINS)
        for user in np.unique(log.user[inside & (log.at >= at)])
    ]
    asked += [lists[row] for row in _sample(len(lists), at_once, rng, np.arange(len(lists)))]
    people = _People(log, repeating, items, end, fade_days)
    found = (people.moment(user, at, single) for user, at, single in asked)
    return sorted((moment for moment in found if moment is not None), key=lambda moment: moment.at)


class _People:
    """Everybody's events in time order, and what they make of a person at a moment."""

    def __init__(
        self, log: EventLog, repeating: Collection[EventKind], items: int, end: float, fade_days: float
    ) -> None:
        strength = strengths(log.kind, log.value, KINDS)
        rows = np.flatnonzero((strength != 0) & (log.at <= end))
        rows = rows[np.argsort(log.user[rows], kind="stable")]
        self._user, self._item, self._at, self._strength = log.user[rows], log.item[rows], log.at[rows], strength[rows]
        self._uptake = uptakes(log.kind[rows], log.value[rows], KINDS)
        self._passive = np.isin(log.kind[rows], [KINDS.index(kind) for kind in PASSIVE])
        self._starts = np.searchsorted(self._user, np.arange(len(log.users) + 1))
        taken = taken_up(log, repeating)
        order = np.argsort(taken.user, kind="stable")
        self._taken, self._taken_at = taken.item[order], taken.at[order]
        self._taken_starts = np.searchsorted(taken.user[order], np.arange(len(log.users) + 1))
        self._items, self._fade_days = items, fade_days

    def moment(self, user: int, at: float, own: bool) -> Moment | None:
        """None where too little was known of the person by then."""
        first, last = self._starts[user], self._starts[user + 1]
        now = first + int(np.searchsorted(self._at[first:last], at))
        past = slice(first, now)
        known = Interactions.from_arrays(
            np.zeros(now - first, np.int32),
            self._item[past],
            self._at[past],
            self._strength[past],
            self._uptake[past],
            1,
            self._items,
            passive=self._passive[past],
        )
        if len(known.item) < LEAST_HISTORY:
            return None
        ahead = self._at[now:last] <= (at + NEXT_DAYS * DAY if own else np.inf)
        chosen = self._item[now:last][ahead & (self._strength[now:last] > 0)]
        again = chosen[np.sort(np.unique(chosen, return_index=True)[1])]
        begin, stop = self._taken_starts[user], self._taken_starts[user + 1]
        until = begin + int(np.searchsorted(self._taken_at[begin:stop], at))
        profile = assemble(
            known.item,
            known.at,
            known.strength,
            known.uptake,
            self._fade_days,
            known=np.sort(known.item),
            named=np.zeros(0, np.int32),
            habits=Habits.of(self._taken[begin:until], self._taken_at[begin:until], at),
        )
        new = again[~np.isin(again, known.item)]
        return Moment(user, at, profile, new[:MOST_NEXT], own, again[:MOST_NEXT])


def _sample(size: int, most: int, rng: np.random.Generator, of: NDArray[np.int64]) -> NDArray[np.int64]:
    return of if size <= most else np.sort(rng.choice(of, most, replace=False))


def _for_all(log: Interactions, starts: NDArray[np.int64], at: float, fade_days: float) -> Iterator[Moment]:
    for user in np.unique(log.user[(log.at >= at) & (log.strength > 0)]):
        rows = np.arange(starts[user], starts[user + 1])
        old, after = rows[log.at[rows] < at], rows[(log.at[rows] >= at) & (log.strength[rows] > 0)]
        if len(old) >= LEAST_HISTORY:
            yield Moment(int(user), at, _profile(log, old, fade_days), log.item[after][:MOST_NEXT], False)


def _own(log: Interactions, starts: NDArray[np.int64], row: int, fade_days: float) -> Moment:
    user, at = int(log.user[row]), float(log.at[row])
    rows = np.arange(starts[user], starts[user + 1])
    old = rows[log.at[rows] < at]
    if len(old) < LEAST_HISTORY:
        # A whole history of one second is told apart by its order alone.
        old = np.arange(starts[user], row)
    soon = rows[(rows >= row) & (log.at[rows] <= at + NEXT_DAYS * DAY) & (log.strength[rows] > 0)]
    return Moment(user, at, _profile(log, old, fade_days), log.item[soon][:OWN_NEXT], True)


def _profile(log: Interactions, rows: NDArray[np.int64], fade_days: float) -> Profile:
    return assemble(
        log.item[rows],
        log.at[rows],
        log.strength[rows],
        log.uptake[rows],
        fade_days,
        known=np.sort(log.item[rows]),
        named=np.zeros(0, np.int32),
    )
