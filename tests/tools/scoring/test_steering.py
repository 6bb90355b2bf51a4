"""Pins and mutes of items bear on what is recommended."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from core.results import RecommendRequest
from core.types import Event, EventKind
from tests.tools.scoring.conftest import NOW, Maker, film, ratings
from tests.tools.scoring.test_profile import COLUMNS, event
from tools.scoring.profile import build_profile


def test_what_is_pinned_does_not_fade() -> None:
    events = [event("f0", EventKind.LIKE, 1.0, 300), event("f1", EventKind.LIKE, 1.0, 1)]
    plain = dict(zip(*_weights(events), strict=True))
    held = dict(zip(*_weights([*events, event("f0", EventKind.PIN, 0.0, 0.5)]), strict=True))
    assert plain[0] < plain[1]
    assert held[0] > held[1]
    assert held[0] == pytest.approx(1.0)


def _weights(events: list[Event]) -> tuple[list[int], list[float]]:
    profile = build_profile(events, COLUMNS, NOW_OF_PROFILE, 15.0)
    return profile.liked.tolist(), profile.weights.tolist()


NOW_OF_PROFILE = event("f0", EventKind.LIKE, 1.0, 0).at


def test_a_pinned_topic_does_not_fade() -> None:
    def topic(kind: EventKind, name: str, days: float) -> Event:
        return Event(user_id="ann", at=NOW_OF_PROFILE - timedelta(days=days), kind=kind, topic=name, value=1.0)

    events = [topic(EventKind.LIKE, "genre:Old", 300), topic(EventKind.LIKE, "genre:New", 1)]
    plain = build_profile(events, COLUMNS, NOW_OF_PROFILE, 15.0).topics
    held = build_profile([*events, topic(EventKind.PIN, "genre:Old", 0)], COLUMNS, NOW_OF_PROFILE, 15.0).topics
    assert plain["genre:old"] < plain["genre:new"]
    assert held["genre:old"] == pytest.approx(1.0)
    assert held["genre:old"] > held["genre:new"]


def test_a_muted_item_is_known_and_says_nothing() -> None:
    events = [
        event("f0", EventKind.LIKE, 1.0, 3),
        event("f1", EventKind.LIKE, 1.0, 2),
        event("f0", EventKind.MUTE, 0.0, 1),
    ]
    profile = build_profile(events, COLUMNS, NOW_OF_PROFILE, 15.0)
    assert profile.liked.tolist() == [1]
    assert not len(profile.disliked)
    assert profile.known.tolist() == [0, 1]
    assert profile.muted_items == {"f0"}
    again = build_profile([*events, event("f0", EventKind.LIKE, 1.0, 0.5)], COLUMNS, NOW_OF_PROFILE, 15.0)
    assert again.muted_items == frozenset()
    assert sorted(again.liked.tolist()) == [0, 1]


def test_a_muted_item_never_comes_up_and_a_pin_changes_the_list(make: Maker) -> None:
    bench = make([film(n) for n in range(60)], ratings())
    bench.train()
    later = NOW + timedelta(hours=1)

    def ranked(seen_too: bool = False) -> dict[str, float]:
        return dict(bench.scorer().rank(RecommendRequest(user_id="p00", at=later, k=60, seen_too=seen_too)))

    before = ranked()
    known = [each for each in bench.events.of_user("p00") if each.item_id]
    pin = Event(user_id="p00", at=NOW, kind=EventKind.PIN, item_id=known[0].item_id, source="page")
    bench.events.append([pin])
    held = ranked()
    assert held.keys() == before.keys()
    assert not np.allclose([before[item] for item in before], [held[item] for item in before])
    bench.events.retract("p00", pin.id, NOW)
    assert ranked() == pytest.approx(before)
    seen = known[0].item_id
    assert seen in ranked(seen_too=True)
    bench.events.append([Event(user_id="p00", at=NOW, kind=EventKind.MUTE, item_id=seen, source="page")])
    assert seen not in ranked(seen_too=True)
    assert seen not in ranked()
