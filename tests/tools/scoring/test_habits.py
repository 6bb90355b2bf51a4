from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import numpy as np
import pytest

from core.results import RecommendRequest
from core.types import Event, EventKind
from store.columns import KINDS, EventLog
from tests.tools.scoring.conftest import NOW, START, Bench, film, make_bench
from tools.scoring.features import FEATURES, HABITS, LOG_FEATURES, columns
from tools.scoring.habits import HALF_LIFE, MONTH, Habits, repeating, taken_up, usual_amounts, usual_gaps
from tools.scoring.moments import moments_with_habits
from tools.scoring.signals import DAY
from tools.scoring.state import AGAIN


def purchases() -> list[Event]:
    """Everybody buys the same four things of their own kind every eight days and another new one each time."""
    rng = np.random.default_rng(3)
    events = []
    for person in range(40):
        own = rng.permutation([number for number in range(60) if number % 2 == person % 2])
        staples, others = own[:4].tolist(), own[4:].tolist()
        for trip in range(7):
            at = START + timedelta(days=8 * trip + float(rng.uniform(0, 3)))
            for number in (*staples, others[trip]):
                events.append(bought(f"p{person:02d}", f"f{number:02d}", at))
    return events


def bought(user: str, item: str, at: datetime) -> Event:
    return Event(user_id=user, item_id=item, at=at, kind=EventKind.PURCHASE, value=1.0, source="import:test")


def log_of(rows: list[tuple[int, int, float]], kind: EventKind = EventKind.PURCHASE) -> EventLog:
    """A log from (person, item, day)."""
    rows = sorted(rows, key=lambda row: row[2])
    user, item, day = (np.array(column) for column in zip(*rows, strict=True))
    return EventLog(
        tuple(f"u{code}" for code in range(int(user.max()) + 1)),
        user.astype(np.int32),
        item.astype(np.int32),
        day.astype(float) * DAY,
        np.full(len(rows), KINDS.index(kind), np.int8),
        np.ones(len(rows), np.float32),
    )


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """The sixty things as a shop, trained; tests must not change it."""
    made, database = make_bench(tmp_path_factory.mktemp("shop"), [film(number) for number in range(60)], purchases())
    made.train()
    yield made
    database.close()


def test_days_gap_and_fade() -> None:
    at = np.asarray(np.array([0.2, 0.7, 9.0, 18.0, 5.0]) * DAY, np.float64)
    habits = Habits.of(np.array([4, 4, 4, 4, 2], np.int32), at, (18 + HALF_LIFE) * DAY)
    assert habits.item.tolist() == [2, 4]
    assert habits.days.tolist() == [1, 3]
    assert habits.last.tolist() == [5 * DAY, 18 * DAY]
    assert np.isnan(habits.gap[0])
    assert habits.gap[1] == pytest.approx(np.sqrt((9 - 0.7) * 9))
    fades = np.exp2([-(18 - day) / HALF_LIFE - 1 for day in (0.7, 9, 18)])
    assert habits.amount[1] == pytest.approx(fades.sum(), rel=1e-5)


def test_what_is_taken_more_often_and_later_counts_more() -> None:
    days = {0: (1, 50), 1: (50,), 2: (1,), 3: (1, 20, 50)}
    item = np.array([item for item, each in days.items() for _ in each], np.int32)
    at = np.array([day for each in days.values() for day in each]) * DAY
    often = Habits.of(item, at, 60 * DAY).often(np.zeros(5, np.float32))
    assert often[3] > often[0] > often[1] > often[2] > often[4] == 0


def test_of_two_things_taken_once_the_staple_leads_and_of_two_staples_ones_own() -> None:
    at = np.full(2, 50 * DAY)
    once = Habits.of(np.array([0, 1], np.int32), at, 50 * DAY)
    often = once.often(np.array([0.1, 3.0, 9.0], np.float32))
    assert often[1] > often[0] > often[2] == 0
    at = np.asarray(np.arange(6) * DAY, np.float64)
    five = Habits.of(np.array([0, 0, 0, 0, 0, 1], np.int32), at, 5 * DAY).often(np.full(3, 3, np.float32))
    assert five[0] > five[1]


def test_usual_amounts_are_means_over_people_of_days_that_fade() -> None:
    rows = [(0, 0, 0.0), (0, 0, 0.2), (0, 0, HALF_LIFE), (1, 1, HALF_LIFE)]
    amounts = usual_amounts(taken_up(log_of(rows), (EventKind.PURCHASE,)), 3)
    assert amounts.tolist() == pytest.approx([(0.5 + 1) / 2, 0.5, 0.0], abs=1e-2)
    assert not usual_amounts(taken_up(log_of(rows), ()), 3).any()


def test_due_rises_from_right_after_to_the_usual_gap() -> None:
    item, at = np.zeros(6, np.int32), np.arange(6, dtype=np.float64) * 10 * DAY
    usual = np.full(2, 10, np.float32)
    waited = [float(Habits.of(item, at, (50 + days) * DAY).due(usual, (50 + days) * DAY)[0]) for days in (0, 5, 10, 40)]
    assert waited == pytest.approx([0.0, 0.5, 1.0, 1.0], abs=1e-4)
    assert Habits.of(item, at, 60 * DAY).due(usual, 60 * DAY)[1] == 0


def test_few_gaps_of_ones_own_are_drawn_to_the_usual() -> None:
    once = Habits.of(np.zeros(1, np.int32), np.zeros(1), 10 * DAY)
    assert once.due(np.full(1, 20, np.float32), 10 * DAY)[0] == pytest.approx(0.5)


def test_nobody_without_events_has_habits() -> None:
    none = Habits.of(np.zeros(0, np.int32), np.zeros(0), 1.0)
    assert not none.often(np.ones(3, np.float32)).any()
    assert not none.due(np.full(3, MONTH, np.float32), 1.0).any()


def test_kinds_repeat_by_coming_back_on_another_day() -> None:
    weekly = [(user, 0, 7.0 * week) for user in range(20) for week in range(6)]
    once = [(user, item, item + 0.1 * turn) for user in range(20) for item in range(6) for turn in range(2)]
    assert repeating(log_of(weekly)) == (EventKind.PURCHASE,)
    assert repeating(log_of(once)) == ()
    assert repeating(log_of(weekly[:50])) == ()
    assert repeating(log_of(weekly, EventKind.VIEW)) == ()


def test_usual_gaps_are_the_items_own_where_it_has_many() -> None:
    rows = [(user, 0, 3.0 * turn) for user in range(30) for turn in range(10)]
    rows += [(user, 1, 30.0 * turn) for user in range(30) for turn in range(5)] + [(0, 2, 0.0)]
    gaps = usual_gaps(taken_up(log_of(rows), (EventKind.PURCHASE,)), 4)
    assert gaps[0] == pytest.approx(3, rel=0.1)
    assert gaps[1] == pytest.approx(30, rel=0.1)
    assert gaps[0] < gaps[2] == gaps[3] < gaps[1]


def test_a_moment_knows_what_was_taken_before_though_it_comes_again() -> None:
    rows = [(user, item, float(day)) for user in range(3) for day in (1, 11, 21) for item in (0, 1, 2 + day // 10)]
    log = log_of(rows)
    found = moments_with_habits(
        log, (EventKind.PURCHASE,), 6, (20 * DAY, 21 * DAY), 30.0, 100, 100, np.random.default_rng(0)
    )
    assert found
    for moment in found:
        assert set(moment.profile.known) == {0, 1, 2, 3}
        assert set(moment.next) == {4}
        assert set(moment.again) == {0, 1, 4}
        assert dict(zip(moment.profile.habits.item, moment.profile.habits.days, strict=True)) == {
            0: 2,
            1: 2,
            2: 1,
            3: 1,
        }


def test_staples_lead_where_known_items_count_and_reasons_say_so(shop: Bench) -> None:
    scorer = shop.scorer()
    events = [event for event in purchases() if event.user_id == "p00"]
    counts = {item: sum(event.item_id == item for event in events) for item in {event.item_id for event in events}}
    staples = {item for item, count in counts.items() if count > 1}
    slate = scorer.recommend(RecommendRequest(user_id="p00", at=NOW, k=4, seen_too=True))
    assert {item.id for item in slate.items} == staples
    texts = {
        item.id: [reason.text for reason in item.reasons if reason.feature in ("often", "due")] for item in slate.items
    }
    beside = set(LOG_FEATURES) - {*HABITS, *AGAIN}
    assert not [each for item in slate.items for each in item.reasons if each.feature in beside]
    last = max(event.at for event in events)
    for told in texts.values():
        assert any(
            text.startswith(f"You bought it on 7 days, last on {last.day} {last:%B %Y}, usually every") for text in told
        )


def test_a_habit_is_seen_by_its_own_columns_and_what_is_new_by_all_others() -> None:
    features = {name: np.array([0.1, 0.2, 0.3], np.float32) for name in FEATURES if name not in AGAIN}
    seen = columns(features, np.array([0, 2], np.int32), np.array([2, 7], np.int32))
    assert set(seen) == set(FEATURES)
    for name in ("often", "query", "disliked"):
        assert seen[name].tolist() == features[name][[0, 2]].tolist()
    for name in ("knn", "popular_now", "popular_now*pause", "content"):
        assert seen[name].tolist() == pytest.approx([0.1, 0.0])
    assert seen["popular_now*again"].tolist() == pytest.approx([0.0, 0.3])


def test_known_items_stay_out_where_they_do_not_count(shop: Bench) -> None:
    known = {event.item_id for event in purchases() if event.user_id == "p00"}
    slate = shop.scorer().recommend(RecommendRequest(user_id="p00", at=NOW, k=30))
    assert slate.items
    assert not known & {item.id for item in slate.items}
    assert not [reason for item in slate.items for reason in item.reasons if reason.feature in ("often", "due")]


def test_without_repeats_nobody_has_habits(bench: Bench) -> None:
    slate = bench.scorer().recommend(RecommendRequest(user_id="p00", at=NOW, k=60, seen_too=True))
    assert not [reason for item in slate.items for reason in item.reasons if reason.feature in ("often", "due")]
