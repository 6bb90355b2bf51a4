from __future__ import annotations

from datetime import timedelta

import pytest

from core.results import Ground, RecommendRequest
from core.types import Constraints, Event, EventKind
from tests.tools.scoring.conftest import NOW, Bench, Maker, film, rating, ratings
from tools.scoring.explanation.counterfactual import spoken_grounds

LATER = NOW + timedelta(minutes=1)


def test_taking_the_named_events_back_really_removes_the_item(make: Maker) -> None:
    bench = make([film(n) for n in range(60)], ratings())
    bench.train()
    scorer = bench.scorer()
    request = RecommendRequest(user_id="p00", at=LATER, k=5)
    found = {item.id: scorer.counterfactual(request, item.id) for item in scorer.recommend(request).items}
    answers = {item: answer for item, answer in found.items() if answer.status == "found"}
    assert answers
    for item, answer in answers.items():
        named = {ground.item_id for ground in answer.events}
        taken = [event for event in bench.events.of_user("p00") if event.item_id in named]
        assert len(taken) == len(answer.events) < len(bench.events.of_user("p00"))
        for event in taken:
            bench.events.retract("p00", event.id, LATER)
        assert item not in {card.id for card in bench.scorer().recommend(request).items}
        again = [{"id": f"{event.id}+{item}", "key": f"{event.key}+{item}"} for event in taken]
        bench.events.append(event.model_copy(update=new) for event, new in zip(taken, again, strict=True))
        assert item in {card.id for card in bench.scorer().recommend(request).items}


def test_no_event_of_the_answer_is_superfluous(bench: Bench) -> None:
    scorer = bench.scorer()
    request = RecommendRequest(user_id="p00", at=NOW, k=5)
    own = bench.events.of_user("p00", until=NOW)
    for item in scorer.recommend(request).items:
        answer = scorer.counterfactual(request, item.id)
        if answer.status != "found":
            continue
        assert answer.rank is not None
        assert answer.rank <= 5
        assert answer.rank_without is None or answer.rank_without > 5
        assert item.title in answer.text
        assert all(ground.name in answer.text for ground in answer.events)
        assert len(answer.events) <= len(own)


def test_one_liking_that_carries_an_item_is_found_alone(make: Maker) -> None:
    bench = make([film(n) for n in range(60)], ratings())
    bench.train()
    bench.events.append([rating("new", "f01", NOW - timedelta(days=2), 1.0)])
    bench.events.append([rating("new", "f40", NOW - timedelta(days=1), 0.0)])
    scorer = bench.scorer()
    request = RecommendRequest(user_id="new", at=NOW, k=3)
    answers = [scorer.counterfactual(request, item.id) for item in scorer.recommend(request).items]
    found = [answer for answer in answers if answer.status == "found"]
    assert found
    assert any([ground.item_id for ground in answer.events] == ["f01"] for answer in found)
    assert any(f"your rating of Film 01 ({(NOW - timedelta(days=2)).day} April 2013)" in a.text for a in found)


def test_what_was_named_in_the_request_counts_as_ones_own(bench: Bench) -> None:
    scorer = bench.scorer()
    request = RecommendRequest(user_id="nobody", at=NOW, k=3, liked=("f03",))
    answers = [scorer.counterfactual(request, item.id) for item in scorer.recommend(request).items]
    (ground,) = next(answer.events for answer in answers if answer.status == "found")
    assert (ground.item_id, ground.event_id, ground.kind) == ("f03", None, EventKind.LIKE)


def test_an_item_that_anybody_would_be_shown_needs_no_event(bench: Bench) -> None:
    scorer = bench.scorer()
    stranger = scorer.recommend(RecommendRequest(at=NOW, k=1)).items[0]
    for user in (None, "nobody"):
        answer = scorer.counterfactual(RecommendRequest(user_id=user, at=NOW, k=1), stranger.id)
        assert (answer.status, answer.events) == ("anyway", ())
    asked = RecommendRequest(user_id="p01", at=NOW, k=1, query="Film 57")
    assert scorer.counterfactual(asked, "f57").status == "anyway"


def test_an_item_that_is_not_shown_has_no_counterfactual(bench: Bench) -> None:
    request = RecommendRequest(user_id="p00", at=NOW, k=1, constraints=Constraints(exclude={"genre": ("Comedy",)}))
    answer = bench.scorer().counterfactual(request, "f01")
    assert (answer.status, answer.rank) == ("absent", None)


@pytest.mark.parametrize("topic", ["genre:Thriller"])
def test_words_on_a_topic_can_be_what_an_item_rests_on(make: Maker, topic: str) -> None:
    bench = make([film(n) for n in range(60)], ratings())
    bench.train()
    said = Event(user_id="x", at=NOW - timedelta(hours=1), kind=EventKind.LIKE, topic=topic, value=1.0)
    bench.events.append([said])
    scorer = bench.scorer()
    request = RecommendRequest(user_id="x", at=NOW, k=4, horizon=0)
    with_topic = scorer.recommend(request)
    without = scorer.recommend(request.model_copy(update={"user_id": "y"}))
    brought = {item.id for item in with_topic.items} - {item.id for item in without.items}
    for item in brought:
        (ground,) = scorer.counterfactual(request, item).events
        assert (ground.topic, ground.event_id) == (topic, said.id)


def test_what_happened_often_is_told_once() -> None:
    def ground(item: str, name: str, day: int) -> Ground:
        at = NOW - timedelta(days=day)
        return Ground(event_id=f"{item}-{day}", at=at, kind=EventKind.PURCHASE, item_id=item, name=name)

    weekly = [ground("m", "Milk", day) for day in (21, 14, 7)]
    told = spoken_grounds([*weekly, ground("b", "Bread", 3)])
    days = [f"{(NOW - timedelta(days=day)).day} {NOW - timedelta(days=day):%B %Y}" for day in (7, 3)]
    assert told == f"your purchase of Milk (3 times, last on {days[0]}) and your purchase of Bread ({days[1]})"
