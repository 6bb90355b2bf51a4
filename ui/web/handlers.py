"""What the page does when a person acts: each method answers one browser event with new HTML for its parts.

A method gets the tab's `Session` and the event's data, and returns the parts in the order of ``Parts``. Gradio hands
every event of one tab the same Session object, so changing it in place is how a tab remembers.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator, Mapping
from typing import Any

from agent.state import Done
from core.errors import DriftlineError, NotFoundError
from ui.web import composer, menu, render, timeline
from ui.web.acting import Actor
from ui.web.dials import MONTHS, dials_of
from ui.web.drawing import Drawer
from ui.web.parts import Parts
from ui.web.ports import PageService
from ui.web.session import Session, is_own_id, may_be_looked_at
from ui.web.texts import language_of, text

logger = logging.getLogger(__name__)

_LONGEST_MESSAGE = 4000


class Handlers:
    """Answers to browser events over one service."""

    def __init__(self, service: PageService) -> None:
        self.service = service
        self._actor = Actor(service)
        self._drawer = Drawer(service)

    def open(self, session: Session, data: Mapping[str, Any]) -> Parts:
        """First look after a page load: the browser says who it is and where it was. Asking twice changes nothing."""
        if session.user_id:
            return self.whole(session)
        own, link = data.get("own"), str(data.get("link") or "")
        mine = own if is_own_id(own) and isinstance(own, str) else f"guest-{secrets.token_hex(16)}"
        session.begin_run(mine, language_of(data.get("language")))
        said = ""
        try:
            session.people = tuple(filter(may_be_looked_at, self.service.people()))
            session.examples = tuple(self.service.examples())
            if link and link in {thread.id for thread in self.service.conversations(session.own_id)}:
                self._actor.turn_to(session, session.own_id, link)
            else:
                said = text(session.language, "menu.link_foreign") if link else ""
                self._actor.turn_to(
                    session, str(data.get("person") or session.own_id), str(data.get("conversation") or "")
                )
        except DriftlineError as error:
            if not session.user_id:
                session.turn_to(session.own_id, None, ())
            said = str(error)
        self._look(session)
        return self.whole(session, said)

    def send(self, session: Session, data: Mapping[str, Any]) -> Iterator[Parts]:
        """One message, which may stand in the place of the last one; yields while the turn runs."""
        self._ensure(session, data)
        said = str(data.get("text", "")).strip()[:_LONGEST_MESSAGE]
        if not said or session.running:
            return
        self._look(session)
        view = session.begin(said)
        generation, session.fresh = session.generation, set()
        dials = dials_of(data)
        yield Parts(log=render.log(session), notice="")
        try:
            self._take_back(session, str(data.get("replaces", "")))
            for update in self.service.stream(
                session.user_id, said, session.conversation_id, dials.adventure, dials.horizon, dials.seen_too
            ):
                if session.generation != generation:
                    return
                if isinstance(update, Done):
                    session.conversation_id = update.turn.conversation_id
                    session.latest = max(session.latest, update.turn.turn)
                    session.fresh = {event.event_id for event in update.turn.events if event.event_id}
                    view.number, view.author = update.turn.turn, update.turn.author
                    session.turns = [each for each in session.turns if each is view or each.number != view.number]
                # A stopped turn is still finished and stored by the service; only the page stops following it.
                if view.state == "running":
                    view.apply(update)
                    yield Parts(log=render.log(session))
            if view.state == "running":
                view.state, view.error = "failed", text(session.language, "chat.broke_off")
        except DriftlineError as error:
            view.state, view.error = "failed", str(error)
        except Exception:
            # A bug must not leave the reader before a page that waits for ever; the log keeps its traceback.
            logger.exception("a turn failed")
            view.state, view.error = "failed", text(session.language, "chat.unexpected")
        self._look(session)
        yield self.whole(session)

    def stop(self, session: Session, _data: Mapping[str, Any]) -> Parts:
        """Stop the running turn; what has arrived stays."""
        if session.running:
            session.running.state = "stopped"
        return Parts(log=render.log(session))

    def dial(self, session: Session, data: Mapping[str, Any]) -> Parts:
        """A dial was moved: the last cards are ranked again, in their place."""
        self._ensure(session, data)
        if session.running or session.carded is None:
            return Parts(notice="")
        try:
            fits = self._actor.rank_again(session, data)
        except DriftlineError as error:
            return Parts(notice=composer.notice(str(error), "trouble"))
        said = "" if fits else text(session.language, "dials.nothing")
        return Parts(log=render.log(session), notice=composer.notice(said))

    def act(self, session: Session, data: Mapping[str, Any]) -> Parts:
        """A button: verdicts, changes of the timeline and of conversations, turning to another page."""
        # Who chooses and searches at once means them in this order, whichever thread is quicker.
        with session.alone:
            self._ensure(session, data)
            try:
                done = self._actor.act(session, data)
            except DriftlineError as error:
                said = composer.notice(str(error), "trouble")
                return Parts(log=render.log(session), notice=said, panel=self._panel(session))
            self._look(session)
            return self.whole(session, done.said)._replace(file=done.file)

    def draw(self, session: Session, data: Mapping[str, Any]) -> Iterator[Parts]:
        """The drawer: why a card is there, and what would change it; what was loved."""
        self._ensure(session, data)
        try:
            for html, changed in self._drawer.draw(session, data):
                whole = self.whole(session) if changed else Parts()
                yield whole._replace(drawer=html)
        except DriftlineError as error:
            yield Parts(notice=composer.notice(str(error), "trouble"), drawer="")

    def poll(self, session: Session, data: Mapping[str, Any]) -> tuple[str, Parts]:
        """The language model's state, and what happened to the conversation elsewhere since the last look."""
        news = Parts()
        with session.alone:
            if not session.user_id:
                news = self.open(session, data)
            elif not session.running:
                before = (session.thread, session.latest, session.generation)
                self._look(session)
                if before != (session.thread, session.latest, session.generation):
                    news = self.whole(session)
        return composer.status(self.service.model_status(), session.language, session.live), news

    def whole(self, session: Session, said: str = "") -> Parts:
        """Every part of the page but the drawer and files."""
        stamp, panel = session.stamp(), self._panel(session)
        try:
            conversations = self.service.conversations(session.user_id)
        except DriftlineError as error:
            conversations, said = (), said or str(error)
        return Parts(
            top=f"{menu.top(session, conversations)}{stamp}",
            banner=composer.banner(session),
            log=render.log(session),
            notice=composer.notice(said),
            composer=composer.composer(session, self.service.periods_ahead(MONTHS)),
            panel=panel,
        )

    def _panel(self, session: Session) -> list[str]:
        stamp = session.stamp()
        try:
            return [*timeline.blocks(self.service, session), stamp]
        except DriftlineError as error:
            return [composer.notice(str(error), "trouble"), stamp]

    def _take_back(self, session: Session, replaces: str) -> None:
        """Before a message that stands in the place of the last one: that one is taken back first."""
        if not replaces.isdecimal() or session.conversation_id is None:
            return
        number = int(replaces)
        self.service.rewind(session.user_id, session.conversation_id, number)
        session.take_back(number)

    def _look(self, session: Session) -> None:
        """Take in what happened to the conversation elsewhere: turns that came or went, and who of the staff has it."""
        if session.conversation_id is None:
            return
        try:
            turns = self.service.turns(session.conversation_id)
            if not session.running and session.differs(turns):
                session.turn_to(session.user_id, session.conversation_id, ())
            for turn in turns:
                if turn.turn > session.latest:
                    session.add(turn)
            session.thread = self.service.desk.thread(session.conversation_id)
            if session.thread is not None and session.thread.state == "staff":
                session.staffed = session.thread.agent
        except NotFoundError:
            # It was deleted on another page; what is said next begins a new one.
            session.turn_to(session.user_id, None, ())
        except DriftlineError:
            # The next look may find it; nothing that is shown gets lost meanwhile.
            logger.warning("the conversation's state could not be read", exc_info=True)

    def _ensure(self, session: Session, data: Mapping[str, Any]) -> None:
        """A tab whose server was restarted still knows whose page it shows; take it from there."""
        if not session.user_id:
            self.open(session, data)
