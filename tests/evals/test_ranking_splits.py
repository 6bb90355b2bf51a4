"""Who is asked for when, and what may be known by then."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from core.types import EventKind
from evals.splits import basket_split, last_split, live_split, time_split
from store.columns import KINDS, EventLog, ItemColumns, columns_from
from tools.scoring.signals import DAY

START = datetime(2020, 3, 10, tzinfo=UTC)
END = datetime(2020, 3, 20, tzinfo=UTC)


def columns(items: int) -> ItemColumns:
    rows = [
        (f"i{item}", {"title": f"Item {item}", "numbers": {}, "facets": {}, "available": True}) for item in range(items)
    ]
    return columns_from(rows, "1", [float("nan")] * items)


def log_of(*events: tuple[str, int, float, float]) -> EventLog:
    """From (person, item, day of March, value)."""
    ordered = sorted(events, key=lambda event: event[2])
    users = tuple(dict.fromkeys(event[0] for event in ordered))
    first = datetime(2020, 3, 1, tzinfo=UTC).timestamp()
    return EventLog(
        users=users,
        user=np.array([users.index(event[0]) for event in ordered], np.int32),
        item=np.array([event[1] for event in ordered], np.int32),
        at=np.array([first + (event[2] - 1) * DAY for event in ordered]),
        kind=np.full(len(ordered), KINDS.index(EventKind.RATING), np.int8),
        value=np.array([event[3] for event in ordered], np.float32),
    )


KNOWN = [("ann", 0, 1.0, 1.0), ("ann", 1, 2.0, 1.0), ("ann", 2, 3.0, -1.0)]


def test_later_time_asks_those_with_a_history_for_what_they_liked_and_had_not_met() -> None:
    log = log_of(
        *KNOWN,
        ("ann", 1, 11.0, 1.0),  # met before
        ("ann", 3, 12.0, 0.0),  # not liked
        ("ann", 4, 13.0, 0.2),
        ("ann", 5, 21.0, 1.0),  # after the end
        ("bob", 0, 1.0, 1.0),
        ("bob", 4, 12.0, 1.0),  # hardly known
    )
    split = time_split(log, columns(6), START, END)
    assert split.relevant == {"ann": frozenset({"i4"})}
    assert split.start == START
    assert split.one_moment
    case, rows = split.history
    assert log.item[rows].tolist() == [0, 1, 2]
    assert case.tolist() == [0, 0, 0]
    assert split.learn.sum() == 4


def test_baskets_are_what_was_bought_on_the_first_day_and_known_items_count_if_asked() -> None:
    log = log_of(*KNOWN, ("ann", 1, 11.1, 1.0), ("ann", 3, 11.9, 1.0), ("ann", 4, 12.5, 1.0))
    known_too = basket_split(log, columns(5), START, END, new_only=False)
    new = basket_split(log, columns(5), START, END, new_only=True)
    assert known_too.relevant == {"ann": frozenset({"i1", "i3"})}
    assert new.relevant == {"ann": frozenset({"i3"})}
    assert not known_too.new_only


EVENTS = [*KNOWN, ("ann", 3, 11.0, -1.0), ("bob", 0, 1.5, 1.0), ("bob", 4, 12.0, 1.0), ("cyd", 0, 2.5, 1.0)]


def test_last_events_are_asked_for_whatever_their_value_and_are_learnt_by_nobody() -> None:
    log = log_of(*EVENTS, ("bob", 1, 3.0, 1.0))
    split = last_split(log, columns(5))
    assert split.relevant == {"ann": frozenset({"i3"}), "bob": frozenset({"i4"})}
    assert (split.at > log.at.max()).all()
    assert split.learn.sum() == len(log) - 2
    assert split.known.toarray()[0].tolist() == [1, 1, 1, 0, 0]
    before = last_split(log, columns(5), skip=1)
    assert before.relevant == {"ann": frozenset({"i2"}), "bob": frozenset({"i1"})}
    assert before.learn.sum() == len(log) - 4
    assert before.known.toarray()[0].tolist() == [1, 1, 0, 0, 0]


def test_knowing_the_moment_shows_what_others_did_before_it_alone() -> None:
    log = log_of(*EVENTS, ("bob", 1, 3.0, 1.0))
    split = last_split(log, columns(5), at_moment=True)
    assert split.at.tolist() == [log.at[log.item == 3][0], log.at[log.item == 4][0]]
    assert split.shown.all()
    assert not split.one_moment
    assert split.learn.sum() == len(log) - 2


def test_live_learns_nothing_of_the_period_and_sees_all_of_it_before_the_moment() -> None:
    log = log_of(*EVENTS, ("ann", 4, 11.5, 1.0), ("ann", 0, 25.0, 1.0))
    split = live_split(log, columns(5), START, END)
    assert split.relevant == {"ann": frozenset({"i4"})}
    assert split.learn.sum() == 5
    assert split.known.toarray()[0].tolist() == [1, 1, 1, 1, 0]
    assert split.at[0] == pytest.approx(datetime(2020, 3, 11, 12, tzinfo=UTC).timestamp())


def test_samples_keep_the_cases_together_and_nothing_else_changes() -> None:
    log = log_of(*EVENTS, ("bob", 1, 3.0, 1.0))
    split = last_split(log, columns(5))
    one = split.sample(1)
    assert len(one) == 1
    assert one.relevant == {one.people[0]: split.relevant[one.people[0]]}
    assert split.sample(9) is split
