"""Preference events in texts that are no messages to us: reviews, posts, chat logs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from agent.intents import Intent
from agent.understanding.entities import UNLISTED, Role
from agent.understanding.meaning import ConversationContext, Offer, Understanding
from agent.understanding.names import Names, find_names
from agent.understanding.proposals import Name, Proposal
from agent.understanding.reading import Reader, understand
from agent.understanding.text import normalise, sentences
from core.turns import HeardEvent
from store.columns import ItemColumns
from tools.deps import Retriever

_STAMP = r"(?:\[[^\]\n]{1,30}\]|\(?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]m)?\)?)[\s,–-]*"

_SPEAKER = re.compile(
    rf"^\s*(?:{_STAMP})?(?:<(?P<nick>[^<>\n]{{1,25}})>"
    rf"|(?P<who>[A-Za-z][\w .'-]{{0,24}}?)\s*(?:[(\[]\d[^)\]]*[)\]])?:)\s+"
)

_STAFF = {
    "agent",
    "assistant",
    "support",
    "bot",
    "driftline",
    "advisor",
    "adviser",
    "operator",
    "representative",
    "rep",
    "staff",
    "system",
    "service",
    "chatbot",
    "ai",
    "clerk",
    "salesperson",
    "employee",
    "recommender",
}

_CUSTOMERS = {
    "customer",
    "user",
    "client",
    "me",
    "caller",
    "guest",
    "buyer",
    "shopper",
    "visitor",
    "member",
    "i",
    "seeker",
}

_SEEN = re.compile(
    r"\b(?:(?:have|did|had|has) (?:you|u|yo) (?:\w+ ){0,3}?(?:see|seen|watch|watched|checked|catch|caught|tried|try)"
    r"|(?:ever|you|u) (?:\w+ )?(?:seen|saw|watched)|(?:^|ever )(?:see|seen))\b"
)

_LIKED = re.compile(
    r"\b(?:do|did|are|were) (?:you|u) (?:\w+ ){0,2}?(?:like|liked|enjoy|love|a fan|into|think of)\b|\bwhat did (?:you"
    r"|u) think\b"
)


def extract(text: str, retriever: Retriever, columns: ItemColumns, reader: Reader | None = None) -> list[HeardEvent]:
    """Preference events in any text: a review, a post, a chat log with speakers. The latest statement stands last.

    Lines of the other side of a conversation ("Agent: …") say nothing about the customer's taste, but they tell what
    the customer's answers are about. Beside tastes there are items asked to be resembled (``mention``) and items that
    the person means to see (``request``). A title that the catalogue does not have comes without an ``item_id``.

    Args:
        reader: asked for verdicts on items about which the rules hear none.
    """
    heard: dict[tuple[object, ...], HeardEvent] = {}
    context = ConversationContext()
    before, line = "", ""
    for who, staff, said in _said(text):
        if before and who != before:
            # What one person named is what another one answers.
            context = _offering(line, retriever, columns, context)
        before, line = who, said
        if staff:
            context = _offering(said, retriever, columns, context)
            before = ""
            continue
        meaning = understand(said, retriever, columns, context)
        events = [*meaning.events(), *_beyond(meaning)]
        if reader is not None:
            known = {_item(event) for event in events if event.value}
            more = understand(said, retriever, columns, context, _of_the_unjudged(reader))
            events += [
                event
                for event in (*more.events(), *_beyond(more))
                if event.topic is None and event.value and _item(event) not in known
            ]
        for event in events:
            key = (event.kind, event.item_id or event.title, event.topic)
            heard.pop(key, None)
            heard[key] = event
        context = _answered(context, meaning)
    return list(heard.values())


def _of_the_unjudged(reader: Reader) -> Reader:
    """Asks a reader only where the rules leave an item without a verdict; where they give all, theirs stand."""

    def read(message: str, names: Sequence[Name], acts: Sequence[Intent]) -> Sequence[Proposal] | None:
        return reader(message, names, acts) if any(name.role in {None, Role.SEEN} for name in names) else None

    return read


def _item(event: HeardEvent) -> str | None:
    return event.item_id or event.title


def _said(text: str) -> Iterator[tuple[str, bool, str]]:
    """What was said by whom: the speaker, whether that is the other side, and the words without the speaker.

    Where a speaker is the customer by name ("Me", "Customer"), everybody else is the other side.
    """
    lines = text.splitlines() or [text]
    speakers = Counter(_who(match) for line in lines if (match := _SPEAKER.match(line)))
    others = bool(_CUSTOMERS & set(speakers))
    who, staff = "", False
    for line in lines:
        match = _SPEAKER.match(line)
        if match and speakers[_who(match)] < 2 and _who(match) not in _STAFF | _CUSTOMERS:
            match = None  # "Gravity: 3/10" is a review, not a speaker
        if match:
            who = _who(match)
            staff = who in _STAFF or (others and who not in _CUSTOMERS)
        said = line[match.end() :] if match else line
        if said.strip():
            yield who, staff, said


def _who(match: re.Match[str]) -> str:
    return str(match["nick"] or match["who"]).casefold().strip()


def _offering(
    said: str, retriever: Retriever, columns: ItemColumns, context: ConversationContext
) -> ConversationContext:
    """The conversation after the other side spoke: what it named is what an answer is about."""
    plain = normalise(said)
    names = find_names(plain, retriever, columns, (), context.focus)
    offers = tuple(_offers(names))
    if not offers:
        still = tuple(offer.model_copy(update={"asked": ""}) for offer in context.offered)
        return context.model_copy(update={"offered": still})
    focus = (*context.focus, *(offer.item_id for offer in offers))
    return context.model_copy(update={"offered": offers, "focus": focus})


def _offers(names: Names) -> Iterator[Offer]:
    named = sorted((*names.entities, *names.elsewhere), key=lambda entity: entity.start)
    for start, end in sentences(names.masked):
        asked: Literal["", "seen", "liked"] = ""
        reach = start
        for entity in named:
            if not (start <= entity.start < end) or entity.item_id is None or not entity.is_title:
                continue
            before = names.masked[reach : entity.start]
            if _LIKED.search(before):
                asked = "liked"
            elif _SEEN.search(before):
                asked = "seen"
            reach = entity.end
            yield Offer(item_id=entity.item_id, title=entity.title or "", asked=asked)


def _beyond(meaning: Understanding) -> list[HeardEvent]:
    """What a message says about items beyond what the timeline of a conversation records of it."""
    known = {event.item_id for event in (*meaning.likes, *meaning.dislikes, *meaning.faded)}
    extra = [event for event in (*meaning.similar, *meaning.interest) if event.item_id not in known]
    waiting = [
        question.pending.model_copy(update={"item_id": match.item_id, "title": match.title})
        for question in meaning.ambiguous
        if question.pending is not None
        for match in question.matches[:1]
    ]
    return [
        event.model_copy(update={"item_id": None}) if (event.item_id or "").startswith(UNLISTED) else event
        for event in (*extra, *waiting, *meaning.elsewhere)
    ]


def _answered(context: ConversationContext, meaning: Understanding) -> ConversationContext:
    """The conversation after the person spoke: items of their own are what is spoken of then."""
    named = _ids(meaning)
    fresh = [item for item in named if item not in {offer.item_id for offer in context.offered}]
    return context.model_copy(update={"focus": (*context.focus, *named), "offered": () if fresh else context.offered})


def _ids(meaning: Understanding) -> Sequence[str]:
    spoken = [*meaning.events(), *meaning.similar, *meaning.interest]
    elsewhere = [f"{UNLISTED}{event.title}" for event in meaning.elsewhere]
    return [*(event.item_id for event in spoken if event.item_id), *meaning.subjects, *elsewhere]
