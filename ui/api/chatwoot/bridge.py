"""What a webhook makes Driftline do, and what Chatwoot is to be told of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from agent.incoming import readable
from agent.relay.branching import ELSEWHERE
from agent.service import Service
from core.desk import Thread
from core.errors import DriftlineError, InputError, NotFoundError
from core.privacy import redact
from core.turns import Turn
from store.helpdesk import HelpDesk, HelpThread, Job, NewJob, copy_key
from ui.api.chatwoot import messages
from ui.api.chatwoot.payloads import Happening

STAFF = "Chatwoot"
"""Who has a conversation in the staff's hands where Chatwoot does not say."""

OURS = ("driftline", ELSEWHERE)
"""Authors of turns who are no staff."""

_ECHO = timedelta(minutes=10)

Answer = tuple[str, dict[str, Any]]
"""A call to make: "message" or "status", and its body."""


class Bridge:
    """Acts on webhooks; knows nothing of the network.

    Args:
        drafts: whether staff get draft replies as private notes.
    """

    def __init__(self, service: Service, desk: HelpDesk, drafts: bool = True) -> None:
        self._service = service
        self._desk = desk
        self._drafts = drafts

    def receive(self, happening: Happening) -> bool:
        """Write down what happened, to be acted on; False where it is known already or nothing needs doing."""
        if happening.kind == "nothing":
            return False
        now = self._service.now()
        known = self._desk.thread(happening.thread)
        if known is None or known.user_id != happening.user_id:
            # Somebody who has proven who they are meanwhile starts anew: what a stranger said is not their history.
            begun = datetime.fromtimestamp(0, UTC)
            known = HelpThread(key=happening.thread, user_id=happening.user_id, shows=happening.shows, at=begun)
            self._desk.begin(known)
        payload = happening.model_dump(mode="json")
        return self._desk.add([(happening.key, known, "in", payload)], now) == 1

    def act(self, job: Job) -> None:
        """Do what a webhook asks for and put down the calls that follow; marks the job as done with them."""
        happening = Happening.model_validate(job.payload)
        thread = self._desk.thread(job.thread)
        if thread is None:  # the person was forgotten meanwhile
            self._desk.done(job, self._service.now())
            return
        if thread.user_id != job.user_id:
            # Said before they proved who they are: it is answered, and stays with who they seemed to be.
            before = thread.model_copy(update={"user_id": job.user_id, "conversation_id": None})
            self._put_down(job, *self._acted(happening, before, job))
            return
        after, answers, told = self._acted(happening, thread, job)
        self._desk.change(thread, after)
        self._put_down(job, after, answers, told)

    def copy(self) -> None:
        """Put down what staff sent from Driftline's own desk, to be sent in Chatwoot too."""
        for thread, number in self._desk.uncopied(self._service.now(), OURS):
            if thread.conversation_id is None:
                continue
            turn = next(each for each in self._service.turns(thread.conversation_id) if each.turn == number)
            items = self._service.items(shown.id for shown in turn.items) if turn.items else {}
            key = copy_key(turn.conversation_id, turn.turn)
            calls: list[NewJob] = [
                (f"{key}:{place}" if place else key, thread, "out", {"call": "message", "body": body})
                for place, body in enumerate(messages.reply(turn, items, thread.shows))
            ]
            self._desk.add(calls, self._service.now())

    def excuse(self, job: Job) -> None:
        """Give a message that could not be answered to the staff."""
        thread = self._desk.thread(job.thread)
        if thread is None:
            self._desk.done(job, self._service.now())
            return
        self._put_down(job, thread, [("message", messages.failed()), ("status", {"status": "open"})])

    def status_is(self, key: str, status: str) -> None:
        """Chatwoot has heard of a status that we set: what was sent before this moment still tells the old one."""
        thread = self._desk.thread(key)
        if thread is not None:
            self._desk.change(thread, thread.model_copy(update={"status": status, "at": self._service.now()}))

    def _put_down(self, job: Job, thread: HelpThread, answers: Sequence[Answer], told: Sequence[Turn] = ()) -> None:
        """Put down calls, and as made already those for the turns that Chatwoot told us of itself."""
        calls: list[NewJob] = [
            (f"out:{job.seq}:{place}", thread, "out", {"call": call, "body": body})
            for place, (call, body) in enumerate(answers)
        ]
        known: list[NewJob] = [
            (copy_key(turn.conversation_id, turn.turn), thread, "out", {"call": "none", "body": {}}) for turn in told
        ]
        self._desk.add(calls, self._service.now(), done=job.seq, told=known)

    def _acted(self, happening: Happening, thread: HelpThread, job: Job) -> tuple[HelpThread, list[Answer], list[Turn]]:
        """The conversation as it is now, the calls that follow, and the turns that Chatwoot has already."""
        if happening.by == "staff" and happening.kind == "message" and self._ours(happening, job):
            return thread, [], []
        if self._desk_thread(thread.conversation_id) is None:  # it was deleted meanwhile, and the next one begins
            thread = thread.model_copy(update={"conversation_id": None})
        thread = self._follow_status(happening, thread, happening.at or job.at)
        if happening.kind == "status":
            return thread, [], []
        if happening.by == "staff":
            thread, turn = self._staff_said(happening, thread)
            return thread, [], [turn]
        return *self._customer_said(happening, thread, job), []

    def _ours(self, happening: Happening, job: Job) -> bool:
        """Whether a message of "the staff" is one that we posted ourselves with a person's token."""
        for remote_id, payload in self._desk.sent(job.thread, job.at - _ECHO):
            body = payload.get("body", {})
            if remote_id == happening.message_id or redact(body.get("content", "")) == happening.text:
                return True
        return False

    def _follow_status(self, happening: Happening, thread: HelpThread, at_moment: datetime) -> HelpThread:
        """Let the staff have what they opened, and the bot what they gave back."""
        told = "open" if happening.status == "snoozed" else happening.status
        # A message from before the handing over tells the old status still; so does all until Chatwoot has heard of it.
        old = happening.kind == "message" and at_moment < thread.at
        if told in {"", thread.status} or old or (told == "pending" and self._handing_over(thread)):
            return thread
        conversation = thread.conversation_id
        at = self._desk_thread(conversation)
        if conversation is not None and at is not None:
            if told == "open" and at.state == "bot":
                self._take(happening.staff or STAFF, at)
            elif told == "pending" and at.state in {"waiting", "staff"}:
                self._give_back(at)
            elif told == "resolved" and at.state != "closed":
                self._close(at)
        return thread.model_copy(update={"status": told, "at": at_moment})

    def _handing_over(self, thread: HelpThread) -> bool:
        return any(payload["call"] == "status" for payload in self._desk.unsent(thread.key))

    def _staff_said(self, happening: Happening, thread: HelpThread) -> tuple[HelpThread, Turn]:
        """A member of staff wrote in Chatwoot: the conversation is theirs, and the words are part of it."""
        at = self._desk_thread(thread.conversation_id)
        if at is None:
            at = self._service.desk.start(happening.staff or STAFF, thread.user_id)
            thread = thread.model_copy(update={"conversation_id": at.conversation_id})
        name = self._take(happening.staff or STAFF, at)
        return thread, self._service.desk.send(name, at.conversation_id, happening.text)

    def _customer_said(self, happening: Happening, thread: HelpThread, job: Job) -> tuple[HelpThread, list[Answer]]:
        conversation = thread.conversation_id
        if conversation is None and thread.status == "open":
            # The staff had it before the bot ever heard of it.
            started = self._service.desk.start(happening.staff or STAFF, thread.user_id)
            conversation = started.conversation_id
        try:
            turn = self._said_before(conversation, happening, job) or self._service.chat(
                thread.user_id, happening.text, conversation
            )
        except NotFoundError:  # deleted this very moment, which is nothing to tell a customer: the next try begins anew
            raise
        except InputError as error:
            return thread, [("message", messages.sorry(str(error)))]
        thread = thread.model_copy(update={"conversation_id": turn.conversation_id})
        items = self._service.items(shown.id for shown in turn.items) if turn.items else {}
        answers: list[Answer] = [("message", body) for body in messages.reply(turn, items, thread.shows)]
        at = self._desk_thread(turn.conversation_id)
        if at is None or at.state not in {"waiting", "staff"}:
            return thread, answers
        if thread.status != "open":
            note = messages.handover(at) if at.state == "waiting" else messages.taken_here(at)
            answers += [("message", note), ("status", {"status": "open"})]
            thread = thread.model_copy(update={"status": "open", "at": self._service.now()})
        if self._drafts:
            answers += [("message", body) for body in self._draft_notes(turn.conversation_id)]
        return thread, answers

    def _draft_notes(self, conversation_id: str) -> list[dict[str, Any]]:
        try:
            offered = self._service.desk.drafts(STAFF, conversation_id)
        except DriftlineError:  # a draft is a comfort: the staff can answer without one
            return []
        return [messages.drafts(offered)] if offered else []

    def _said_before(self, conversation_id: str | None, happening: Happening, job: Job) -> Turn | None:
        """The turn that an earlier try of the same job left, so that trying again says nothing twice."""
        if not job.attempts or conversation_id is None:
            return None
        words = redact(readable(happening.text))  # as the turn has them
        said = [turn for turn in self._service.turns(conversation_id) if turn.at >= job.at]
        return next((turn for turn in reversed(said) if turn.text == words), None)

    def _desk_thread(self, conversation_id: str | None) -> Thread | None:
        return None if conversation_id is None else self._service.desk.thread(conversation_id)

    def _take(self, name: str, at: Thread) -> str:
        """Who has the conversation from now on; the first of the staff who took it keeps it."""
        try:
            return self._service.desk.take(name, at.conversation_id).agent or name
        except InputError:
            return at.agent or name

    def _give_back(self, at: Thread) -> None:
        name = at.agent if at.state == "staff" and at.agent else self._take(STAFF, at)
        self._service.desk.hand_back(name, at.conversation_id)

    def _close(self, at: Thread) -> None:
        """Closed without confirming a fact: nobody has looked at them."""
        if at.state == "bot":
            return
        name = at.agent if at.state == "staff" and at.agent else self._take(STAFF, at)
        self._service.desk.close(name, at.conversation_id, self._service.desk.wrap_up(name, at.conversation_id))
