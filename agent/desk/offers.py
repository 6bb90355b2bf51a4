"""What to suggest to a customer and why, what comes first, and what not to suggest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from agent.desk.office import Office
from agent.desk.third_person import about_them
from agent.intents import Intent
from agent.memory import Memory
from agent.policy import context_of, reference_plan
from agent.understanding import Understanding
from core.desk import Avoid, AvoidWhy, Cited, Offer
from core.evidence import muted_topics
from core.results import Recommendation
from core.turns import Turn
from core.types import Conversation, Event, EventKind, Item
from tools.evidence import Evidence
from tools.registry import TOOLS

_REASONS = 3
_LISTED = 5
_DISLIKED = -0.3
_REPEATED = 0.1
"""Share of purchases that repeat an earlier one from which a catalogue is one that people buy from again."""


def offers_of(
    office: Office, conversation: Conversation, memory: Memory, k: int
) -> tuple[tuple[Offer, ...], tuple[Avoid, ...]]:
    """Suggestions under the conversation's wish, and what to leave out, each kind the latest first."""
    turns = office.deps.conversations.turns(conversation.id)
    events = office.deps.events.of_user(conversation.user_id, until=office.deps.now())
    owned = {} if buys_again(events) else {event.item_id: event for event in events if _bought(event)}
    cards = [card for card in _ranked(office, conversation, memory, k + len(owned)) if card.id not in owned][:k]
    best = max(cards, key=chance, default=None)
    offers = tuple(Offer(item=card, why=why(card), next_best=card is best) for card in cards)
    return offers, tuple(_avoided(office, events, turns, memory))


def chance(card: Recommendation) -> tuple[float, float]:
    """What the next best offer is chosen by: the chance that it is bought or liked where known, else the score."""
    missed = 1.0
    for kind in ("purchase", "like"):
        missed *= 1.0 - card.chances.get(kind, 0.0)
    return 1.0 - missed, card.score


def why(card: Recommendation) -> tuple[str, ...]:
    """The reasons to give, about the customer."""
    told = [reason.text for reason in card.reasons if reason.text and reason.contribution > 0][:_REASONS]
    return tuple(about_them(text) for text in (*told, card.chance_text) if text)


def buys_again(events: Sequence[Event]) -> bool:
    """Whether this customer buys the same things again, as in a grocery: what they own is then no reason against."""
    bought = Counter(event.item_id for event in events if _bought(event))
    total = sum(bought.values())
    return total > 0 and (total - len(bought)) / total >= _REPEATED


def _ranked(office: Office, conversation: Conversation, memory: Memory, k: int) -> tuple[Recommendation, ...]:
    meaning = Understanding(text="", intents=(Intent.RECOMMEND,), k=min(k, 20))
    context = context_of(
        meaning, memory, conversation.user_id, conversation.id, office.deps.now(), False, memory.adventure
    )
    evidence = Evidence()
    for call in reference_plan(meaning, memory):
        evidence += TOOLS[call.tool].call(office.deps, context, call.args).evidence
    return evidence.slates[-1].items if evidence.slates else ()


def _avoided(office: Office, events: Sequence[Event], turns: Sequence[Turn], memory: Memory) -> Iterator[Avoid]:
    latest = {event.item_id or event.topic: event for event in events}
    items = office.deps.catalog.get_many(name for name in latest if name)
    disliked = [
        event for event in reversed(events) if latest[event.item_id or event.topic] is event and _against(event)
    ]
    yield from islice((_by_event(event, items, "disliked") for event in disliked if event.item_id in items), _LISTED)
    if not buys_again(events):
        bought = [event for event in reversed(events) if _bought(event) and event.item_id in items]
        yield from islice((_by_event(event, items, "owned") for event in bought), _LISTED)
    muted = muted_topics(events)
    for event in reversed(events):
        if event.kind is EventKind.MUTE and event.topic in muted:
            name = event.topic.partition(":")[2] or event.topic
            cited = Cited(text=event.text or f"Muted {name}", at=event.at, event_id=event.id)
            yield Avoid(item_id=event.topic, title=name, why="muted", cited=cited)
    yield from islice(_gone(office, memory, items, events), _LISTED)
    yield from islice(_shown(turns, memory), _LISTED)


def _gone(office: Office, memory: Memory, items: dict[str, Item], events: Sequence[Event]) -> Iterator[Avoid]:
    """What the customer speaks of or liked, and cannot be had."""
    spoken = office.deps.catalog.get_many((*memory.focus, *memory.liked))
    for item in spoken.values():
        if not item.available:
            yield Avoid(
                item_id=item.id, title=item.title, why="out of stock", cited=Cited(text=item.title, item_id=item.id)
            )
    for event in reversed(events):
        known = items.get(event.item_id or "")
        if known is not None and not known.available and known.id not in spoken and not _against(event):
            spoken[known.id] = known
            yield _by_event(event, items, "out of stock")


def _shown(turns: Sequence[Turn], memory: Memory) -> Iterator[Avoid]:
    known = set(memory.shown)
    for turn in reversed(turns):
        for card in turn.items:
            if card.id in known:
                known.discard(card.id)
                cited = Cited(
                    text="Shown in this conversation",
                    at=turn.at,
                    item_id=card.id,
                    conversation_id=turn.conversation_id,
                    turn=turn.turn,
                )
                yield Avoid(item_id=card.id, title=card.title, why="shown", cited=cited)


def _by_event(event: Event, items: dict[str, Item], why_not: AvoidWhy) -> Avoid:
    item = items[event.item_id or ""]
    text = event.text or f"{event.kind.value} on {event.at:%d %B %Y}"
    cited = Cited(text=text, at=event.at, event_id=event.id, item_id=item.id)
    return Avoid(item_id=item.id, title=item.title, why=why_not, cited=cited)


def _bought(event: Event) -> bool:
    return event.kind is EventKind.PURCHASE and event.value >= 0 and event.item_id is not None


def _against(event: Event) -> bool:
    judged = event.kind in (EventKind.DISLIKE, EventKind.RATING, EventKind.LIKE)
    return event.kind is EventKind.DISLIKE or (judged and event.value <= _DISLIKED)
