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
from tools.forecasting.drift import ALPHA, change_point, drifts, log_ratios, movement
from tools.forecasting.series import stack_counts
from tools.forecasting.state_space import LocalLevel

TOPICS = tuple(f"genre:{genre}" for genre in GENRES)
EARLY, LATE = np.array([0.6, 0.3, 0.0, 0.05, 0.05]), np.array([0.1, 0.2, 0.6, 0.05, 0.05])


def counts_of(mass: np.ndarray, first: int = 2250) -> PeriodCounts:
    return PeriodCounts("week", np.arange(first, first + len(mass)), mass.astype(np.float64), np.zeros(mass.shape))


def test_a_change_is_found_with_its_date_and_size() -> None:
    generator = np.random.default_rng(0)
    mass = np.vstack([generator.multinomial(12, EARLY, size=7), generator.multinomial(12, LATE, size=6)])
    found = {drift.topic: drift for drift in change_point(counts_of(mass), TOPICS)}
    assert found["genre:Horror"].size == pytest.approx(0.6, abs=0.15)
    assert found["genre:Drama"].size == pytest.approx(-0.5, abs=0.2)
    assert found["genre:Horror"].at == period_start(2257, "week")


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


def test_steady_interests_raise_few_alarms() -> None:
    generator = np.random.default_rng(1)
    alarms = sum(bool(change_point(counts_of(generator.multinomial(8, EARLY, size=12)), TOPICS)) for _ in range(200))
    assert alarms / 200 <= ALPHA + 0.05


def test_a_likeness_within_sittings_is_not_drift() -> None:
    generator = np.random.default_rng(2)
    alarms = 0
    for _ in range(200):
        tastes = generator.dirichlet(3 * EARLY + 0.01, size=12)
        mass = np.stack([generator.multinomial(10, taste) for taste in tastes])
        alarms += bool(change_point(counts_of(mass), TOPICS))
    assert alarms / 200 <= ALPHA + 0.05


def test_short_histories_claim_nothing() -> None:
    mass = np.vstack([np.tile([20, 0, 0, 0, 0], (3, 1)), np.tile([0, 20, 0, 0, 0], (2, 1))])
    assert change_point(counts_of(mass), TOPICS) == ()
    assert change_point(counts_of(np.zeros((0, 5))), TOPICS) == ()
    assert change_point(counts_of(np.tile([1.0, 0, 0, 0, 0], (10, 1))), TOPICS) == ()


def test_the_ratio_is_that_of_two_multinomials() -> None:
    mass = np.array([[[4.0, 1], [3, 2], [1, 5], [0, 4]]])
    first, second = mass[0, :2].sum(axis=0), mass[0, 2:].sum(axis=0)

    def loglike(part: np.ndarray, p: np.ndarray) -> float:
        return float((part * np.log(p)).sum())

    whole = first + second
    expected = loglike(first, first / first.sum()) + loglike(second, second / second.sum()) - loglike(whole, whole / 20)
    assert log_ratios(mass).tolist() == [[pytest.approx(expected)]]


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
