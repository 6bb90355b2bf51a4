from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from core.types import EventKind
from tests.tools.scoring.behaviour.worlds import ITEMS, START, critics, log_of, lookers, shop
from tools.scoring.behaviour.state import HALF_LIVES, ItemState, Timeline
from tools.scoring.behaviour.table import Table
from tools.scoring.signals import DAY


@pytest.mark.parametrize("log", [shop(20), critics(20), lookers(20)], ids=["shop", "critics", "lookers"])
def test_event_by_event_is_the_same_as_all_at_once(log: object) -> None:
    timeline = Timeline.of(log)  # type: ignore[arg-type]
    whole = ItemState.at(timeline, np.inf, ITEMS)
    parts = ItemState.empty(ITEMS)
    for start in range(0, len(timeline.log), 7):
        parts.advance(timeline, start, min(start + 7, len(timeline.log)))
    for name, array in whole.arrays().items():
        np.testing.assert_allclose(parts.arrays()[name], array, atol=1e-9, err_msg=name)


def test_counts_are_those_of_the_events_before_the_moment() -> None:
    log = log_of(
        [
            (0, 3, 0.0, EventKind.PURCHASE, 1.0),
            (1, 3, 1.0, EventKind.RATING, 0.8),
            (0, 3, 10.0, EventKind.PURCHASE, 1.0),
            (1, 4, 10.5, EventKind.RATING, -0.4),
            (1, 5, 11.0, EventKind.CLICK, 0.0),
            (0, 3, 20.0, EventKind.PURCHASE, 1.0),
        ],
        2,
    )
    state = ItemState.at(Timeline.of(log), START + 20 * DAY, ITEMS)
    assert state.events[3] == 3
    assert state.people[3] == 2
    assert state.gaps[3] == 1
    assert state.log_gap[3] == pytest.approx(np.log1p(10.0))
    assert (state.ratings[3], state.liked[3], state.value[3]) == (1, 1, pytest.approx(0.8))
    assert (state.ratings[4], state.liked[4]) == (1, 0)
    assert state.events[5] == 0
    assert state.looks[5] > 0
    assert np.isnan(state.since[5])


def test_a_count_halves_with_its_half_life() -> None:
    log = log_of([(0, 0, float(day), EventKind.PURCHASE, 1.0) for day in range(29)], 1)
    timeline = Timeline.of(log)
    state = ItemState.at(timeline, np.inf, ITEMS)
    for row, half_life in enumerate(HALF_LIVES):
        expected = np.exp2(-(timeline.clock[-1] - timeline.clock) / half_life).sum()
        assert state.mass[row, 0] == pytest.approx(expected)


def test_a_kept_state_follows_its_items() -> None:
    state = ItemState.at(Timeline.of(shop(20)), np.inf, ITEMS)
    moved = np.arange(ITEMS, dtype=np.int32)[::-1].copy()
    moved[0] = -1
    back = ItemState.restore(state.arrays(), moved, ITEMS + 1)
    assert back.events[ITEMS - 2] == state.events[1]
    assert back.mass[2, 0] == state.mass[2, ITEMS - 1]
    assert back.events[ITEMS - 1] == 0
    assert back.clock == state.clock


def test_rows_of_a_table_are_those_of_the_matrix() -> None:
    rng = np.random.default_rng(0)
    dense = rng.random((9, 5)) * (rng.random((9, 5)) < 0.4)
    table = Table.of(csr_matrix(dense))
    rows, weights, vector = np.array([4, 0, 4, 8]), rng.random(4), rng.random(5)
    np.testing.assert_allclose(table.gather(rows, weights)[0], weights @ dense[rows], rtol=1e-6)
    np.testing.assert_allclose(table.read(rows, vector)[0], dense[rows] @ vector, rtol=1e-6)
    assert len(table.read(np.zeros(0, np.int64), vector)[0]) == 0
