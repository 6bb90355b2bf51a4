"""What buttons do to a person's events and conversations."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any, NamedTuple

from core.errors import InputError
from core.types import Event, EventKind
from ui.web import exporting, timeline
from ui.web.dials import dials_of
from ui.web.ports import PageService, Verdict
from ui.web.session import Session
from ui.web.texts import language_of, text

_OPPOSITE = {EventKind.LIKE: EventKind.DISLIKE, EventKind.DISLIKE: EventKind.LIKE}
_VERDICTS: Mapping[str, Verdict] = {"like": "like", "dislike": "dislike", "seen": "seen"}
_LONGEST_SEARCH = 200


class Done(NamedTuple):
    """What to say of an action, and a file that it made."""

    said: str = ""
    file: str | None = None


class Actor:
    """Does what was pressed, over one service."""

    def __init__(self, service: PageService) -> None:
        self.service = service

    def act(self, session: Session, data: Mapping[str, Any]) -> Done:
        """Do it.

        Raises:
            DriftlineError: it cannot be done.
        """
        name, user = data.get("do"), session.user_id
        if timeline.is_action(name):
            return Done(timeline.act(self.service, session, data))
        match name:
            case "verdict":
                self._verdict(session, data)
            case "remove":
                timeline.removed(self.service, session, str(data.get("event")))
            case "edit":
                self._edit(session, data)
            case "fresh":
                session.turn_to(user, None, ())
            case "home":
                self.turn_to(session, session.own_id, "")
            case "person":
                self.turn_to(session, str(data.get("target")), "")
            case "conversation":
                self.turn_to(session, user, str(data.get("target")))
            case "language":
                session.language, session.drawn = language_of(data.get("to")), {}
            case "human":
                self.service.desk.request_human(user, self._open(session))
            case "erase":
                self.service.forget_user(session.own_id)
                session.own_id = f"guest-{secrets.token_hex(16)}"
                session.turn_to(session.own_id, None, ())
                return Done(text(session.language, "chat.erased"))
            case "export":
                return Done(file=self._export(session, str(data.get("form"))))
            case _:
                return Done(self._of_conversation(session, data))
        return Done()

    def _of_conversation(self, session: Session, data: Mapping[str, Any]) -> str:
        user, target, language = session.user_id, str(data.get("target")), session.language
        match data.get("do"):
            case "search":
                session.sought = str(data.get("words", "")).strip()[:_LONGEST_SEARCH]
                session.found = tuple(self.service.search_conversations(user, session.sought)) if session.sought else ()
            case "rename":
                self.service.rename_conversation(user, target, str(data.get("title", "")))
                self._sought_again(session)
                return text(language, "menu.renamed")
            case "forget":
                self.service.forget_conversation(user, target, data.get("events") is True)
                self._sought_again(session)
                if target == session.conversation_id:
                    session.turn_to(user, None, ())
                return text(language, "menu.deleted")
            case other:
                raise InputError(f"The page sent an unknown action {other!r}.", "Reload the page.")
        return ""

    def _sought_again(self, session: Session) -> None:
        if session.sought:
            session.found = tuple(self.service.search_conversations(session.user_id, session.sought))

    def turn_to(self, session: Session, user_id: str, conversation_id: str) -> None:
        """Open a person's page with one of their conversations, or an empty one.

        Raises:
            InputError: the page is not this browser's to open.
        """
        known = {person.user_id for person in session.people}
        if user_id != session.own_id and user_id not in known:
            language = session.language
            raise InputError(text(language, "menu.cannot_open"), text(language, "menu.cannot_open_remedy"))
        if user_id != session.user_id:
            session.sought, session.found = "", ()
        mine = {thread.id for thread in self.service.conversations(user_id)}
        if conversation_id in mine:
            session.turn_to(user_id, conversation_id, self.service.turns(conversation_id))
        else:
            session.turn_to(user_id, None, ())

    def rank_again(self, session: Session, data: Mapping[str, Any]) -> bool:
        """Rank the last cards again by the dials; whether anything fits there.

        Raises:
            DriftlineError: it cannot be done.
        """
        dials = dials_of(data)
        turn = self.service.redial(session.user_id, self._open(session), dials.adventure, dials.horizon, dials.seen_too)
        session.add(turn)
        return bool(turn.items)

    def _open(self, session: Session) -> str:
        if session.conversation_id is None:
            raise InputError("There is no conversation yet.", "Say something first.")
        return session.conversation_id

    def _export(self, session: Session, form: str) -> str:
        turns = self.service.turns(self._open(session))
        title = next(
            (each.title for each in self.service.conversations(session.user_id) if each.id == session.conversation_id),
            "",
        )
        named = exporting.title_of(title, turns, session.language)
        shape = form if form in exporting.TYPES else "markdown"
        return exporting.file(named, turns, shape, self.service.now(), session.language)

    def _verdict(self, session: Session, data: Mapping[str, Any]) -> None:
        verdict = _VERDICTS.get(str(data.get("verdict")))
        if verdict is None:
            raise InputError(f"{data.get('verdict')!r} is no verdict.", "Reload the page.")
        item, kind = str(data.get("item")), EventKind(verdict)
        standing = session.verdicts.get((item, kind))
        if standing:
            self.service.retract_event(session.user_id, standing)
            return
        opposite = session.verdicts.get((item, _OPPOSITE.get(kind, kind)))
        if opposite:
            self.service.retract_event(session.user_id, opposite)
        turn = str(data.get("turn", ""))
        number = int(turn) if turn.isdecimal() else None
        event = self.service.feedback(session.user_id, item, verdict, session.conversation_id, number)
        session.fresh = {event.id}

    def _edit(self, session: Session, data: Mapping[str, Any]) -> None:
        try:
            value, kind = float(data.get("value", "")), EventKind(str(data.get("kind")))
        except ValueError:
            raise InputError("The weight must be a number from -1 to 1.", "Correct it and save again.") from None
        if not -1 <= value <= 1:
            raise InputError(f"The weight {value:g} is outside -1 to 1.", "Correct it and save again.")
        event_id = str(data.get("event"))
        changes: dict[str, Any] = {"kind": kind, "value": value}
        old = next((event for event in self.service.events(session.user_id) if event.id == event_id), None)
        if old and old.kind is EventKind.RATING:
            # The text of a rating is its figure in the source's scale, which no longer holds.
            changes["text"] = None
        new: Event = self.service.edit_event(session.user_id, event_id, **changes)
        session.fresh = {new.id}
        if old:
            timeline.changed(self.service, session, old, new)
