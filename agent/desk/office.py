"""What every part of the desk works with, and the few things that all of them do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agent.desk.summary import summary_of
from agent.graph import Agent
from agent.incoming import check_user
from agent.llm.client import ChatClient
from agent.memory import Memory
from agent.turnstiles import Turnstiles
from core.errors import InputError, NotFoundError
from core.privacy import redact
from core.results import Recommendation, Slate
from core.turns import Checks, HeardEvent, ModelUse, Turn
from core.types import Conversation
from store.audit import AuditTrail
from store.desk import DeskRecords
from store.exchanges import Exchanges
from tools.deps import Deps

DRIFTLINE = "driftline"
"""The author of what is said without a person."""

PATIENCE = 10.0
"""Seconds that staff wait for the end of a turn; a customer's page that hangs must not keep them out for ever."""


@dataclass(frozen=True)
class Office:
    """The desk's side of one workspace; holds nothing of any person.

    Attributes:
        bot: the conversation's side, to read and rehearse with.
        client: the language model, for the wording of drafts.
    """

    deps: Deps
    bot: Agent
    client: ChatClient
    records: DeskRecords
    trail: AuditTrail
    exchanges: Exchanges
    turnstiles: Turnstiles

    def conversation(self, conversation_id: str) -> Conversation:
        """One conversation of anybody.

        Raises:
            NotFoundError: there is no such conversation.
        """
        found = self.deps.conversations.get(conversation_id)
        if found is None:
            raise NotFoundError(f"There is no conversation {conversation_id!r}.", "Pick one from the queue.")
        return found

    def memory(self, conversation: Conversation) -> Memory:
        """What a conversation holds."""
        return self.bot.memory(conversation.id, conversation.user_id)

    def summary(self, conversation: Conversation, reason: str = "") -> str:
        """What whoever takes a conversation has to know."""
        events = self.deps.events.of_user(conversation.user_id, until=self.deps.now())
        turns = self.deps.conversations.turns(conversation.id)
        exchanges = self.exchanges.of_conversation(conversation.id)
        return summary_of(events, turns, exchanges, self.memory(conversation), reason)

    def say(
        self,
        conversation: Conversation,
        reply: str,
        author: str = DRIFTLINE,
        text: str = "",
        items: Sequence[Recommendation] = (),
        slate: Slate | None = None,
        events: Sequence[HeardEvent] = (),
        checks: Checks | None = None,
    ) -> Turn:
        """Store one exchange that no turn of the bot was; its number is the store's.

        The customer's words are redacted. What staff send is kept as it was sent: it may be the number to call.
        """
        turn = Turn(
            conversation_id=conversation.id,
            turn=self.deps.conversations.next_turn(conversation.id),
            user_id=conversation.user_id,
            at=self.deps.now(),
            text=redact(text),
            reply=reply,
            author=author,
            items=tuple(items),
            slate=slate,
            events=tuple(events),
            checks=checks or Checks(),
            model=ModelUse(name="none"),
        )
        return self.deps.conversations.append_turn(turn)

    def supervises(self, agent: str) -> bool:
        """Whether somebody is a supervisor by the settings."""
        return agent in self.deps.settings.desk_supervisors


def checked_agent(agent: str) -> str:
    """A name that a member of staff may act under.

    Raises:
        InputError: it is malformed, or it is the bot's.
    """
    check_user(agent)
    if agent.casefold() == DRIFTLINE:
        raise InputError(f"{agent!r} is the bot's own name.", "Sign in under your own name.")
    return agent
