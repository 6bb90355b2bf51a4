"""What one tab of the desk shows: the queue, the open conversation, what is known of the customer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from agent.state import Person
from core.desk import Answer, AuditEntry, Avoid, Brief, Draft, Offer, Review, StaffNote, Thread, WrapUp
from core.turns import Turn
from core.types import Conversation, Event, Item

FILTERS = ("all", "waiting", "mine", "staff", "bot", "closed")
"""What the queue can be narrowed to."""

SPANS: dict[str, int | None] = {"day": 1, "week": 7, "month": 30, "all": None}
"""Spans of the supervisor's figures, in days."""


@dataclass
class Asked:
    """A question to the copilot; without an answer it is being worked on, or ``problem`` says why there is none."""

    key: str
    question: str
    answer: Answer | None = None
    problem: str = ""


@dataclass
class Source:
    """What a citation rests on: events around the cited one, turns of another conversation, or an item."""

    event_id: str = ""
    turn: int | None = None
    events: Sequence[Event] = ()
    turns: Sequence[Turn] = ()
    item: Item | None = None


@dataclass
class Trail:
    """The supervisor's page: figures, and the audit trail under its filters."""

    span: str = "week"
    review: Review | None = None
    entries: Sequence[AuditEntry] = ()
    agent: str = ""
    user: str = ""
    conversation: str = ""
    problem: str = ""


@dataclass
class DeskSession:
    """State of one tab.

    Attributes:
        agent: who is logged in, as the server knows it.
        customer: whose page is open where no conversation is.
        waiting_for: parts that are being worked on ("brief", "offers", "drafts").
        problems: why a part could not be made.
        stale: the customer said something that the brief does not know yet.
        notice, trouble, notices: what was last said above the box, whether it is a failure, how often something was.
        sent: the last message that the browser handed in, so that a repeated delivery is not sent twice.
        ticks: how often the page asked for news.
        shown: what each part last looked like and the number of that look, so that only changes travel.
    """

    agent: str = ""
    language: str = "en"
    supervisor: bool = False
    view: Literal["desk", "supervisor"] = "desk"
    search: str = ""
    filter: str = "all"
    threads: Sequence[Thread] = ()
    people: Sequence[Person] = ()
    customer: str = ""
    past: Sequence[Conversation] = ()
    thread: Thread | None = None
    turns: Sequence[Turn] = ()
    items: dict[str, Item] = field(default_factory=dict)
    brief: Brief | None = None
    notes: Sequence[StaffNote] = ()
    offers: Sequence[Offer] = ()
    avoid: Sequence[Avoid] = ()
    drafts: Sequence[Draft] = ()
    waiting_for: set[str] = field(default_factory=set)
    problems: dict[str, str] = field(default_factory=dict)
    stale: bool = False
    asked: list[Asked] = field(default_factory=list)
    source: Source | None = None
    wrap_up: WrapUp | None = None
    notice: str = ""
    trouble: bool = False
    notices: int = 0
    trail: Trail = field(default_factory=Trail)
    sent: str = ""
    last_sent_ok: str = ""
    generation: int = 0
    ticks: int = 0
    shown: dict[str, tuple[int, object]] = field(default_factory=dict)

    @property
    def mine(self) -> bool:
        """Whether the open conversation is in this agent's hands."""
        return self.thread is not None and self.thread.state == "staff" and self.thread.agent == self.agent

    @property
    def user_id(self) -> str:
        """The customer whose conversation or page is open."""
        return self.thread.user_id if self.thread else self.customer

    def turn_to(self, thread: Thread | None, turns: Sequence[Turn] = (), customer: str = "") -> None:
        """Show a conversation, a customer, or nothing."""
        same = self.user_id == (thread.user_id if thread else customer)
        self.thread, self.turns, self.customer = thread, tuple(turns), customer
        self.offers, self.avoid, self.drafts, self.notes = (), (), (), ()
        self.waiting_for, self.problems, self.stale = set(), {}, False
        self.source, self.wrap_up, self.past = None, None, ()
        self.notice, self.trouble = "", False
        if not same:
            self.brief, self.asked = None, []
        self.generation += 1

    def say(self, notice: str, trouble: bool = False) -> None:
        """One line above the composer; empty takes it away."""
        self.notice, self.trouble = notice, trouble
        self.notices += bool(notice)


def span_start(span: str, now: datetime) -> datetime | None:
    """Where a span of the supervisor's figures begins."""
    days = SPANS.get(span)
    return None if days is None else now - timedelta(days=days)
