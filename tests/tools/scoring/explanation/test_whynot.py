from __future__ import annotations

from datetime import timedelta

import pytest

from core.results import RecommendRequest
from core.types import Constraints, Event, EventKind, Range
from tests.tools.scoring.conftest import NOW, Bench, Maker, film, ratings
from tools.scoring.explanation import whynot


def test_what_is_shown_has_no_why_not(bench: Bench) -> None:
    scorer = bench.scorer()
    request = RecommendRequest(user_id="p00", at=NOW, k=4)
    for rank, item in enumerate(scorer.recommend(request).items, start=1):
        found = scorer.explain(request, item.id)
        assert (found.rank, found.why_not) == (rank, None)


def test_a_limit_is_named_and_lifting_it_is_tried(bench: Bench) -> None:
    scorer = bench.scorer()
    request = RecommendRequest(user_id="p00", at=NOW, k=5)
    first = scorer.recommend(request).items[0]
    year = first.year or 0
    limits = Constraints(exclude={"genre": ("Comedy",)}, ranges={"year": Range(low=year + 1)})
    limited = request.model_copy(update={"constraints": limits})
    found = scorer.explain(limited, first.id)
    assert found.rank is None
    assert found.why_not is not None
    assert (found.why_not.status, found.why_not.limits) == ("limits", (f"year >= {year + 1}",))
    assert found.why_not.change is not None
    assert (found.why_not.change.kind, found.why_not.change.values) == ("limit", (f"year >= {year + 1}",))
    assert f"year >= {year + 1}" in found.why_not.text[0]
    eased = limited.model_copy(update={"constraints": Constraints(exclude={"genre": ("Comedy",)})})
    assert scorer.recommend(eased).items[found.why_not.change.rank - 1].id == first.id


def test_a_known_item_is_told_with_the_event_and_seen_too_is_tried(bench: Bench) -> None:
    scorer = bench.scorer()
    request = RecommendRequest(user_id="p00", at=NOW, k=60)
    event = next(event for event in bench.events.of_user("p00") if event.value > 0)
    found = scorer.explain(request, event.item_id or "").why_not
    assert found is not None
    assert found.status == "known"
    assert [ground.event_id for ground in found.grounds] == [event.id]
    assert found.change is not None
    assert found.change.kind == "seen_too"
    ranked = scorer.recommend(request.model_copy(update={"seen_too": True}))
    assert ranked.items[found.change.rank - 1].id == event.item_id


def test_what_was_named_is_not_suggested(bench: Bench) -> None:
    found = bench.scorer().explain(RecommendRequest(user_id="p00", at=NOW, liked=("f58",)), "f58").why_not
    assert found is not None
    assert found.status == "named"


def test_a_lower_item_is_compared_with_the_last_one_shown(bench: Bench) -> None:
    scorer = bench.scorer()
    # Without discoveries, whose place depends on the length of the list.
    request = RecommendRequest(user_id="p00", at=NOW, k=30, adventure=0.0)
    items = scorer.recommend(request).items
    short = request.model_copy(update={"k": 5})
    near = scorer.explain(short, items[6].id)
    assert near.rank == 7
    assert near.why_not is not None
    assert near.why_not.status == "lower"
    assert near.why_not.contrast is not None
    assert near.why_not.contrast.item.id == items[4].id
    assert near.why_not.change is not None
    assert (near.why_not.change.kind, near.why_not.change.values) == ("k", ("7",))


def test_every_item_behind_a_list_has_an_answer_whatever_longer_lists_discover(bench: Bench) -> None:
    scorer = bench.scorer()
    for user in ("p00", "p01", "p02"):
        request = RecommendRequest(user_id=user, at=NOW, k=3)
        for item in scorer.recommend(request.model_copy(update={"k": 13})).items[3:]:
            found = scorer.explain(request, item.id)
            if found.rank is not None and found.rank > 3:
                assert found.why_not is not None
                assert found.why_not.status == "lower"
                if found.why_not.change is not None and found.why_not.change.kind == "k":
                    assert found.why_not.change.rank <= int(found.why_not.change.values[0])


def test_asking_for_a_topic_is_a_change_that_is_checked(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whynot, "LITTLE", -60)
    scorer = bench.scorer()
    changes = []
    for user, kind in (("p00", "Comedy"), ("p01", "Thriller"), (None, "Comedy"), (None, "Thriller")):
        request = RecommendRequest(user_id=user, at=NOW, k=2)
        asked = scorer.recommend(request.model_copy(update={"topics": (f"genre:{kind}",)})).items
        for rank, item in enumerate(asked, start=1):
            found = scorer.explain(request, item.id).why_not if item.facets["genre"] == (kind,) else None
            if found is not None:
                changes.append((rank, kind, item.title, found.change))
    assert changes
    for rank, kind, title, change in changes:
        assert change is not None
        assert (change.kind, change.values, change.rank) == ("topic", (f"genre:{kind}",), rank)
        assert change.text == f"Asking for {kind} too, {title} would be number {rank}."


def test_a_muted_topic_is_told_and_no_request_lifts_it(make: Maker) -> None:
    bench = make([film(n) for n in range(60)], ratings())
    bench.train()
    bench.events.append([Event(user_id="p00", at=NOW, kind=EventKind.MUTE, topic="genre:Thriller", value=-1.0)])
    found = bench.scorer().explain(RecommendRequest(user_id="p00", at=NOW + timedelta(hours=1)), "f58").why_not
    assert found is not None
    assert found.text[0] == "Film 58 is left out: you muted Thriller."
    assert found.change is None


def test_an_item_excluded_by_name_or_unavailable_is_told_so(make: Maker) -> None:
    gone = film(59).model_copy(update={"available": False})
    bench = make([*(film(n) for n in range(59)), gone], ratings())
    bench.train()
    scorer = bench.scorer()
    request = RecommendRequest(user_id="p00", at=NOW, constraints=Constraints(exclude_items=frozenset({"f58"})))
    excluded, absent = (scorer.explain(request, item).why_not for item in ("f58", "f59"))
    assert excluded is not None
    assert "ruled out before" in excluded.text[0]
    assert absent is not None
    assert (absent.limits, absent.change) == (("available only",), None)


def test_a_twin_is_told_from_what_it_repeats(make: Maker) -> None:
    twin = film(52).model_copy(update={"id": "twin"})
    bench = make([*(film(n) for n in range(60)), twin], ratings())
    bench.train()
    scorer = bench.scorer()
    request = RecommendRequest(user_id="p00", at=NOW, k=60)
    shown = {item.id for item in scorer.recommend(request).items}
    (hidden,) = {"f52", "twin"} - shown
    found = scorer.explain(request, hidden)
    assert found.rank is None
    assert found.why_not is not None
    assert found.why_not.status == "same"
