"""What the page does when a person acts: each method answers one browser event with new HTML for its parts.

A method gets the tab's `Session` and the event's data, and returns the parts in the order of ``Parts``. Gradio hands
every event of one tab the same Session object, so changing it in place is how a tab remembers.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from agent.state import Done
from core.errors import DriftlineError, InputError
from core.types import Event, EventKind
from ui.web import panel, render
from ui.web.ports import PageService, Verdict
from ui.web.session import Session, is_own_id

logger = logging.getLogger(__name__)

_HORIZON = 3
_LONGEST_MESSAGE = 4000
_OPPOSITE = {EventKind.LIKE: EventKind.DISLIKE, EventKind.DISLIKE: EventKind.LIKE}
_VERDICTS: Mapping[str, Verdict] = {"like": "like", "dislike": "dislike", "seen": "seen"}
_UNEXPECTED = "Something went wrong on this side. Your words are kept: please try again."


class Parts(NamedTuple):
    """New values of the page's parts; None leaves a part as it is."""

    top: str | None = None
    log: list[str] | None = None
    notice: str | None = None
    panel: list[str] | None = None


def adventure_of(data: Mapping[str, Any]) -> float | None:
    """Where the dial stands, 0 familiar to 1 adventurous; None for its balanced place and for what is none of its."""
    try:
        place = float(str(data.get("adventure", "")))
    except ValueError:
        return None
    return place if 0 <= place <= 1 else None


class Handlers:
    """Answers to browser events over one service."""

    def __init__(self, service: PageService) -> None:
        self.service = service

    def open(self, session: Session, data: Mapping[str, Any]) -> Parts:
        """First look after a page load: the browser says who it is and where it was. Asking twice changes nothing."""
        if session.user_id:
            return self._whole(session)
        own = data.get("own")
        session.own_id = own if is_own_id(own) and isinstance(own, str) else f"guest-{secrets.token_hex(16)}"
        try:
            # Who only ever talked here is nobody else's business: the list holds imported people.
            session.people = tuple(person for person in self.service.people() if "import:" in person.label)
            self._turn_to(session, str(data.get("person") or session.own_id), str(data.get("conversation") or ""))
        except DriftlineError as error:
            if not session.user_id:
                session.turn_to(session.own_id, None, ())
            return self._whole(session, str(error))
        return self._whole(session)

    def send(self, session: Session, data: Mapping[str, Any]) -> Iterator[Parts]:
        """One message; yields while the turn runs."""
        self._ensure(session, data)
        text = str(data.get("text", "")).strip()[:_LONGEST_MESSAGE]
        if not text or session.running:
            return
        view = session.begin(text)
        generation, session.fresh = session.generation, set()
        yield Parts(log=render.log(session), notice="")
        try:
            for update in self.service.stream(session.user_id, text, session.conversation_id, adventure_of(data)):
                if session.generation != generation:
                    return
                if isinstance(update, Done):
                    session.conversation_id = update.turn.conversation_id
                    session.fresh = {event.event_id for event in update.turn.events if event.event_id}
                # A stopped turn is still finished and stored by the service; only the page stops following it.
                if view.state == "running":
                    view.apply(update)
                    yield Parts(log=render.log(session))
            if view.state == "running":
                view.state, view.error = "failed", "The answer broke off before it was complete."
        except DriftlineError as error:
            view.state, view.error = "failed", str(error)
        except Exception:
            # A bug must not leave the reader before a page that waits for ever; the log keeps its traceback.
            logger.exception("a turn failed")
            view.state, view.error = "failed", _UNEXPECTED
        yield self._whole(session)

    def stop(self, session: Session, _data: Mapping[str, Any]) -> Parts:
        """Stop the running turn; what has arrived stays."""
        if session.running:
            session.running.state = "stopped"
        return Parts(log=render.log(session))

    def act(self, session: Session, data: Mapping[str, Any]) -> Parts:
        """A button: verdicts, changes of the timeline, turning to another page."""
        self._ensure(session, data)
        try:
            said = self._act(session, data)
        except DriftlineError as error:
            return Parts(
                log=render.log(session), notice=render.notice(str(error), "trouble"), panel=self._panel(session)
            )
        return self._whole(session, said)

    def poll(self) -> str:
        """The language model's state."""
        return render.status(self.service.model_status())

    def _act(self, session: Session, data: Mapping[str, Any]) -> str:
        user = session.user_id
        match data.get("do"):
            case "verdict":
                self._verdict(session, data)
            case "remove":
                self.service.retract_event(user, str(data.get("event")))
                return "Removed from the timeline."
            case "edit":
                changed = self._edit(session, data)
                session.fresh = {changed.id}
                return "Changed."
            case "more":
                session.shown_events += 60
            case "fresh":
                session.turn_to(user, None, ())
            case "home":
                self._turn_to(session, session.own_id, "")
            case "person":
                self._turn_to(session, str(data.get("target")), "")
            case "conversation":
                self._turn_to(session, user, str(data.get("target")))
            case "erase":
                self.service.forget_user(session.own_id)
                session.own_id = f"guest-{secrets.token_hex(16)}"
                session.turn_to(session.own_id, None, ())
                return "Everything about you was erased from this machine. This is a new page."
            case other:
                raise InputError(f"The page sent an unknown action {other!r}.", "Reload the page.")
        return ""

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

    def _edit(self, session: Session, data: Mapping[str, Any]) -> Event:
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
        return self.service.edit_event(session.user_id, event_id, **changes)

    def _ensure(self, session: Session, data: Mapping[str, Any]) -> None:
        """A tab whose server was restarted still knows whose page it shows; take it from there."""
        if not session.user_id:
            self.open(session, data)

    def _turn_to(self, session: Session, user_id: str, conversation_id: str) -> None:
        known = {person.user_id for person in session.people}
        if user_id != session.own_id and user_id not in known:
            raise InputError("That page cannot be opened from this browser.", "Choose a person from the list.")
        mine = {thread.id for thread in self.service.conversations(user_id)}
        if conversation_id in mine:
            session.turn_to(user_id, conversation_id, self.service.turns(conversation_id))
        else:
            session.turn_to(user_id, None, ())

    def _whole(self, session: Session, said: str = "") -> Parts:
        timeline = self._panel(session)
        try:
            conversations = self.service.conversations(session.user_id)
        except DriftlineError as error:
            conversations, said = (), said or str(error)
        return Parts(render.top(session, conversations), render.log(session), render.notice(said), timeline)

    def _panel(self, session: Session) -> list[str]:
        user = session.user_id
        try:
            events = self.service.events(user)
            session.judge(events)
            shown = events[: session.shown_events]
            items = self.service.items({event.item_id for event in shown if event.item_id})
            timeline = self.service.timeline(user)
        except DriftlineError as error:
            return [render.notice(str(error), "trouble")]
        forecast, told, problem = None, [], ""
        if any(timeline.counts):
            try:
                forecast = self.service.forecast(user, _HORIZON)
                told = list(self.service.forecast_in_words(forecast))
            except DriftlineError as error:
                problem = str(error)
        return panel.panel(session, timeline, forecast, told, problem, events, items, self.service.now())
