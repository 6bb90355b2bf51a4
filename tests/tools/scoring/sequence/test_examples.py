"""What is asked for after which events, and what popularity was known at each moment."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from core.types import EventKind
from store.columns import KINDS, EventLog
from tests.tools.scoring.sequence.worlds import DAY, START, catalogue, histories, two_kinds
from tools.scoring.sequence.examples import batches, examples, popularity, upcoming_topics, windows
from tools.scoring.sequence.inputs import Histories, SequenceOptions


def test_a_log_becomes_histories_in_time_order_without_events_that_name_no_opinion() -> None:
    rating, request = KINDS.index(EventKind.RATING), KINDS.index(EventKind.REQUEST)
    log = EventLog(
        ("a", "b", "c"),
        np.array([2, 0, 2, 0], np.int32),
        np.array([5, 6, 7, 8], np.int32),
        np.array([1.0, 2.0, 3.0, 4.0]),
        np.array([rating, rating, rating, request], np.int8),
        np.array([1.0, -0.5, 0.0, 0.0], np.float32),
    )
    found = Histories.of_log(log)
    assert found.starts.tolist() == [0, 1, 1, 3]
    assert found.item.tolist() == [6, 5, 7]
    assert found.strength.tolist() == pytest.approx([-0.5, 1.0, 0.3])
    assert found.kind.tolist() == [rating + 1] * 3
    assert found.owner().tolist() == [0, 2, 2]


def test_events_after_a_moment_are_left_out_person_by_person() -> None:
    log = histories([[1, 2, 3], [4], [5, 6]])
    moment = float(log.at[1])
    kept = log.until(moment)
    assert kept.people == 3
    assert (kept.at <= moment).all()
    assert len(kept.item) == (log.at <= moment).sum()
    assert kept.item.tolist() == log.item[log.at <= moment].tolist()


def test_facet_values_of_a_single_item_are_dropped_and_the_others_averaged() -> None:
    membership = catalogue().membership()
    assert membership.shape[1] == 2
    several = csr_matrix(np.array([[1, 1, 1], [1, 1, 0], [0, 0, 0]], np.float32))
    inputs = type(catalogue())(np.zeros((3, 0), np.float32), csr_matrix((3, 0)), {"actor": several})
    assert inputs.membership().toarray().tolist() == [[0.5, 0.5], [0.5, 0.5], [0, 0]]


def test_popularity_at_a_moment_knows_no_later_event() -> None:
    item = np.array([0, 0, 1, 1, 1], np.int32)
    at = START + DAY * np.array([0.0, 1.0, 2.0, 3.0, 4.0])
    log = Histories(item, at, np.ones(5, np.float32), np.zeros(5, np.int8), np.array([0, 5]))
    known = popularity(log, 2, (1.0,))
    first, second = (known.logs[0, known.place(np.array([moment]))[0]] for moment in (at[2], at[4]))
    assert first[0] > first[1]
    assert second[1] > second[0]
    decayed = 2.0**-1 + 2.0**-2
    assert np.isclose(first[0], np.log((decayed + 0.1) / (decayed + 0.2)))


def test_disliked_events_are_read_but_neither_asked_for_nor_popular() -> None:
    log = histories([[1, 2, 3]])
    disliked = Histories(log.item, log.at, np.array([1, -1, 1], np.float32), log.kind, log.starts)
    data = examples(disliked, catalogue(), SequenceOptions())
    assert data.asked.tolist() == [2]
    assert data.next.tolist() == [1, 2, -1]
    assert data.proposal[2] == 0
    assert data.known[2] == 1


def test_every_event_but_the_first_is_asked_for_once() -> None:
    log = two_kinds(people=7, length=11)
    first, last = windows(log, 4)
    assert (last - first).max() == 4
    rows = np.concatenate([np.arange(a, b) for a, b in zip(first, last, strict=True)])
    assert sorted(rows.tolist()) == [row for row in range(77) if row % 11 != 10]


def test_nobody_with_two_events_leaves_no_windows() -> None:
    first, last = windows(histories([[1], [], [2]]), 4)
    assert len(first) == len(last) == 0


def test_batches_hold_every_window_once_and_keep_to_their_size() -> None:
    draws = np.random.default_rng(1)
    length = draws.integers(1, 9, 500)
    first = np.arange(500) * 10
    found = list(batches(first, first + length, 40, draws))
    assert sorted(np.concatenate(found).tolist()) == list(range(500))
    assert all(len(rows) * length[rows].max() <= 40 for rows in found)


def test_upcoming_topics_are_those_of_the_next_liked_events_of_the_same_person() -> None:
    log = histories([[0, 1, 3], [2, 5]])
    topics = csr_matrix(np.eye(2, dtype=np.float32)[np.arange(6) % 2])
    found = upcoming_topics(log, topics).toarray()
    assert found.tolist() == [[0, 1], [0, 1], [0, 0], [0, 1], [0, 0]]
