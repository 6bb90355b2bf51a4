from __future__ import annotations

import numpy as np
import pytest

from core.errors import InputError
from core.periods import period_start
from core.timeline import to_shares
from tools.forecasting.drift.population_drift import hot_topics, population_drifts
from tools.forecasting.population import PopulationSeries

TOPICS = ("a", "b", "c", "d")
BASE, MOVED = np.array([0.4, 0.3, 0.2, 0.1]), np.array([0.34, 0.26, 0.18, 0.22])


def series(levels: np.ndarray, people: int = 400, seed: int = 0) -> PopulationSeries:
    generator = np.random.default_rng(seed)
    shares = to_shares(np.stack([generator.dirichlet(people * level) for level in levels]))
    index = np.arange(2250, 2250 + len(levels))
    return PopulationSeries(index, shares, np.full(len(levels), float(people)), np.full(4, 0.25), shares.mean(axis=0))


def test_a_lasting_change_of_the_population_is_dated() -> None:
    found = population_drifts(series(np.array([BASE] * 12 + [MOVED] * 8)), TOPICS, "week")
    risen = next(drift for drift in found if drift.topic == "d")
    assert risen.size == pytest.approx(0.12, abs=0.03)
    assert abs((risen.at - period_start(2262, "week")).days) <= 7


def test_a_steady_population_raises_few_alarms() -> None:
    alarms = [bool(population_drifts(series(np.array([BASE] * 20), seed=seed), TOPICS, "week")) for seed in range(20)]
    assert np.mean(alarms) <= 0.15
    assert population_drifts(series(np.array([BASE] * 3)), TOPICS, "week") == ()


def test_what_is_taken_up_more_than_before_is_hot() -> None:
    (hot,) = hot_topics(series(np.array([BASE] * 14 + [MOVED] * 2)), TOPICS)
    assert hot.topic == "d"
    assert hot.ratio == pytest.approx(2.2, rel=0.2)
    assert hot.share > hot.expected
    assert hot.probability > 0.99
    assert hot_topics(series(np.array([BASE] * 16)), TOPICS) == ()
    assert hot_topics(series(np.array([BASE])), TOPICS) == ()


def test_windows_must_hold_a_period() -> None:
    with pytest.raises(InputError, match="0 and 12"):
        hot_topics(series(np.array([BASE] * 5)), TOPICS, recent=0)
