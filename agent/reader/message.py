"""Reading a message with models: which tools it asks for, and the part that each of its names plays.

The fine-tuned encoder (agent/reader) reads every message. Where it is in doubt, a language model is asked if one is
served that is larger than the small one, and else the rules decide what is in doubt. The tools go to the model as JSON
schemas that allow nothing but the names found in the message, so that it decides and spells nothing; what it answers is
held to the format by `admitted`.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from agent.intents import Intent
from agent.llm.client import ChatClient
from agent.llm.weights import made_here
from agent.reader.encoder import EncoderReader, decided
from agent.understanding.proposals import NO_CALL, SLOTS, Name, Proposal, admitted, keeping_limits
from core.errors import ModelError
from prompts.load import load

_TOKENS = 160
_MESSAGE_LENGTH = 600
_SHORT = 4

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


class MessageReader:
    """Reads one message: the encoder does, and where it is in doubt a larger model if one can be had.

    Attributes:
        ms: milliseconds spent waiting for the model.
        asked: whether the model was asked.
        valid: whether its answer kept to the format.
        refused: what of its answer was refused, in words.
    """

    def __init__(self, encoder: EncoderReader, client: ChatClient, seconds: float, *, always: bool = False) -> None:
        """Read with ``encoder``, and ask ``client`` within ``seconds``.

        Args:
            always: ask the model every time, whichever it is, and leave to the rules what it does not answer.
        """
        self._encoder, self._client, self._seconds, self._always = encoder, client, seconds, always
        self.ms = 0.0
        self.asked = self.valid = False
        self.refused: list[str] = []

    def __call__(self, message: str, names: Sequence[Name], acts: Sequence[Intent]) -> list[Proposal] | None:
        """What the message asks for; see `Reader`."""
        if self._always:
            return self._model(message, names)
        chances = self._encoder.chances(message, names, acts)
        better = not made_here(self._client.model_name) and self._client.status().state == "ready"
        answer = self._model(message, names) if chances.doubtful and better else None
        if answer is None:
            answer = decided(chances, names, acts)
            known = Intent.RECOMMEND in acts or (names and not acts)
            if not answer and known and len(message.split()) <= _SHORT:
                # In so few words the encoder hears no request where the rules know the very phrase, or a name alone.
                return None
        return keeping_limits(answer, names)

    def _model(self, message: str, names: Sequence[Name]) -> list[Proposal] | None:
        """What the model proposes; None where it cannot be had or wrote nothing of use."""
        words = [name.text for name in names]
        started = time.perf_counter()
        try:
            self.asked = True
            model = self._client.chat_model(self._seconds, max_tokens=_TOKENS).bind_tools(tools_for(words))
            answer = model.invoke(reading_messages(words, message[:_MESSAGE_LENGTH]))
        except ModelError as error:
            self.refused = [error.what]
            return None
        finally:
            self.ms += (time.perf_counter() - started) * 1000
        if not answer.tool_calls:
            self.valid = answer.text.strip() == NO_CALL
            return [] if self.valid else None
        proposals, self.refused = admitted(answer.tool_calls, words)
        self.valid = not self.refused and not answer.invalid_tool_calls
        return proposals or None


def _parameters(slots: Sequence[str], names: Sequence[str]) -> dict[str, Any]:
    one = {"type": "string", "enum": list(names)}
    lists = {
        slot: {"type": "array", "description": _PARTS[slot], "items": one, "minItems": 1, "maxItems": len(names)}
        for slot in slots
    }
    return {"type": "object", "properties": lists if names else {}, "additionalProperties": False}
