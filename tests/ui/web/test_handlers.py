from __future__ import annotations

from typing import Any

import pytest

from agent.state import Update
from core.errors import InputError
from core.types import EventKind
from tests.ui.web.fake import LONG, SITTING, FakeService
from ui.web.handlers import Handlers
from ui.web.parts import Parts
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


@pytest.mark.parametrize(
    ("adventure", "horizon", "seen", "passed"),
    [
        ("4", "1", "", (1.0, None, None)),
        ("0", "0", "", (0.0, 0, None)),
        ("2", "3", "1", (None, 3, True)),
        ("7", "99", "yes", (None, None, None)),
        ("nan", "-1", "", (None, None, None)),
    ],
)
def test_the_dials_go_with_the_message(
    handlers: Handlers, service: FakeService, adventure: str, horizon: str, seen: str, passed: object
) -> None:
    list(handlers.send(opened(handlers), {"text": QUERY, "adventure": adventure, "horizon": horizon, "seen": seen}))
    assert service.dials == passed


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


def test_a_dial_changes_the_cards_in_their_place(handlers: Handlers) -> None:
    session = opened(handlers)
    sent(handlers, session)
    view = session.turns[0]
    before = [item.id for item in view.items]
    parts = handlers.dial(session, {"adventure": "4"})
    assert [item.id for item in view.items] != before
    assert len(session.turns) == 1
    html = "".join(parts.log or [])
    assert "shifted" in html
    assert "up " in html
    assert QUERY in html
    reloaded = opened(handlers, conversation=session.conversation_id)
    assert [turn.text for turn in reloaded.turns] == [QUERY]
    assert [item.id for item in reloaded.turns[0].items] == [item.id for item in view.items]
    assert 'id="dl-adventure" data-dial="adventure" min="0" max="4" step="1" value="4"' in (
        handlers.whole(reloaded).composer or ""
    )


def test_a_dial_where_nothing_fits_leaves_the_cards(
    handlers: Handlers, service: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = opened(handlers)
    sent(handlers, session)
    before = session.turns[0].items
    monkeypatch.setattr(service.ranking, "whole", lambda *_: [])
    parts = handlers.dial(session, {"adventure": "0"})
    assert session.turns[0].items == before
    assert "Nothing fits" in (parts.notice or "")


def test_a_dial_before_any_cards_changes_nothing(handlers: Handlers, service: FakeService) -> None:
    session = opened(handlers)
    assert handlers.dial(session, {"adventure": "4"}).log is None
    assert not service.stored


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


def drawn(handlers: Handlers, session: Session, **data: Any) -> list[Parts]:
    return list(handlers.draw(session, data))


def test_why_opens_with_a_sum_that_adds_up(handlers: Handlers) -> None:
    session = opened(handlers)
    sent(handlers, session)
    item = session.turns[0].items[1]
    html = [part.drawer or "" for part in drawn(handlers, session, do="why", item=item.id, turn="1")]
    assert "Working it out" in html[0]
    assert f"Why {item.title}?" in html[-1]
    assert "Place 2 on your list" in html[-1]
    assert "What the forecast adds" in html[-1]
    assert "spinner" not in html[-1]
    assert html[1].split('data-key="')[1].split('"')[0] == html[-1].split('data-key="')[1].split('"')[0]


def test_an_event_is_tried_without_and_removed_there_and_then(handlers: Handlers, service: FakeService) -> None:
    session = opened(handlers)
    sent(handlers, session)
    item, alien = session.turns[0].items[0], next(e for e in service.events(OWN) if e.item_id == "tt0078748")
    drawn(handlers, session, do="why", item=item.id, turn="1")
    tried = drawn(handlers, session, do="without", event=alien.id, name="Alien")[-1]
    assert "Without Alien" in (tried.drawer or "")
    assert tried.log is None
    assert alien in service.events(OWN)
    kept = drawn(handlers, session, do="keep", event=alien.id)[-1]
    assert "Without Alien" not in (kept.drawer or "")
    parts = drawn(handlers, session, do="drop", event=alien.id, name="Alien")
    assert "Alien is off your timeline" in (parts[-1].drawer or "")
    assert any("shifted" in "".join(part.log or []) for part in parts)
    assert alien.id not in {event.id for event in service.events(OWN)}


def test_the_drawer_says_what_is_wrong_in_one_line(handlers: Handlers) -> None:
    session = opened(handlers)
    assert "No card is being looked at" in (drawn(handlers, session, do="without", event="x")[-1].notice or "")
    sent(handlers, session)
    lost = drawn(handlers, session, do="why", item="nowhere", turn="1")[-1]
    assert "There is no item" in (lost.drawer or "")


def test_what_was_loved_is_told_with_when(handlers: Handlers) -> None:
    session = opened(handlers)
    assert "Nothing yet" in (drawn(handlers, session, do="loved")[-1].drawer or "")
    sent(handlers, session)
    html = drawn(handlers, session, do="loved")[-1].drawer or ""
    assert "Alien" in html
    assert "Liked, " in html


def test_a_link_opens_one_s_own_conversation_alone(handlers: Handlers) -> None:
    mine, theirs = opened(handlers), Session()
    sent(handlers, mine)
    handlers.act(mine, {"do": "fresh"})
    link = handlers.service.conversations(OWN)[0].id
    assert [turn.text for turn in opened(handlers, link=link).turns] == [QUERY]
    parts = handlers.open(theirs, {"own": OTHER, "link": link})
    assert not theirs.turns
    assert "another browser" in (parts.notice or "")


def test_conversations_are_found_renamed_and_deleted(handlers: Handlers, service: FakeService) -> None:
    session = opened(handlers)
    sent(handlers, session)
    handlers.act(session, {"do": "fresh"})
    sent(handlers, session, "I loved Heat")
    first = next(thread for thread in service.conversations(OWN) if thread.id != session.conversation_id)
    parts = handlers.act(session, {"do": "search", "words": "gory"})
    assert f'data-conversation="{first.id}"' in (parts.top or "")
    assert f'data-key="{session.conversation_id}"' not in (parts.top or "")
    handlers.act(session, {"do": "search", "words": ""})
    parts = handlers.act(session, {"do": "rename", "target": first.id, "title": "Tense evenings"})
    assert "Tense evenings" in (parts.top or "")
    assert "0 characters" in (handlers.act(session, {"do": "rename", "target": first.id, "title": " "}).notice or "")
    events = service.events(OWN)
    handlers.act(session, {"do": "forget", "target": first.id, "events": False})
    assert service.events(OWN) == events
    assert session.turns
    handlers.act(session, {"do": "forget", "target": session.conversation_id, "events": True})
    assert not session.turns
    assert not service.conversations(OWN)
    assert len(service.events(OWN)) < len(events)


@pytest.mark.parametrize(("form", "ending"), [("markdown", ".md"), ("json", ".json")])
def test_a_conversation_can_be_taken_along(handlers: Handlers, form: str, ending: str) -> None:
    session = opened(handlers)
    sent(handlers, session)
    html = handlers.act(session, {"do": "export", "form": form}).file or ""
    assert f'{ending}"' in html
    assert QUERY in html
    assert session.turns[0].items[0].title in html


def test_the_language_is_the_browser_s_until_another_is_chosen(handlers: Handlers) -> None:
    session = opened(handlers, language="zh-CN")
    sent(handlers, session)
    whole = handlers.whole(session)
    assert 'data-language="zh"' in (whole.top or "")
    assert "喜欢" in "".join(whole.log or [])
    parts = handlers.act(session, {"do": "language", "to": "en"})
    assert 'data-language="en"' in (parts.top or "")
    assert "Not for me" in "".join(parts.log or [])


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
    state, news = handlers.poll(session)
    assert 'data-live="1"' in state
    assert "You are talking to maria" in (news.banner or "")
    html = "".join(news.log or [])
    assert "Hello, I am looking." in html
    assert "Waiting for a person" not in html
    assert handlers.poll(session)[1].log is None

    service.desk.hand_back(OWN, conversation)
    assert "talking to Driftline again" in (handlers.poll(session)[1].banner or "")
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
    assert handlers.poll(session)[1].log is None
    assert session.turns


def test_where_nobody_is_there_the_line_that_says_so_is_shown(handlers: Handlers, service: FakeService) -> None:
    session = opened(handlers)
    sent(handlers, session)
    service.desk.alone = "Nobody is at the desk just now, so I left a note."
    parts = handlers.act(session, {"do": "human"})
    assert "so I left a note" in "".join(parts.log or [])
    assert parts.banner == ""
    assert session.turns[0].items
