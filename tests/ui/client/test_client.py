"""The client against the real API on a real port."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from core.types import Constraints, EventKind, Range
from core.updates import Done, Text
from core.wire.bodies import BatchForecastBody, BulkEvent, EventBody, EventChange, RecommendBody
from ui.client import Driftline, Invalid, NotFound, Unauthorised

AT = datetime(2024, 5, 1, 12, tzinfo=UTC)


def test_the_token_opens_the_door(address: str) -> None:
    with Driftline(address) as stranger, pytest.raises(Unauthorised) as raised:
        stranger.items.get("tt0078748")
    assert raised.value.problem.type == "/problems/unauthorised"


def test_a_slate_and_what_is_asked_about_it(driftline: Driftline) -> None:
    slate = driftline.recommendations.get(RecommendBody(user_id="p3", k=3))
    assert slate.request is not None
    assert driftline.recommendations.get(slate.request).items == slate.items
    first = slate.items[0]
    why = driftline.explanations.get(first.id, slate.request)
    assert why.item.score == pytest.approx(first.score)
    assert driftline.explanations.over(first.id, slate.items[1].id, slate.request).difference >= 0
    assert driftline.explanations.without(first.id, slate.request).rank == 1
    what_if = driftline.recommendations.what_if(slate.request, then=RecommendBody(adventure=1.0))
    assert (what_if.before.adventure, what_if.after.adventure) == (None, 1.0)
    assert driftline.recommendations.carriers(slate.request, limit=4).tried <= 4


def test_reports_are_whole_pages_in_a_language(driftline: Driftline) -> None:
    page = driftline.people.report("p3", k=3)
    assert page.lstrip().lower().startswith("<!doctype html>")
    slate = driftline.recommendations.get(RecommendBody(user_id="p3", k=3))
    assert slate.items[0].title in page
    assert slate.request is not None
    assert 'lang="zh' in driftline.recommendations.report(slate.request, "zh")


def test_batches_as_rows_and_as_files(driftline: Driftline, tmp_path: Path) -> None:
    rows = list(driftline.batch.explanations(["p1", "p2"], RecommendBody(k=2)))
    assert [(row.user_id, row.rank) for row in rows] == [("p1", 1), ("p1", 2), ("p2", 1), ("p2", 2)]
    driftline.batch.explanations_to(tmp_path / "why.parquet", ["p1", "p2"], RecommendBody(k=2))
    assert pq.read_table(tmp_path / "why.parquet")["item_id"].to_pylist() == [row.item_id for row in rows]
    body = BatchForecastBody(user_ids=("p1", "p2"), horizon=2)
    shares = [row.share for row in driftline.batch.forecasts(body) if row.user_id == "p1" and row.horizon == 2]
    assert sum(shares) == pytest.approx(1.0, abs=1e-3)
    driftline.batch.forecasts_to(tmp_path / "ahead.parquet", body)
    assert pq.read_table(tmp_path / "ahead.parquet").num_rows == 4 * len(shares)


def test_items_and_topics(driftline: Driftline) -> None:
    limits = Constraints(ranges={"year": Range(low=1990)})
    found = [hit.item for hit in driftline.items.search_all("space", limits)]
    assert len(found) == len({item.id for item in found}) > 20
    assert all(item.numbers["year"] >= 1990 for item in found)
    assert driftline.items.many([found[0].id, "nothing"]).missing == ("nothing",)
    assert driftline.items.get(found[0].id) == found[0]
    assert len(driftline.items.similar("tt0078748", 4)) == 4
    assert driftline.items.topics().topics
    with pytest.raises(NotFound, match="no item 'nothing'"):
        driftline.items.get("nothing")


def test_events_from_adding_to_erasing(driftline: Driftline, person: str) -> None:
    days = [AT - timedelta(days=day) for day in range(7)]
    event = EventBody(at=AT, kind=EventKind.LIKE, item_id="tt0078748", value=1.0, key="first")
    assert driftline.events.add(person, event) == driftline.events.add(person, event)
    bulk = [BulkEvent(user_id=person, at=day, kind=EventKind.SEEN, item_id="tt0078748") for day in days]
    late = BulkEvent(user_id=person, at=AT + timedelta(days=9000), kind=EventKind.SEEN)
    outcome = driftline.events.add_many([*bulk, late])
    assert (outcome.added, [entry.index for entry in outcome.invalid]) == (7, [7])
    kept = list(driftline.events.list(person, limit=3))
    assert len(kept) == 8
    changed = driftline.events.change(person, kept[-1].id, EventChange(value=0.5))
    assert driftline.events.get(person, changed.id).value == 0.5
    driftline.events.retract(person, changed.id)
    assert len(list(driftline.events.list(person, kind=[EventKind.SEEN]))) == 6
    assert driftline.timelines.get(person, "month").topics
    assert len(driftline.timelines.forecast(person, 2).shares) == 2
    assert driftline.people.export(person)["events"]
    assert driftline.people.forget(person)["events"] == 9
    assert list(driftline.events.list(person)) == []


def test_a_conversation_from_beginning_to_end(driftline: Driftline, person: str) -> None:
    conversation = driftline.conversations.start(person, "Evenings")
    turn = driftline.conversations.chat(person, "I loved Alien", conversation.id)
    updates = list(driftline.conversations.stream(person, "something tense", conversation.id, adventure=1.0))
    done = updates[-1]
    assert isinstance(done, Done)
    assert done.turn.reply.strip() == "".join(each.delta for each in updates if isinstance(each, Text)).strip()
    assert [each.turn for each in driftline.conversations.turns(person, conversation.id, limit=1)] == [0, 1]
    assert list(driftline.conversations.turns(person, conversation.id, since=1)) == [done.turn]
    assert turn.conversation_id == conversation.id
    assert driftline.conversations.rename(person, conversation.id, "Nights").title == "Nights"
    (found,) = driftline.conversations.list(person, words="tense")
    assert (found.id, found.title) == (conversation.id, "Nights")
    card = done.turn.items[0]
    assert driftline.people.feedback(person, card.id, "like", conversation.id, 1).item_id == card.id
    driftline.conversations.forget(person, conversation.id)
    with pytest.raises(NotFound):
        driftline.conversations.get(person, conversation.id)
    assert driftline.conversations.extract("I loved Alien")[0].item_id == "tt0078748"


def test_consent(driftline: Driftline, person: str) -> None:
    assert driftline.people.consent(person).remember
    assert driftline.people.set_consent(person, remember=False).remember is False
    assert driftline.people.consent(person).remember is False


def test_every_field_that_cannot_be_used_is_told(driftline: Driftline) -> None:
    with pytest.raises(Invalid) as raised:
        driftline.timelines.forecast("ann", horizon=99)
    (error,) = raised.value.problem.errors
    assert (error.place, error.pointer, error.value) == ("query", "#/horizon", "99")
