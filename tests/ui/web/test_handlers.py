from __future__ import annotations

from typing import Any

import pytest

from agent.state import Update
from core.types import EventKind
from tests.ui.web.fake import LONG, SITTING, FakeService
from ui.web.handlers import Handlers, Parts
from ui.web.session import Session

QUERY = "I loved Alien and Fargo, something tense but not gory, after 1990"
OWN = "guest-" + "a" * 32
OTHER = "guest-" + "b" * 32


@pytest.fixture
def service() -> FakeService:
    return FakeService()


@pytest.fixture
def handlers(service: FakeService) -> Handlers:
    return Handlers(service)


def opened(handlers: Handlers, **data: Any) -> Session:
    session = Session()
    handlers.open(session, {"own": OWN, **data})
    return session


def sent(handlers: Handlers, session: Session, text: str = QUERY) -> list[Parts]:
    return list(handlers.send(session, {"text": text}))


@pytest.mark.parametrize(("place", "passed"), [("1", 1.0), ("0", 0.0), ("", None), ("7", None), ("nan", None)])
def test_the_dial_goes_with_the_message(handlers: Handlers, service: FakeService, place: str, passed: object) -> None:
    list(handlers.send(opened(handlers), {"text": QUERY, "adventure": place}))
    assert service.adventure == passed


def test_a_new_browser_gets_an_id_that_cannot_be_guessed(handlers: Handlers) -> None:
    first, second = Session(), Session()
    handlers.open(first, {"own": ""})
    handlers.open(second, {"own": "12439"})
    assert first.own_id != second.own_id
    assert second.user_id == second.own_id != "12439"


def test_a_reload_shows_the_same_person_and_conversation(handlers: Handlers) -> None:
    session = opened(handlers)
    sent(handlers, session)
    again = opened(handlers, conversation=session.conversation_id)
    assert again.turns[0].text == QUERY
    assert again.turns[0].items == session.turns[0].items


def test_nobody_else_s_page_can_be_opened(handlers: Handlers, service: FakeService) -> None:
    theirs = Session()
    handlers.open(theirs, {"own": OTHER})
    sent(handlers, theirs)
    mine = opened(handlers, person=OTHER, conversation=theirs.conversation_id)
    assert mine.user_id == OWN
    assert not mine.turns
    parts = handlers.act(mine, {"do": "person", "target": OTHER})
    assert "cannot be opened" in (parts.notice or "")
    handlers.act(mine, {"do": "conversation", "target": theirs.conversation_id})
    assert not mine.turns
    assert OTHER not in {person.user_id for person in mine.people}


def test_people_who_only_talked_are_not_on_the_list(handlers: Handlers, service: FakeService) -> None:
    list(service.stream("colleague", QUERY))
    assert {person.user_id for person in opened(handlers).people} == {LONG, SITTING}


def test_asking_twice_to_open_the_page_keeps_a_running_turn(handlers: Handlers) -> None:
    session = opened(handlers)
    running = handlers.send(session, {"text": QUERY})
    next(running)
    handlers.open(session, {"own": OWN})
    assert list(running)
    assert session.turns[0].state == "done"


def test_known_people_can_be_looked_at_and_left(handlers: Handlers) -> None:
    session = opened(handlers)
    parts = handlers.act(session, {"do": "person", "target": LONG})
    assert session.user_id == LONG
    assert f"Person {LONG}" in (parts.top or "")
    handlers.act(session, {"do": "home"})
    assert session.user_id == OWN


def test_a_turn_streams_and_marks_what_is_new(handlers: Handlers) -> None:
    session = opened(handlers)
    parts = sent(handlers, session)
    assert len(parts) > 5
    assert parts[0].panel is None
    assert "fresh" in "".join(parts[-1].panel or [])
    assert session.turns[-1].state == "done"
    assert session.conversation_id


def test_a_verdict_reaches_the_timeline_and_the_card(handlers: Handlers, service: FakeService) -> None:
    session = opened(handlers)
    sent(handlers, session)
    item = session.turns[0].items[0].id
    parts = handlers.act(session, {"do": "verdict", "verdict": "dislike", "item": item, "turn": "1"})
    newest = service.events(OWN)[0]
    assert (newest.kind, newest.item_id, newest.turn) == (EventKind.DISLIKE, item, 1)
    assert 'aria-pressed="true"' in "".join(parts.log or [])
    assert newest.id in "".join(parts.panel or [])


def test_pressing_again_takes_a_verdict_back(handlers: Handlers, service: FakeService) -> None:
    session = opened(handlers)
    sent(handlers, session)
    press = {"do": "verdict", "verdict": "like", "item": session.turns[0].items[0].id}
    before = len(service.events(OWN))
    handlers.act(session, press)
    handlers.act(session, press)
    assert len(service.events(OWN)) == before


def test_like_and_not_for_me_exclude_each_other(handlers: Handlers) -> None:
    session = opened(handlers)
    sent(handlers, session)
    item = session.turns[0].items[0].id
    handlers.act(session, {"do": "verdict", "verdict": "like", "item": item})
    handlers.act(session, {"do": "verdict", "verdict": "dislike", "item": item})
    assert (item, EventKind.DISLIKE) in session.verdicts
    assert (item, EventKind.LIKE) not in session.verdicts


def test_events_can_be_changed_and_removed(handlers: Handlers, service: FakeService) -> None:
    session = opened(handlers)
    sent(handlers, session)
    event = service.events(OWN)[0]
    handlers.act(session, {"do": "edit", "event": event.id, "kind": "dislike", "value": "-0.5"})
    changed = service.events(OWN)[0]
    assert (changed.kind, changed.value) == (EventKind.DISLIKE, -0.5)
    handlers.act(session, {"do": "remove", "event": changed.id})
    assert changed.id not in {event.id for event in service.events(OWN)}


def test_a_changed_rating_drops_the_figure_that_no_longer_holds(handlers: Handlers, service: FakeService) -> None:
    session = opened(handlers)
    handlers.act(session, {"do": "person", "target": SITTING})
    rating = service.events(SITTING)[0]
    handlers.act(session, {"do": "edit", "event": rating.id, "kind": "rating", "value": "-1"})
    assert service.events(SITTING)[0].text is None


@pytest.mark.parametrize("value", ["", "2", "nan", "strong"])
def test_an_impossible_weight_is_refused_in_one_line(handlers: Handlers, service: FakeService, value: str) -> None:
    session = opened(handlers)
    sent(handlers, session)
    event = service.events(OWN)[0]
    parts = handlers.act(session, {"do": "edit", "event": event.id, "kind": "like", "value": value})
    assert "-1 to 1" in (parts.notice or "")
    assert service.events(OWN)[0] == event


def test_an_expected_failure_keeps_the_words_and_says_why(handlers: Handlers, service: FakeService) -> None:
    session = opened(handlers)
    service.fail = "The store is busy."
    html = "".join(sent(handlers, session)[-1].log or [])
    assert "The store is busy. Try again in a moment." in html
    assert f'data-text="{QUERY}"' in html
    service.fail = ""
    assert sent(handlers, session)[-1].log
    assert session.turns[-1].state == "done"


def test_a_bug_ends_the_turn_too(handlers: Handlers, service: FakeService, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Update:
        raise RuntimeError("boom")

    session = opened(handlers)
    monkeypatch.setattr(service, "stream", broken)
    html = "".join(sent(handlers, session)[-1].log or [])
    assert "boom" not in html
    assert "please try again" in html


def test_a_stopped_turn_keeps_what_came_and_the_conversation(handlers: Handlers) -> None:
    session = opened(handlers)
    running = handlers.send(session, {"text": QUERY})
    for _ in range(8):
        next(running)
    handlers.stop(session, {})
    shown = session.turns[0].reply
    last = list(running)[-1]
    assert session.turns[0].state == "stopped"
    assert session.turns[0].reply == shown
    assert "Stopped" in "".join(last.log or [])
    assert session.conversation_id


def test_a_second_message_waits_for_the_first(handlers: Handlers) -> None:
    session = opened(handlers)
    running = handlers.send(session, {"text": QUERY})
    next(running)
    assert sent(handlers, session, "and another") == []


def test_a_turn_of_a_page_that_was_left_is_not_drawn(handlers: Handlers) -> None:
    session = opened(handlers)
    running = handlers.send(session, {"text": QUERY})
    next(running)
    handlers.act(session, {"do": "fresh"})
    assert list(running) == []
    assert not session.turns


def test_a_restarted_server_takes_up_where_the_browser_is(handlers: Handlers) -> None:
    session = opened(handlers)
    sent(handlers, session)
    blank = Session()
    list(handlers.send(blank, {"own": OWN, "conversation": session.conversation_id, "text": "another one"}))
    assert [turn.text for turn in blank.turns] == [QUERY, "another one"]


def test_erasing_leaves_nothing_and_gives_a_new_page(handlers: Handlers, service: FakeService) -> None:
    session = opened(handlers)
    sent(handlers, session)
    handlers.act(session, {"do": "erase"})
    assert not service.events(OWN)
    assert session.own_id != OWN
    assert not session.turns
