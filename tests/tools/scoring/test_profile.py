from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from core.types import Event, EventKind
from store.columns import KINDS, EventLog, ItemColumns
from tools.scoring.affinity import recent_weights
from tools.scoring.profile import LATER, build_profile, fading
from tools.scoring.signals import DAY, DISAPPOINTED, Interactions, uptake, uptakes
from tools.scoring.state import longest_wait, reading, states

NOW = datetime(2014, 5, 1, tzinfo=UTC)
IDS = tuple(f"f{number}" for number in range(4))
COLUMNS = ItemColumns(
    IDS, {item: place for place, item in enumerate(IDS)}, IDS, {}, {}, np.ones(4, bool), np.full(4, np.nan), "1"
)


def event(item: str, kind: EventKind, value: float, days: float) -> Event:
    return Event(user_id="ann", at=NOW - timedelta(days=days), kind=kind, item_id=item, value=value, source="api")


def test_a_low_rating_was_taken_up_and_a_dislike_that_was_said_was_not() -> None:
    profile = build_profile(
        [
            event("f0", EventKind.RATING, 1.0, 3),
            event("f1", EventKind.RATING, -1.0, 2),
            event("f2", EventKind.DISLIKE, -1.0, 1),
        ],
        COLUMNS,
        NOW,
        15.0,
    )
    assert profile.liked.tolist() == [0]
    assert profile.disliked.tolist() == [2]
    assert profile.trail.uptake.tolist() == [1.0, DISAPPOINTED, 0.0]
    assert profile.trail.strength.tolist() == [1.0, -1.0, -1.0]
    assert sorted(profile.known) == [0, 1, 2]


@pytest.mark.parametrize(("value", "strength"), [(0.0, -1.0), (0.5, -0.5), (-0.5, -0.5)])
def test_a_topic_that_is_disliked_counts_against_however_its_strength_is_told(value: float, strength: float) -> None:
    said = Event(user_id="ann", at=NOW, kind=EventKind.DISLIKE, topic="actor:Bo", value=value)
    assert build_profile([said], COLUMNS, NOW, 15.0).topics == {"actor:bo": strength}


def test_named_in_this_conversation_is_taken_up_and_rejected_is_not() -> None:
    profile = build_profile([], COLUMNS, NOW, 15.0, liked=("f0",), disliked=("f1",))
    assert dict(zip(profile.trail.item.tolist(), profile.trail.weight.tolist(), strict=True))[1] == 0.0
    assert profile.disliked.tolist() == [1]


@pytest.mark.parametrize("kind", KINDS)
def test_columns_agree_with_single_events(kind: EventKind) -> None:
    for value in (-1.0, -0.2, 0.0, 0.7):
        column = uptakes(np.array([KINDS.index(kind)], np.int8), np.array([value], np.float32), KINDS)
        assert column[0] == pytest.approx(uptake(kind, value))
        assert 0 <= column[0] <= 1


def test_weights_fade_with_age_and_with_how_many_came_later() -> None:
    at = np.array([0.0, 10.0, 10.0]) * DAY
    assert fading(at, 10.0) == pytest.approx([1 / 2 / (1 + 2 / LATER), 1.0, 1.0])
    assert fading(at[::-1], 10.0) == pytest.approx(fading(at, 10.0)[::-1])
    assert len(fading(np.zeros(0), 10.0)) == 0


def test_what_is_recent_includes_what_was_rated_low() -> None:
    low = build_profile([event("f0", EventKind.RATING, -0.5, 0.001)], COLUMNS, NOW, 15.0)
    assert recent_weights(low.trail).tolist() == [DISAPPOINTED]


def test_a_wait_longer_than_people_wait_is_read_as_the_longest() -> None:
    hours = np.concatenate([np.arange(50.0), np.arange(50.0) + 0.5, [200.0]]) * 3600
    user = np.array([0] * 50 + [1] * 50 + [2], np.int32)
    order = np.argsort(hours, kind="stable")
    longest = longest_wait(user[order], hours[order])
    assert longest == pytest.approx(3600.0)
    profile = build_profile([event("f0", EventKind.LIKE, 1.0, 30)], COLUMNS, NOW, 15.0)
    last = float(profile.trail.at[-1])
    assert reading(profile, NOW.timestamp(), longest) == last + 3600
    assert reading(profile, last + 60, longest) == last + 60
    none = build_profile([], COLUMNS, NOW, 15.0)
    assert reading(none, NOW.timestamp(), longest) == NOW.timestamp()
    assert longest_wait(np.arange(3, dtype=np.int32), np.arange(3.0)) == np.inf
    arrived, year = np.full(4, np.nan), np.full(4, np.nan, np.float32)
    assert (
        states(profile, last + 3600, arrived, year)["pause"] < states(profile, NOW.timestamp(), arrived, year)["pause"]
    )


def test_a_later_event_replaces_strength_and_uptake_together() -> None:
    rating = KINDS.index(EventKind.RATING)
    log = EventLog(
        user=np.zeros(2, np.int32),
        item=np.zeros(2, np.int32),
        at=np.array([1.0, 2.0]),
        kind=np.array([rating, rating], np.int8),
        value=np.array([1.0, -1.0], np.float32),
        users=("ann",),
    )
    found = Interactions.of(log, 1, KINDS)
    assert (found.strength.tolist(), found.uptake.tolist()) == ([-1.0], [DISAPPOINTED])
