from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.results import RecommendRequest
from core.types import Event, EventKind
from tests.tools.scoring.conftest import NOW, Bench
from tools.scoring.explanation.groups import GROUPS, NOUNS, OTHER, PAIR, group_of, grouped, totals
from tools.scoring.explanation.reasons import ground_of

requests = st.builds(
    RecommendRequest,
    user_id=st.sampled_from([None, "p00", "p01", "nobody"]),
    at=st.sampled_from([NOW, NOW - timedelta(days=25), NOW + timedelta(days=400)]),
    k=st.integers(1, 25),
    query=st.sampled_from(["", "Film 4"]),
    liked=st.sampled_from([(), ("f02",), ("f02", "f05")]),
    disliked=st.sampled_from([(), ("f07",)]),
    topics=st.sampled_from([(), ("genre:Comedy",)]),
    seen_too=st.booleans(),
    horizon=st.integers(0, 2),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(request=requests)
def test_the_parts_of_every_score_sum_to_it_and_no_two_reasons_say_the_same(
    bench: Bench, request: RecommendRequest
) -> None:
    slate = bench.scorer().recommend(request)
    for item in slate.items:
        total = slate.intercept + sum(reason.contribution for reason in item.reasons)
        assert total == pytest.approx(item.score, abs=1e-6)
        groups = grouped(item.reasons)
        assert slate.intercept + sum(part.contribution for part in groups) == pytest.approx(item.score, abs=1e-6)
        assert [part.contribution for part in groups] == sorted((part.contribution for part in groups), reverse=True)
        worded = [reason for reason in item.reasons if reason.text]
        assert max(Counter(reason.group for reason in worded).values(), default=0) <= 1
        assert len({reason.text for reason in worded}) == len(worded)
        assert all(reason.contribution > 0 or reason.feature == "disliked" for reason in worded)


def test_an_item_named_now_is_not_told_twice_as_the_reason(bench: Bench) -> None:
    slate = bench.scorer().recommend(RecommendRequest(user_id="new", at=NOW, k=8, liked=("f03",)))
    assert any("f03" in reason.item_ids for item in slate.items for reason in item.reasons)
    for item in slate.items:
        telling = [reason.text for reason in item.reasons if reason.text and "Film 03" in reason.text]
        alone = [text for text in telling if not text.startswith("Directed by")]
        assert len(alone) <= 1, telling


def test_a_reason_knows_the_events_behind_it(bench: Bench) -> None:
    slate = bench.scorer().recommend(RecommendRequest(user_id="p00", at=NOW, k=10))
    events = {event.id: event for event in bench.events.of_user("p00")}
    named = [reason for item in slate.items for reason in item.reasons if reason.item_ids]
    assert named
    for reason in named:
        assert {ground.item_id for ground in reason.grounds} == set(reason.item_ids)
        for ground in reason.grounds:
            event = events[ground.event_id or ""]
            assert (event.item_id, event.at, event.kind) == (ground.item_id, ground.at, EventKind.RATING)
            assert not reason.text or ground.name in reason.text


def test_every_feature_is_of_one_kind() -> None:
    known = [feature for features in GROUPS.values() for feature in features]
    assert len(known) == len(set(known))
    assert set(NOUNS) == {*GROUPS, OTHER}
    assert group_of("popular_now*pause") == "trend"
    assert group_of(f"popular_now{PAIR}forecast") == "trend"
    assert group_of("knn") == "history"
    assert group_of("moonlight") == OTHER
    assert totals([("knn", 1.0), ("ease", 0.5), ("moonlight", -2.0)]) == {"history": 1.5, OTHER: -2.0}


@pytest.mark.parametrize(
    ("item_id", "topic", "name"),
    [
        ("shop:4711", None, "shop:4711"),
        ("4711", None, "4711"),
        (None, "genre:Drama", "Drama"),
        (None, "year>=1991", "year>=1991"),
    ],
)
def test_an_event_is_named_by_what_it_is_about(bench: Bench, item_id: str | None, topic: str | None, name: str) -> None:
    event = Event(user_id="ann", at=NOW, kind=EventKind.LIKE, item_id=item_id, topic=topic)
    assert ground_of(event, bench.catalog.columns()).name == name
