"""Histories of many people as arrays: what forecasters are fitted on and what they forecast from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix, diags_array

from core.errors import InputError
from core.evidence import event_weights
from core.periods import Indices, period_index
from core.timeline import Array, PeriodCounts, interest, to_shares
from store.columns import KINDS, EventLog

Floats = NDArray[np.float32]

SLOTS = 48
"""Active periods of a history kept apart; older evidence is added to the oldest of them."""
HORIZONS = 4
"""Horizons that are backtested; farther ones take the figures of the last."""
WINDOW_CELLS = 30_000_000
"""Bound on the numbers held in one batch of windows (about 120 MB each for evidence for and against)."""


@dataclass(frozen=True)
class Histories:
    """Evidence of several people up to an origin, in slots of active periods, oldest first, empty ones in front.

    Attributes:
        positive, negative: (people, slots, topics) evidence for and against, >= 0.
        age: (people, slots) how many periods before the first forecast period a slot lies, >= 1; 0 in empty slots.
        origin: (people,) number of the first forecast period (`core.periods.period_index`).
    """

    positive: Floats
    negative: Floats
    age: Floats
    origin: Indices

    @property
    def people(self) -> int:
        """How many people there are."""
        return int(self.positive.shape[0])

    @cached_property
    def totals(self) -> Floats:
        """(people, slots) positive evidence."""
        return np.asarray(self.positive.sum(axis=2))

    @cached_property
    def shares(self) -> Floats:
        """(people, slots, topics) shares of positive evidence; zero rows where there is none."""
        total = self.totals[:, :, None]
        return np.divide(self.positive, total, out=np.zeros_like(self.positive), where=total > 0)

    @property
    def active(self) -> Indices:
        """(people,) number of periods with interest."""
        return np.asarray((self.totals > 0).sum(axis=1), dtype=np.int64)

    @property
    def events(self) -> Floats:
        """(people,) effective number of events."""
        return np.asarray(self.totals.sum(axis=1))

    def take(self, chosen: NDArray[np.bool_] | Indices) -> Histories:
        """The histories of some of the people."""
        return Histories(self.positive[chosen], self.negative[chosen], self.age[chosen], self.origin[chosen])


def histories(user: Indices, age: Indices, positive: Array, negative: Array, origin: Indices) -> Histories:
    """Pack rows, sorted by user and then oldest first, into slots.

    Args:
        user: (r,) which person (0..people-1) a row belongs to.
        age: (r,) periods before the first forecast period.
        positive, negative: (r, topics).
        origin: (people,) number of each person's first forecast period; people without rows are included.
    """
    people = len(origin)
    size = np.bincount(user, minlength=people)
    slots = int(min(max(size.max(initial=0), 1), SLOTS))
    end = np.cumsum(size)
    from_last = end[user] - 1 - np.arange(len(user))
    slot = np.maximum(slots - 1 - from_last, 0)
    packed = np.zeros((2, people, slots, positive.shape[1]), dtype=np.float32)
    kept = from_last < slots
    for target, source in zip(packed, (positive, negative), strict=True):
        target[user[kept], slot[kept]] = source[kept]
        np.add.at(target, (user[~kept], slot[~kept]), source[~kept])
    ages = np.zeros((people, slots), dtype=np.float32)
    ages[user[kept], slot[kept]] = np.maximum(age[kept], 1)
    return Histories(packed[0], packed[1], ages, origin)


def stack_counts(counts: Sequence[PeriodCounts], origin: int, topics: int) -> Histories:
    """Histories of people from their period counts; ``origin`` is the number of the first forecast period."""
    rows = [len(each.index) for each in counts]
    user = np.repeat(np.arange(len(counts)), rows)
    empty = np.zeros((0, topics))
    index = np.concatenate([*(each.index for each in counts), np.zeros(0, dtype=np.int64)])
    positive = np.concatenate([*(each.positive for each in counts), empty])
    negative = np.concatenate([*(each.negative for each in counts), empty])
    return histories(user, origin - index, positive, negative, np.full(len(counts), origin, dtype=np.int64))


@dataclass(frozen=True)
class Windows:
    """Histories at past origins and what followed.

    Attributes:
        person: (n,) which person of the panel.
        targets: (n, horizons, topics) shares that followed; zero rows where the person was inactive.
        totals: (n, horizons) interest in those periods.
    """

    histories: Histories
    person: Indices
    targets: Floats
    totals: Floats

    def __len__(self) -> int:
        return len(self.person)


@dataclass(frozen=True)
class Panel:
    """Evidence of all people per active period.

    Attributes:
        user: (r,) codes into ``users``; rows are sorted by user and then by period.
        index: (r,) period numbers (`core.timeline.period_index`).
        positive, negative: (r, topics).
        prior: (topics,) shares that stand in for the first person: what the catalogue offers.
    """

    topics: tuple[str, ...]
    period: str
    users: tuple[str, ...]
    user: Indices
    index: Indices
    positive: Floats
    negative: Floats
    prior: Array

    @cached_property
    def interest(self) -> Floats:
        """(r, topics) interest mass of each row."""
        mass: Floats = interest(self.positive.astype(np.float64), self.negative.astype(np.float64)).astype(np.float32)
        return mass

    def before(self, origin: int) -> Panel:
        """The panel as it was known before a period began."""
        kept = self.index < origin
        return Panel(
            self.topics,
            self.period,
            self.users,
            self.user[kept],
            self.index[kept],
            self.positive[kept],
            self.negative[kept],
            self.prior,
        )

    @cached_property
    def population(self) -> Array:
        """(topics,) mean of the people's shares, everybody counting once and ``prior`` as one person."""
        mass = np.zeros((len(self.users), len(self.topics)))
        np.add.at(mass, self.user, self.interest)
        shares = to_shares(mass)
        return np.asarray((shares.sum(axis=0) + self.prior) / (np.count_nonzero(shares.sum(axis=1)) + 1))

    @property
    def people(self) -> int:
        """How many people showed any interest."""
        return len(np.unique(self.user[self.interest.sum(axis=1) > 0]))

    def origins(self, most: int) -> list[int]:
        """The latest period numbers that have data both before and in them, oldest first, at most ``most``."""
        periods = np.unique(self.index[self.interest.sum(axis=1) > 0])
        return [int(each) for each in periods[1:][-most:]]

    def windows(self, origins: Sequence[int], most: int, seed: int = 0) -> Windows:
        """Histories and what followed, for people with interest before an origin and in one of the periods after.

        Args:
            origins: numbers of the first forecast periods.
            most: at most this many windows, drawn at random.
            seed: of the draw.
        """
        topics = len(self.topics)
        row_total = self.interest.sum(axis=1)
        pairs = []
        for number, origin in enumerate(origins):
            known = np.zeros(len(self.users), dtype=bool)
            known[self.user[(self.index < origin) & (row_total > 0)]] = True
            follows = (self.index >= origin) & (self.index < origin + HORIZONS) & (row_total > 0)
            people = np.unique(self.user[follows])
            pairs.append(np.column_stack([people[known[people]], np.full(int(known[people].sum()), number)]))
        pair = np.concatenate([*pairs, np.zeros((0, 2), dtype=np.int64)]).astype(np.int64)
        longest = min(int(np.bincount(self.user, minlength=1).max(initial=1)), SLOTS)
        most = min(most, max(1, WINDOW_CELLS // (longest * topics)))
        if len(pair) > most:
            pair = pair[np.sort(np.random.default_rng(seed).choice(len(pair), most, replace=False))]
        origin_of = np.asarray(origins, dtype=np.int64)[pair[:, 1]] if len(pair) else np.zeros(0, dtype=np.int64)
        start = np.searchsorted(self.user, pair[:, 0], side="left")
        stop = np.searchsorted(self.user, pair[:, 0], side="right")
        length = stop - start
        window = np.repeat(np.arange(len(pair)), length)
        row = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length) + np.repeat(start, length)
        ahead = self.index[row] - origin_of[window]
        past = ahead < 0
        packed = histories(window[past], -ahead[past], self.positive[row[past]], self.negative[row[past]], origin_of)
        targets = np.zeros((len(pair), HORIZONS, topics), dtype=np.float32)
        soon = (ahead >= 0) & (ahead < HORIZONS)
        targets[window[soon], ahead[soon]] = self.interest[row[soon]]
        totals = np.asarray(targets.sum(axis=2))
        shares = np.divide(targets, totals[:, :, None], out=targets, where=totals[:, :, None] > 0)
        return Windows(packed, pair[:, 0], shares, totals)


def panel_of(log: EventLog, weights: csr_matrix, topics: tuple[str, ...], period: str, timezone: str = "UTC") -> Panel:
    """Sum an event log by person, period and topic.

    Args:
        log: events on known items.
        weights: (items, topics) membership.
        topics: topic names.
        period: calendar period.
        timezone: IANA name of the zone whose calendar it is.

    Raises:
        InputError: a weight is negative or no number.
    """
    if not ((weights.data >= 0) & np.isfinite(weights.data)).all():
        raise InputError("A weight of an item in a topic is negative or no number.", "Give finite weights from 0 up.")
    index = period_index(log.at, period, timezone)
    signed = event_weights(KINDS, log.kind, log.value)
    first = int(index.min()) if len(index) else 0
    span = int(index.max()) - first + 1 if len(index) else 1
    key, row = np.unique(log.user.astype(np.int64) * span + (index - first), return_inverse=True)
    memberships = weights[log.item]
    gather = coo_matrix((np.ones(len(row)), (row, np.arange(len(row)))), shape=(len(key), len(row))).tocsr()

    def summed(part: Array) -> Floats:
        return np.asarray((gather @ diags_array(part) @ memberships).todense(), dtype=np.float32)

    return Panel(
        topics,
        period,
        log.users,
        key // span,
        key % span + first,
        summed(np.maximum(signed, 0)),
        summed(np.maximum(-signed, 0)),
        catalogue_shares(weights),
    )


def catalogue_shares(weights: csr_matrix) -> Array:
    """(topics,) shares of the catalogue; uniform for an empty one."""
    mass = np.asarray(weights.sum(axis=0), dtype=np.float64).ravel()
    return mass / mass.sum() if mass.sum() else np.full(len(mass), 1 / max(len(mass), 1))
