"""The end of a conversation: its summary, what is still to be done, and the facts learnt, each to be confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from agent.desk import threads
from agent.desk.office import PATIENCE, Office
from agent.desk.open_requests import open_requests, shortened
from agent.wording import name_limit, topic
from core.desk import Fact, Thread, WrapUp
from core.errors import InputError
from core.privacy import redact
from core.turns import HeardEvent
from core.types import Conversation, Event, EventKind, idempotency_key
from store.exchanges import Exchange

SOURCE = "desk"
"""The source of events that staff confirmed."""

DISPOSITIONS = (
    "resolved",
    "advice given",
    "follow-up needed",
    "refund or return",
    "complaint",
    "payment or fraud",
    "passed on",
    "customer left",
)
_BY_KIND = {
    "refund": "refund or return",
    "complaint": "complaint",
    "fraud": "payment or fraud",
    "legal": "passed on",
    "emergency": "passed on",
}
_PROMISE = re.compile(
    r"[^.!?\n]*\b(?:i|we)(?:'ll| will| am going to|'m going to| are going to) (?!be glad|be happy"
    r"|leave|find more like it)[^.!?\n]+[.!?]?",
    re.IGNORECASE,
)
_LONGEST = 4000


def wrap_up_of(office: Office, conversation: Conversation) -> WrapUp:
    """A proposal; of a conversation that was wrapped up already, what was kept."""
    kept = office.records.wrap_up(conversation.id)
    if kept is not None and _state(office, conversation) == "closed":
        return kept
    exchanges = office.exchanges.of_conversation(conversation.id)
    thread = office.records.thread(conversation.id)
    follow_ups = follow_ups_of(exchanges)
    return WrapUp(
        conversation_id=conversation.id,
        summary=office.summary(conversation, thread.reason if thread else ""),
        disposition=_disposition(thread, exchanges, follow_ups),
        dispositions=DISPOSITIONS,
        follow_ups=follow_ups,
        facts=facts_of(office, conversation, exchanges),
    )


def facts_of(office: Office, conversation: Conversation, exchanges: Sequence[Exchange]) -> tuple[Fact, ...]:
    """What was said to staff and is not on the timeline, the latest statement about each thing; none where the
    customer does not let conversations be remembered."""
    consent = office.deps.conversations.consent(conversation.user_id)
    if consent is not None and not consent.remember:
        return ()
    known: dict[tuple[str | None, str | None], Fact] = {}
    for exchange in exchanges:
        for event in exchange.events:
            if event.event_id is None and (event.item_id or event.topic):
                fact = _fact(conversation, exchange, event)
                known.pop((event.item_id, event.topic), None)
                known[event.item_id, event.topic] = fact
    return tuple(known.values())


def follow_ups_of(exchanges: Sequence[Exchange]) -> tuple[str, ...]:
    """What is still to be done: what staff said they would do, and what nobody answered."""
    promised = [
        f"{exchange.author} said: “{shortened(found[0].strip())}”"
        for exchange in exchanges
        if exchange.by_staff
        for found in _PROMISE.finditer(exchange.reply)
    ]
    asked = [f"Answer: “{cited.text}”" for cited in open_requests(exchanges)]
    return tuple(dict.fromkeys((*promised, *asked)))


def close(
    office: Office, agent: str, conversation: Conversation, wrap_up: WrapUp, confirmed: Sequence[str]
) -> Thread | None:
    """End a conversation; None where it had ended already.

    Raises:
        InputError: see `Desk.close`.
    """
    with office.turnstiles.one_turn_at_a_time(conversation.id, PATIENCE):
        thread = office.records.thread(conversation.id)
        if thread is None or thread.state == "closed":
            return None
        threads.closed(agent)(thread)
        checked = _checked(office, conversation, wrap_up, confirmed)
        now = office.deps.now()
        # What is learnt goes first: if anything fails, the conversation is open and closing it again loses nothing.
        office.deps.events.append(_events(conversation, checked.facts, office))
        office.records.set_wrap_up(checked, conversation.user_id, agent, now)
        moved = office.records.change(conversation, now, threads.closed(agent))
        office.say(conversation, "This conversation is closed now. Write here whenever you need something again.")
        detail = f"{checked.disposition}; {len(checked.facts)} facts confirmed"
        office.trail.write(now, agent, "closed", conversation.id, conversation.user_id, detail)
        return moved


def _checked(office: Office, conversation: Conversation, wrap_up: WrapUp, confirmed: Sequence[str]) -> WrapUp:
    """The wrap-up as it is kept: with the facts that were confirmed, as they were proposed here.

    Facts are looked up again and not taken from what was handed in, so that nothing enters a timeline unsaid.
    """
    if wrap_up.conversation_id != conversation.id:
        raise InputError("The wrap-up is of another conversation.", "Ask for this one's.")
    if wrap_up.disposition not in DISPOSITIONS:
        raise InputError(f"Disposition {wrap_up.disposition!r} is unknown.", f"Use one of: {', '.join(DISPOSITIONS)}.")
    proposed = {fact.id: fact for fact in facts_of(office, conversation, _exchanges(office, conversation))}
    unknown = [fact for fact in confirmed if fact not in proposed]
    if unknown:
        raise InputError(f"There is no fact {unknown[0]!r} to confirm.", "Ask for the wrap-up again.")
    return wrap_up.model_copy(
        update={
            "summary": redact(wrap_up.summary)[:_LONGEST],
            "dispositions": DISPOSITIONS,
            "follow_ups": tuple(redact(each)[:_LONGEST] for each in wrap_up.follow_ups),
            "facts": tuple(proposed[fact] for fact in dict.fromkeys(confirmed)),
        }
    )


def _events(conversation: Conversation, facts: Iterable[Fact], office: Office) -> Iterator[Event]:
    said_at = {exchange.turn: exchange.at for exchange in _exchanges(office, conversation)}
    for fact in facts:
        yield Event(
            id=idempotency_key(conversation.user_id, fact.id),
            user_id=conversation.user_id,
            at=said_at[fact.turn or 0],
            kind=fact.kind,
            item_id=fact.item_id,
            topic=fact.topic,
            value=fact.value,
            text=fact.quote or None,
            source=SOURCE,
            conversation_id=conversation.id,
            turn=fact.turn,
            key=fact.id,
        )


def _fact(conversation: Conversation, exchange: Exchange, event: HeardEvent) -> Fact:
    return Fact(
        id=idempotency_key(SOURCE, conversation.id, exchange.turn, event.kind, event.item_id, event.topic),
        text=in_words(event),
        kind=event.kind,
        item_id=event.item_id,
        topic=event.topic,
        value=event.value,
        quote=event.quote,
        turn=exchange.turn,
    )


def in_words(event: HeardEvent) -> str:
    """What was heard, as a statement about the customer: "Likes Alien"."""
    name = event.title or topic(event.topic or "")
    if event.kind is EventKind.CONSTRAINT:
        return f"Sets a limit: {name_limit(event.topic or '')}"
    if event.kind is EventKind.DISLIKE or event.value < 0:
        return f"Dislikes {name}" if event.kind is not EventKind.REQUEST else f"Does not want {name}"
    verb = {EventKind.REQUEST: "Asks for", EventKind.SEEN: "Knows", EventKind.PURCHASE: "Bought"}
    return f"{verb.get(event.kind, 'Likes')} {name}"


def _disposition(thread: Thread | None, exchanges: Sequence[Exchange], follow_ups: Sequence[str]) -> str:
    for kind in reversed(thread.handed_for if thread else ()):
        if kind in _BY_KIND:
            return _BY_KIND[kind]
    if follow_ups:
        return "follow-up needed"
    return "resolved" if any(exchange.by_staff for exchange in exchanges) else "advice given"


def _exchanges(office: Office, conversation: Conversation) -> list[Exchange]:
    return office.exchanges.of_conversation(conversation.id)


def _state(office: Office, conversation: Conversation) -> str:
    thread = office.records.thread(conversation.id)
    return thread.state if thread else "bot"
