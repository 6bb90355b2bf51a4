"""What the desk's people see and do: conversations in staff's hands, briefs, offers, drafts, and who did what.

Like `core.results`, these models are what the desk's page and the API show.
"""

from __future__ import annotations

from typing import Literal

from core.results import Recommendation
from core.turns import Checks
from core.types import EventKind, Frozen, Id, Instant

ThreadState = Literal["bot", "waiting", "staff", "closed"]
"""Who answers: Driftline, nobody yet, a member of staff, or nobody any more."""

Tone = Literal["warm", "brief", "formal"]
Verdict = Literal["approved", "edited", "dismissed"]
MoodLabel = Literal["calm", "pleased", "confused", "annoyed", "angry"]


class Thread(Frozen):
    """Where a conversation stands between Driftline and the staff.

    Attributes:
        agent: who of the staff has it, or had it last; empty where nobody did.
        reason: why it was handed over, in words; empty where it was not.
        opened_at: when it came to the staff, or began where it did not.
        summary: what whoever takes it has to know, as of the handing over.
        priority: 0 in turn, 1 before others, 2 at once.
        unread: messages of the customer that nobody of the staff has opened.
        handovers: how often the bot handed it over; handed_for: for which kinds of reason.
        title, last_text: the conversation's title and the customer's last words.
    """

    conversation_id: Id
    user_id: Id
    state: ThreadState = "bot"
    agent: str = ""
    reason: str = ""
    summary: str = ""
    opened_at: Instant
    updated_at: Instant
    priority: int = 0
    unread: int = 0
    handovers: int = 0
    handed_for: tuple[str, ...] = ()
    title: str = ""
    last_text: str = ""


class Cited(Frozen):
    """A statement and where it comes from: an event, an item, or a turn of a conversation."""

    text: str
    at: Instant | None = None
    event_id: str | None = None
    item_id: str | None = None
    conversation_id: str | None = None
    turn: int | None = None


class Fact(Frozen):
    """Something learnt in the talk, which enters the timeline only when it is confirmed.

    Attributes:
        text: the fact in words ("Likes horror").
        quote: the customer's words that it comes from; turn: where they were said.
    """

    id: Id
    text: str
    kind: EventKind
    item_id: str | None = None
    topic: str | None = None
    value: float = 0.0
    quote: str = ""
    turn: int | None = None


class TopicNote(Frozen):
    """A topic of interest that moves: its usual share (`Forecast.usual`) and as forecast, with the 80 % interval."""

    topic: str
    share_usual: float
    share_next: float
    lo80: float
    hi80: float


class Mood(Frozen):
    """How the customer sounds, from -1 to 1, and the words that it rests on."""

    label: MoodLabel = "calm"
    score: float = 0.0
    quote: str = ""


class Brief(Frozen):
    """What to know of a customer before answering.

    Attributes:
        headline: who this is in one sentence.
        since: their first event; None for a newcomer.
        limits: limits in force in the conversation, in words ("1991 or later").
    """

    user_id: Id
    headline: str
    since: Instant | None = None
    events: int = 0
    rising: tuple[TopicNote, ...] = ()
    fading: tuple[TopicNote, ...] = ()
    forecast_note: str = ""
    purchases: tuple[Cited, ...] = ()
    complaints: tuple[Cited, ...] = ()
    mood: Mood = Mood()
    open_requests: tuple[Cited, ...] = ()
    limits: tuple[str, ...] = ()
    consent_remember: bool = True


class Offer(Frozen):
    """Something to suggest, with the reasons to give; ``next_best`` marks the one with the highest chance."""

    item: Recommendation
    why: tuple[str, ...] = ()
    next_best: bool = False


AvoidWhy = Literal["disliked", "owned", "out of stock", "shown", "muted"]


class Avoid(Frozen):
    """Something not to suggest, and where that is known from. ``item_id`` is the topic where a topic is muted."""

    item_id: Id
    title: str
    why: AvoidWhy
    cited: Cited


class Draft(Frozen):
    """A reply that somebody may send; Driftline never sends it by itself."""

    id: Id
    conversation_id: Id
    tone: Tone
    text: str
    item_ids: tuple[str, ...] = ()
    checks: Checks = Checks()
    at: Instant


class Answer(Frozen):
    """The copilot's answer: sentences, what each rests on, and the items it names."""

    text: tuple[str, ...]
    citations: tuple[Cited, ...] = ()
    items: tuple[Recommendation, ...] = ()


class WrapUp(Frozen):
    """What is left of a conversation when it is closed; ``dispositions`` are the choices for ``disposition``."""

    conversation_id: Id
    summary: str
    disposition: str = ""
    dispositions: tuple[str, ...] = ()
    follow_ups: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()


class StaffNote(Frozen):
    """Something that a member of staff, or the bot, left for whoever comes next."""

    conversation_id: Id
    agent: str
    at: Instant
    text: str


class AuditEntry(Frozen):
    """Who did what and when; the trail only grows."""

    id: Id
    at: Instant
    agent: str
    action: str
    conversation_id: str | None = None
    user_id: str | None = None
    detail: str = ""


class AgentFigures(Frozen):
    """How one member of staff works with the desk.

    Attributes:
        drafts: drafts shown. acceptance: share of the decided ones that were sent, edited or not; None without any.
        first_reply_seconds: median time from the handing over to the first reply; None without any.
        edit_share: mean share of a draft's characters that its edit changed; None without any.
        sent: messages sent.
    """

    agent: str
    drafts: int = 0
    approved: int = 0
    edited: int = 0
    dismissed: int = 0
    acceptance: float | None = None
    first_reply_seconds: float | None = None
    edit_share: float | None = None
    sent: int = 0


class ToReview(Frozen):
    """A conversation that a supervisor should read, and why."""

    conversation_id: Id
    user_id: Id
    title: str
    updated_at: Instant
    agent: str = ""
    why: tuple[str, ...] = ()


class Review(Frozen):
    """The supervisor's figures since a moment; None: since the beginning."""

    since: Instant | None = None
    agents: tuple[AgentFigures, ...] = ()
    conversations: tuple[ToReview, ...] = ()
