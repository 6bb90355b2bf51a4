"""What the doors are told beside the engine's own values; what a turn streams is in `core.updates`."""

from __future__ import annotations

from typing import Literal

from core.types import Conversation, Event, Frozen, Item
from core.updates import Cards, Done, Step, Text, Update

__all__ = ["Cards", "Done", "Found", "Loved", "ModelStatus", "Person", "Step", "Text", "Update"]


class ModelStatus(Frozen):
    """State of the language model as the doors show it.

    Attributes:
        writes: whether replies are asked of it once it is ready; the small model as it comes writes nothing of use.
    """

    state: Literal["ready", "loading", "offline"]
    name: str
    detail: str = ""
    writes: bool = True


class Person(Frozen):
    """A known person of the workspace, for the "look at" list."""

    user_id: str
    events: int
    first_at: str
    last_at: str
    label: str = ""


class Found(Frozen):
    """A conversation that was searched for.

    Attributes:
        turn, quote: where the words were said, and the words around them; None and empty where the title has them.
    """

    conversation: Conversation
    turn: int | None = None
    quote: str = ""


class Loved(Frozen):
    """Something a person liked: the event that says so most strongly, and how many speak of it."""

    item: Item
    event: Event
    times: int = 1
