"""Preference events in texts that are no messages to us: reviews, posts, chat logs."""

from __future__ import annotations

import re
from collections import Counter

from agent.understanding.meaning import ConversationContext
from agent.understanding.reading import understand
from core.turns import HeardEvent
from store.columns import ItemColumns
from tools.deps import Retriever

_SPEAKER = re.compile(r"^\s*(?P<who>[A-Za-z][\w .'-]{0,24}?)\s*(?:\(\d[^)]*\))?:\s+")

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
}

_CUSTOMERS = {"customer", "user", "client", "me", "caller", "guest", "buyer", "shopper", "visitor", "member", "i"}


def extract(text: str, retriever: Retriever, columns: ItemColumns) -> list[HeardEvent]:
    """Preference events in any text: a review, a post, a chat log with speakers.

    Lines of the other side of a conversation ("Agent: …") say nothing about the customer's taste and are skipped.
    """
    heard: dict[tuple[object, ...], HeardEvent] = {}
    focus: tuple[str, ...] = ()
    lines = text.splitlines() or [text]
    speakers = Counter(match["who"].casefold() for line in lines if (match := _SPEAKER.match(line)))
    for line in lines:
        match = _SPEAKER.match(line)
        if match and speakers[match["who"].casefold()] < 2 and match["who"].casefold() not in _STAFF | _CUSTOMERS:
            match = None  # "Gravity: 3/10" is a review, not a speaker
        if match and match["who"].casefold() in _STAFF:
            mentioned = understand(line[match.end() :], retriever, columns)
            focus = (*focus, *mentioned.liked_ids, *mentioned.subjects)
            continue
        said = line[match.end() :] if match else line
        if not said.strip():
            continue
        meaning = understand(said, retriever, columns, ConversationContext(focus=focus))
        focus = (*focus, *(event.item_id for event in meaning.events() if event.item_id), *meaning.subjects)
        for event in meaning.events():
            heard[(event.kind, event.item_id, event.topic)] = event
    return list(heard.values())
