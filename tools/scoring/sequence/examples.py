"""Examples of the sequence model: what is asked for after which events, and how popular items were at each moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags

from tools.scoring.sequence.inputs import Histories, ItemInputs, Rows, SequenceOptions
from tools.scoring.signals import DAY, Floats, fade

CELLS = 30_000_000
MOMENTS = 256
SMOOTHING = 0.1
"""Events that every item is taken to have had: one that nobody has taken up yet must stay possible."""
AHEAD = 5
"""Liked events after an event whose topics it is to tell."""
SORTED_TOGETHER = 4096
"""Windows drawn at random that are then put into batches by length."""


@dataclass(frozen=True)
class Popularity:
    """How popular items were as known at moments of a grid.

    Attributes:
        moments: (moments,) unix seconds, ascending.
        logs: (half-lives, moments, items) logarithm of the item's smoothed part of all decayed events.
    """

    moments: NDArray[np.float64]
    logs: Floats

    def place(self, at: NDArray[np.float64]) -> Rows:
        """The latest moment of the grid that is not after each time; the first for earlier ones."""
        return np.maximum(np.searchsorted(self.moments, at, side="right") - 1, 0)


def popularity(log: Histories, items: int, half_lives: tuple[float, ...]) -> Popularity:
    """Decayed counts of liked events, before moments that part the events evenly."""
    order = np.argsort(log.at, kind="stable")
    order = order[log.strength[order] > 0]
    at, item = log.at[order], log.item[order]
    count = int(np.clip(CELLS // max(1, items * len(half_lives)), 2, min(MOMENTS, max(2, len(at)))))
    places = np.linspace(0, len(at), count, endpoint=False).astype(np.int64)
    moments = np.unique(at[places]) if len(at) else np.zeros(1)
    logs = np.zeros((len(half_lives), len(moments), items), np.float32)
    edges = np.searchsorted(at, moments)
    for row, half_life in enumerate(half_lives):
        mass = np.zeros(items)
        for column, moment in enumerate(moments):
            new = slice(edges[column - 1] if column else 0, edges[column])
            if column:
                mass *= np.exp2(-(moment - moments[column - 1]) / DAY / half_life)
            mass += np.bincount(item[new], np.exp2(-(moment - at[new]) / DAY / half_life), minlength=items)
            logs[row, column] = np.log((mass + SMOOTHING) / (mass.sum() + SMOOTHING * items))
    return Popularity(moments, logs)


@dataclass(frozen=True)
class Examples:
    """Events as inputs and as what is asked for.

    Attributes:
        asked: rows of liked events that follow another one of the same person, in time order: what is learned.
        moment: (events,) the time of the person's next event. next: (events,) its row, or -1.
        weight: (events,) of each as an example.
        topics: (events, topics) what follows it.
        known: (items,) whether anybody took the item up.
    """

    log: Histories
    asked: Rows
    moment: NDArray[np.float64]
    next: Rows
    weight: Floats
    topics: csr_matrix
    popularity: Popularity
    known: Floats
    proposal: NDArray[np.float64]


def examples(log: Histories, items: ItemInputs, options: SequenceOptions) -> Examples:
    """Everything that training draws from."""
    owner = log.owner()
    count = len(log.item)
    later = np.arange(1, count + 1)
    same = np.zeros(count, bool)
    same[:-1] = owner[1:] == owner[:-1]
    following = np.where(same, later, -1)
    moment = np.where(same, log.at[np.minimum(later, count - 1)], log.at)
    asked = np.flatnonzero(same) + 1
    asked = asked[log.strength[asked] > 0]
    asked = asked[np.argsort(log.at[asked], kind="stable")][-options.most_events :]
    weight = np.ones(count, np.float32)
    if options.recency_days is not None and count:
        weight = fade((log.at.max() - log.at) / DAY, options.recency_days)
        weight /= weight[asked].mean() if len(asked) else 1.0
    liked = np.bincount(log.item[log.strength > 0], minlength=len(items))
    # Half by how often an item is taken up, half evenly among those that ever were: rare ones are learned to be told
    # apart too.
    proposal = 0.5 * liked / max(liked.sum(), 1) + 0.5 * (liked > 0) / max((liked > 0).sum(), 1)
    known = (np.bincount(log.item, minlength=len(items)) > 0).astype(np.float32)
    found = popularity(log, len(items), options.half_lives)
    topics = upcoming_topics(log, items.topics)
    return Examples(log, asked, moment, following, weight, topics, found, known, proposal)


def upcoming_topics(log: Histories, topics: csr_matrix) -> csr_matrix:
    """(events, topics) mean topics of the next liked events after each, at most `AHEAD` of them.

    Rows without a liked event to follow, or with items without topics alone, are empty.
    """
    owner = log.owner()
    liked = np.flatnonzero(log.strength > 0)
    following = np.searchsorted(liked, np.arange(len(log.item)), side="right")
    rows, columns = [], []
    for step in range(AHEAD):
        place = following + step
        inside = np.flatnonzero(place < len(liked))
        target = liked[place[inside]]
        same = owner[target] == owner[inside]
        rows.append(inside[same])
        columns.append(log.item[target[same]])
    row, column = np.concatenate(rows), np.concatenate(columns)
    picked = csr_matrix((np.ones(len(row), np.float32), (row, column)), shape=(len(log.item), topics.shape[0]))
    mean = csr_matrix(picked @ topics, dtype=np.float32)
    sums = np.asarray(mean.sum(axis=1)).ravel()
    return csr_matrix(diags(1 / np.maximum(sums, 1e-9)) @ mean, dtype=np.float32)


def windows(log: Histories, length: int) -> tuple[Rows, Rows]:
    """First and last row (exclusive) of stretches of at most ``length`` events that another event follows.

    Every event but the last of each person is in one; a person's latest stretch is the full one.
    """
    firsts, lasts = [], []
    begin, stop = log.starts[:-1], log.starts[1:] - 1
    while (stop > begin).any():
        begin, stop = begin[stop > begin], stop[stop > begin]
        first = np.maximum(stop - length, begin)
        firsts.append(first)
        lasts.append(stop)
        stop = first
    none = np.zeros(0, np.int64)
    return np.concatenate([none, *firsts]), np.concatenate([none, *lasts])


def batches(first: Rows, last: Rows, cells: int, draws: np.random.Generator) -> Iterator[Rows]:
    """Windows in batches of similar length and at most ``cells`` events, padding counted, in random order."""
    length = last - first
    order = draws.permutation(len(first))
    found: list[Rows] = []
    for start in range(0, len(order), SORTED_TOGETHER):
        block = order[start : start + SORTED_TOGETHER]
        block = block[np.argsort(length[block], kind="stable")]
        begun = 0
        for place, row in enumerate(block):
            if place > begun and (place - begun + 1) * length[row] > cells:
                found.append(block[begun:place])
                begun = place
        found.append(block[begun:])
    for place in draws.permutation(len(found)):
        yield found[place]
