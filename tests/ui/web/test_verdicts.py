"""Buttons on cards and events."""

from __future__ import annotations

import pytest

from core.types import EventKind
from tests.ui.web.conftest import OWN, opened, sent
from tests.ui.web.fake import FakeService
from tests.ui.web.fake_timeline import SITTING
from ui.web.handlers import Handlers


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
