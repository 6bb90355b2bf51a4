"""The drawer: why a card is there, and what was loved."""

from __future__ import annotations

from typing import Any

from tests.ui.web.conftest import OWN, opened, sent
from tests.ui.web.fake import FakeService
from ui.web.handlers import Handlers
from ui.web.parts import Parts
from ui.web.session import Session


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


def test_a_late_answer_does_not_draw_over_a_later_question(handlers: Handlers) -> None:
    session = opened(handlers)
    sent(handlers, session)
    first, second = session.turns[0].items[:2]
    slow = handlers.draw(session, {"do": "why", "item": first.id, "turn": "1"})
    next(slow)
    next(slow)
    assert f"Why {second.title}?" in (drawn(handlers, session, do="why", item=second.id, turn="1")[-1].drawer or "")
    assert list(slow) == []


def test_a_place_that_changed_since_is_told(handlers: Handlers, service: FakeService) -> None:
    session = opened(handlers)
    sent(handlers, session)
    view = session.turns[0]
    item = view.items[1]
    assert "when the list was made" not in (drawn(handlers, session, do="why", item=item.id, turn="1")[-1].drawer or "")
    view.items = (item, view.items[0], *view.items[2:])
    assert "It was 1st when the list was made" in (
        drawn(handlers, session, do="why", item=item.id, turn="1")[-1].drawer or ""
    )
