"""Conversations in order: found, renamed, deleted, taken along."""

from __future__ import annotations

import pytest

from tests.ui.web.conftest import OWN, QUERY, opened, sent
from tests.ui.web.fake import FakeService
from ui.web.handlers import Handlers


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
