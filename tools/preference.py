"""The tools that write what was said into the person's interest timeline, and take it back."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from core.errors import ToolRetry, ToolStop
from core.privacy import redact
from core.types import Event, EventKind, idempotency_key
from tools.arguments import ToolArgs
from tools.base import Tool, ToolContext, ToolResult, find_item
from tools.deps import Deps
from tools.evidence import Evidence


class Preference(ToolArgs):
    """One thing a person said about what they like, want or know."""

    kind: Literal["like", "dislike", "seen", "rating", "purchase", "mention", "request", "constraint"]
    item: str | None = Field(default=None, max_length=300, description="title or id of the item it is about")
    topic: str | None = Field(default=None, max_length=200, description='facet and value, "genre:Thriller"')
    value: float = Field(default=0.0, ge=-1, le=1, description="-1 hates it, 1 loves it, 0 neither")
    quote: str = Field(min_length=1, max_length=500, description="the person's words")

    @field_validator("item", "topic")
    @classmethod
    def _absent(cls, value: str | None) -> str | None:
        """Models write an empty string for what is not there."""
        return value or None


class RecordArgs(ToolArgs):
    """Arguments of record_preference."""

    preferences: list[Preference] = Field(min_length=1, max_length=40)


class EditArgs(ToolArgs):
    """Arguments of edit_timeline."""

    items: list[str] = Field(default=[], max_length=20, description="titles or ids to forget")
    topics: list[str] = Field(default=[], max_length=20, description='facets and values to forget, "genre:Thriller"')


_VERDICTS = {EventKind.LIKE, EventKind.DISLIKE, EventKind.RATING}


def preference_events(deps: Deps, context: ToolContext, preferences: list[Preference]) -> list[Event]:
    """The timeline events of preferences said in one turn; each has the same key however often it is delivered.

    A verdict replaces what the person said about the same thing before.

    Raises:
        ToolRetry: a quote is not in the message, a preference is about nothing, or a title cannot be settled.
    """
    said = " ".join(context.text.casefold().split())
    verdicts = any(heard.kind in _VERDICTS for heard in preferences)
    before = {
        (event.item_id, event.topic): event.id
        for event in (deps.events.of_user(context.user_id) if verdicts else ())
        if event.source == "dialogue" and event.kind in _VERDICTS
    }
    events: list[Event] = []
    for heard in preferences:
        quote = redact(heard.quote)
        if " ".join(quote.casefold().split()) not in said:
            raise ToolRetry(f"The quote {quote[:80]!r} is not in the message.", "Quote the person's own words.")
        if heard.item is None and heard.topic is None:
            raise ToolRetry(f"A {heard.kind} needs an item or a topic.", "Name what it is about.")
        item_id = find_item(deps, context, heard.item).id if heard.item else None
        kind = EventKind(heard.kind)
        place = (context.conversation_id, context.turn) if context.conversation_id else (context.delivery,)
        key = idempotency_key("dialogue", *place, kind, item_id, heard.topic)
        events.append(
            Event(
                id=idempotency_key(context.user_id, key),
                user_id=context.user_id,
                at=context.at,
                kind=kind,
                item_id=item_id,
                topic=heard.topic,
                value=heard.value,
                text=quote,
                source="dialogue",
                conversation_id=context.conversation_id or None,
                turn=context.turn if context.conversation_id else None,
                key=key,
                replaces=before.get((item_id, heard.topic)) if kind in _VERDICTS else None,
            )
        )
    return [event if event.replaces != event.id else event.model_copy(update={"replaces": None}) for event in events]


def record_preference(deps: Deps, context: ToolContext, args: RecordArgs) -> ToolResult:
    """Write preferences to the timeline, once however often the turn is repeated.

    Where the person does not want the dialogue remembered nothing is written, and the note says so.
    """
    events = preference_events(deps, context, args.preferences)
    if not context.remember:
        note = "Nothing of this conversation is kept in your timeline."
        return ToolResult(text=note, evidence=Evidence(notes=(note,)))
    deps.events.append(events)
    return ToolResult(text=f"Recorded {len(events)}.", evidence=Evidence(events=tuple(events)))


def edit_timeline(deps: Deps, context: ToolContext, args: EditArgs) -> ToolResult:
    """Take back every event about the named things; they stay in the log, marked.

    Raises:
        ToolRetry: nothing is named, or a title cannot be settled.
        ToolStop: the timeline holds nothing about them.
    """
    items, topics = [item for item in args.items if item], [topic for topic in args.topics if topic]
    if not items and not topics:
        raise ToolRetry("Nothing to take back is named.", "Name titles or topics.")
    item_ids = {find_item(deps, context, item).id for item in items}
    said = {topic.casefold() for topic in topics}
    found = [
        event
        for event in deps.events.of_user(context.user_id)
        if event.item_id in item_ids or (event.topic is not None and event.topic.casefold() in said)
    ]
    if not found:
        raise ToolStop(f"The timeline holds nothing about {', '.join([*items, *topics])}.")
    taken_back = tuple(deps.events.retract(context.user_id, event.id, context.at) for event in found)
    return ToolResult(text=f"Took back {len(taken_back)}.", evidence=Evidence(retracted=taken_back))


TOOLS = (
    Tool(
        "edit_timeline",
        "Take back what the timeline holds about titles or topics, when the person asks to forget them.",
        EditArgs,
        edit_timeline,
    ),
    Tool(
        "record_preference",
        "Keep what the person said about things they like, dislike, have seen or want from now on.",
        RecordArgs,
        record_preference,
    ),
)
