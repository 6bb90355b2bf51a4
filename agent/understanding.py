"""What a message means, without any model: acts, tastes, wishes, hard limits and references, each with its words.

Catalogue names come from ``Retriever.mentions`` and are masked; what is left is read by rules (agent/names.py finds
words of taste and references, agent/roles.py gives each its part, agent/limits.py reads figures, agent/intents.py the
acts). Nothing here remembers anything: the conversation comes in as a `ConversationContext`.
"""

from __future__ import annotations

import re
from collections import Counter

from agent.intents import asked
from agent.meaning import ConversationContext, Reading, Reference, Understanding
from agent.names import find_names, normalise
from agent.questions import Question
from agent.reader import Reader
from agent.roles import Entity, assign
from agent.standing import merge
from core.results import HeardEvent
from store.columns import ItemColumns
from tools.deps import Retriever

__all__ = ["ConversationContext", "Question", "Reading", "Reference", "Understanding", "extract", "merge", "understand"]


def understand(
    text: str, retriever: Retriever, columns: ItemColumns, context: ConversationContext | None = None
) -> Understanding:
    """Read one message of a person.

    Args:
        text: the message as typed.
        retriever: finds catalogue names (`mentions`, `resolve_title`).
        columns: the catalogue: which genres, nations and numbers exist, and the newest year.
        context: what the conversation holds so far; None at its start.
    """
    context = context or ConversationContext()
    plain = normalise(text)
    names = find_names(plain, retriever, columns, context.shown, context.focus, context.questions)
    acts = asked(names.masked)
    for start, end in _sentences(names.masked):
        inside = [entity for entity in names.entities if start <= entity.start < end]
        _shift(inside, -start)
        assign(names.masked[start:end], inside)
        _shift(inside, start)
    return Reader(plain, names, columns, context, acts).read()


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


_SENTENCE_END = re.compile(
    r"[!?…]+(?=\s|$|[\"'])|(?<!\b(?:mr|dr|ms|st|vs))(?<!\bmrs)(?<!\b\w)\.+(?=\s|$|[\"'])|\n+|;\s"
)


def _sentences(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        if match.end() > start:
            spans.append((start, match.end()))
        start = match.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def _shift(entities: list[Entity], by: int) -> None:
    for entity in entities:
        entity.start += by
        entity.end += by
        if entity.quote_start >= 0:
            entity.quote_start += by
            entity.quote_end += by
