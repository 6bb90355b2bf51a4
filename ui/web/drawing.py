"""What happens in the drawer: opened on a card or on what was loved, an event tried without, removed, or kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from core.errors import DriftlineError, InputError
from ui.web import drawer, timeline, why
from ui.web.acting import Actor
from ui.web.ports import PageService
from ui.web.session import Session
from ui.web.texts import text

_LOVED = 6


class Drawer:
    """Answers to what is pressed on a card's "Why this?" and in the drawer."""

    def __init__(self, service: PageService) -> None:
        self.service = service
        self._actor = Actor(service)

    def draw(self, session: Session, data: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
        """The drawer's HTML as it is worked out, with whether the rest of the page changed too.

        Raises:
            DriftlineError: it cannot be done.
        """
        name, event_id = data.get("do"), str(data.get("event", ""))
        session.looks += 1
        look = session.looks
        if name in ("why", "loved"):
            session.opened += 1
            session.previews = {}
        if name == "loved":
            yield drawer.loved(session, self.service.loved(session.user_id, _LOVED)), False
            return
        if name == "why":
            turn = str(data.get("turn", ""))
            session.asked = (str(data.get("item")), int(turn) if turn.isdecimal() else -1)
            yield drawer.loading(session, self._title(session)), False
        if session.asked is None:
            raise InputError("No card is being looked at.", "Open it again.")
        item, said, changed = session.asked[0], "", False
        if name == "without":
            told = why.preview(self.service, session, item, event_id, str(data.get("name", "")))
            session.previews[event_id] = told
        elif name == "keep":
            session.previews.pop(event_id, None)
        elif name == "drop":
            said, changed = self._drop(session, event_id, data), True
        for html in why.explained(self.service, session, item, said):
            # Another card, or another event of this one, was asked about meanwhile: what that draws is newer.
            if session.looks != look and not changed:
                return
            yield html, changed
            changed = False

    def _drop(self, session: Session, event_id: str, data: Mapping[str, Any]) -> str:
        timeline.removed(self.service, session, event_id)
        session.previews.pop(event_id, None)
        view = session.carded
        try:
            self._actor.rank_again(session, data)
        except DriftlineError as problem:
            return str(problem)
        if view is not None and view.shown is not None and session.asked:
            session.asked = (session.asked[0], view.shown)
        return text(session.language, "why.removed", name=str(data.get("name", "")))

    def _title(self, session: Session) -> str:
        assert session.asked is not None
        cards = (card for view in session.turns for card in view.items if card.id == session.asked[0])
        title = next((card.title for card in cards), session.asked[0])
        return text(session.language, "why.title", title=title)
