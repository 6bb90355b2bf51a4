"""What flows through the graph of a turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, TypedDict

from langgraph.channels import UntrackedValue

from agent.acting import Outcome
from agent.dialling import Dials
from agent.memory import Memory
from agent.understanding import Understanding
from agent.verifying import Draft, Reply
from agent.wording import titled
from core.telemetry import Timings
from core.turns import HeardEvent
from core.types import Event, Frozen
from store.columns import ItemColumns

_CHOICES = 4


class TurnInput(Frozen):
    """What a turn starts from; the text is redacted already.

    Attributes:
        text: empty where nothing was said and the dials alone were moved.
        number: of the turn in its conversation, the first being 0.
        rehearsal: whether it is only tried out: nothing is written anywhere.
    """

    conversation_id: str
    user_id: str
    text: str
    at: datetime
    remember: bool
    dials: Dials = Dials()
    number: int = 0
    rehearsal: bool = False


@dataclass(frozen=True)
class Rehearsal:
    """A turn that was only tried out: what was understood, the conversation after it, what was found, and the reply."""

    meaning: Understanding
    heard: Memory
    outcome: Outcome
    draft: Draft


class TurnState(TypedDict, total=False):
    """Channels of the graph; all but ``memory`` last for one turn."""

    memory: str
    given: Annotated[TurnInput, UntrackedValue(TurnInput)]
    started: Annotated[float, UntrackedValue(float)]
    timings: Annotated[Timings, UntrackedValue(Timings)]
    columns: Annotated[ItemColumns, UntrackedValue(ItemColumns)]
    meaning: Annotated[Understanding, UntrackedValue(Understanding)]
    heard: Annotated[Memory, UntrackedValue(Memory)]
    outcome: Annotated[Outcome, UntrackedValue(Outcome)]
    draft: Annotated[Draft, UntrackedValue(Draft)]
    reply: Annotated[Reply, UntrackedValue(Reply)]


def held(state: TurnState) -> Memory:
    """What the conversation holds by its checkpoint."""
    return Memory.model_validate_json(state["memory"]) if state.get("memory") else Memory()


def heard_of(event: Event, columns: ItemColumns) -> HeardEvent:
    """An event that was recorded, as the turn tells of it."""
    position = columns.position.get(event.item_id) if event.item_id else None
    return HeardEvent(
        kind=event.kind,
        item_id=event.item_id,
        title=None if position is None else columns.titles[position],
        topic=event.topic,
        value=event.value,
        quote=event.text or "",
        event_id=event.id,
    )


def choices_of(meaning: Understanding) -> tuple[str, ...]:
    """What the first title that is not settled may be, with the years, as a person would name it."""
    first = meaning.ambiguous[:1]
    return tuple(titled(match.title, match.year) for question in first for match in question.matches[:_CHOICES])
