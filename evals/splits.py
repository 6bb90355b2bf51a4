"""Who is asked for when, what may be learnt and seen by then, and what counts as relevant.

Relevance is defined here and nowhere else:

- later time (`time_split`): what a person rated 6 of 10 or more (a purchase counts always) in the test period and had
  never met before;
- last event (`last_split`, `live_split`): the item of the person's last event, whatever its value;
- next basket (`basket_split`): everything bought on the first day with purchases in the test period; known items count
  or do not, as asked.

Asked for are people with at least three events before (in `last_split`, in all).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from store.columns import EventLog, ItemColumns
from tools.scoring.signals import DAY

LIKED = 0.2
"""Value from which a rating counts as relevant: 6 of 10."""

LEAST_HISTORY = 3

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Split:
    """Cases of one test; a case is one person at one moment, and no person has two.

    Attributes:
        log: item events in time order.
        ids: the catalogue.
        learn: (events,) what models may be fitted on.
        shown: (events,) what may be seen when ranking, of everybody, as far as it lies before the moment of the case.
        user: (cases,) codes of ``log.users``.
        at: (cases,) unix seconds.
        wanted: (cases, items), 1 for the items that count.
        new_only: whether items that the person has met are left out of lists.
    """

    log: EventLog
    ids: tuple[str, ...]
    learn: Mask
    shown: Mask
    user: NDArray[np.int32]
    at: NDArray[np.float64]
    wanted: csr_matrix
    new_only: bool = True

    def __len__(self) -> int:
        return len(self.user)

    @cached_property
    def people(self) -> tuple[str, ...]:
        """Their ids, in the order of the cases."""
        return tuple(self.log.users[code] for code in self.user.tolist())

    @cached_property
    def relevant(self) -> dict[str, frozenset[str]]:
        """The ids of what counts, by person."""
        rows = np.split(self.wanted.indices, self.wanted.indptr[1:-1])
        return {
            person: frozenset(self.ids[item] for item in row) for person, row in zip(self.people, rows, strict=True)
        }

    @property
    def one_moment(self) -> bool:
        """Whether everybody is asked for at the same moment."""
        return bool(len(self) == 0 or (self.at == self.at[0]).all())

    @property
    def start(self) -> datetime:
        """The earliest moment that anybody is asked for at."""
        return datetime.fromtimestamp(float(self.at.min()), UTC)

    @cached_property
    def history(self) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Every case's own events before its moment, as (case, row of the log), in time order within a case."""
        case = np.full(len(self.log.users), -1, np.int32)
        case[self.user] = np.arange(len(self), dtype=np.int32)
        mine = case[self.log.user]
        rows = np.flatnonzero((mine >= 0) & self.shown)
        rows = rows[self.log.at[rows] < self.at[mine[rows]]]
        rows = rows[np.argsort(mine[rows], kind="stable")]
        return mine[rows], rows

    @cached_property
    def known(self) -> csr_matrix:
        """(cases, items), how often each item is in the history."""
        case, rows = self.history
        ones = np.ones(len(rows), np.float32)
        return csr_matrix((ones, (case, self.log.item[rows])), shape=self.wanted.shape)

    @cached_property
    def learnt(self) -> EventLog:
        """The events that models may be fitted on."""
        log, keep = self.log, self.learn
        return replace(
            log, user=log.user[keep], item=log.item[keep], at=log.at[keep], kind=log.kind[keep], value=log.value[keep]
        )

    def cases(self, chosen: NDArray[np.generic]) -> Split:
        """Only some of the cases."""
        return replace(self, user=self.user[chosen], at=self.at[chosen], wanted=self.wanted[chosen])

    def sample(self, most: int, seed: int = 0) -> Split:
        """At most so many cases, drawn at random, in their order."""
        if len(self) <= most:
            return self
        return self.cases(np.sort(np.random.default_rng(seed).permutation(len(self))[:most]))


def time_split(log: EventLog, columns: ItemColumns, start: datetime, end: datetime) -> Split:
    """Everybody asked for at ``start``; relevant is what they took up well in [start, end)."""
    before, inside = _periods(log, start, end)
    met = np.unique(_pairs(log, before, columns))
    rows = np.flatnonzero(inside & (log.value >= LIKED - 1e-6) & _settled(log, before)[log.user])
    rows = rows[~np.isin(_pairs(log, rows, columns), met)]
    return _split(log, columns, before, before, rows, np.full(len(log.users), start.timestamp()))


def basket_split(log: EventLog, columns: ItemColumns, start: datetime, end: datetime, new_only: bool) -> Split:
    """Everybody asked for at ``start``; relevant is what they bought on their first day in [start, end).

    Args:
        log: item events in time order.
        columns: the catalogue.
        start: the moment that everybody is asked for at.
        end: of the test period.
        new_only: leave known items out of the lists, and of what counts.
    """
    before, inside = _periods(log, start, end)
    day = np.floor(log.at / DAY)
    first = np.full(len(log.users), np.inf)
    np.minimum.at(first, log.user[inside], day[inside])
    rows = np.flatnonzero(inside & (day == first[log.user]) & _settled(log, before)[log.user])
    if new_only:
        rows = rows[~np.isin(_pairs(log, rows, columns), np.unique(_pairs(log, before, columns)))]
    found = _split(log, columns, before, before, rows, np.full(len(log.users), start.timestamp()))
    return replace(found, new_only=new_only)


def last_split(log: EventLog, columns: ItemColumns, skip: int = 0, at_moment: bool = False) -> Split:
    """The last event of everybody with at least three, models learnt from all events but those.

    Args:
        log: item events in time order.
        columns: the catalogue.
        skip: how many of everybody's last events are left out altogether first: 1 to tune on the second-last.
        at_moment: ask at the moment of that event, when everything that others did before it is seen and nothing later;
            else after all events, which everybody's models and popularity then know.
    """
    rank = _from_end(log)
    enough = (np.bincount(log.user, minlength=len(log.users)) >= LEAST_HISTORY)[log.user]
    learn = ~(enough & (rank <= skip))
    rows = np.flatnonzero(enough & (rank == skip))
    moment = np.full(len(log.users), float(log.at[-1]) + 1.0)
    if at_moment:
        moment[log.user[rows]] = log.at[rows]
    return _split(log, columns, learn, np.ones(len(log), bool) if at_moment else learn, rows, moment)


def live_split(log: EventLog, columns: ItemColumns, start: datetime, end: datetime) -> Split:
    """The last event in [start, end) of people known before, asked for at its moment, with models of ``start``.

    Nothing later than the moment is known in any way; what happened since ``start`` is seen, by everybody's models that
    can take it in without being fitted again.
    """
    before, inside = _periods(log, start, end)
    chosen = np.flatnonzero((log.at < end.timestamp()) & _settled(log, before)[log.user])
    last = np.full(len(log.users), -1, np.int64)
    last[log.user[chosen]] = chosen
    rows = last[last >= 0]
    rows = np.sort(rows[inside[rows]])
    moment = np.zeros(len(log.users))
    moment[log.user[rows]] = log.at[rows]
    return _split(log, columns, before, np.ones(len(log), bool), rows, moment)


def _periods(log: EventLog, start: datetime, end: datetime) -> tuple[Mask, Mask]:
    before = log.at < start.timestamp()
    return before, ~before & (log.at < end.timestamp())


def _settled(log: EventLog, before: Mask) -> Mask:
    return np.bincount(log.user[before], minlength=len(log.users)) >= LEAST_HISTORY


def _pairs(log: EventLog, rows: NDArray[np.generic], columns: ItemColumns) -> NDArray[np.int64]:
    return np.asarray(log.user[rows].astype(np.int64) * len(columns.ids) + log.item[rows])


def _from_end(log: EventLog) -> NDArray[np.int64]:
    """(events,) how many later events the same person has."""
    order = np.lexsort((np.arange(len(log)), log.user))
    ends = np.searchsorted(log.user[order], np.arange(len(log.users)), side="right")
    rank = np.empty(len(log), np.int64)
    rank[order] = ends[log.user[order]] - 1 - np.arange(len(log))
    return rank


def _split(
    log: EventLog, columns: ItemColumns, learn: Mask, shown: Mask, rows: NDArray[np.int64], moment: NDArray[np.float64]
) -> Split:
    """Cases from the rows of what counts, in the order of the people's ids."""
    users = np.unique(log.user[rows])
    users = np.array(sorted(users.tolist(), key=lambda code: log.users[code]), np.int32)
    case = np.full(len(log.users), -1, np.int64)
    case[users] = np.arange(len(users))
    wanted = csr_matrix(
        (np.ones(len(rows), np.float32), (case[log.user[rows]], log.item[rows])), shape=(len(users), len(columns.ids))
    )
    wanted.data[:] = 1.0
    return Split(log, columns.ids, learn, shown, users, moment[users], wanted)
