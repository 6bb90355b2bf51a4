"""A what-if is what the engine returns once the events are really removed or added."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.build import Workspace
from agent.service import Service
from core.errors import InputError, NotFoundError
from core.results import RecommendRequest, Slate
from core.types import Constraints, Event, EventKind
from tests.agent.workspace import FILMS, NOW, PEOPLE
from tools.scoring.scorer import AdditiveScorer
from tools.trends.popularity import EventTrends

CLOSE = 1e-6
_numbers = itertools.count()

requests = st.fixed_dictionaries(
    {
        "k": st.integers(1, 25),
        "horizon": st.integers(0, 6),
        "adventure": st.none() | st.floats(0, 1),
        "query": st.sampled_from(["", "", "space", "a tense courtroom drama"]),
        "seen_too": st.booleans(),
    }
)
additions = st.tuples(
    st.integers(0, FILMS - 1),
    st.sampled_from([0, 1, 40, 200]),
    st.sampled_from(list(EventKind)),
    st.sampled_from([-0.6, 0.0, 0.6, 1.0]),
    st.none() | st.integers(0, 20),
)
"""Place of the item in the catalogue, days ago, kind, value, and place of the event that it replaces."""


@contextmanager
def copied(small: Workspace, person: int) -> Iterator[str]:
    """A copy of one of the workspace's people, with words of theirs too, for one use; taken back afterwards."""
    events = small.deps.events
    name = f"what-if-{next(_numbers)}"
    copies = [
        event.model_copy(update={"id": f"{name}-{place}", "user_id": name})
        for place, event in enumerate(events.of_user(f"p{person}"))
    ]
    said: dict[str, Any] = {"user_id": name, "source": "dialogue", "conversation_id": f"c-{name}"}
    for place, (kind, words) in enumerate(
        {EventKind.LIKE: "slow films about families by the sea", EventKind.MENTION: "spaceships and robots"}.items()
    ):
        at = NOW - timedelta(days=2 - place)
        copies.append(Event(id=f"{name}-said-{place}", at=at, kind=kind, topic="genre:Drama", value=0.8, **said))
        small.deps.retriever.remember(name, copies[-1].id, words, at)
    events.append(copies)
    try:
        yield name
    finally:
        events.retract_all(name, [event.id for event in events.of_user(name)], NOW)


@pytest.fixture(scope="module")
def eager(small: Workspace) -> AdditiveScorer:
    """A scorer that reads everything again for every list, as a new process does."""
    deps = small.deps
    trends = EventTrends(deps.catalog, deps.events, refresh=0)
    return AdditiveScorer(deps.settings, deps.catalog, deps.events, deps.retriever, deps.forecaster, trends)


def assert_same(found: Slate, real: Slate) -> None:
    assert [item.id for item in found.items] == [item.id for item in real.items]
    for mine, theirs in zip(found.items, real.items, strict=True):
        assert mine.score == pytest.approx(theirs.score, abs=CLOSE)
        parts = {reason.feature: reason.contribution for reason in theirs.reasons}
        assert {reason.feature: reason.contribution for reason in mine.reasons} == pytest.approx(parts, abs=CLOSE)
    assert found.constraints == real.constraints


def assert_sums(slate: Slate) -> None:
    for item in slate.items:
        assert slate.intercept + sum(reason.contribution for reason in item.reasons) == pytest.approx(
            item.score, abs=CLOSE
        )


@settings(max_examples=12, deadline=None)
@given(data=st.data(), person=st.integers(0, PEOPLE - 1), asked=requests)
def test_dropped_events_count_as_if_they_were_taken_back(
    small: Workspace, eager: AdditiveScorer, data: st.DataObject, person: int, asked: dict[str, Any]
) -> None:
    with copied(small, person) as user:
        request = RecommendRequest(user_id=user, at=NOW, **asked)
        places = st.integers(0, len(small.deps.events.of_user(user)) - 1)
        drop = [
            small.deps.events.of_user(user)[place].id
            for place in data.draw(st.lists(places, min_size=1, max_size=4, unique=True))
        ]
        scorers = (small.deps.scorer, eager)
        found = [scorer.what_if(request, drop=drop) for scorer in scorers]
        for scorer, answer in zip(scorers, found, strict=True):
            assert_sums(answer.before)
            assert_sums(answer.after)
            assert_same(answer.before, scorer.recommend(request))
        for event_id in drop:
            small.deps.events.retract(user, event_id, NOW)
        for scorer, answer in zip(scorers, found, strict=True):
            assert_same(answer.after, scorer.recommend(request))


@settings(max_examples=12, deadline=None)
@given(data=st.data(), person=st.integers(0, PEOPLE - 1), asked=requests)
def test_added_events_count_as_if_they_had_happened(
    small: Workspace, eager: AdditiveScorer, data: st.DataObject, person: int, asked: dict[str, Any]
) -> None:
    with copied(small, person) as user:
        request = RecommendRequest(user_id=user, at=NOW, **asked)
        history = small.deps.events.of_user(user)
        items = small.deps.catalog.columns().ids
        add = [
            Event(
                user_id=user,
                at=NOW - timedelta(days=days),
                kind=kind,
                item_id=items[place],
                value=value,
                replaces=None if replaced is None else history[replaced].id,
            )
            for place, days, kind, value, replaced in data.draw(st.lists(additions, min_size=1, max_size=3))
        ]
        scorers = (small.deps.scorer, eager)
        found = [scorer.what_if(request, add=add) for scorer in scorers]
        assert small.deps.events.of_user(user) == history
        small.deps.events.append(add)
        for scorer, answer in zip(scorers, found, strict=True):
            assert_sums(answer.after)
            assert_same(answer.after, scorer.recommend(request))


@pytest.mark.parametrize(
    "changes",
    [
        {"horizon": 0},
        {"horizon": 6, "k": 4},
        {"adventure": 1.0},
        {"seen_too": True},
        {"constraints": Constraints(exclude={"genre": ("Drama",)})},
        {"at": NOW - timedelta(days=60)},
    ],
)
def test_another_request_is_answered_as_if_it_had_been_asked(service: Service, changes: dict[str, object]) -> None:
    request = RecommendRequest(user_id="p3", at=NOW, k=8)
    then = request.model_copy(update=changes)
    found = service.what_if(request, then=then)
    assert_same(found.before, service.recommend(request))
    assert_same(found.after, service.recommend(then))
    assert found.after.request == then


def test_shifts_tell_every_place_that_changes(service: Service) -> None:
    request = RecommendRequest(user_id="p5", at=NOW, k=6)
    everything = request.model_copy(update={"k": 1000})
    drop = [event.id for event in service.events("p5")[:3]]
    found = service.what_if(request, drop=drop)
    before = [item.id for item in found.before.items]
    after = [item.id for item in found.after.items]
    place = {shift.item_id: shift for shift in found.shifts}
    for item in dict.fromkeys((*after, *before)):
        ranks = (before.index(item) + 1 if item in before else None, after.index(item) + 1 if item in after else None)
        if ranks[0] == ranks[1]:
            assert item not in place
            continue
        shift = place[item]
        assert shift.rank == ranks[0] if ranks[0] else shift.rank is None or shift.rank > 6
        assert shift.rank_then == ranks[1] if ranks[1] else shift.rank_then is None or shift.rank_then > 6
    assert set(place) <= {*before, *after}
    assert len(service.recommend(everything).items) > 6
    assert found.text
    assert found.text[0].startswith("Without your rating of ")


def test_nothing_changed_is_said_so(service: Service) -> None:
    found = service.what_if(RecommendRequest(user_id="p5", at=NOW, k=6))
    assert found.shifts == ()
    assert found.text == ("With nothing changed, the list would be the same.",)


def test_what_cannot_be_dropped_or_added_is_named(service: Service) -> None:
    request = RecommendRequest(user_id="p2", at=NOW)
    item = service.recommend(request).items[0].id
    with pytest.raises(NotFoundError, match="'no-such-event'"):
        service.what_if(request, drop=["no-such-event"])
    with pytest.raises(NotFoundError, match="of user 'p2'"):
        service.what_if(request, drop=[service.events("p3")[0].id])
    with pytest.raises(NotFoundError, match="'no-such-film'"):
        service.what_if(request, add=[Event(user_id="p2", at=NOW, kind=EventKind.LIKE, item_id="no-such-film")])
    with pytest.raises(InputError, match="'p3'"):
        service.what_if(request, add=[Event(user_id="p3", at=NOW, kind=EventKind.LIKE, item_id=item)])
    late = NOW + timedelta(seconds=1)
    with pytest.raises(InputError, match="after 2024-06-01"):
        service.what_if(request, add=[Event(user_id="p2", at=late, kind=EventKind.LIKE, item_id=item)])
    with pytest.raises(InputError, match="one person at a time"):
        service.what_if(request, then=request.model_copy(update={"user_id": "p3"}))


def test_carriers_are_what_ifs_of_one_event_each(service: Service) -> None:
    request = RecommendRequest(user_id="p4", at=NOW, k=5)
    found = service.carriers(request, limit=12)
    assert_same(found.slate, service.recommend(request))
    assert found.tried == 12
    assert [carrier.weight for carrier in found.carriers] == sorted(
        (carrier.weight for carrier in found.carriers), reverse=True
    )
    assert found.carriers
    for carrier in found.carriers[:5]:
        assert carrier.event.event_id is not None
        without = service.what_if(request, drop=[carrier.event.event_id])
        assert carrier.shifts == without.shifts
        assert bool(carrier.text) == bool(carrier.shifts)
        assert not carrier.text or carrier.event.name in carrier.text


def test_a_stranger_has_no_carriers(service: Service) -> None:
    found = service.carriers(RecommendRequest(user_id="never-seen", at=NOW, k=5))
    assert (found.carriers, found.tried) == ((), 0)
    assert found.slate.items
    assert "no events" in found.text[0]
