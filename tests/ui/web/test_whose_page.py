"""Whose page a browser sees, who may be looked at, and how one leaves."""

from __future__ import annotations

import copy
import re
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from core.types import Event
from tests.ui.web.conftest import OTHER, OWN, QUERY, opened, sent
from tests.ui.web.fake import FakeService
from tests.ui.web.fake_timeline import LONG, SITTING
from ui.web.handlers import Handlers
from ui.web.session import Session


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


def test_a_link_opens_one_s_own_conversation_alone(handlers: Handlers) -> None:
    mine, theirs = opened(handlers), Session()
    sent(handlers, mine)
    handlers.act(mine, {"do": "fresh"})
    link = handlers.service.conversations(OWN)[0].id
    assert [turn.text for turn in opened(handlers, link=link).turns] == [QUERY]
    parts = handlers.open(theirs, {"own": OTHER, "link": link})
    assert not theirs.turns
    assert "another browser" in (parts.notice or "")


def test_the_language_is_the_browser_s_until_another_is_chosen(handlers: Handlers) -> None:
    session = opened(handlers, language="zh-CN")
    sent(handlers, session)
    whole = handlers.whole(session)
    assert 'data-language="zh"' in (whole.top or "")
    assert "喜欢" in "".join(whole.log or [])
    parts = handlers.act(session, {"do": "language", "to": "en"})
    assert 'data-language="en"' in (parts.top or "")
    assert "Not for me" in "".join(parts.log or [])


def test_a_visitor_who_brought_a_history_is_not_on_the_list(handlers: Handlers, service: FakeService) -> None:
    preview = service.read_history(OTHER, "watched.csv", b"Title,Date\nAlien,2019-03-01\nFargo,2019-03-02\n")
    assert service.import_history(OTHER, preview).added == 2
    service.log["import:bob"] = [event.model_copy(update={"source": "api"}) for event in service.log[OTHER]]
    mine = opened(handlers)
    assert {person.user_id for person in mine.people} == {LONG, SITTING}
    parts = handlers.act(mine, {"do": "person", "target": OTHER})
    assert "cannot be opened" in (parts.notice or "")


def test_what_the_server_lost_is_drawn_as_news(handlers: Handlers) -> None:
    """Gradio copies one session for every tab, and makes another copy where it lost that of a tab."""
    blank = Session()
    first, again = copy.deepcopy(blank), copy.deepcopy(blank)
    handlers.open(first, {"own": OWN})
    handlers.open(again, {"own": OWN})
    assert handlers.whole(first).log != handlers.whole(again).log


def test_a_look_for_news_takes_up_what_the_server_lost(handlers: Handlers) -> None:
    session = opened(handlers)
    sent(handlers, session)
    blank = Session()
    _, news = handlers.poll(blank, {"own": OWN, "conversation": session.conversation_id})
    assert QUERY in "".join(news.log or [])
    assert blank.user_id == OWN


def test_a_late_drawing_is_told_by_its_number(handlers: Handlers) -> None:
    def stamp(html: str) -> tuple[str, int]:
        found = re.search(r"<!--(\w+):(\d+)-->$", html)
        assert found is not None
        return found[1], int(found[2])

    session = opened(handlers)
    first, second = handlers.whole(session), handlers.whole(session)
    for one, other in ((first.log, second.log), (first.panel, second.panel), (first.top, second.top)):
        (run, number), (again, later) = stamp("".join(one or [])), stamp("".join(other or []))
        assert run == again == session.run
        assert number < later


def test_events_of_one_tab_happen_one_after_the_other(
    handlers: Handlers, service: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = opened(handlers)
    sent(handlers, session)
    inside, most = 0, 0
    events = service.events

    def slowly(*args: Any, **more: Any) -> Sequence[Event]:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        time.sleep(0.02)
        inside -= 1
        return events(*args, **more)

    monkeypatch.setattr(service, "events", slowly)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda words: handlers.act(session, {"do": "tl_filter", "words": words}), "abcd"))
    assert most == 1
    assert copy.deepcopy(session).alone is not session.alone
