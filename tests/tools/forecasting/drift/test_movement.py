from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from core.timeline import PeriodCounts
from tests.tools.forecasting.conftest import GENRES
from tools.forecasting.drift.movement import movement
from tools.forecasting.models.state_space import LocalLevel
from tools.forecasting.series import Histories, stack_counts

TOPICS = tuple(f"genre:{genre}" for genre in GENRES)
HORROR = TOPICS.index("genre:Horror")
NONE_MUTED = np.zeros(5, dtype=bool)
MODEL = LocalLevel(5, "week")


def sitting() -> PeriodCounts:
    return PeriodCounts("week", np.array([800]), np.array([[120.0, 60, 1, 9, 10]]), np.zeros((1, 5)))


def both() -> Histories:
    said = PeriodCounts("week", np.array([2300]), np.array([[0.0, 0, 8, 0, 0]]), np.zeros((1, 5)))
    return stack_counts([sitting() + said], 2301, 5)


def ahead(horror: float) -> NDArray[np.float64]:
    shares = np.full(5, (1 - horror) / 4)
    shares[HORROR] = horror
    return shares


def test_what_was_said_lately_rises_and_one_period_moves_nothing() -> None:
    once = movement(MODEL, stack_counts([sitting()], 2301, 5), NONE_MUTED, TOPICS, ahead(0.9))
    assert (once.rising, once.fading) == ((), ())
    moving = movement(MODEL, both(), NONE_MUTED, TOPICS, ahead(0.5))
    assert moving.rising == ("genre:Horror",)
    assert "genre:Horror" not in moving.fading


def test_a_muted_topic_neither_moves_nor_has_a_share() -> None:
    moving = movement(MODEL, both(), np.arange(5) == HORROR, TOPICS, ahead(0.0))
    assert moving.rising == ()
    assert moving.usual[HORROR] == 0
    assert sum(moving.usual) == pytest.approx(1)


def test_the_usual_share_is_shrunk_as_the_forecast_is() -> None:
    usual = movement(MODEL, both(), NONE_MUTED, TOPICS, ahead(0.5)).usual
    assert usual == pytest.approx(MODEL.filtered(both(), drift=0.0)[0][0].tolist())
    assert usual[HORROR] < 1.0  # all that the last period had


def test_what_is_foretold_at_or_below_its_usual_share_does_not_rise() -> None:
    usual = movement(MODEL, both(), NONE_MUTED, TOPICS, ahead(0.5)).usual[HORROR]
    for share, rises in ((usual - 0.1, False), (usual + 0.004, False), (usual + 0.02, True)):
        moving = movement(MODEL, both(), NONE_MUTED, TOPICS, ahead(share))
        assert ("genre:Horror" in moving.rising) is rises
        assert "genre:Horror" not in moving.fading
