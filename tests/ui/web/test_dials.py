"""The dials, and the cards that follow them."""

from __future__ import annotations

import pytest

from tests.ui.web.conftest import QUERY, opened, sent
from tests.ui.web.fake import FakeService
from ui.web.handlers import Handlers


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
