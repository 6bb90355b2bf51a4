"""What the desk does when a member of staff acts: each method answers one browser event with the parts that changed.

Who acts comes from the login, never from the page. Nothing here sends anything that was not asked for by a person.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from core.desk import Thread, WrapUp
from core.errors import DriftlineError, InputError
from ui.web.desk import talk
from ui.web.desk.bits import say
from ui.web.desk.drawing import Parts, draw
from ui.web.desk.learning import Looking
from ui.web.desk.looking import look_up
from ui.web.desk.ports import DeskService
from ui.web.desk.session import FILTERS, SPANS, DeskSession
from ui.web.texts import language_of

logger = logging.getLogger(__name__)

LONGEST_MESSAGE = 4000
_LONGEST_QUESTION = 500


class Handlers:
    """Answers to browser events over one service.

    Args:
        supervises: whether a member of staff may see the supervisor's page.
        csv_path: where the audit trail is to be had as CSV.
    """

    def __init__(self, service: DeskService, supervises: Callable[[str], bool], csv_path: str = "audit.csv") -> None:
        self.service = service
        self.looking = Looking(service)
        self.supervises = supervises
        self.csv_path = csv_path

    def open(self, session: DeskSession, data: Mapping[str, Any], agent: str) -> Parts:
        """First look after a page load: the browser says its language and where it was."""
        session.agent, session.supervisor = agent, self.supervises(agent)
        session.language = language_of(data.get("language"))
        session.shown = {}
        conversation = str(data.get("conversation") or "")
        self._safely(session, lambda: self.looking.queue(session))
        if conversation and session.thread is None:
            self._safely(session, lambda: self._show(session, conversation))
            session.stale = session.thread is not None
        return self._draw(session)

    def poll(self, session: DeskSession, data: Mapping[str, Any], agent: str) -> Parts:
        """What is new; the page asks about once a second."""
        self._ensure(session, data, agent)
        session.ticks += 1
        if session.view == "desk":
            self._safely(session, lambda: self.looking.news(session, looked_at=not data.get("hidden")))
        have = data.get("have")
        return self._draw(session, have if isinstance(have, Mapping) else None)

    def act(self, session: DeskSession, data: Mapping[str, Any], agent: str) -> Iterator[Parts]:
        """A button, a key or a form; yields whenever a part is ready."""
        self._ensure(session, data, agent)
        name = str(data.get("do"))
        simple = self._simple().get(name)
        if simple:
            self._safely(session, lambda: simple(session, data))
            yield self._draw(session)
        if name in ("open", "customer", "take", "start", "learn"):
            yield from self._each(session, self.looking.learn(session))
        elif name == "redraft":
            yield from self._each(session, self.looking.work(session, {"drafts": self.looking.draft}))
        elif name == "ask":
            question = str(data.get("question") or "").strip()[:_LONGEST_QUESTION]
            yield from self._each(session, self.looking.ask(session, question))
        elif not simple:
            session.say(f"The page sent an unknown action {name!r}. Reload the page.", trouble=True)
            yield self._draw(session)

    # --- actions

    def _simple(self) -> Mapping[str, Callable[[DeskSession, Mapping[str, Any]], None]]:
        return {
            "open": lambda session, data: self._show(session, str(data.get("conversation"))),
            "customer": self._customer,
            "start": self._start,
            "take": lambda session, data: self._move(session, self.service.desk.take(*self._here(session, data))),
            "back": self._hand_back,
            "search": self._search,
            "filter": self._filter,
            "send": self._send,
            "approve": self._approve,
            "dismiss": self._dismiss,
            "wrap": self._wrap,
            "unwrap": self._unwrap,
            "close": self._close,
            "cite": lambda session, data: look_up(self.service, session, data),
            "unsource": lambda session, _: setattr(session, "source", None),
            "view": self._view,
            "span": self._span,
            "trail": self._trail,
            "language": lambda session, data: setattr(session, "language", language_of(data.get("language"))),
            "learn": lambda session, _: setattr(session, "stale", False),
        }

    def _here(self, session: DeskSession, data: Mapping[str, Any]) -> tuple[str, str]:
        """Who acts on which conversation: the one that is open, and that the browser meant.

        Raises:
            InputError: another conversation is open by now.
        """
        meant = str(data.get("conversation") or "")
        if session.thread is None or (meant and meant != session.thread.conversation_id):
            raise InputError(say(session.language)("moved_on"), say(session.language)("moved_on_remedy"))
        return session.agent, session.thread.conversation_id

    def _show(self, session: DeskSession, conversation_id: str) -> None:
        thread = self.service.desk.open(session.agent, conversation_id)
        session.turn_to(thread, self.service.turns(conversation_id))
        session.view = "desk"
        self.looking.queue(session)

    def _customer(self, session: DeskSession, data: Mapping[str, Any]) -> None:
        user = str(data.get("user"))
        session.turn_to(None, customer=user)
        session.past = tuple(self.service.conversations(user))[:12]

    def _start(self, session: DeskSession, _data: Mapping[str, Any]) -> None:
        thread = self.service.desk.start(session.agent, session.customer or session.user_id)
        session.turn_to(thread, self.service.turns(thread.conversation_id))
        self.looking.queue(session)

    def _move(self, session: DeskSession, thread: Thread) -> None:
        session.thread, session.turns = thread, tuple(self.service.turns(thread.conversation_id))
        session.say("")
        self.looking.queue(session)

    def _hand_back(self, session: DeskSession, data: Mapping[str, Any]) -> None:
        agent, conversation = self._here(session, data)
        self._move(session, self.service.desk.hand_back(agent, conversation, str(data.get("note") or "").strip()[:300]))
        session.drafts = ()

    def _search(self, session: DeskSession, data: Mapping[str, Any]) -> None:
        session.search = " ".join(str(data.get("text") or "").split())[:200]
        session.people = ()
        if session.search:
            session.people = tuple(self.service.desk.customers(session.agent, session.search, 10))
        self.looking.queue(session)

    def _filter(self, session: DeskSession, data: Mapping[str, Any]) -> None:
        wish = str(data.get("filter"))
        session.filter = wish if wish in FILTERS else "all"
        self.looking.queue(session)

    def _send(self, session: DeskSession, data: Mapping[str, Any]) -> None:
        nonce, text = str(data.get("nonce") or ""), str(data.get("text") or "").strip()
        if nonce and nonce == session.sent:
            return
        agent, conversation = self._here(session, data)
        if not text:
            raise InputError(say(session.language)("empty"), say(session.language)("empty_remedy"))
        if len(text) > LONGEST_MESSAGE:
            raise InputError(f"{len(text)} > {LONGEST_MESSAGE}", say(session.language)("too_long"))
        draft = next((draft for draft in session.drafts if draft.id == data.get("draft")), None)
        # Where new drafts came while one was being changed, its words are the agent's own by now.
        if draft is None:
            self.service.desk.send(agent, conversation, text)
        elif text == draft.text.strip():
            self.service.desk.decide(agent, draft.id, "approved")
        else:
            self.service.desk.decide(agent, draft.id, "edited", text)
        session.sent = session.last_sent_ok = nonce
        self._sent(session)

    def _approve(self, session: DeskSession, data: Mapping[str, Any]) -> None:
        agent, _ = self._here(session, data)
        self.service.desk.decide(agent, str(data.get("draft")), "approved")
        self._sent(session)

    def _sent(self, session: DeskSession) -> None:
        session.drafts = ()
        session.problems.pop("drafts", None)
        if session.thread:
            session.thread = self.service.desk.thread(session.thread.conversation_id) or session.thread
            session.turns = tuple(self.service.turns(session.thread.conversation_id))
        session.say("")

    def _dismiss(self, session: DeskSession, data: Mapping[str, Any]) -> None:
        agent, _ = self._here(session, data)
        t, reason = say(session.language), str(data.get("reason") or "").strip()[:200]
        if not reason:
            raise InputError(t("reason_missing"), t("reason_missing_remedy"))
        if reason in talk.REASONS:
            reason = say("en")(f"reason_{reason}")
        draft = str(data.get("draft"))
        self.service.desk.decide(agent, draft, "dismissed", reason=reason)
        session.drafts = tuple(one for one in session.drafts if one.id != draft)
        session.say(t("dismissed"))

    def _wrap(self, session: DeskSession, data: Mapping[str, Any]) -> None:
        session.wrap_up = self.service.desk.wrap_up(*self._here(session, data))
        session.say("")

    def _unwrap(self, session: DeskSession, _data: Mapping[str, Any]) -> None:
        session.wrap_up = None
        session.say("")

    def _close(self, session: DeskSession, data: Mapping[str, Any]) -> None:
        agent, conversation = self._here(session, data)
        wrap = session.wrap_up or WrapUp(conversation_id=conversation, summary="")
        follow = tuple(line.strip() for line in str(data.get("follow_ups") or "").splitlines() if line.strip())
        # What was typed stays in the dialog, whatever the desk says to it.
        session.wrap_up = wrap = wrap.model_copy(
            update={
                "summary": str(data.get("summary") or "").strip(),
                "disposition": str(data.get("disposition") or ""),
                "follow_ups": follow,
            }
        )
        confirmed = tuple(str(fact) for fact in data.get("confirmed") or ())
        thread = self.service.desk.close(agent, conversation, wrap, confirmed)
        session.turn_to(thread, self.service.turns(conversation))
        session.say(say(session.language)("closed_now"))
        session.stale = True
        self.looking.queue(session)

    def _view(self, session: DeskSession, data: Mapping[str, Any]) -> None:
        session.view = "supervisor" if data.get("view") == "supervisor" and session.supervisor else "desk"
        if session.view == "supervisor":
            self.looking.review(session)

    def _span(self, session: DeskSession, data: Mapping[str, Any]) -> None:
        wish = str(data.get("span"))
        session.trail.span = wish if wish in SPANS else "week"
        self.looking.review(session)

    def _trail(self, session: DeskSession, data: Mapping[str, Any]) -> None:
        trail = session.trail
        trail.agent, trail.user, trail.conversation = (
            str(data.get(name) or "").strip()[:200] for name in ("agent", "user", "conversation_filter")
        )
        self.looking.review(session)

    # --- looking

    def _ensure(self, session: DeskSession, data: Mapping[str, Any], agent: str) -> None:
        """A tab whose server was restarted, or whose agent changed, begins anew where it was."""
        if session.agent != agent:
            session.turn_to(None)
            session.wrap_up, session.view = None, "desk"
            self.open(session, data, agent)

    def _each(self, session: DeskSession, work: Iterator[None]) -> Iterator[Parts]:
        for _ in work:
            yield self._draw(session)

    def _safely(self, session: DeskSession, do: Callable[[], None]) -> None:
        try:
            do()
        except DriftlineError as error:
            session.say(str(error), trouble=True)
        except Exception:
            # A bug must not leave the agent before a page that waits for ever; the log keeps its traceback.
            logger.exception("the desk failed")
            session.say(say(session.language)("unexpected"), trouble=True)

    def _draw(self, session: DeskSession, have: Mapping[str, Any] | None = None) -> Parts:
        return draw(session, self.service.now(), self.csv_path, have)
