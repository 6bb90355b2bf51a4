"""What the desk finds out: what is new, what is to be known of the customer, what the copilot answers."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping

from core.desk import ThreadState
from core.errors import DriftlineError
from ui.web.desk.bits import say
from ui.web.desk.ports import DeskService
from ui.web.desk.session import Asked, DeskSession, span_start

logger = logging.getLogger(__name__)

_MOST_OFFERS = 5
_ASKED_KEPT = 8
_TRAIL = 300
_STATES: Mapping[str, ThreadState] = {
    "waiting": "waiting",
    "mine": "staff",
    "staff": "staff",
    "bot": "bot",
    "closed": "closed",
}

Work = Mapping[str, Callable[[DeskSession], None]]


class Looking:
    """Reads for one page at a time. Generators yield whenever a part of the session has changed."""

    def __init__(self, service: DeskService) -> None:
        self.service = service

    def queue(self, session: DeskSession) -> None:
        """The queue under its search and filter."""
        found = self.service.desk.queue(session.agent, session.search, _STATES.get(session.filter))
        if session.filter == "mine":
            found = [thread for thread in found if thread.agent == session.agent]
        session.threads = tuple(found)

    def news(self, session: DeskSession, looked_at: bool) -> None:
        """What came since the last look; ``looked_at``: somebody has the page before them."""
        self.queue(session)
        if session.thread is None:
            return
        conversation = session.thread.conversation_id
        thread, turns = self.service.desk.thread(conversation), tuple(self.service.turns(conversation))
        if thread is None:
            session.turn_to(None)
            session.say(say(session.language)("gone"), trouble=True)
            return
        spoke = any(turn.text for turn in turns[len(session.turns) :])
        if spoke and looked_at:
            thread = self.service.desk.open(session.agent, conversation)
        session.stale = session.stale or spoke or len(turns) < len(session.turns)
        session.thread, session.turns = thread, turns

    def learn(self, session: DeskSession) -> Iterator[None]:
        """What is to be known of the customer, each part as soon as it is there."""
        session.stale = False
        if not session.user_id:
            return
        work: dict[str, Callable[[DeskSession], None]] = {"brief": self._brief}
        if session.thread:
            work["offers"] = self._offer
            if session.mine:
                work["drafts"] = self.draft
        yield from self.work(session, work)

    def work(self, session: DeskSession, work: Work) -> Iterator[None]:
        """Make parts one after the other; a part that fails leaves the others alone."""
        generation = session.generation
        session.waiting_for |= set(work)
        yield
        for name, make in work.items():
            session.problems.pop(name, None)
            try:
                make(session)
            except DriftlineError as error:
                if session.generation == generation:
                    session.problems[name] = str(error)
            except Exception:
                logger.exception("the desk's %s failed", name)
                if session.generation == generation:
                    session.problems[name] = say(session.language)("unexpected")
            if session.generation != generation:
                return
            session.waiting_for.discard(name)
            yield

    def _brief(self, session: DeskSession) -> None:
        generation, thread = session.generation, session.thread
        known = self.service.desk.brief(session.agent, session.user_id, thread.conversation_id if thread else None)
        notes = self.service.desk.notes(session.agent, thread.conversation_id) if thread else []
        if session.generation == generation:
            session.brief, session.notes = known, tuple(notes)

    def _offer(self, session: DeskSession) -> None:
        generation, thread = session.generation, session.thread
        if thread:
            offers, avoid = self.service.desk.offers(session.agent, thread.conversation_id, _MOST_OFFERS)
            if session.generation == generation:
                session.offers, session.avoid = offers, avoid

    def draft(self, session: DeskSession) -> None:
        """Replies to the customer's last message."""
        generation, thread = session.generation, session.thread
        if thread:
            drafts = self.service.desk.drafts(session.agent, thread.conversation_id)
            if session.generation == generation:
                session.drafts = drafts

    def ask(self, session: DeskSession, question: str) -> Iterator[None]:
        """Put a question to the copilot."""
        if not question or session.thread is None:
            return
        asked = Asked(key=f"asked-{session.ticks}-{len(session.asked)}", question=question)
        session.asked = [*session.asked[1 - _ASKED_KEPT :], asked]
        yield
        try:
            asked.answer = self.service.desk.ask(session.agent, session.thread.conversation_id, question)
        except DriftlineError as error:
            asked.problem = str(error)
        except Exception:
            logger.exception("the copilot failed")
            asked.problem = say(session.language)("unexpected")
        yield

    def review(self, session: DeskSession) -> None:
        """The supervisor's figures and the audit trail under its filters."""
        trail, desk = session.trail, self.service.desk
        trail.problem = ""
        try:
            trail.review = desk.review(session.agent, span_start(trail.span, self.service.now()))
            trail.entries = tuple(
                desk.audit(
                    session.agent, trail.conversation or None, trail.user or None, _TRAIL, by=trail.agent or None
                )
            )
        except DriftlineError as error:
            trail.problem = str(error)
