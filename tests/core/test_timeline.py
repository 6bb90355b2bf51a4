"""The pure timeline: calendar, weights of events, and the invariants of counting."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InputError
from core.periods import PERIODS, period_index, period_start
from core.timeline import (
    PeriodCounts,
    decay,
    event_weight,
    event_weights,
    muted_topics,
    period_counts,
    standing,
    timeline_grid,
    topic_mass,
)
from core.types import Event, EventKind

TOPICS = ("genre:Drama", "genre:Comedy", "genre:Horror")
ITEMS = {"drama": [(0, 1.0)], "funny drama": [(0, 0.5), (1, 0.5)], "horror": [(2, 1.0)], "odd": []}
START = datetime(2013, 1, 1, tzinfo=UTC)


def topic_row(topic: str, weight: float) -> list[tuple[int, float]]:
    return [(TOPICS.index(topic), 1.0)] if topic in TOPICS else []


def count(events: list[Event], period: str = "month", until: datetime | None = None) -> PeriodCounts:
    mass = topic_mass(events, lambda item: ITEMS.get(item, []), topic_row, until)
    return period_counts(mass, len(TOPICS), period)


def same(left: PeriodCounts, right: PeriodCounts) -> bool:
    return (
        left.index.tolist() == right.index.tolist()
        and np.allclose(left.positive, right.positive)
        and np.allclose(left.negative, right.negative)
    )


moments = st.integers(0, 500 * 86_400).map(lambda seconds: START + timedelta(seconds=seconds))
values = st.floats(-1, 1).map(lambda value: round(value, 3))
about = st.one_of(
    st.sampled_from([*ITEMS, "unknown"]).map(lambda item: {"item_id": item}),
    st.sampled_from([*TOPICS, "genre:None"]).map(lambda topic: {"topic": topic}),
)
single_events = st.builds(
    lambda at, kind, value, subject: Event(user_id="u", at=at, kind=kind, value=value, **subject),
    moments,
    st.sampled_from(EventKind),
    values,
    about,
)
event_lists = st.lists(single_events, max_size=25)
periods = st.sampled_from(PERIODS)


@given(event_lists, periods)
def test_shares_sum_to_one_or_zero_and_are_never_negative(events: list[Event], period: str) -> None:
    counts = count(events, period)
    total = counts.shares.sum(axis=1)
    assert ((np.abs(total - 1) < 1e-9) | (total == 0)).all()
    assert (counts.shares >= 0).all()
    assert ((total > 0) == (counts.totals > 0)).all()


@given(event_lists, periods, st.randoms(use_true_random=False))
def test_order_of_events_does_not_matter(events: list[Event], period: str, random: object) -> None:
    mixed = list(events)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert same(count(events, period), count(mixed, period))


@given(event_lists, single_events)
def test_a_retracted_event_leaves_no_trace(events: list[Event], extra: Event) -> None:
    gone = extra.model_copy(update={"retracted_at": extra.at + timedelta(days=1)})
    assert same(count(events), count([*events, gone]))


@given(event_lists)
def test_a_second_delivery_changes_nothing(events: list[Event]) -> None:
    again = [event.model_copy(update={"id": event.id + "again"}) for event in events]
    assert same(count(events), count([*events, *again]))


@given(event_lists, single_events, values)
def test_an_edit_equals_removing_and_adding(events: list[Event], old: Event, value: float) -> None:
    new = old.model_copy(update={"id": "new", "key": "new", "value": value, "replaces": old.id})
    added = new.model_copy(update={"replaces": None})
    assert same(count([*events, old, new]), count([*events, added]))


@given(event_lists, moments)
def test_nothing_after_the_last_moment_matters(events: list[Event], until: datetime) -> None:
    assert same(count(events, until=until), count([event for event in events if event.at <= until]))


@given(event_lists, event_lists, periods)
def test_counts_of_two_parts_add_up(first: list[Event], second: list[Event], period: str) -> None:
    assert same(count(first, period) + count(second, period), count([*first, *second], period))


@given(event_lists, st.floats(0.01, 100))
def test_shares_do_not_depend_on_the_scale_of_weights(events: list[Event], factor: float) -> None:
    counts = count(events)
    scaled = PeriodCounts(counts.period, counts.index, counts.positive * factor, counts.negative * factor)
    assert np.allclose(counts.shares, scaled.shares)


@given(event_lists, periods)
def test_the_grid_spells_out_gaps(events: list[Event], period: str) -> None:
    counts = count(events, period)
    grid = timeline_grid(counts)
    assert (np.diff(grid.index) >= 1).all()
    assert grid.totals.sum() == pytest.approx(counts.totals.sum())
    skipped = sum(last - first for first, last in grid.breaks)
    if len(grid.index):
        assert len(grid.index) + skipped == grid.index[-1] - grid.index[0] + 1
        assert grid.totals[0] > 0
        assert grid.totals[-1] > 0
    assert np.allclose(grid.shares[grid.totals == 0], 0)


@given(periods, st.integers(-500, 500))
def test_period_start_is_the_inverse_of_the_index(period: str, index: int) -> None:
    start = period_start(index, period)
    moments = np.array([start.timestamp() - 1, start.timestamp()])
    assert period_index(moments, period).tolist() == [index - 1, index]


@pytest.mark.parametrize(
    ("period", "at", "start"),
    [
        ("day", "2013-08-01T23:59:59", "2013-08-01"),
        ("week", "2013-08-04T23:59:59", "2013-07-29"),
        ("week", "2013-08-05T00:00:00", "2013-08-05"),
        ("month", "2013-02-28T12:00:00", "2013-02-01"),
        ("quarter", "2013-06-30T12:00:00", "2013-04-01"),
        ("year", "1969-12-31T12:00:00", "1969-01-01"),
    ],
)
def test_periods_are_calendar_periods_in_utc(period: str, at: str, start: str) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    index = int(period_index(np.array([moment.timestamp()]), period)[0])
    assert period_start(index, period).isoformat()[:10] == start


def test_an_unknown_period_names_those_there_are() -> None:
    with pytest.raises(InputError, match=r"'fortnight' is unknown.*2weeks"):
        period_index(np.zeros(1), "fortnight")


def test_a_rating_is_interest_down_to_a_third_below_the_middle() -> None:
    rating = [event_weight(EventKind.RATING, value) for value in (-1.0, -1 / 3, 0.0, 0.6, 1.0)]
    assert rating == pytest.approx([-1.0, 0.0, 0.5, 0.8, 1.0])


def test_what_is_said_counts_more_than_what_is_rated_and_a_dislike_counts_against() -> None:
    assert event_weight(EventKind.LIKE, 0.0) == 2.0
    assert event_weight(EventKind.LIKE, 0.0) > event_weight(EventKind.RATING, 1.0)
    assert event_weight(EventKind.DISLIKE, 0.0) == event_weight(EventKind.DISLIKE, -1.0) == -2.0
    assert event_weight(EventKind.PURCHASE, -1.0) == -1.0
    assert event_weight(EventKind.CONSTRAINT, 1.0) == event_weight(EventKind.MUTE, 1.0) == 0.0


def test_columns_of_weights_agree_with_single_ones() -> None:
    kinds = tuple(EventKind)
    kind = np.repeat(np.arange(len(kinds), dtype=np.int8), 5)
    value = np.tile(np.array([-1, -0.2, 0, 0.4, 1], dtype=np.float32), len(kinds))
    expected = [event_weight(kinds[k], float(v)) for k, v in zip(kind, value, strict=True)]
    assert event_weights(kinds, kind, value).tolist() == pytest.approx(expected)


def test_a_dislike_lowers_its_topic_without_removing_the_others() -> None:
    liked = [Event(user_id="u", at=START, kind=EventKind.LIKE, item_id=item) for item in ("drama", "horror")]
    disliked = Event(user_id="u", at=START, kind=EventKind.DISLIKE, topic="genre:Horror")
    before, after = count(liked).shares[0], count([*liked, disliked]).shares[0]
    assert before.tolist() == [0.5, 0, 0.5]
    assert after.tolist() == pytest.approx([2 / 3, 0, 1 / 3])


def test_a_mute_holds_until_the_topic_is_asked_for_again() -> None:
    def said(kind: EventKind, day: int) -> Event:
        return Event(user_id="u", at=START + timedelta(days=day), kind=kind, topic="genre:Horror")

    muted = said(EventKind.MUTE, 1)
    assert muted_topics([said(EventKind.LIKE, 0), muted]) == {"genre:Horror"}
    assert muted_topics([muted, said(EventKind.REQUEST, 2)]) == frozenset()
    assert muted_topics([muted, said(EventKind.REQUEST, 2)], START + timedelta(days=1)) == {"genre:Horror"}
    assert muted_topics([muted.model_copy(update={"retracted_at": START})]) == frozenset()


def test_a_gap_of_decades_is_one_row() -> None:
    events = [
        Event(user_id="u", at=datetime(1998, 3, 8, tzinfo=UTC), kind=EventKind.RATING, value=1, item_id="drama"),
        Event(user_id="u", at=datetime(2026, 11, 22, tzinfo=UTC), kind=EventKind.LIKE, item_id="horror"),
    ]
    grid = timeline_grid(count(events))
    assert [period_start(int(index), "month").isoformat()[:7] for index in grid.index] == [
        "1998-03",
        "1998-04",
        "2026-11",
    ]
    assert [tuple(period_start(each, "month").isoformat()[:7] for each in run) for run in grid.breaks] == [
        ("1998-04", "2026-10")
    ]


def test_decay_halves_down_to_its_floor() -> None:
    assert decay(np.array([0.0, 2.0, 1e6]), 2.0, 0.1).tolist() == pytest.approx([1.0, 0.55, 0.1])


def test_standing_events_are_in_time_order() -> None:
    late, early = (Event(user_id="u", at=START + timedelta(days=day), kind=EventKind.VIEW) for day in (2, 1))
    assert standing([late, early]) == [early, late]


def test_counts_over_different_periods_cannot_be_added() -> None:
    with pytest.raises(ValueError, match="same period"):
        count([], "week") + count([], "month")
