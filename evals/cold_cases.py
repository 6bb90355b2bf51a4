"""Cases of cold start: people of whom little is known, and items that nobody or hardly anybody has taken up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from evals.metrics import Lists, contains
from evals.splits import LEAST_HISTORY, LIKED, Split, time_split
from store.columns import EventLog, ItemColumns

KNOWN = (0, 1, 3, 5, 10)
"""How many of a person's latest events are shown."""

FIRST_EVENTS = {"none": (0, 1), "1 to 2": (1, 3), "3 to 9": (3, 10), "10 and more": (10, 10**9)}
"""Ranges of how many events an item had before, from the first number to below the second."""


@dataclass(frozen=True)
class Newcomers:
    """People whom no model has met, with more and more of their events shown.

    Attributes:
        known: per number of `KNOWN`, the cases; the same people in the same order.
        met: (cases, items) what they really had met, shown or not: no list may have it.
    """

    known: dict[int, Split]
    met: csr_matrix

    @property
    def people(self) -> int:
        """How many there are."""
        return int(self.met.shape[0])


def newcomers(log: EventLog, columns: ItemColumns, start: datetime, end: datetime, most: int) -> Newcomers:
    """People who took something up in [start, end), nothing of whom may be learnt; relevant as in `time_split`.

    They have enough events before for all of `KNOWN`, so that each number is asked of the same people.
    """
    everybody = time_split(log, columns, start, end)
    lengths = np.bincount(everybody.history[0], minlength=len(everybody))
    chosen = everybody.cases(np.flatnonzero(lengths >= max(KNOWN))).sample(most)
    learn = chosen.learn & ~np.isin(log.user, chosen.user)
    case, rows = chosen.history
    ends = np.searchsorted(case, np.arange(len(chosen)), side="right")
    age = ends[case] - 1 - np.arange(len(case))
    known = {}
    for number in KNOWN:
        shown = learn.copy()
        shown[rows[age < number]] = True
        known[number] = replace(chosen, learn=learn, shown=shown)
    return Newcomers(known, chosen.known)


def arrivals(
    log: EventLog, columns: ItemColumns, start: datetime, end: datetime, learn: NDArray[np.bool_]
) -> tuple[Split, NDArray[np.int64]]:
    """Choices, in [start, end), of items that nobody had taken up before ``start``: one, drawn at random, a person.

    Everybody is asked at the moment of the choice, and what happened before it is seen.

    Args:
        log: item events in time order.
        columns: the catalogue.
        start: from when on items are new.
        end: of the period.
        learn: (events,) what models may be fitted on.

    Returns:
        The cases, and (cases,) how many events the item had by then.
    """
    first = np.full(len(columns.ids), np.inf)
    np.minimum.at(first, log.item, log.at)
    settled = np.bincount(log.user[log.at < start.timestamp()], minlength=len(log.users)) >= LEAST_HISTORY
    new = (first[log.item] >= start.timestamp()) & (log.at < end.timestamp())
    rows = np.flatnonzero(new & settled[log.user] & (log.value >= LIKED - 1e-6))
    rows = np.random.default_rng(0).permutation(rows)
    users, places = np.unique(log.user[rows], return_index=True)
    rows = rows[places]
    wanted = csr_matrix(
        (np.ones(len(rows), np.float32), (np.arange(len(rows)), log.item[rows])), shape=(len(rows), len(columns.ids))
    )
    shown = np.ones(len(log), bool)
    earlier = [int(((log.item == log.item[row]) & (log.at < log.at[row])).sum()) for row in rows]
    return Split(log, columns.ids, learn, shown, users.astype(np.int32), log.at[rows], wanted), np.array(earlier)


def without(lists: Lists, met: csr_matrix) -> Lists:
    """Lists without the items that people had met."""
    gone = contains(met, lists.items) | (lists.items < 0)
    order = np.argsort(gone, axis=1, kind="stable")
    items = np.where(gone, -1, lists.items).astype(np.int32)
    scores = np.where(gone, -np.inf, lists.scores).astype(np.float32)
    return Lists(np.take_along_axis(items, order, axis=1), np.take_along_axis(scores, order, axis=1))


def percentile(scores: NDArray[np.floating], item: int, pool: NDArray[np.bool_]) -> float:
    """Where an item stands in a pool by score: 1 is the first place, 0 the last; ties share their places."""
    others = scores[pool]
    ahead = float((others > scores[item]).sum()) + (float((others == scores[item]).sum()) - 1) / 2
    return 1 - ahead / max(len(others) - 1, 1)


def listed_percentile(listed: Sequence[str], item: str, pool: int) -> float:
    """The same in a list; an item that it lacks stands in the middle of what it lacks."""
    place = listed.index(item) if item in listed else (len(listed) + pool - 1) / 2
    return 1 - place / max(pool - 1, 1)
