"""A shop for the desk's tests: a customer with a history and a complaint, and a desk in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from agent.desk.mood import mood_of
from agent.state import Person
from core.desk import (
    AgentFigures,
    Answer,
    AuditEntry,
    Avoid,
    Brief,
    Cited,
    Draft,
    Fact,
    Offer,
    Review,
    StaffNote,
    Thread,
    ThreadState,
    TopicNote,
    ToReview,
    Verdict,
    WrapUp,
)
from core.errors import InputError, NotFoundError
from core.results import Reason, Recommendation
from core.turns import Checks, Turn
from core.types import Conversation, Event, EventKind, Item
from tests.ui.web.fake import FakeService

MARTA, PAUL = "1182", "640"
TEA, GREEN, KETTLE, HONEY, FILTER, CHAI = "tea-1", "tea-2", "kettle-1", "honey-1", "filter-1", "tea-3"
_SHELF = (
    (TEA, "Assam Breakfast Tea, 250 g", "Tea", 8.9, True),
    (GREEN, "Sencha Green Tea, 100 g", "Tea", 11.5, True),
    (CHAI, "Masala Chai, 200 g", "Tea", 9.4, True),
    (KETTLE, "Pour-over Kettle, 0.8 l", "Kitchen", 39.0, True),
    (HONEY, "Acacia Honey, 500 g", "Pantry", 7.2, False),
    (FILTER, "Paper Tea Filters, 100", "Kitchen", 4.5, True),
)
_TONES = {
    "warm": "I am sorry about the broken jar, {name}. A new one is on its way today, and you need not send the old one "
    "back. If you like the Assam, the Masala Chai is made from the same leaf.",
    "brief": "Sorry about the jar. A new one leaves today; keep the old one.",
    "formal": "Please accept our apologies for the damaged jar. A replacement will be dispatched today.",
}


class ShopService(FakeService):
    """The tests' service with a shop's shelf, a customer who waits, one who talks to the bot, and a desk."""

    def __init__(self, pace: float = 0.0) -> None:
        super().__init__(pace)
        # A catalogue of its own: the bot of these tests ranks films, which have a running time.
        self.catalog = dict(self.catalog)
        for item_id, title, department, price, available in _SHELF:
            self.catalog[item_id] = Item(
                id=item_id,
                title=title,
                facets={"genre": (), "department": (department,)},
                numbers={"price": price},
                available=available,
            )
        self.log[MARTA] = _bought(self.now())
        self.shop = ShopDesk(self)
        self.desk: Any = self.shop
        self._history()

    def put(self, turn: Turn) -> Turn:
        """Store a turn under the next number."""
        stored: Turn = self._store(turn)
        return stored

    def begin(self, user_id: str, title: str, at: datetime) -> str:
        """A new conversation."""
        thread = Conversation(user_id=user_id, started_at=at, updated_at=at, title=title)
        self.threads[thread.id] = thread
        self.stored[thread.id] = []
        return thread.id

    def says(self, conversation_id: str, text: str, reply: str = "", author: str = "", ago: float = 0.0) -> Turn:
        """A message of the customer, with a reply or without."""
        at = self.now() - timedelta(minutes=ago)
        user = self.threads[conversation_id].user_id
        turn = self.put(
            Turn(conversation_id=conversation_id, turn=0, user_id=user, at=at, text=text, reply=reply, author=author)
        )
        if not author:
            self.shop.heard(conversation_id, text)
        return turn

    def turns(self, conversation_id: str) -> Sequence[Turn]:
        if conversation_id not in self.stored:
            raise NotFoundError(f"There is no conversation {conversation_id!r}.", "Choose another one.")
        return list(self.stored[conversation_id])

    def _history(self) -> None:
        old = self.begin(MARTA, "Late delivery", self.now() - timedelta(days=61))
        self.says(
            old, "My tea came nine days late. That is too long.", "I am sorry. It left us late.", "maria", 60 * 24 * 61
        )
        self.shop.change(old, state="closed", agent="maria")
        self.old = old
        self.waiting = self.begin(MARTA, "Broken honey jar", self.now() - timedelta(minutes=9))
        self.says(
            self.waiting,
            "Hello, something like the tea of my last order, please",
            "The Assam Breakfast Tea is what you took last. The Masala Chai is made from the same leaf.",
            "driftline",
            9,
        )
        self.shop.change(
            self.waiting,
            state="waiting",
            reason="The customer asked for a person",
            summary="Wants tea like her last order. The honey jar of that order arrived broken; she is annoyed.",
            opened_at=self.now() - timedelta(minutes=6),
            priority=1,
        )
        self.says(self.waiting, "My honey jar arrived broken and the parcel was soaked. I am annoyed!", ago=5)
        self.talking = self.begin(PAUL, "A kettle", self.now() - timedelta(minutes=2))
        self.says(self.talking, "Which kettle pours slowly?", "The Pour-over Kettle has a thin spout.", "driftline", 2)
        self.shop.change(self.talking, last_text="Which kettle pours slowly?")


class ShopDesk:
    """The desk in memory. ``fail`` is the error that the next sending, brief or question meets."""

    def __init__(self, service: ShopService) -> None:
        self.service = service
        self.threads: dict[str, Thread] = {}
        self.trail: list[AuditEntry] = []
        self.made: dict[str, Draft] = {}
        self.verdicts: dict[str, tuple[str, str, str]] = {}
        self.confirmed: tuple[str, ...] = ()
        self.closed_with: WrapUp | None = None
        self.left: dict[str, list[StaffNote]] = {}
        self.fail = ""

    # --- moves

    def change(self, conversation_id: str, **changes: Any) -> Thread:
        now = self.service.now()
        held = self.service.threads[conversation_id]
        old = self.threads.get(conversation_id) or Thread(
            conversation_id=conversation_id, user_id=held.user_id, opened_at=now, updated_at=now, title=held.title
        )
        self.threads[conversation_id] = old.model_copy(update={"updated_at": now, **changes})
        return self.threads[conversation_id]

    def heard(self, conversation_id: str, text: str) -> None:
        old = self.threads.get(conversation_id)
        self.change(conversation_id, unread=(old.unread if old else 0) + 1, last_text=text)

    def has(self, conversation_id: str | None) -> bool:
        thread = self.threads.get(conversation_id or "")
        if thread is None or thread.state not in ("waiting", "staff"):
            return False
        # The page's service is about to store what the customer says.
        self.change(thread.conversation_id, unread=thread.unread + 1)
        return True

    def thread(self, conversation_id: str) -> Thread | None:
        return self.threads.get(conversation_id)

    def request_human(self, user_id: str, conversation_id: str, reason: str = "") -> Thread:
        said = [turn.text for turn in self.service.turns(conversation_id) if turn.text]
        return self.change(
            conversation_id,
            state="waiting",
            reason=reason or "The customer asked for a person",
            opened_at=self.service.now(),
            last_text=said[-1] if said else "",
        )

    def queue(self, agent: str, search: str = "", state: ThreadState | None = None, limit: int = 50) -> list[Thread]:
        order = ("waiting", "staff", "bot", "closed")
        found = [
            thread
            for thread in self.threads.values()
            if state in (None, thread.state)
            and search.casefold() in f"{thread.user_id} {self._said(thread)}".casefold()
        ]
        return sorted(found, key=lambda thread: (order.index(thread.state), thread.opened_at))[:limit]

    def _said(self, thread: Thread) -> str:
        return " ".join(turn.text for turn in self.service.stored[thread.conversation_id])

    def customers(self, agent: str, search: str = "", limit: int = 20) -> list[Person]:
        return [
            Person(user_id=user, events=len(log), first_at="2026-01-01", last_at="2026-11-01", label=user)
            for user, log in self.service.log.items()
            if search in user
        ][:limit]

    def open(self, agent: str, conversation_id: str) -> Thread:
        self._known(conversation_id)
        self._note(agent, "opened", conversation_id)
        return self.change(conversation_id, unread=0, updated_at=self.threads[conversation_id].updated_at)

    def start(self, agent: str, user_id: str) -> Thread:
        conversation = self.service.begin(user_id, "", self.service.now())
        return self.change(conversation, state="staff", agent=agent)

    def take(self, agent: str, conversation_id: str) -> Thread:
        thread = self._known(conversation_id)
        if thread.state == "staff" and thread.agent != agent:
            raise InputError(f"{thread.agent} has this conversation.", "Ask them to hand it back.")
        self._note(agent, "took over", conversation_id)
        return self.change(conversation_id, state="staff", agent=agent, unread=0)

    def hand_back(self, agent: str, conversation_id: str, note: str = "") -> Thread:
        self._holds(agent, conversation_id)
        self._note(agent, "handed back", conversation_id, note)
        if note:
            left = StaffNote(conversation_id=conversation_id, agent=agent, at=self.service.now(), text=note)
            self.left.setdefault(conversation_id, []).append(left)
        return self.change(conversation_id, state="bot")

    def close(self, agent: str, conversation_id: str, wrap_up: WrapUp, confirmed: Sequence[str] = ()) -> Thread:
        self._failing()
        if wrap_up.disposition not in wrap_up.dispositions:
            raise InputError("A conversation needs an outcome.", "Choose one.")
        self.confirmed, self.closed_with = tuple(confirmed), wrap_up
        self._note(agent, "closed", conversation_id, wrap_up.disposition)
        return self.change(conversation_id, state="closed", agent=agent, last_text="")

    # --- what is known

    def brief(self, agent: str, user_id: str, conversation_id: str | None = None) -> Brief:
        self._failing()
        if user_id != MARTA:
            return Brief(user_id=user_id, headline="A newcomer.", events=len(self.service.log.get(user_id, [])))
        events = self.service.log[MARTA]
        said = [turn.text for turn in self.service.stored.get(conversation_id or "", []) if turn.text]
        bought = [event for event in events if event.kind is EventKind.PURCHASE]
        return Brief(
            user_id=user_id,
            headline="Buys tea every three weeks, lately greener and in smaller packs.",
            since=events[0].at,
            events=len(events),
            rising=(TopicNote(topic="department:Tea", share_usual=0.46, share_next=0.57, lo80=0.44, hi80=0.68),),
            fading=(
                TopicNote(topic="department:Kitchen", share_usual=0.31, share_next=0.2, lo80=0.11, hi80=0.3),
                TopicNote(topic="department:Pantry", share_usual=0.23, share_next=0.18, lo80=0.08, hi80=0.27),
            ),
            forecast_note="Next month, by her own history.",
            purchases=tuple(
                Cited(text=self.service.catalog[event.item_id or ""].title, at=event.at, event_id=event.id)
                for event in bought[:-4:-1]
            ),
            complaints=(
                Cited(text="Her tea came nine days late", at=events[1].at, conversation_id=self.service.old, turn=1),
            ),
            mood=mood_of(said),
            open_requests=(
                Cited(text="A new honey jar", at=self.service.now(), conversation_id=conversation_id, turn=2),
            ),
            limits=("price <= 20",),
        )

    def offers(self, agent: str, conversation_id: str, k: int = 5) -> tuple[tuple[Offer, ...], tuple[Avoid, ...]]:
        if self._known(conversation_id).user_id != MARTA:
            return (), ()
        offers = (
            Offer(item=self._item(CHAI), why=("Same leaf as the Assam of your last order",), next_best=True),
            Offer(item=self._item(GREEN), why=("Your tea has been turning green since summer",)),
            Offer(item=self._item(FILTER), why=("Often bought with loose tea",)),
        )
        bought = next(event for event in self.service.log[MARTA] if event.item_id == KETTLE)
        avoid = (
            Avoid(
                item_id=KETTLE,
                title="Pour-over Kettle, 0.8 l",
                why="owned",
                cited=Cited(text="Bought it", at=bought.at, event_id=bought.id),
            ),
            Avoid(item_id=HONEY, title="Acacia Honey, 500 g", why="out of stock", cited=Cited(text="", item_id=HONEY)),
        )
        return offers[:k], avoid

    def _item(self, item_id: str) -> Recommendation:
        item = self.service.catalog[item_id]
        reason = Reason(feature="fit", contribution=0.8, text="Fits")
        return Recommendation(id=item_id, title=item.title, score=0.8, reasons=(reason,), numbers=item.numbers)

    def drafts(self, agent: str, conversation_id: str) -> tuple[Draft, ...]:
        turns = self.service.turns(conversation_id)
        if not turns or turns[-1].reply:
            return ()
        made = []
        for tone, text in _TONES.items():
            key = f"{conversation_id[:6]}-{turns[-1].turn}-{tone}"
            if key not in self.verdicts:
                self.made[key] = Draft.model_validate(
                    {
                        "id": key,
                        "conversation_id": conversation_id,
                        "tone": tone,
                        "text": text.format(name="Marta"),
                        "item_ids": (CHAI,),
                        "checks": Checks(claims=2, supported=2),
                        "at": self.service.now(),
                    }
                )
                made.append(self.made[key])
        return tuple(made)

    def decide(self, agent: str, draft_id: str, verdict: Verdict, text: str = "", reason: str = "") -> Turn | None:
        draft = self.made[draft_id]
        self._holds(agent, draft.conversation_id)
        self._failing()
        if draft_id in self.verdicts:
            raise InputError("This draft was decided already.", "Write your own words.")
        self.verdicts[draft_id] = (verdict, text, reason)
        self._note(agent, verdict, draft.conversation_id, reason or text or draft.text)
        return None if verdict == "dismissed" else self._reply(agent, draft.conversation_id, text or draft.text)

    def send(self, agent: str, conversation_id: str, text: str) -> Turn:
        self._holds(agent, conversation_id)
        self._failing()
        self._note(agent, "sent", conversation_id, text)
        return self._reply(agent, conversation_id, text)

    def _reply(self, agent: str, conversation_id: str, text: str) -> Turn:
        user = self.service.threads[conversation_id].user_id
        now = self.service.now()
        return self.service.put(
            Turn(conversation_id=conversation_id, turn=0, user_id=user, at=now, text="", reply=text, author=agent)
        )

    def ask(self, agent: str, conversation_id: str, question: str) -> Answer:
        self._failing()
        cited = Cited(text="My tea came nine days late.", conversation_id=self.service.old, turn=1)
        items = (self._item(GREEN),) if "find" in question else ()
        return Answer(text=("Once: her tea came nine days late.",), citations=(cited,), items=items)

    def notes(self, agent: str, conversation_id: str) -> list[StaffNote]:
        return self.left.get(conversation_id, [])

    def wrap_up(self, agent: str, conversation_id: str) -> WrapUp:
        return WrapUp(
            conversation_id=conversation_id,
            summary="The honey jar of the last order arrived broken. A new one was promised.",
            dispositions=("resolved", "follow-up needed", "complaint"),
            follow_ups=("Send a new honey jar",),
            facts=(
                Fact(id="f1", text="Likes Masala Chai", kind=EventKind.LIKE, item_id=CHAI, quote="chai sounds lovely"),
                Fact(id="f2", text="Wants no plastic", kind=EventKind.MENTION, quote="rather no plastic"),
            ),
        )

    # --- the supervisor

    def review(self, agent: str, since: datetime | None = None) -> Review:
        now = self.service.now()
        return Review(
            since=since,
            agents=(
                AgentFigures(
                    agent="maria", drafts=48, approved=21, edited=14, dismissed=7, acceptance=35 / 42,
                    first_reply_seconds=74.0, edit_share=0.18, sent=52,
                ),
                AgentFigures(
                    agent="tom", drafts=31, approved=6, edited=9, dismissed=12, acceptance=15 / 27,
                    first_reply_seconds=205.0, edit_share=0.41, sent=33,
                ),
            ),
            conversations=(
                ToReview(
                    conversation_id=self.service.old, user_id=MARTA, title="Late delivery", updated_at=now,
                    agent="maria",
                    why=("The customer was angry at the end", "Two drafts were dismissed"),
                ),
            ),
        )  # fmt: skip

    def audit(
        self,
        agent: str,
        conversation_id: str | None = None,
        user_id: str | None = None,
        limit: int = 200,
        by: str | None = None,
    ) -> list[AuditEntry]:
        return [
            entry
            for entry in reversed(self.trail)
            if conversation_id in (None, entry.conversation_id)
            and user_id in (None, entry.user_id)
            and by in (None, entry.agent)
        ][:limit]

    def _note(self, agent: str, action: str, conversation_id: str, detail: str = "") -> None:
        entry = AuditEntry(
            id=f"a{len(self.trail)}",
            at=self.service.now(),
            agent=agent,
            action=action,
            conversation_id=conversation_id,
            user_id=self.service.threads[conversation_id].user_id,
            detail=detail,
        )
        self.trail.append(entry)

    def _known(self, conversation_id: str) -> Thread:
        if conversation_id not in self.threads:
            raise NotFoundError(f"There is no conversation {conversation_id!r}.", "It may have been erased.")
        return self.threads[conversation_id]

    def _holds(self, agent: str, conversation_id: str) -> None:
        thread = self._known(conversation_id)
        if thread.state != "staff" or thread.agent != agent:
            raise InputError("You do not have this conversation.", "Take it over first.")

    def _failing(self) -> None:
        if self.fail:
            raise InputError(self.fail, "Try again in a moment.")


def _bought(now: datetime) -> list[Event]:
    """Eight months of a tea drinker's orders, the last four days ago."""
    events = []
    for back, item in ((240, HONEY), (200, TEA), (150, KETTLE), (110, TEA), (61, TEA), (24, GREEN), (4, TEA)):
        at = (now - timedelta(days=back)).astimezone(UTC)
        events.append(
            Event(user_id=MARTA, at=at, kind=EventKind.PURCHASE, item_id=item, value=0.6, source="import:shop")
        )
    return events
