from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from core.evidence import topic_mass
from core.periods import period_start
from core.timeline import PeriodCounts, period_counts
from core.types import Event, EventKind
from tests.tools.forecasting.conftest import GENRES
from tools.forecasting.change_points import ChangeModel
from tools.forecasting.drift import drifts, movement
from tools.forecasting.series import stack_counts
from tools.forecasting.state_space import LocalLevel

TOPICS = tuple(f"genre:{genre}" for genre in GENRES)


def counts_of(mass: np.ndarray, first: int = 2250) -> PeriodCounts:
    return PeriodCounts("week", np.arange(first, first + len(mass)), mass.astype(np.float64), np.zeros(mass.shape))


def test_a_change_names_the_events_that_carried_it() -> None:
    def bought(number: int, week: int, item: str, value: float = 0.0) -> Event:
        at = period_start(2250 + week, "week") + timedelta(hours=number % 100)
        kind = EventKind.DISLIKE if value < 0 else EventKind.PURCHASE
        return Event(
            id=str(number), user_id="u", at=at, kind=kind, item_id=item, value=value, source="test", key=str(number)
        )

    events = [bought(week * 100 + n, week, "drama" if week < 8 else "both") for week in range(14) for n in range(12)]
    events.append(bought(2000, 9, "drama", value=-1.0))
    rows = {"drama": ((0, 1.0),), "both": ((2, 0.9), (1, 0.1))}
    arguments = (lambda item: rows[item], lambda _topic, _weight: ())
    counts = period_counts(topic_mass(events, *arguments), 5, "week")
    model = ChangeModel((0.4, 0.25, 0.15, 0.05, 0.15))
    found = {drift.topic: drift for drift in drifts(model, counts, TOPICS, events, *arguments)}
    assert found["genre:Horror"].at == period_start(2258, "week")
    assert found["genre:Horror"].event_ids == ("800", "801", "802", "803", "804")
    assert found["genre:Drama"].size == pytest.approx(-1, abs=0.05)
    assert found["genre:Drama"].event_ids[0] == "2000"
    assert drifts(model, counts, TOPICS)[0].event_ids == ()
    assert drifts(model, counts_of(np.zeros((0, 5))), TOPICS, events, *arguments) == ()


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
