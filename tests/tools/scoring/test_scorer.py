from __future__ import annotations

import threading
from datetime import timedelta

import numpy as np
import pytest

from core.errors import NotFoundError, NotTrainedError
from core.results import RecommendRequest, Slate
from core.types import Constraints, Event, EventKind, Range
from store.columns import KINDS, EventLog
from tests.tools.scoring.conftest import NOW, Bench, Maker, film, rating, ratings
from tools.scoring.profile import build_profile
from tools.scoring.signals import Interactions


def kinds(bench: Bench, slate: Slate) -> list[str]:
    return [item.facets["genre"][0] for item in slate.items]


def assert_sums(slate: Slate) -> None:
    assert slate.items
    for item in slate.items:
        assert slate.intercept + sum(reason.contribution for reason in item.reasons) == pytest.approx(
            item.score, abs=1e-6
        )
    scores = [item.score for item in slate.items]
    assert scores == sorted(scores, reverse=True)


def test_contributions_and_intercept_are_the_score(bench: Bench) -> None:
    scorer = bench.scorer()
    for user in ("p00", "p01", None):
        assert_sums(scorer.recommend(RecommendRequest(user_id=user, at=NOW)))


def test_people_get_their_own_kind_and_nothing_they_know(bench: Bench) -> None:
    scorer = bench.scorer()
    for user, kind in (("p00", "Thriller"), ("p01", "Comedy")):
        slate = scorer.recommend(RecommendRequest(user_id=user, at=NOW, k=8))
        assert kinds(bench, slate).count(kind) >= 7
        known = {event.item_id for event in bench.events.of_user(user)}
        assert not known & {item.id for item in slate.items}


def test_seen_too_brings_known_items_back(bench: Bench) -> None:
    slate = bench.scorer().recommend(RecommendRequest(user_id="p00", at=NOW, k=60, seen_too=True))
    assert {event.item_id for event in bench.events.of_user("p00")} <= {item.id for item in slate.items}


def test_limits_always_hold(bench: Bench) -> None:
    limits = Constraints(exclude={"genre": ("thriller",)}, ranges={"year": Range(low=2000)})
    slate = bench.scorer().recommend(RecommendRequest(user_id="p00", at=NOW, k=60, constraints=limits))
    assert slate.items
    items = bench.catalog.get_many(item.id for item in slate.items)
    assert all(limits.allow(item) for item in items.values())


def test_limits_that_leave_nothing_are_named(bench: Bench) -> None:
    limits = Constraints(require={"genre": ("Thriller",)}, ranges={"year": Range(low=2050)})
    slate = bench.scorer().recommend(RecommendRequest(at=NOW, constraints=limits))
    assert not slate.items
    assert [relaxation.constraint for relaxation in slate.relaxations] == ["year >= 2050"]


def test_words_of_this_conversation_act_at_once(bench: Bench) -> None:
    slate = bench.scorer().recommend(RecommendRequest(user_id="p00", at=NOW, k=8, liked=("f01", "f03")))
    assert kinds(bench, slate).count("Comedy") > 4
    assert not {"f01", "f03"} & {item.id for item in slate.items}


def test_a_disliked_item_does_not_bring_its_neighbours(bench: Bench) -> None:
    scorer = bench.scorer()
    plain = scorer.recommend(RecommendRequest(at=NOW, k=40))
    against = scorer.recommend(RecommendRequest(at=NOW, k=40, disliked=("f00", "f02", "f04")))
    assert kinds(bench, against)[:10].count("Thriller") < max(kinds(bench, plain)[:10].count("Thriller"), 1)
    assert not any(reason.item_ids and reason.contribution > 0 for item in against.items for reason in item.reasons)


def test_asked_topic_leads(bench: Bench) -> None:
    slate = bench.scorer().recommend(RecommendRequest(at=NOW, k=5, topics=("genre:comedy",)))
    assert kinds(bench, slate) == ["Comedy"] * 5
    assert any(reason.text == "Comedy, as you asked" for reason in slate.items[0].reasons)


def test_words_find_an_item_that_nobody_took_up(bench: Bench) -> None:
    slate = bench.scorer().recommend(RecommendRequest(at=NOW, k=3, query="Film 57"))
    assert slate.items[0].id == "f57"


def test_a_reason_names_history_that_carries_it(bench: Bench) -> None:
    slate = bench.scorer().recommend(RecommendRequest(user_id="p00", at=NOW, k=5))
    liked = {event.item_id: event.value for event in bench.events.of_user("p00")}
    named = [reason for item in slate.items for reason in item.reasons if reason.text.startswith("Because you liked")]
    assert named
    for reason in named:
        titles = [bench.catalog.columns().titles[bench.catalog.columns().position[i]] for i in reason.item_ids]
        assert all(title in reason.text for title in titles)
        assert all(liked[item] >= 0.5 for item in reason.item_ids)


def test_explain_agrees_with_recommend(bench: Bench) -> None:
    scorer = bench.scorer()
    request = RecommendRequest(user_id="p00", at=NOW, k=10, topics=("genre:Thriller",))
    slate = scorer.recommend(request)
    for place in (0, 4, 9):
        found = scorer.explain(request, slate.items[place].id)
        assert found.item.score == pytest.approx(slate.items[place].score)
        assert found.rank == place + 1


def test_explain_outside_the_limits_has_no_rank(bench: Bench) -> None:
    request = RecommendRequest(at=NOW, constraints=Constraints(exclude={"genre": ("Comedy",)}))
    found = bench.scorer().explain(request, "f01")
    assert (found.item.id, found.rank) == ("f01", None)
    with pytest.raises(NotFoundError, match="f99"):
        bench.scorer().explain(request, "f99")


def test_many_people_at_once_get_the_same_scores(bench: Bench) -> None:
    scorer = bench.scorer()
    people = ["p00", "p07", "stranger"]
    lists = scorer.recommend_many(people, 7, NOW)
    for person in people:
        slate = scorer.recommend(RecommendRequest(user_id=person, at=NOW, k=7))
        assert [item for item, _ in lists[person]] == [item.id for item in slate.items]
        assert [score for _, score in lists[person]] == pytest.approx([item.score for item in slate.items], abs=1e-6)


def test_no_event_after_the_moment_is_seen(make: Maker) -> None:
    bench = make([film(n) for n in range(60)], ratings())
    at = NOW - timedelta(days=20)
    bench.train(until=at)
    before = bench.scorer().recommend(RecommendRequest(user_id="p00", at=at, k=10))
    bench.events.append([rating("p00", f"f{n:02d}", at + timedelta(hours=1), 0.9) for n in range(1, 20, 2)])
    bench.events.append([rating(f"q{n}", "f55", at + timedelta(minutes=n + 1), 1.0) for n in range(30)])
    after = bench.scorer().recommend(RecommendRequest(user_id="p00", at=at, k=10))
    assert [(item.id, item.score) for item in after.items] == [(item.id, item.score) for item in before.items]


def test_a_new_event_changes_the_next_answer_without_training(make: Maker) -> None:
    bench = make([film(n) for n in range(60)], ratings())
    bench.train()
    scorer = bench.scorer()
    request = RecommendRequest(user_id="new", at=NOW, k=6)
    first = scorer.recommend(request)
    bench.events.append([rating("new", f"f{n:02d}", NOW - timedelta(hours=1), 1.0) for n in (1, 3, 5)])
    second = scorer.recommend(request)
    assert [item.id for item in first.items] != [item.id for item in second.items]
    assert (
        kinds(bench, second).count("Comedy") > kinds(bench, first).count("Comedy")
        or kinds(bench, first) == ["Comedy"] * 6
    )


def test_having_seen_it_does_not_take_a_like_back(bench: Bench) -> None:
    columns = bench.catalog.columns()
    said = [
        Event(user_id="x", at=NOW + timedelta(minutes=n), kind=kind, item_id="f03")
        for n, kind in enumerate((EventKind.LIKE, EventKind.SEEN))
    ]
    assert build_profile(said, columns, NOW, 30.0).strengths.tolist() == [1.0]
    assert build_profile(said[1:], columns, NOW, 30.0).strengths.tolist() == pytest.approx([0.3])
    column = np.zeros(2, np.int32)
    kinds_ = np.array([KINDS.index(event.kind) for event in said], np.int8)
    log = EventLog(("x",), column, column, np.array([1.0, 2.0]), kinds_, np.zeros(2, np.float32))
    assert Interactions.of(log, 1, KINDS).strength.tolist() == [1.0]


def test_a_muted_topic_never_comes_up(make: Maker) -> None:
    bench = make([film(n) for n in range(60)], ratings())
    bench.train()
    bench.events.append([Event(user_id="p00", at=NOW, kind=EventKind.MUTE, topic="genre:Thriller", value=-1.0)])
    slate = bench.scorer().recommend(RecommendRequest(user_id="p00", at=NOW + timedelta(hours=1), k=20))
    assert slate.items
    assert "Thriller" not in kinds(bench, slate)


def test_a_catalogue_without_events_is_ranked_by_what_is_known_of_its_items(make: Maker) -> None:
    bench = make([film(n) for n in range(20)], [])
    for trained in (False, True):
        if trained:
            bench.train()
        slate = bench.scorer().recommend(RecommendRequest(at=NOW, k=5))
        assert_sums(slate)
        asked = bench.scorer().recommend(RecommendRequest(at=NOW, k=5, liked=("f02",), query="Film 08"))
        assert asked.items[0].id == "f08"


def test_events_without_training_say_what_to_run(make: Maker) -> None:
    bench = make([film(n) for n in range(20)], [rating("a", "f01", NOW, 1.0)])
    with pytest.raises(NotTrainedError, match="driftline train"):
        bench.scorer().recommend(RecommendRequest(at=NOW))


def test_one_item_is_enough(make: Maker) -> None:
    bench = make([film(0)], [rating("a", "f00", NOW, 1.0)])
    bench.train()
    assert [item.id for item in bench.scorer().recommend(RecommendRequest(at=NOW)).items] == ["f00"]
    known = bench.scorer().recommend(RecommendRequest(user_id="a", at=NOW + timedelta(days=1)))
    assert known.items == ()


def test_a_new_item_needs_no_training(make: Maker) -> None:
    bench = make([film(n) for n in range(40)], [event for event in ratings() if event.item_id < "f40"])  # type: ignore[operator]
    bench.train()
    bench.catalog.upsert([film(58)])
    bench.retriever.__init__(bench.catalog)  # type: ignore[misc]
    bench.forecaster.__init__(bench.catalog)  # type: ignore[misc]
    slate = bench.scorer().recommend(RecommendRequest(at=NOW, k=3, query="Film 58"))
    assert slate.items[0].id == "f58"


def test_threads_share_one_scorer(bench: Bench) -> None:
    scorer = bench.scorer()
    expected = {u: [i.id for i in scorer.recommend(RecommendRequest(user_id=u, at=NOW)).items] for u in ("p00", "p01")}
    wrong: list[str] = []

    def ask(user: str) -> None:
        for _ in range(5):
            if [i.id for i in scorer.recommend(RecommendRequest(user_id=user, at=NOW)).items] != expected[user]:
                wrong.append(user)

    threads = [threading.Thread(target=ask, args=(user,)) for user in ("p00", "p01") * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
