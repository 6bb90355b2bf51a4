"""Messages and their answers: streamed, stopped, failed, taken back."""

from __future__ import annotations

import pytest

from agent.state import Update
from core.errors import InputError
from core.types import EventKind
from tests.ui.web.conftest import OWN, QUERY, opened, sent
from tests.ui.web.fake import FakeService
from ui.web.handlers import Handlers


def test_a_turn_streams_and_marks_what_is_new(handlers: Handlers) -> None:
    session = opened(handlers)
    parts = sent(handlers, session)
    assert len(parts) > 5
    assert parts[0].panel is None
    assert "fresh" in "".join(parts[-1].panel or [])
    assert session.turns[-1].state == "done"
    assert session.conversation_id


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


def test_the_last_message_is_taken_back_and_sent_again(handlers: Handlers, service: FakeService) -> None:
    session = opened(handlers)
    sent(handlers, session)
    number = session.turns[0].number
    handlers.dial(session, {"adventure": "4"})
    list(handlers.send(session, {"text": "I loved Heat", "replaces": str(number)}))
    assert [turn.text for turn in session.turns] == ["I loved Heat"]
    assert [turn.text for turn in service.turns(session.conversation_id or "")] == ["I loved Heat"]
    liked = {event.item_id for event in service.events(OWN) if event.kind is EventKind.LIKE}
    assert {service.catalog[item or ""].title for item in liked} == {"Heat"}


def test_what_cannot_be_taken_back_is_said_and_kept(handlers: Handlers, service: FakeService) -> None:
    session = opened(handlers)
    sent(handlers, session)
    service.fail = "Somebody has this message already."
    html = "".join(list(handlers.send(session, {"text": "other", "replaces": "1"}))[-1].log or [])
    assert "Somebody has this message already." in html
    assert [turn.text for turn in session.turns] == [QUERY, "other"]
    assert 'data-text="other"' in html


def test_handing_over_and_back_is_never_silent(handlers: Handlers, service: FakeService) -> None:
    session = opened(handlers)
    sent(handlers, session)
    conversation = session.conversation_id or ""
    assert handlers.whole(session).banner == ""
    parts = handlers.act(session, {"do": "human"})
    assert "One will be with you" in (parts.banner or "")
    waiting = sent(handlers, session, "my parcel never came")[-1]
    assert "Waiting for a person" in "".join(waiting.log or [])
    assert "retry" not in "".join(waiting.log or [])

    service.desk.take("maria", OWN, conversation)
    service.desk.say("maria", OWN, conversation, "Hello, I am looking.")
    state, news = handlers.poll(session, {})
    assert 'data-live="1"' in state
    assert "You are talking to maria" in (news.banner or "")
    html = "".join(news.log or [])
    assert "Hello, I am looking." in html
    assert "Waiting for a person" not in html
    assert handlers.poll(session, {})[1].log is None

    service.desk.hand_back(OWN, conversation)
    assert "talking to Driftline again" in (handlers.poll(session, {})[1].banner or "")
    assert "done" in {turn.state for turn in session.turns}
    assert sent(handlers, session, "another one")[-1].banner
    assert session.turns[-1].items


def test_a_look_that_fails_costs_nothing(
    handlers: Handlers, service: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_conversation: str) -> None:
        raise InputError("The store is busy.", "Try again.")

    session = opened(handlers)
    sent(handlers, session)
    monkeypatch.setattr(service.desk, "thread", broken)
    assert handlers.poll(session, {})[1].log is None
    assert session.turns


def test_where_nobody_is_there_the_line_that_says_so_is_shown(handlers: Handlers, service: FakeService) -> None:
    session = opened(handlers)
    sent(handlers, session)
    service.desk.alone = "Nobody is at the desk just now, so I left a note."
    parts = handlers.act(session, {"do": "human"})
    assert "so I left a note" in "".join(parts.log or [])
    assert parts.banner == ""
    assert session.turns[0].items


def test_what_was_taken_back_in_another_tab_is_gone_in_this_one(handlers: Handlers) -> None:
    first = opened(handlers)
    sent(handlers, first)
    second = opened(handlers, conversation=first.conversation_id)
    number = first.turns[0].number
    list(handlers.send(first, {"text": "I loved Heat", "replaces": str(number)}))
    assert first.turns[0].number == number
    _, news = handlers.poll(second, {})
    assert "I loved Heat" in "".join(news.log or [])
    assert [turn.text for turn in second.turns] == ["I loved Heat"]
    assert handlers.poll(second, {})[1].log is None
    assert handlers.poll(first, {})[1].log is None


def test_a_conversation_that_was_deleted_in_another_tab_begins_anew(handlers: Handlers, service: FakeService) -> None:
    session = opened(handlers)
    sent(handlers, session)
    gone = session.conversation_id
    handlers.act(opened(handlers), {"do": "forget", "target": gone})
    sent(handlers, session, "I loved Heat")
    assert session.conversation_id not in (None, gone)
    assert [turn.text for turn in session.turns] == ["I loved Heat"]


def test_what_the_staff_have_is_neither_tried_again_nor_answered_by_a_press(handlers: Handlers) -> None:
    session = opened(handlers)
    assert 'class="quick"' in "".join(sent(handlers, session)[-1].log or [])
    html = "".join(handlers.act(session, {"do": "human"}).log or [])
    assert 'data-do="retry"' not in html
    assert 'class="quick"' not in html


def test_a_message_to_somebody_says_who_has_it(handlers: Handlers, service: FakeService) -> None:
    session = opened(handlers)
    sent(handlers, session)
    service.desk.take("maria", OWN, session.conversation_id or "")
    handlers.poll(session, {})
    assert "Your message is with maria." in "".join(sent(handlers, session, "hello?")[-1].log or [])
