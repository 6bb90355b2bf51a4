"""Cases to learn from: moments, the items a person could have taken up then, and what happened.

Who has seen an item is not logged. A case of *taking up* is therefore (person, moment, item), where
- the moment lies between a minute and a month after something the person did, and nothing after it is known;
- the item was taken up by somebody lately (its count is `EXPOSED` or more, each event halved every 28 days), or is in
  the person's own history; where people take up a thing once, what they have taken up is left out;
- it happened if the person took the item up within the horizon of that kind.

All that happened are kept, and of the others a part drawn by popularity at the moment, each at its own rate q. That
multiplies the odds in the sample by 1/q, so log(1/q) is an offset of the logit in training and is left out afterwards:
the probability is of all cases (choice-based sampling; King and Zeng 2001).

A case of *liking* is a judged item (rating, like, dislike) at the start of the sitting it was judged in: judging is the
exposure, and the probability is of those who judge it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.types import EventKind
from store.columns import KINDS, EventLog
from tools.scoring.behaviour.context import Catalogue, History, World
from tools.scoring.behaviour.features import feature_names, features
from tools.scoring.behaviour.state import ItemState, Timeline
from tools.scoring.signals import DAY, Floats, Ints

Progress = Callable[[float], None]

HORIZON_DAYS = {EventKind.CLICK: 7.0, EventKind.PURCHASE: 7.0, EventKind.RATING: 14.0}
"""Kinds of taking up, and within how many days of the moment."""

LIKE = "like"
EXPOSED = 0.25
"""Decayed count (28 days) from which an item is within reach: one event two months ago, in a log that never rests."""

REACH_ROW = 2
NEGATIVES = 30.0
OWN_NEGATIVES = 30.0
SITTING = 6 * 3600.0
LONGEST_DELAY = 30 * DAY
PER_PERSON = 8
REPEATED = 0.01
"""Part of the events of a kind that are repeats, from which people are said to take up the same item again."""


@dataclass(frozen=True)
class Cases:
    """Rows of one head.

    Attributes:
        x: (n, features). y: (n,) what happened. offset: (n,) log(1/q), 0 where nothing was left out.
        person, item: (n,) codes of the log; at: (n,) unix seconds of the moment.
        missed: how many of what happened were of items out of reach, and are not among the rows.
    """

    x: Floats
    y: NDArray[np.bool_]
    offset: Floats
    person: Ints
    item: Ints
    at: NDArray[np.float64]
    missed: int = 0

    def __len__(self) -> int:
        return len(self.y)


def heads(log: EventLog) -> dict[str, EventKind | None]:
    """Names of what a log can teach: the kinds of taking up that it holds, and ``like`` if there are judgements."""
    found: dict[str, EventKind | None] = {
        kind.value: kind for kind in HORIZON_DAYS if np.any(log.kind == KINDS.index(kind))
    }
    if np.isin(log.kind, [KINDS.index(kind) for kind in (EventKind.RATING, EventKind.DISLIKE)]).any():
        found[LIKE] = None
    return found


def repeats(timeline: Timeline, kind: EventKind) -> bool:
    """Whether people take up the same item again in this way."""
    if kind is EventKind.CLICK:
        return True
    log = timeline.log
    rows = log.kind == KINDS.index(kind)
    pairs = np.unique(np.stack([log.user[rows], log.item[rows]]), axis=1).shape[1]
    return bool(pairs < (1 - REPEATED) * np.count_nonzero(rows))


def collect(
    timeline: Timeline,
    catalogue: Catalogue,
    kind: EventKind | None,
    window: tuple[float, float],
    moments: int,
    rng: np.random.Generator,
    progress: Progress = lambda _part: None,
) -> Cases:
    """Cases of a head whose moments and outcomes lie within a window (unix seconds, end exclusive).

    Args:
        kind: of taking up; None for liking.
        moments: at most so many.
    """
    rows = _by_person(timeline.log)
    drawn = (
        _sittings(timeline, window, moments, rng) if kind is None else _moments(timeline, kind, window, moments, rng)
    )
    again = kind is not None and repeats(timeline, kind)
    code = -1 if kind is None else KINDS.index(kind)
    parts: list[tuple[Floats, NDArray[np.bool_], Floats, Ints]] = []
    where: list[tuple[int, float]] = []
    missed = 0
    log = timeline.log
    for number, (person, at, world) in enumerate(_sweep(timeline, catalogue, drawn)):
        if number % 100 == 0:
            progress(number / len(drawn))
        mine = rows[person]
        whole = History(log.item[mine], log.at[mine], log.kind[mine], log.value[mine])
        history = whole.before(at)
        if kind is None:
            ahead = mine[timeline.judged[mine] & (log.at[mine] >= at) & (log.at[mine] < at + SITTING)]
            items, first = np.unique(log.item[ahead], return_index=True)
            y, offset = timeline.liked[ahead[first]], np.zeros(len(items), np.float32)
        else:
            horizon = HORIZON_DAYS[kind] * DAY
            ahead = mine[(log.kind[mine] == code) & (log.at[mine] >= at) & (log.at[mine] < at + horizon)]
            once = history.item[:0] if again else history.item[history.kind == code]
            items, y, offset, out = _exposed(world, history, np.unique(log.item[ahead]), once, rng)
            missed += out
        if len(items):
            parts.append((features(catalogue, world, history, items, at), y, offset, items))
            where.append((person, at))
    if not parts:
        none = np.zeros(0, np.float32)
        parts = [(np.zeros((0, len(feature_names(catalogue))), np.float32), none > 0, none, none.astype(np.int32))]
        where = [(0, 0.0)]
    lengths = [len(part[1]) for part in parts]
    x, y, offset, item = (np.concatenate(column) for column in zip(*parts, strict=True))
    people, times = np.array([each[0] for each in where], np.int32), np.array([each[1] for each in where])
    return Cases(x, y, offset, np.repeat(people, lengths), item, np.repeat(times, lengths), missed)


def reachable(world: World) -> NDArray[np.float64]:
    """(items,) decayed count of the items within reach, 0 for the others."""
    mass = world.state.mass[REACH_ROW] * np.exp2((world.state.clock - world.clock) / 28.0)
    return np.where(mass >= EXPOSED, mass, 0.0)


def _exposed(
    world: World, history: History, happened: Ints, once: Ints, rng: np.random.Generator
) -> tuple[Ints, NDArray[np.bool_], Floats, int]:
    mass = reachable(world)
    # The square root: as many of the rarely taken as of the popular, so that neither end is left to guess.
    rate = np.sqrt(mass)
    rate = np.minimum(1.0, NEGATIVES * rate / max(rate.sum(), 1e-9))
    met = np.unique(history.item)
    rate[met] = np.maximum(rate[met], min(1.0, OWN_NEGATIVES / max(len(met), 1)))
    rate[once] = 0.0
    within = happened[rate[happened] > 0]
    chosen = rng.random(len(rate)) < rate
    chosen[within] = True
    items = np.flatnonzero(chosen).astype(np.int32)
    y = np.isin(items, within)
    return items, y, -np.log(rate[items]).astype(np.float32), len(happened) - len(within)


def _by_person(log: EventLog) -> list[NDArray[np.int64]]:
    order = np.argsort(log.user, kind="stable")
    return np.split(order, np.cumsum(np.bincount(log.user, minlength=len(log.users)))[:-1])


def _moments(
    timeline: Timeline, kind: EventKind, window: tuple[float, float], moments: int, rng: np.random.Generator
) -> list[tuple[int, float]]:
    log = timeline.log
    first, end = window[0], window[1] - HORIZON_DAYS[kind] * DAY
    near = np.flatnonzero((log.at >= first - LONGEST_DELAY) & (log.at < end))
    # From a minute to a month, as many within the hour as within the month.
    delay = 60.0 * (LONGEST_DELAY / 60.0) ** rng.random(len(near))
    at = log.at[near] + delay
    kept = np.flatnonzero((at >= first) & (at < end))
    kept = rng.permutation(kept)
    return _capped(log.user[near[kept]], at[kept], moments)


def _sittings(
    timeline: Timeline, window: tuple[float, float], moments: int, rng: np.random.Generator
) -> list[tuple[int, float]]:
    log = timeline.log
    rows = np.flatnonzero(timeline.judged)
    rows = rows[np.argsort(log.user[rows], kind="stable")]
    starts = np.ones(len(rows), bool)
    starts[1:] = (log.user[rows[1:]] != log.user[rows[:-1]]) | (log.at[rows[1:]] - log.at[rows[:-1]] > SITTING)
    rows = rows[starts]
    rows = rng.permutation(rows[(log.at[rows] >= window[0]) & (log.at[rows] < window[1])])
    return _capped(log.user[rows], log.at[rows], moments)


def _capped(user: Ints, at: NDArray[np.float64], moments: int) -> list[tuple[int, float]]:
    """The first moments, at most `PER_PERSON` of anybody, in time order."""
    order = np.argsort(user, kind="stable")
    sizes = np.unique(user[order], return_counts=True)[1]
    turn = np.empty(len(user), np.int64)
    turn[order] = np.arange(len(user)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    kept = np.flatnonzero(turn < PER_PERSON)[:moments]
    kept = kept[np.argsort(at[kept], kind="stable")]
    return list(zip(user[kept].tolist(), at[kept].tolist(), strict=True))


def _sweep(
    timeline: Timeline, catalogue: Catalogue, drawn: list[tuple[int, float]]
) -> Iterator[tuple[int, float, World]]:
    """Each moment with the state of the items then; the state is one object that moves on."""
    state = ItemState.empty(catalogue.topics.rows)
    done, world, stale = 0, None, np.inf
    for person, at in drawn:
        stop = int(np.searchsorted(timeline.log.at, at))
        state.advance(timeline, done, stop)
        done = stop
        clock = timeline.clock_at(at)
        # What is usual over all items moves slowly: once a day is enough.
        if world is None or at - stale > DAY:
            world, stale = World.of(state, clock, catalogue), at
        world = world.moved(clock)
        yield person, at, world
