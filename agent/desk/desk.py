"""The façade of the desk: what staff see and do, each look and each sending on the audit trail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from agent.desk import threads
from agent.desk.brief import brief_of
from agent.desk.copilot import ask
from agent.desk.customers import customers
from agent.desk.deciding import decide
from agent.desk.drafts import drafts_for, to_answer
from agent.desk.floor import Floor
from agent.desk.offers import offers_of
from agent.desk.office import PATIENCE, Office, checked_agent
from agent.desk.reception import Reception
from agent.desk.reviewing import review_of
from agent.desk.tones import TONES
from agent.desk.wrapping import close, wrap_up_of
from agent.incoming import check_user, own_conversation, readable
from agent.state import Person
from agent.turnstiles import Turnstiles
from core.desk import (
    Answer,
    AuditEntry,
    Avoid,
    Brief,
    Draft,
    Offer,
    Review,
    StaffNote,
    Thread,
    ThreadState,
    Verdict,
    WrapUp,
)
from core.errors import InputError, NotFoundError
from core.turns import Turn
from core.types import Conversation


class Desk:
    """Staff beside the bot; thread-safe. ``agent`` is everywhere the member of staff who acts.

    Raises of all methods that name a conversation, beside their own:
        InputError: the agent's name is malformed.
        NotFoundError: there is no such conversation.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._floor = Floor(office)
        self.reception = Reception(office)
        self.turnstiles = office.turnstiles
        self._drafting = Turnstiles()

    def queue(self, agent: str, search: str = "", state: ThreadState | None = None, limit: int = 50) -> list[Thread]:
        """Conversations: those that wait first, then those of staff, then the latest others.

        Args:
            search: words of the customer's id or of what was said.
            state: only these.
        """
        found = self._office.records.queue(" ".join(search.split()), state, max(1, min(limit, 200)))
        self._look(agent, "looked at the queue")
        return found

    def customers(self, agent: str, search: str = "", limit: int = 20) -> list[Person]:
        """Known people whose id holds the words, most events first."""
        self._look(agent, "looked for customers")
        return customers(self._office, " ".join(search.split()), max(1, min(limit, 100)))

    def open(self, agent: str, conversation_id: str) -> Thread:
        """Look at a conversation; its messages count as read."""
        conversation = self._office.conversation(conversation_id)
        self._look(agent, "opened", conversation)
        if (thread := self.thread(conversation_id)) is not None and not thread.unread:
            return thread
        self._office.records.change(conversation, self._office.deps.now(), threads.read)
        return self._thread(conversation)

    def thread(self, conversation_id: str) -> Thread | None:
        """Where a conversation stands; None where there is no such conversation. Writes no audit entry."""
        return self._office.records.thread(conversation_id)

    def start(self, agent: str, user_id: str) -> Thread:
        """A new conversation with a customer, in this agent's hands."""
        return self._floor.start(checked_agent(agent), user_id)

    def take(self, agent: str, conversation_id: str) -> Thread:
        """Take a conversation over; the bot is silent from now on.

        Raises:
            InputError: another agent has it.
        """
        return self._floor.take(checked_agent(agent), self._office.conversation(conversation_id))

    def hand_back(self, agent: str, conversation_id: str, note: str = "") -> Thread:
        """Give a conversation back to the bot.

        Raises:
            InputError: the agent does not have it.
        """
        return self._floor.hand_back(checked_agent(agent), self._office.conversation(conversation_id), note)

    def close(self, agent: str, conversation_id: str, wrap_up: WrapUp, confirmed: Sequence[str] = ()) -> Thread:
        """End a conversation; the facts whose ids are confirmed enter the timeline. Repeating it changes nothing.

        Raises:
            InputError: another agent has it, the disposition is none of the choices, or a confirmed id is no fact.
        """
        conversation = self._office.conversation(conversation_id)
        close(self._office, checked_agent(agent), conversation, wrap_up, confirmed)
        return self._thread(conversation)

    def request_human(self, user_id: str, conversation_id: str, reason: str = "") -> Thread:
        """The customer asks for a person."""
        check_user(user_id)
        conversation = own_conversation(self._office.deps, user_id, conversation_id)
        with self.turnstiles.one_turn_at_a_time(conversation.id, PATIENCE):
            return self.reception.request(conversation, reason)

    def brief(self, agent: str, user_id: str, conversation_id: str | None = None) -> Brief:
        """What to know of a customer, and of the conversation if one is named."""
        check_user(user_id)
        conversation = (
            None if conversation_id is None else own_conversation(self._office.deps, user_id, conversation_id)
        )
        memory = None if conversation is None else self._office.memory(conversation)
        self._look(agent, "read the brief", conversation, user_id)
        return brief_of(self._office.deps, user_id, self._office.exchanges.of_user(user_id), conversation_id, memory)

    def offers(self, agent: str, conversation_id: str, k: int = 5) -> tuple[tuple[Offer, ...], tuple[Avoid, ...]]:
        """What to suggest under the conversation's wish, and what not to."""
        conversation = self._office.conversation(conversation_id)
        self._look(agent, "saw offers", conversation)
        return offers_of(self._office, conversation, self._office.memory(conversation), max(1, min(k, 20)))

    def drafts(self, agent: str, conversation_id: str) -> tuple[Draft, ...]:
        """Replies to the customer's last message in three tones; empty where there is none to answer."""
        conversation = self._office.conversation(conversation_id)
        self._look(agent, "saw drafts", conversation)
        with self._drafting.one_turn_at_a_time(conversation.id):
            exchanges = self._office.exchanges.of_conversation(conversation_id)
            message = to_answer(exchanges)
            if message is None:
                return ()
            kept = self._office.records.drafts_for(conversation_id, message.turn)
            if kept:
                left = [each.draft for each in kept if each.verdict is None]
                return tuple(sorted(left, key=lambda draft: TONES.index(draft.tone)))
            made = drafts_for(self._office, conversation, exchanges, message)
            self._office.records.add_drafts(made, conversation.user_id, message.turn, agent)
            return tuple(made)

    def decide(self, agent: str, draft_id: str, verdict: Verdict, text: str = "", reason: str = "") -> Turn | None:
        """What becomes of a draft: approved and edited ones are sent and the turn returned; dismissed ones are not.

        Raises:
            InputError: it was decided already; an edit has no text or a dismissal no reason; another agent has the
                conversation.
        """
        return decide(self._office, self._floor, checked_agent(agent), draft_id, verdict, text, reason)

    def send(self, agent: str, conversation_id: str, text: str) -> Turn:
        """Send the agent's own words.

        Raises:
            InputError: the message is empty or too long, or the agent does not have the conversation.
        """
        return self._floor.send(checked_agent(agent), self._office.conversation(conversation_id), text)

    def ask(self, agent: str, conversation_id: str, question: str) -> Answer:
        """Answer a question about the customer or the catalogue, with citations."""
        conversation = self._office.conversation(conversation_id)
        self._look(agent, "asked the copilot", conversation)
        return ask(self._office, conversation, readable(question))

    def notes(self, agent: str, conversation_id: str) -> list[StaffNote]:
        """What staff and bot left for whoever comes next, in time order."""
        conversation = self._office.conversation(conversation_id)
        self._look(agent, "read the notes", conversation)
        return self._office.records.notes(conversation_id)

    def wrap_up(self, agent: str, conversation_id: str) -> WrapUp:
        """A proposal for closing a conversation."""
        conversation = self._office.conversation(conversation_id)
        self._look(agent, "prepared the wrap-up", conversation)
        return wrap_up_of(self._office, conversation)

    def review(self, agent: str, since: datetime | None = None) -> Review:
        """The supervisor's figures."""
        self._supervising(agent)
        self._look(agent, "looked at the figures")
        return review_of(self._office, since)

    def audit(
        self,
        agent: str,
        conversation_id: str | None = None,
        user_id: str | None = None,
        limit: int = 200,
        by: str | None = None,
    ) -> list[AuditEntry]:
        """The trail, the latest first; ``by`` leaves the entries of one member of staff."""
        self._supervising(agent)
        self._look(agent, "read the audit trail")
        return self._office.trail.entries(conversation_id, user_id, limit=max(1, min(limit, 1000)), agent=by)

    def _look(
        self, agent: str, action: str, conversation: Conversation | None = None, user_id: str | None = None
    ) -> None:
        place = conversation.id if conversation else None
        whose = conversation.user_id if conversation else user_id
        self._office.trail.look(self._office.deps.now(), checked_agent(agent), action, place, whose)

    def _thread(self, conversation: Conversation) -> Thread:
        found = self.thread(conversation.id)
        if found is None:
            raise NotFoundError(f"There is no conversation {conversation.id!r}.", "It may have been erased.")
        return found

    def _supervising(self, agent: str) -> None:
        if self._office.deps.settings.desk_supervisors and not self._office.supervises(agent):
            raise InputError(f"{agent} is no supervisor.", "Ask one of those named in DRIFTLINE_DESK_SUPERVISORS.")
