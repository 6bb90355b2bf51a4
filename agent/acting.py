"""Running a plan: each call timed, reported as it starts and ends, its evidence added to that of the turn."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from agent.policy import PlannedCall
from agent.state import Cards, Step, Update
from core.errors import DriftlineError, ToolStop
from core.results import Recommendation, Slate
from core.turns import ToolCall
from core.types import Item
from tools.base import Tool, ToolContext, ToolResult
from tools.deps import Deps
from tools.evidence import Evidence

logger = logging.getLogger(__name__)

Emit = Callable[[Update], None]

_LISTS = ("search_catalog", "trending")


@dataclass(frozen=True)
class Ran:
    """One call as it ran: its result, or why there is none, in words for the person."""

    trace: ToolCall
    result: ToolResult | None


@dataclass(frozen=True)
class Outcome:
    """What the tools of a turn found, in the order in which they ran."""

    ran: tuple[Ran, ...] = ()

    @cached_property
    def evidence(self) -> Evidence:
        """All that was found."""
        return sum((call.result.evidence for call in self.ran if call.result), Evidence())

    @property
    def slate(self) -> Slate | None:
        """The ranked list, if there is one; its items may be none."""
        return self.evidence.slates[-1] if self.evidence.slates else None

    @cached_property
    def cards(self) -> tuple[Recommendation, ...]:
        """What is shown as cards: the ranked list, or else what was searched for or is rising."""
        if self.slate is not None and self.slate.items:
            return self.slate.items
        return next((found for found in map(_cards_of, self.ran) if found), ())

    @property
    def facts(self) -> str:
        """What was found, as text for the model."""
        return "\n".join(call.result.text for call in self.ran if call.result)

    def of(self, tool: str) -> list[Evidence]:
        """The evidence of each call of one tool that found something."""
        return [call.result.evidence for call in self.ran if call.trace.tool == tool and call.result]

    def called(self, tool: str) -> bool:
        """Whether a tool was called at all."""
        return any(call.trace.tool == tool for call in self.ran)


def act(
    deps: Deps, tools: Mapping[str, Tool], plan: Sequence[PlannedCall], context: ToolContext, emit: Emit
) -> Outcome:
    """Run the calls in order. A tool that fails is reported as failed and the others still run, unless it ends the
    turn (`ToolStop`)."""
    ran: list[Ran] = []
    shown: tuple[Recommendation, ...] = ()
    for number, call in enumerate(plan):
        emit(Step(id=number, tool=call.tool, args=call.args, status="running"))
        started = time.perf_counter()
        result, error, stop = None, None, False
        try:
            result = tools[call.tool].call(deps, context, call.args)
        except DriftlineError as problem:
            error, stop = str(problem), isinstance(problem, ToolStop)
        except Exception:
            # One broken tool must not cost the person the rest of the answer; the log has the traceback.
            logger.exception("Tool %s failed", call.tool)
            error = "One part of your question could not be looked up just now."
        ms = (time.perf_counter() - started) * 1000
        trace = ToolCall(tool=call.tool, args=call.args, ms=ms, ok=result is not None, error=error)
        ran.append(Ran(trace, result))
        emit(Step(id=number, tool=call.tool, args=call.args, status="done" if result else "failed", ms=ms))
        cards = Outcome(tuple(ran)).cards
        if cards != shown:
            emit(Cards(items=cards))
            shown = cards
        if stop:
            break
    return Outcome(tuple(ran))


def _cards_of(call: Ran) -> tuple[Recommendation, ...]:
    if call.result is None:
        return ()
    if call.result.evidence.slates:
        return call.result.evidence.slates[-1].items
    return tuple(map(card_of, call.result.evidence.items)) if call.trace.tool in _LISTS else ()


def card_of(item: Item) -> Recommendation:
    """A catalogue entry as a card that nothing ranked: no score, no reasons."""
    return Recommendation(
        id=item.id, title=item.title, year=item.year, score=0.0, facets=item.facets, numbers=item.numbers
    )
