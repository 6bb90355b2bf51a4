"""Pins and mutes of items bear on the forecast and leave the past as it was."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from core.types import Event, EventKind
from tests.tools.forecasting.conftest import Shop

TODAY = datetime(2026, 11, 22, 12, tzinfo=UTC)


def event(user_id: str, kind: EventKind, item_id: str | None, days: float, topic: str | None = None) -> Event:
    at = TODAY - timedelta(days=days)
    return Event(user_id=user_id, at=at, kind=kind, item_id=item_id, topic=topic, value=1.0, source="api")


def history(user_id: str) -> list[Event]:
    """Drama long ago, comedy of late."""
    old = [event(user_id, EventKind.RATING, f"drama{n % 2}", 400 + n) for n in range(6)]
    return old + [event(user_id, EventKind.RATING, f"comedy{n % 2}", 7 * n + 1) for n in range(6)]


def share(shop: Shop, user_id: str, topic: str) -> float:
    forecast = shop[3].forecast(user_id, TODAY, 1)
    return forecast.shares[0][forecast.topics.index(topic)]


@pytest.mark.parametrize("item", ["drama0", "drama1"])
def test_what_is_pinned_counts_as_if_it_happened_now(trained: Shop, item: str) -> None:
    events, user = trained[2], f"pins-{item}"
    events.append(history(user))
    before, timeline = share(trained, user, "genre:Drama"), trained[3].timeline(user, TODAY)
    pin = event(user, EventKind.PIN, item, 0)
    events.append([pin])
    assert share(trained, user, "genre:Drama") > before
    assert trained[3].timeline(user, TODAY) == timeline, "the past stays as it was"
    really = f"{user}-really"
    moved = [one.at if one.item_id != item else TODAY - timedelta(seconds=1) for one in history(really)]
    events.append(one.model_copy(update={"at": at}) for one, at in zip(history(really), moved, strict=True))
    assert share(trained, user, "genre:Drama") == pytest.approx(share(trained, really, "genre:Drama"))
    events.retract(user, pin.id, TODAY)
    assert share(trained, user, "genre:Drama") == pytest.approx(before)


def test_a_muted_item_has_no_say_until_it_is_liked_again(trained: Shop) -> None:
    events, user = trained[2], "mutes"
    events.append([*history(user), event(user, EventKind.RATING, "horror0", 2)])
    before, timeline = share(trained, user, "genre:Horror"), trained[3].timeline(user, TODAY)
    events.append([event(user, EventKind.MUTE, "horror0", 1)])
    muted = share(trained, user, "genre:Horror")
    assert muted < before - 0.01
    assert trained[3].timeline(user, TODAY) == timeline
    events.append([event(user, EventKind.LIKE, "horror0", 0.5)])
    assert share(trained, user, "genre:Horror") > muted


def test_a_pin_on_what_is_muted_says_nothing(trained: Shop) -> None:
    events, user = trained[2], "both"
    events.append([*history(user), event(user, EventKind.MUTE, "drama0", 1)])
    before = share(trained, user, "genre:Drama")
    events.append([event(user, EventKind.PIN, "drama0", 0.5)])
    assert share(trained, user, "genre:Drama") == pytest.approx(before)


def test_a_pin_is_not_seen_before_it_was_set(trained: Shop) -> None:
    events, user = trained[2], "later"
    events.append([*history(user), event(user, EventKind.PIN, "drama0", 0)])
    then = TODAY - timedelta(days=1)
    earlier = trained[3].forecast(user, then, 1)
    events.append([event(f"{user}-not", EventKind.VIEW, "drama0", 3000)])
    plain = f"{user}-plain"
    events.append(history(plain))
    assert earlier.shares == trained[3].forecast(plain, then, 1).shares


def test_many_are_steered_as_each_alone(trained: Shop) -> None:
    events = trained[2]
    people = [f"many{n}" for n in range(4)]
    for person in people:
        events.append(history(person))
    events.append([event("many1", EventKind.PIN, "drama0", 0), event("many2", EventKind.MUTE, "comedy0", 0)])
    events.append(
        [event("many3", EventKind.PIN, None, 0, "genre:Crime"), event("many3", EventKind.LIKE, None, 90, "genre:Crime")]
    )
    table = trained[3].forecast_many(people, TODAY, 2)
    given = trained[3].forecast_many(people, TODAY, 2, histories=events.of_users(people, TODAY))
    assert np.array_equal(table.shares, given.shares)
    for row, person in enumerate(people):
        assert np.allclose(table.shares[row], trained[3].forecast(person, TODAY, 2).shares, atol=1e-6)
    assert len({tuple(row.ravel().tolist()) for row in table.shares}) == 4
