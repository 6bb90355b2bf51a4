from __future__ import annotations

import numpy as np

from core.timeline import PeriodCounts
from tests.tools.forecasting.conftest import GENRES
from tools.forecasting.drift.movement import movement
from tools.forecasting.models.state_space import LocalLevel
from tools.forecasting.series import stack_counts

TOPICS = tuple(f"genre:{genre}" for genre in GENRES)


def test_what_was_said_lately_rises_and_one_period_moves_nothing() -> None:
    model = LocalLevel(5, "week")
    muted = np.zeros(5, dtype=bool)
    sitting = PeriodCounts("week", np.array([800]), np.array([[120.0, 60, 1, 9, 10]]), np.zeros((1, 5)))
    said = PeriodCounts("week", np.array([2300]), np.array([[0.0, 0, 8, 0, 0]]), np.zeros((1, 5)))
    assert movement(model, stack_counts([sitting], 2301, 5), muted, TOPICS) == ((), ())
    both = stack_counts([sitting + said], 2301, 5)
    rising, fading = movement(model, both, muted, TOPICS)
    assert rising == ("genre:Horror",)
    assert "genre:Horror" not in fading
    assert movement(model, both, np.array([False, False, True, False, False]), TOPICS)[0] == ()
