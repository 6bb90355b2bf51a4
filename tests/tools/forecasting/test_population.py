from __future__ import annotations

import numpy as np
import pytest

from tools.forecasting.population import FOREVER, STEADY_PEOPLE, nobody, population_series
from tools.forecasting.series import Panel


def small_panel() -> Panel:
    """Two people: both like topic 0 in period 10; one of them topic 1 in period 12."""
    positive = np.array([[2, 0], [0, 4], [3, 0]], dtype=np.float32)
    none = np.zeros_like(positive)
    user, index = np.array([0, 0, 1]), np.array([10, 12, 10])
    return Panel(("a", "b"), "week", ("u", "v"), user, index, positive, none, np.array([0.5, 0.5]))


def test_everybody_active_counts_once_a_period() -> None:
    series = population_series(small_panel())
    assert series.index.tolist() == [10, 12]
    assert series.people.tolist() == [2, 1]
    assert series.shares.tolist() == [[1, 0], [0, 1]]


def test_no_period_from_an_origin_on_is_seen() -> None:
    series = population_series(small_panel())
    before, between, after = series.recent(np.array([10, 11, 13]), FOREVER)
    assert before.tolist() == [0.5, 0.5]
    steady = np.array([2.5 / 3, 0.5 / 3])
    assert between == pytest.approx((2 * np.array([1, 0]) + STEADY_PEOPLE * steady) / (2 + STEADY_PEOPLE))
    assert after[1] > between[1]


def crowd(people: int) -> Panel:
    """So many people like topic 0 in period 10 and topic 1 in period 12."""
    half = np.tile(np.array([[2, 0], [0, 2]], dtype=np.float32), (people, 1))
    user, index = np.repeat(np.arange(people), 2), np.tile([10, 12], people)
    names = tuple(map(str, range(people)))
    return Panel(("a", "b"), "week", names, user, index, half, np.zeros_like(half), np.array([0.5, 0.5]))


def test_a_short_half_life_follows_the_last_period_and_holds_long_after_it() -> None:
    series = population_series(crowd(500))
    short, long = (series.recent(np.array([13]), half_life)[0] for half_life in (0.5, FOREVER))
    assert long == pytest.approx([0.5, 0.5], abs=0.01)
    assert short[1] > 0.9
    assert series.recent(np.array([500]), 0.5)[0] == pytest.approx(short)


def test_one_visitor_of_late_does_not_speak_for_everybody() -> None:
    panel = crowd(500)
    late = Panel(
        panel.topics,
        panel.period,
        (*panel.users, "visitor"),
        np.append(panel.user, 500),
        np.append(panel.index, 900),
        np.vstack([panel.positive, [[0, 9]]]).astype(np.float32),
        np.vstack([panel.negative, [[0, 0]]]).astype(np.float32),
        panel.prior,
    )
    assert population_series(late).recent(np.array([901]), 1.0)[0] == pytest.approx([0.5, 0.5], abs=0.03)


def test_nobody_likes_all_alike() -> None:
    assert nobody(4).recent(np.array([7]), 2.0).tolist() == [[0.25] * 4]
