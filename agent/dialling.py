"""The dials of a conversation: familiar ↔ adventurous, now ↔ later, and whether known things may come up.

Words count before dials: what a message says of one of them holds, and the dial stands for what it leaves open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from pydantic import Field

from agent.composing import Part
from agent.intents import Intent
from agent.memory import Memory
from agent.policy import PlannedCall
from agent.understanding import Understanding
from agent.wording import join
from core.errors import InputError
from core.periods import first_period, period_start
from core.results import Recommendation, Slate
from core.types import Frozen
from tools.arguments import Limits

_NAMED = 3
"""Most items of which a reply tells where they moved."""


class Dials(Frozen):
    """Where a person set the dials; None where they left one alone.

    Attributes:
        adventure: 0 familiar to 1 adventurous.
        horizon: how many periods ahead the interests are looked at; 0 is now.
        seen_too: whether things that the person knows may come up.
    """

    adventure: float | None = Field(default=None, ge=0, le=1)
    horizon: int | None = Field(default=None, ge=0, le=52)
    seen_too: bool | None = None


class PeriodsAhead(Frozen):
    """The periods to come, for a dial: ``starts[0]`` is when the next one begins, in the workspace's time zone."""

    period: str
    starts: tuple[datetime, ...]


class Move(Frozen):
    """Where an item stands on a list ranked again: places count from 1, ``before`` is None for one that is new."""

    item_id: str
    title: str
    rank: int
    before: int | None

    @property
    def up(self) -> int:
        """By how many places it rose; negative where it fell, 0 where it is new or stayed."""
        return 0 if self.before is None else self.before - self.rank


def dials_of(adventure: float | None, horizon: int | None, seen_too: bool | None) -> Dials:
    """The dials as handed in.

    Raises:
        InputError: one is out of range.
    """
    if adventure is not None and not 0 <= adventure <= 1:
        raise InputError(f"The dial stands at {adventure:g}.", "Set it from 0, familiar, to 1, adventurous.")
    if horizon is not None and not 0 <= horizon <= 52:
        raise InputError(f"The horizon is {horizon} periods.", "Look 0, now, to 52 periods ahead.")
    return Dials(adventure=adventure, horizon=horizon, seen_too=seen_too)


def periods_ahead(at: datetime, period: str, timezone: str, count: int) -> PeriodsAhead:
    """The next ``count`` periods after a moment."""
    first = first_period(at, period, timezone)
    return PeriodsAhead(
        period=period, starts=tuple(period_start(first + step, period, timezone) for step in range(count))
    )


def dialled(plan: Sequence[PlannedCall], dials: Dials) -> list[PlannedCall]:
    """The plan with the dials wherever it ranks and the words of the message left them open."""
    beside = {
        name: value
        for name, value in (("horizon", dials.horizon), ("seen_too", dials.seen_too or None))
        if value is not None
    }
    return [replace(call, args={**beside, **call.args}) if call.tool == "recommend" else call for call in plan]


def again() -> Understanding:
    """What a turn without words means: the wish in force, ranked again."""
    return Understanding(text="", intents=(Intent.RECOMMEND,))


def again_plan(memory: Memory, dials: Dials) -> list[PlannedCall]:
    """The call that ranks the last cards again with the dials as they are now; none where no cards were shown."""
    last = memory.slate
    if last is None:
        return []
    asked = last.request
    args = {
        "query": last.query,
        "limits": Limits.of(memory.standing).model_dump(exclude_defaults=True),
        "topics": list(asked.topics if asked else memory.topics),
        "k": min(asked.k if asked else len(last.items), 20),
    }
    settings = {"adventure": dials.adventure, "horizon": dials.horizon, "seen_too": dials.seen_too or None}
    return [PlannedCall("recommend", args | {name: value for name, value in settings.items() if value is not None})]


def moves(before: Sequence[Recommendation], after: Sequence[Recommendation]) -> tuple[Move, ...]:
    """Where each item of a list stood on the one before it."""
    places = {card.id: rank for rank, card in enumerate(before, start=1)}
    return tuple(
        Move(item_id=card.id, title=card.title, rank=rank, before=places.get(card.id))
        for rank, card in enumerate(after, start=1)
    )


def told(before: Sequence[Recommendation], slate: Slate, parts: Sequence[Part]) -> list[Part]:
    """The reply of a turn without words: what moved, then the list; what a list without items has to say stays."""
    if not slate.items:
        return list(parts)
    return [Part(sentence) for sentence in _moved(moves(before, slate.items))] + [part for part in parts if part.line]


def _moved(found: Sequence[Move]) -> list[str]:
    new = [move for move in found if move.before is None]
    shifted = sorted((move for move in found if move.up), key=lambda move: -abs(move.up))[:_NAMED]
    if not new and not shifted:
        return ["I ranked the list again, and it stays as it was."]
    sentences = ["I ranked the list again."]
    if new:
        names = join([move.title for move in new[:_NAMED]])
        sentences.append(f"New on it: {names}.")
    if shifted:
        ways = [f"{move.title} is {'up' if move.up > 0 else 'down'} {abs(move.up)}" for move in shifted]
        sentences.append(f"{join(ways)}.")
    return sentences
