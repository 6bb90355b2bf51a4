"""Asking the model to read a message: which tools it asks for, and the part that each of its names plays.

The tools go along as JSON schemas that allow nothing but the names found in the message, so that a model of any size
decides and spells nothing. The small model is fine-tuned on exactly these prompts (agent/tuning); what any model
answers is held to the format once more by `admitted`.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from agent.llm.client import ChatClient
from agent.llm.weights import SMALL_MODEL
from agent.understanding.proposals import NO_CALL, SLOTS, Proposal, admitted
from core.errors import ModelError
from prompts.load import load

_TOKENS = 160
_MESSAGE_LENGTH = 600

_PURPOSES = {
    "record_preference": "Tastes that the person states.",
    "edit_timeline": "The person takes back something said before.",
    "recommend": "The person asks for suggestions.",
    "search_catalog": "The person asks what there is by somebody or of a kind.",
    "item_details": "The person asks for facts about items, or compares their facts.",
    "explain": "The person asks why something was suggested.",
    "compare": "The person asks why one suggestion stands above another.",
    "forecast_interests": "The person asks where their own taste is heading, or what they will want later.",
    "trending": "The person asks what is popular with everybody now.",
    "show_timeline": "The person asks what is known or remembered about them.",
}

_PARTS = {
    "likes": "what they like",
    "dislikes": "what they dislike",
    "seen": "what they only say they have seen, read or bought",
    "faded": "what they used to like or are tired of",
    "others": "what somebody else likes or dislikes",
    "wants": "what the suggestions should be or have",
    "like": "what the suggestions should resemble",
    "without": "what the suggestions must not be or have",
    "names": "what it is about",
}


def reading_messages(names: Sequence[str], message: str) -> list[BaseMessage]:
    """The prompt of a reading.

    Args:
        names: as they stand in the message, in order.
    """
    return [SystemMessage(load("plan")), HumanMessage(f"Names: {' | '.join(names) or 'none'}\nMessage: {message}")]


def tools_for(names: Sequence[str]) -> list[dict[str, Any]]:
    """The tools as OpenAI function definitions whose lists allow only these names."""
    return [
        {
            "type": "function",
            "function": {"name": tool, "description": _PURPOSES[tool], "parameters": _parameters(slots, names)},
        }
        for tool, slots in SLOTS.items()
    ]


class ModelReader:
    """Reads one message with the model, where it can be had and the rules are not sure; see `Reader`.

    Attributes:
        ms: milliseconds spent waiting.
        refused: what was wrong with the answer, in words.
        valid: whether there was an answer, and nothing wrong with it.
    """

    def __init__(self, client: ChatClient, seconds: float, *, always: bool = False) -> None:
        """Ask ``client`` within ``seconds``, or leave it to the rules.

        Args:
            always: ask even where the rules are sure.
        """
        self._client, self._seconds, self._always = client, seconds, always
        self.ms = 0.0
        self.refused: list[str] = []
        self.valid = False

    def __call__(self, message: str, names: Sequence[str], sure: bool) -> list[Proposal] | None:
        """What the model proposes; None where it was not asked, cannot be had, or wrote nothing of use."""
        untuned = self._client.model_name == SMALL_MODEL
        if not self._always and (sure or untuned or self._client.status().state != "ready"):
            return None
        started = time.perf_counter()
        try:
            model = self._client.chat_model(self._seconds, max_tokens=_TOKENS)
            answer = model.bind_tools(tools_for(names)).invoke(reading_messages(names, message[:_MESSAGE_LENGTH]))
        except ModelError as error:
            self.refused = [error.what]
            return None
        finally:
            self.ms += (time.perf_counter() - started) * 1000
        if not answer.tool_calls:
            self.valid = answer.text.strip() == NO_CALL
            return [] if self.valid else None
        proposals, self.refused = admitted(answer.tool_calls, names)
        self.valid = not self.refused and not answer.invalid_tool_calls
        return proposals or None


def _parameters(slots: Sequence[str], names: Sequence[str]) -> dict[str, Any]:
    one = {"type": "string", "enum": list(names)}
    lists = {
        slot: {"type": "array", "description": _PARTS[slot], "items": one, "minItems": 1, "maxItems": len(names)}
        for slot in slots
    }
    return {"type": "object", "properties": lists if names else {}, "additionalProperties": False}
