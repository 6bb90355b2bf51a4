"""What a turn of a conversation is: what was heard, which tools ran, what was answered, and how it was checked.

Like `core.results`, these models are the documented output of the command line and the API.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.results import Recommendation, Slate
from core.types import EventKind, Frozen, Id, Instant


class ToolCall(Frozen):
    """One tool call of a turn as it ran."""

    tool: str
    args: Mapping[str, Any] = {}
    ms: float = 0.0
    ok: bool = True
    error: str | None = None


class HeardEvent(Frozen):
    """A timeline event taken from what was said, with the quoted words."""

    kind: EventKind
    item_id: str | None = None
    title: str | None = None
    topic: str | None = None
    value: float = 0.0
    quote: str = ""
    event_id: str | None = None

    @property
    def about(self) -> tuple[EventKind, str | None, str | None]:
        """What makes it another statement than others of the same message: kind, item and topic."""
        return self.kind, self.item_id, self.topic


class ModelUse(Frozen):
    """Which language model wrote the turn, and whether the engine had to do without it."""

    name: str
    degraded: bool = False
    detail: str = ""


class Checks(Frozen):
    """Outcome of the grounding check over a reply."""

    claims: int = 0
    supported: int = 0
    repaired: int = 0


class Turn(Frozen):
    """One exchange with its whole trace.

    Attributes:
        author: who replied: ``driftline``, the name of a member of staff, or nobody yet (empty).
        slate: the ranked list shown, with the request that it answers.
        choices: titles that the reply asks to choose among, with their years.
        unsure: whether the message was neither understood nor answered by anything that was looked up.
    """

    conversation_id: Id
    turn: int
    user_id: Id
    at: Instant
    text: str
    reply: str
    items: tuple[Recommendation, ...] = ()
    events: tuple[HeardEvent, ...] = ()
    calls: tuple[ToolCall, ...] = ()
    model: ModelUse = ModelUse(name="none", degraded=True)
    checks: Checks = Checks()
    timings_ms: Mapping[str, float] = {}
    slate: Slate | None = None
    author: str = "driftline"
    unsure: bool = False
    choices: tuple[str, ...] = ()
