"""The tool that writes what was said into the person's interest timeline."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from core.errors import ToolRetry
from core.privacy import redact
from core.types import Event, EventKind, idempotency_key
from tools.base import Evidence, Tool, ToolArgs, ToolContext, ToolResult, find_item
from tools.deps import Deps


class Preference(ToolArgs):
    """One thing a person said about what they like, want or know."""

    kind: Literal["like", "dislike", "seen", "mention", "request", "constraint", "mute"]
    item: str | None = Field(default=None, max_length=300, description="title or id of the item it is about")
    topic: str | None = Field(default=None, max_length=200, description='facet and value, "genre:Thriller"')
    value: float = Field(default=0.0, ge=-1, le=1, description="-1 hates it, 1 loves it, 0 neither")
    quote: str = Field(min_length=1, max_length=500, description="the person's words")


class RecordArgs(ToolArgs):
    """Arguments of record_preference."""

    preferences: list[Preference] = Field(min_length=1, max_length=20)


def preference_events(deps: Deps, context: ToolContext, preferences: list[Preference]) -> list[Event]:
    """The timeline events of preferences said in one turn; each has the same key however often it is delivered.

    Raises:
        ToolRetry: a quote is not in the message, a preference is about nothing, or a title cannot be settled.
    """
    said = " ".join(context.text.casefold().split())
    events: list[Event] = []
    for heard in preferences:
        quote = redact(heard.quote)
        if " ".join(quote.casefold().split()) not in said:
            raise ToolRetry(f"The quote {quote[:80]!r} is not in the message.", "Quote the person's own words.")
        if heard.item is None and heard.topic is None and heard.kind != "request":
            raise ToolRetry(f"A {heard.kind} needs an item or a topic.", "Name what it is about.")
        item_id = find_item(deps, context, heard.item).id if heard.item else None
        events.append(
            Event(
                user_id=context.user_id,
                at=context.at,
                kind=EventKind(heard.kind),
                item_id=item_id,
                topic=heard.topic,
                value=heard.value,
                text=quote,
                source="dialogue",
                conversation_id=context.conversation_id,
                turn=context.turn,
                key=idempotency_key(
                    "dialogue", context.conversation_id, context.turn, heard.kind, item_id or heard.topic or quote
                ),
            )
        )
    return events


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


TOOLS = (
    Tool(
        "record_preference",
        "Keep what the person said about things they like, dislike, have seen or want from now on.",
        RecordArgs,
        record_preference,
    ),
)
