"""What a turn streams, in the order it happens; the documented events of the API's stream."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from core.results import Recommendation
from core.turns import Turn
from core.types import Frozen


class Step(Frozen):
    """A tool started or ended; one ``id`` a call."""

    type: Literal["step"] = "step"
    id: int
    tool: str
    args: Mapping[str, Any] = {}
    status: Literal["running", "done", "failed"]
    ms: float = 0.0


class Cards(Frozen):
    """The ranked items of the turn, before the prose is written."""

    type: Literal["cards"] = "cards"
    items: tuple[Recommendation, ...]


class Text(Frozen):
    """The next checked sentence or part of it, to append to the reply."""

    type: Literal["text"] = "text"
    delta: str


class Done(Frozen):
    """The turn as stored."""

    type: Literal["done"] = "done"
    turn: Turn


Update = Step | Cards | Text | Done
