"""What the desk's page needs of the service: the desk's façade, and what shows a conversation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from agent.state import Person
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
from core.turns import Turn
from core.types import Conversation, Event, Item


class DeskPort(Protocol):
    """Staff beside the bot. ``agent`` is who acts; failures raise ``core.errors.DriftlineError``."""

    def queue(self, agent: str, search: str = "", state: ThreadState | None = None, limit: int = 50) -> list[Thread]:
        """Conversations, those that wait first."""

    def customers(self, agent: str, search: str = "", limit: int = 20) -> list[Person]:
        """Known people whose id holds the words."""

    def open(self, agent: str, conversation_id: str) -> Thread:
        """Look at a conversation; its messages count as read."""

    def thread(self, conversation_id: str) -> Thread | None:
        """Where a conversation stands."""

    def start(self, agent: str, user_id: str) -> Thread:
        """A new conversation with a customer."""

    def take(self, agent: str, conversation_id: str) -> Thread:
        """Take a conversation over."""

    def hand_back(self, agent: str, conversation_id: str, note: str = "") -> Thread:
        """Give a conversation back to the bot."""

    def close(self, agent: str, conversation_id: str, wrap_up: WrapUp, confirmed: Sequence[str] = ()) -> Thread:
        """End a conversation."""

    def brief(self, agent: str, user_id: str, conversation_id: str | None = None) -> Brief:
        """What to know of a customer."""

    def offers(self, agent: str, conversation_id: str, k: int = 5) -> tuple[tuple[Offer, ...], tuple[Avoid, ...]]:
        """What to suggest, and what not to."""

    def drafts(self, agent: str, conversation_id: str) -> tuple[Draft, ...]:
        """Replies to the customer's last message."""

    def decide(self, agent: str, draft_id: str, verdict: Verdict, text: str = "", reason: str = "") -> Turn | None:
        """What becomes of a draft."""

    def send(self, agent: str, conversation_id: str, text: str) -> Turn:
        """Send the agent's own words."""

    def ask(self, agent: str, conversation_id: str, question: str) -> Answer:
        """Answer a question about the customer or the catalogue."""

    def notes(self, agent: str, conversation_id: str) -> list[StaffNote]:
        """What staff and bot left for whoever comes next, in time order."""

    def wrap_up(self, agent: str, conversation_id: str) -> WrapUp:
        """A proposal for closing a conversation."""

    def review(self, agent: str, since: datetime | None = None) -> Review:
        """The supervisor's figures."""

    def audit(
        self,
        agent: str,
        conversation_id: str | None = None,
        user_id: str | None = None,
        limit: int = 200,
        by: str | None = None,
    ) -> list[AuditEntry]:
        """The audit trail, the latest first; ``by`` leaves the entries of one member of staff."""


class DeskService(Protocol):
    """The service as the desk's page sees it."""

    @property
    def desk(self) -> DeskPort:
        """The desk."""

    def turns(self, conversation_id: str) -> Sequence[Turn]:
        """A conversation's turns, oldest first."""

    def events(self, user_id: str, include_retracted: bool = False) -> Sequence[Event]:
        """A customer's events, newest first."""

    def items(self, ids: Iterable[str]) -> Mapping[str, Item]:
        """Catalogue items by id."""

    def conversations(self, user_id: str) -> Sequence[Conversation]:
        """A customer's conversations, newest first."""

    def now(self) -> datetime:
        """The service's clock."""
