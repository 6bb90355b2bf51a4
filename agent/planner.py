"""Asking the model for a plan, where the rules could not tell what a message wants.

The answer is JSON under a schema that knows the tools and the names that may be used, so that a model of any size can
only choose among them; policy.py judges it like any other proposal. What is refused goes back once with the reason.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage

from agent.intents import Intent
from agent.lead import earlier
from agent.llm.chat_model import complete_json
from agent.llm.client import ChatClient
from agent.memory import Memory
from agent.policy import PlannedCall, admit
from agent.understanding import Understanding
from agent.understanding.acts import asked
from core.errors import ModelError
from prompts.load import load
from tools.base import Tool

_TOKENS = 64
_MESSAGE_LENGTH = 600
_WITHOUT_ARGUMENTS = ("recommend", "show_timeline", "forecast_interests", "trending")
_ABOUT_ITEMS = ("item_details", "explain")
_LEAST_WORDS = 4


def unclear(meaning: Understanding, plan: Sequence[PlannedCall]) -> bool:
    """Whether no rule recognised what the message wants, and it is long enough to want something."""
    talk = set(meaning.intents) <= {Intent.SMALL_TALK, Intent.OUT_OF_SCOPE}
    words = meaning.text.split()
    return not plan and talk and len(words) >= _LEAST_WORDS and not asked(meaning.text.casefold())


def propose(
    client: ChatClient, meaning: Understanding, memory: Memory, tools: Mapping[str, Tool], seconds: float
) -> tuple[list[PlannedCall], float]:
    """The model's plan as far as policy admits it, and the milliseconds spent on it; empty without a model.

    Args:
        seconds: time for all of it, a second try included.
    """
    started = time.perf_counter()
    names = [card.title for card in memory.cards]
    messages = _messages(meaning, memory, tools, names)
    calls: list[PlannedCall] = []
    # Without an answer the turn goes on as it would without a model.
    with suppress(ModelError):
        for _ in range(2):
            left = seconds - (time.perf_counter() - started)
            if left <= 0 or client.status().state != "ready":
                break
            answer = complete_json(client.chat_model(left, max_tokens=_TOKENS), messages, schema(names))
            proposed = answer.get("calls")
            calls, refused = admit(proposed if isinstance(proposed, list) else [], [], tools, names)
            if calls or not refused:
                break
            messages = [*messages, AIMessage(str(answer)), HumanMessage(f"That cannot be done: {'; '.join(refused)}.")]
    return calls, (time.perf_counter() - started) * 1000


def schema(names: Sequence[str]) -> dict[str, Any]:
    """JSON Schema of a plan: at most two calls, items chosen among the names."""
    forms = [_form({"enum": list(_WITHOUT_ARGUMENTS)}, {})]
    if names:
        forms.append(_form({"enum": list(_ABOUT_ITEMS)}, {"item": {"enum": list(names)}}))
    return {
        "type": "object",
        "properties": {"calls": {"type": "array", "maxItems": 2, "items": {"anyOf": forms}}},
        "required": ["calls"],
        "additionalProperties": False,
    }


def _form(name: dict[str, Any], args: dict[str, Any]) -> dict[str, Any]:
    arguments = {"type": "object", "properties": args, "required": list(args), "additionalProperties": False}
    return {
        "type": "object",
        "properties": {"name": name, "args": arguments},
        "required": ["name", "args"],
        "additionalProperties": False,
    }


def _messages(
    meaning: Understanding, memory: Memory, tools: Mapping[str, Tool], names: Sequence[str]
) -> list[BaseMessage]:
    offered = [*_WITHOUT_ARGUMENTS, *(_ABOUT_ITEMS if names else ())]
    prompt = load(
        "plan",
        tools="\n".join(f"- {name}: {tools[name].description}" for name in offered),
        names=", ".join(names) or "none",
        earlier=earlier(memory),
        message=meaning.text[:_MESSAGE_LENGTH],
    )
    return [SystemMessage(load("system")), HumanMessage(prompt)]
