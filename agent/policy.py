"""Which tools a turn runs: decided from what was said, outside the model.

The plan follows from the `Understanding` alone and answers every act of a message: nothing twice, never more than
`MAX_CALLS`. A model may have helped to understand (agent/reader); it plans nothing here, and who asks is no
argument of any tool.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agent.horizons import USUAL, Horizon
from agent.intents import Intent
from agent.memory import Memory
from agent.understanding import Understanding
from core.turns import HeardEvent
from tools.arguments import Limits
from tools.base import ToolContext

MAX_CALLS = 4
"""Tool calls of one turn that look something up; what was said is recorded beside them."""

CARDS = 5
"""Cards of an answer when no number is asked for."""

MAX_CARDS = 20

_QUOTE = 300

WRITES = ("record_preference", "edit_timeline")
"""Tools that change the timeline: what is written is what was heard, with its quote."""


@dataclass(frozen=True)
class PlannedCall:
    """One call to make: the tool's name and its arguments, as JSON-able values."""

    tool: str
    args: Mapping[str, Any]

    @property
    def identity(self) -> str:
        """Equal for calls that would find the same."""
        return f"{self.tool} {json.dumps(dict(self.args), sort_keys=True, default=str)}"


def reference_plan(meaning: Understanding, memory: Memory, horizon: Horizon | None = None) -> list[PlannedCall]:
    """The calls that answer every act of a message, in the order of the acts; changes to the timeline come first.

    Args:
        memory: the conversation as it is after the message (`Memory.heard`).
        horizon: how far ahead the message looks, if it does.
    """
    calls: list[PlannedCall] = []
    if meaning.forgets:
        calls.append(_edit(meaning.forgets))
    heard = _recordable(meaning)
    if heard:
        calls.append(PlannedCall("record_preference", {"preferences": heard}))
    intents = list(meaning.intents)
    # A taste that is not followed by a question is best answered with something to watch.
    alone = set(intents) <= {Intent.RECORD, Intent.GREETING, Intent.SMALL_TALK}
    if alone and meaning.likes and not meaning.ambiguous:
        intents.append(Intent.RECOMMEND)
    if Intent.RESET in intents and (memory.topics or memory.cards) and set(intents) == {Intent.RESET}:
        intents.append(Intent.RECOMMEND)
    wished = meaning.wishes or meaning.similar or meaning.constraints.parts() or meaning.query
    if Intent.RECOMMEND in intents and not wished and (meaning.ambiguous or meaning.subjects):
        # "What about The Godfather?" asks how that one would do; an unsettled title is asked about first.
        intents.remove(Intent.RECOMMEND)
        if meaning.subjects and Intent.EXPLAIN not in intents:
            intents.append(Intent.EXPLAIN)
    for intent in intents:
        calls.extend(_calls_of(intent, meaning, memory, horizon))
    return bounded(_listed_once(calls))


def _calls_of(
    intent: Intent, meaning: Understanding, memory: Memory, horizon: Horizon | None = None
) -> list[PlannedCall]:
    k = min(meaning.k or CARDS, MAX_CARDS)
    if intent is Intent.RECOMMEND:
        args = _recommend_args(memory, meaning, k)
        if horizon is None:
            return [PlannedCall("recommend", args)]
        return [_forecast(meaning, horizon), PlannedCall("recommend", args | {"horizon": horizon.periods})]
    if intent is Intent.SEARCH:
        wanted = _limits(memory, meaning.people)
        return [PlannedCall("search_catalog", {"query": meaning.query, "limits": wanted, "k": k})]
    if intent in {Intent.DETAILS, Intent.COMPARE}:
        if not meaning.subjects and meaning.people:
            wanted = _limits(Memory(), meaning.people)
            return [PlannedCall("search_catalog", {"query": "", "limits": wanted, "k": k})]
        return [PlannedCall("item_details", {"item": item}) for item in meaning.subjects]
    if intent is Intent.EXPLAIN:
        subjects = meaning.subjects or tuple(card.id for card in memory.cards[:1])
        if "contrast" in meaning.aspects and len(subjects) == 2:
            return [PlannedCall("compare", {"item": subjects[0], "over": subjects[1]})]
        if "counterfactual" in meaning.aspects:
            return [PlannedCall("explain", {"item": item, "without": True}) for item in subjects[:1]]
        return [PlannedCall("explain", {"item": item}) for item in subjects[:2]]
    if intent is Intent.FORECAST:
        ahead = horizon or Horizon(periods=USUAL)
        if "items" not in meaning.aspects:
            return [_forecast(meaning, ahead)]
        args = _recommend_args(memory, meaning, k) | {"horizon": ahead.periods}
        return [_forecast(meaning, ahead), PlannedCall("recommend", args)]
    if intent is Intent.TIMELINE:
        return [PlannedCall("show_timeline", {})]
    if intent is Intent.TRENDING:
        return [PlannedCall("trending", {"limits": _limits(memory), "k": k})]
    return []


def _listed_once(calls: Sequence[PlannedCall]) -> list[PlannedCall]:
    """Without searches for what a ranked list of the same plan is chosen from: one list answers both."""
    ranked = [call.args["limits"] for call in calls if call.tool == "recommend"]
    return [call for call in calls if call.tool != "search_catalog" or call.args["limits"] not in ranked]


def _forecast(meaning: Understanding, horizon: Horizon) -> PlannedCall:
    asked = {"topics": list(meaning.people)} if meaning.people and Intent.FORECAST in meaning.intents else {}
    return PlannedCall("forecast_interests", {"horizon": horizon.periods} | asked)


def _recommend_args(memory: Memory, meaning: Understanding, k: int) -> dict[str, Any]:
    # Who says what they love, and asks for nothing else, wants more of it now and not only in the long run.
    loved = tuple(event.topic for event in meaning.likes if event.topic and event.value > 0)
    topics = meaning.topics or loved or memory.topics
    args = {"query": memory.query, "limits": _limits(memory), "topics": list(topics), "k": k}
    if "again" in meaning.aspects:
        args |= {"seen_too": True}
    return args if memory.adventure is None else args | {"adventure": memory.adventure}


def _limits(memory: Memory, people: Sequence[str] = ()) -> dict[str, Any]:
    limits = Limits.of(memory.standing).model_dump(exclude_defaults=True)
    if people:
        require = {facet: list(values) for facet, values in limits.get("require", {}).items()}
        for topic in people:
            facet, _, value = topic.partition(":")
            if value not in require.setdefault(facet, []):
                require[facet].append(value)
        limits["require"] = require
    return limits


def _recordable(meaning: Understanding) -> list[dict[str, Any]]:
    """Heard events that are about something: an ambiguous title waits for its answer."""
    return [
        {
            "kind": str(event.kind),
            **({"item": event.item_id} if event.item_id else {"topic": event.topic}),
            "value": event.value,
            "quote": event.quote[:_QUOTE],
        }
        for event in meaning.events()
        if (event.item_id or event.topic) and event.quote
    ]


def _edit(forgets: Iterable[HeardEvent]) -> PlannedCall:
    items = list(dict.fromkeys(event.item_id for event in forgets if event.item_id))
    topics = list(dict.fromkeys(event.topic for event in forgets if event.topic))
    return PlannedCall("edit_timeline", {"items": items} | ({"topics": topics} if topics else {}))


def bounded(calls: Iterable[PlannedCall]) -> list[PlannedCall]:
    """No call twice, and at most `MAX_CALLS` beside the changes to the timeline."""
    kept: list[PlannedCall] = []
    known: set[str] = set()
    for call in calls:
        looked_up = sum(other.tool not in WRITES for other in kept)
        if call.identity in known or (call.tool not in WRITES and looked_up >= MAX_CALLS):
            continue
        known.add(call.identity)
        kept.append(call)
    return kept


def context_of(
    meaning: Understanding,
    memory: Memory,
    user_id: str,
    conversation_id: str,
    at: datetime,
    remember: bool,
    adventure: float | None = None,
) -> ToolContext:
    """What the tools of this turn know; ``memory`` as it is after the message, ``adventure`` where the dial stands."""
    return ToolContext(
        user_id=user_id,
        at=at,
        conversation_id=conversation_id,
        turn=memory.turns,
        # What was said before an answer like "the 2004 one" may be what is quoted.
        text=" ".join((*(exchange.said for exchange in memory.recent), meaning.text)),
        query=memory.query,
        constraints=memory.standing,
        topics=memory.topics,
        adventure=adventure,
        liked=tuple(dict.fromkeys((*memory.liked, *memory.similar))),
        disliked=memory.disliked,
        shown=frozenset((*memory.shown, *memory.seen)),
        slate=memory.cards,
        # What nothing ranked answers no request: why it suits the person is asked of what they said so far.
        slate_request=None if memory.listed else memory.slate,
        remember=remember,
    )
