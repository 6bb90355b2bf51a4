"""The pure timeline: the invariants of counting, adding and taking out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InputError
from core.evidence import Mass, topic_mass
from core.periods import PERIODS, period_start
from core.timeline import PeriodCounts, decay, event_counts, period_counts, timeline_grid
from core.types import Event, EventKind

TOPICS = ("genre:Drama", "genre:Comedy", "genre:Horror")
ITEMS = {
    "drama": [(0, 1.0)],
    "funny drama": [(0, 0.5), (1, 0.5)],
    "horror": [(2, 1.0)],
    "bit of each": [(0, 0.1), (1, 0.2), (2, 0.7)],
    "odd": [],
}
START = datetime(2013, 1, 1, tzinfo=UTC)


def topic_row(topic: str, weight: float) -> list[tuple[int, float]]:
    return [(TOPICS.index(topic), 1.0)] if topic in TOPICS else []


def count(events: list[Event], period: str = "month", until: datetime | None = None) -> PeriodCounts:
    mass = topic_mass(events, lambda item: ITEMS.get(item, []), topic_row, until)
    return period_counts(mass, len(TOPICS), period)


def count_one(event: Event, period: str = "month") -> PeriodCounts:
    return event_counts(event, lambda item: ITEMS.get(item, []), topic_row, len(TOPICS), period)


def same(left: PeriodCounts, right: PeriodCounts) -> bool:
    return all(
        np.array_equal(ours, theirs)
        for ours, theirs in (
            (left.index, right.index),
            (left.positive, right.positive),
            (left.negative, right.negative),
        )
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


def test_a_dislike_lowers_its_topic_without_removing_the_others() -> None:
    liked = [Event(user_id="u", at=START, kind=EventKind.LIKE, item_id=item) for item in ("drama", "horror")]
    disliked = Event(user_id="u", at=START, kind=EventKind.DISLIKE, topic="genre:Horror")
    before, after = count(liked).shares[0], count([*liked, disliked]).shares[0]
    assert before.tolist() == [0.5, 0, 0.5]
    assert after.tolist() == pytest.approx([2 / 3, 0, 1 / 3])


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


def test_counts_over_different_periods_cannot_be_added() -> None:
    with pytest.raises(ValueError, match="same period"):
        count([], "week") + count([], "month")
    with pytest.raises(ValueError, match="same period"):
        count([]) + replace(count([]), timezone="Asia/Tokyo")


@given(event_lists, single_events, periods)
def test_an_event_added_to_the_counts_is_as_if_counted_with_the_rest(
    events: list[Event], new: Event, period: str
) -> None:
    assert same(count(events, period) + count_one(new, period), count([*events, new], period))


@given(event_lists, st.lists(single_events, max_size=5), periods)
def test_taking_events_out_is_the_exact_inverse_of_putting_them_in(
    events: list[Event], passing: list[Event], period: str
) -> None:
    before = counts = count(events, period)
    for event in passing:
        counts = counts + count_one(event, period)
    for event in passing:
        counts = counts - count_one(event.model_copy(update={"retracted_at": START}), period)
    assert same(counts, before)


def test_what_was_not_counted_cannot_be_taken_out() -> None:
    drama, horror = (Event(user_id="u", at=START, kind=EventKind.LIKE, item_id=item) for item in ("drama", "horror"))
    with pytest.raises(ValueError, match="what was counted"):
        count([drama]) - count_one(horror)
    with pytest.raises(ValueError, match="what was counted"):
        count([]) - count_one(horror)


@given(event_lists, periods)
def test_no_period_is_counted_without_evidence(events: list[Event], period: str) -> None:
    counts = count(events, period)
    assert (counts.positive + counts.negative).any(axis=1).all()


@pytest.mark.parametrize("weight", [np.nan, np.inf, -np.inf])
def test_a_weight_that_is_no_number_is_one_clear_error(weight: float) -> None:
    mass = Mass(np.array([0.0, 1.0]), np.array([0, 1]), np.array([1.0, weight]), np.array([0, 1]))
    with pytest.raises(InputError, match=f"weight of evidence is {weight}.*finite"):
        period_counts(mass, 3, "month")


def test_a_moment_that_is_no_time_is_one_clear_error() -> None:
    with pytest.raises(InputError, match=r"Moment nan is no time"):
        period_counts(Mass(np.array([np.nan]), np.array([0]), np.array([1.0]), np.array([0])), 3, "month")


@pytest.mark.parametrize("period", PERIODS)
def test_nothing_at_all_one_event_and_one_instant_have_a_timeline(period: str) -> None:
    def rated(number: int) -> Event:
        return Event(user_id="u", at=START, kind=EventKind.RATING, value=1, item_id="drama", key=str(number))

    for events, rows in (([], 0), ([rated(0)], 1), ([rated(n) for n in range(20)], 1)):
        grid = timeline_grid(count(events, period))
        assert grid.totals.tolist() == [len(events)] * rows
        assert grid.shares.tolist() == [[1, 0, 0]] * rows


def test_evidence_against_everything_is_no_interest_and_no_row() -> None:
    disliked = Event(user_id="u", at=START, kind=EventKind.DISLIKE, item_id="drama")
    assert count([disliked]).totals.tolist() == [0]
    assert len(timeline_grid(count([disliked])).index) == 0


def test_a_topic_that_vanished_leaves_no_evidence() -> None:
    about = Event(user_id="u", at=START, kind=EventKind.LIKE, topic="genre:Western")
    assert len(count([about]).index) == 0


def test_an_event_late_in_the_evening_lies_in_the_period_of_its_own_calendar() -> None:
    evening = Event(user_id="u", at=datetime(2013, 1, 31, 23, 30, tzinfo=UTC), kind=EventKind.LIKE, item_id="drama")
    mass = topic_mass([evening], lambda item: ITEMS[item], topic_row)
    starts = [
        period_start(int(period_counts(mass, 3, "month", zone).index[0]), "month", zone).isoformat()
        for zone in ("UTC", "Europe/Berlin")
    ]
    assert starts == ["2013-01-01T00:00:00+00:00", "2013-02-01T00:00:00+01:00"]
