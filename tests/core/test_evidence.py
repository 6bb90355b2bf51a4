"""Which events stand, and what each weighs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from core.errors import InputError
from core.evidence import event_weight, event_weights, muted_topics, standing
from core.types import Event, EventKind

START = datetime(2013, 1, 1, tzinfo=UTC)


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


def test_a_mute_holds_until_the_topic_is_asked_for_again() -> None:
    def said(kind: EventKind, day: int) -> Event:
        return Event(user_id="u", at=START + timedelta(days=day), kind=kind, topic="genre:Horror")

    muted = said(EventKind.MUTE, 1)
    assert muted_topics([said(EventKind.LIKE, 0), muted]) == {"genre:Horror"}
    assert muted_topics([muted, said(EventKind.REQUEST, 2)]) == frozenset()
    assert muted_topics([muted, said(EventKind.REQUEST, 2)], START + timedelta(days=1)) == {"genre:Horror"}
    assert muted_topics([muted.model_copy(update={"retracted_at": START})]) == frozenset()


def test_standing_events_are_in_time_order() -> None:
    late, early = (Event(user_id="u", at=START + timedelta(days=day), kind=EventKind.VIEW) for day in (2, 1))
    assert standing([late, early]) == [early, late]


@pytest.mark.parametrize("value", [np.nan, np.inf, -1.5])
def test_a_column_with_a_value_that_is_none_names_the_event(value: float) -> None:
    kinds = tuple(EventKind)
    kind = np.full(3, kinds.index(EventKind.RATING), dtype=np.int8)
    with pytest.raises(InputError, match=f"rating at position 1 has the value {value}.*from -1 to 1"):
        event_weights(kinds, kind, np.array([0, value, 1], dtype=np.float32))
