"""The only façade that the doors see: chat, recommendation, forecasting, the timeline, and a person's data."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime
from typing import Any

from agent.calling import ToolCaller
from agent.desk.desk import Desk
from agent.graph import Agent
from agent.incoming import check_user
from agent.llm.client import ChatClient
from agent.people import people
from agent.relay.relay import Relay
from agent.serving.ranking import Ranking
from agent.serving.talking import Talking
from agent.serving.timelines import Timelines
from agent.state import ModelStatus, Person
from core.types import Consent
from store.db import Database
from store.deliveries import Deliveries
from store.erasure import Erasable, export_user, forget_user
from store.helpdesk import HelpDesk
from store.relayed import RelayedRows
from tools.deps import Deps

_PATIENCE = 60.0
"""Seconds that an erasure waits for a turn of the person to end."""


class Service(Talking, Ranking, Timelines):
    """One open workspace; synchronous and thread-safe.

    Two turns of one conversation run one after the other, turns of different conversations at the same time.

    Args:
        deps: the tools' side.
        agent: the conversation's side.
        model: the language model, for its status.
        database: for export and erasure across tables.
        erasables: other places that keep data of people.
        desk: the staff's side.
        opened: what to close with the service, in this order.
    """

    def __init__(
        self,
        deps: Deps,
        agent: Agent,
        model: ChatClient,
        database: Database,
        erasables: Sequence[Erasable],
        desk: Desk,
        opened: Sequence[Any] = (),
    ) -> None:
        self.deps = deps
        self._agent = agent
        self._model = model
        self._database = database
        relayed = RelayedRows(database)
        self._erasables = (*erasables, relayed)
        self._opened = tuple(opened)
        self.desk = desk
        self.deliveries = Deliveries(database)
        self.relay = Relay(deps, relayed, self.stream, agent.rehearse, self.forget_user)
        self.tools = ToolCaller(deps, relayed, agent.keep_words)
        self._turnstiles = desk.turnstiles

    def people(self, limit: int = 50) -> list[Person]:
        """Known people, most events first."""
        return people(self.deps, limit)

    def consent(self, user_id: str) -> Consent:
        """What a person allows; everything until they say otherwise."""
        check_user(user_id)
        return self.deps.conversations.consent(user_id) or Consent(user_id=user_id, at=self.now())

    def set_consent(self, user_id: str, remember: bool, learn_from: bool = True) -> Consent:
        """Set what a person allows, from the next turn on."""
        check_user(user_id)
        consent = Consent(user_id=user_id, at=self.now(), remember=remember, learn_from=learn_from)
        self.deps.conversations.set_consent(consent)
        return consent

    def settle(self) -> None:
        """Wait until what turns left to be done after them is done."""
        self._agent.settle()

    def export_user(self, user_id: str) -> dict[str, Any]:
        """Everything that is kept about a person."""
        self.settle()
        return export_user(self._database, self._erasables, user_id)

    def forget_user(self, user_id: str) -> dict[str, int]:
        """Delete everything that is kept about a person; the number of records by place.

        Turns that are under way end first: what they write would otherwise outlast the person.

        Raises:
            InputError: one took too long; nothing was deleted.
        """
        conversations = sorted(each.id for each in self.deps.conversations.of_user(user_id))
        with ExitStack() as waiting:
            for conversation_id in conversations:
                waiting.enter_context(self._turnstiles.one_turn_at_a_time(conversation_id, _PATIENCE))
            self.settle()
            return forget_user(self._database, self._erasables, user_id)

    def helpdesk(self) -> HelpDesk:
        """Conversations and jobs that are shared with a help desk of another maker."""
        return HelpDesk(self._database)

    def model_status(self) -> ModelStatus:
        """State of the language model."""
        return self._model.status()

    def now(self) -> datetime:
        """The present, by the workspace's clock."""
        return self.deps.now()

    def close(self) -> None:
        """Close databases and indexes."""
        self._agent.close()
        for opened in self._opened:
            opened.close()
