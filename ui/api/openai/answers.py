"""A turn in the forms of chat completions: whole, or chunk by chunk."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from agent.relay.relay import Placed
from agent.state import Done, Text, Update
from core.results import Recommendation
from core.turns import Turn
from ui.api.openai.forms import MODEL

_PIECES = re.compile(r"\w+|[^\w\s]")


class Answer:
    """The answer to one request, in the making.

    Args:
        placed: where the request was placed.
        prompt: all text of the request, for counting.
        created: unix seconds.
        with_messages: whether to give the items as tool messages too.
    """

    def __init__(self, placed: Placed, prompt: str, created: int, with_messages: bool) -> None:
        self._placed, self._prompt, self._created, self._with_messages = placed, prompt, created, with_messages
        self._said: list[str] = []
        self._turn: Turn | None = None

    def hear(self, update: Placed | Update) -> str:
        """Take in one update; the words that it adds."""
        if isinstance(update, Text):
            self._said.append(update.delta)
            return update.delta
        if isinstance(update, Done):
            self._turn = update.turn
        return ""

    @property
    def content(self) -> str:
        """All words so far."""
        return "".join(self._said).strip()

    def whole(self) -> dict[str, Any]:
        """The completion."""
        message = {"role": "assistant", "content": self.content, "refusal": None}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        extension = {"driftline": self.extension()} if self._turn else {}
        return self._envelope("chat.completion") | {"choices": [choice | extension], "usage": self.usage()}

    def chunk(self, delta: dict[str, Any], finished: bool = False) -> dict[str, Any]:
        """One chunk; the one that finishes carries the extension."""
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": "stop" if finished else None}
        extension = {"driftline": self.extension()} if finished and self._turn else {}
        return self._envelope("chat.completion.chunk") | {"choices": [choice | extension]}

    def usage_chunk(self) -> dict[str, Any]:
        """The chunk after the last that tells the usage."""
        return self._envelope("chat.completion.chunk") | {"choices": [], "usage": self.usage()}

    def usage(self) -> dict[str, int]:
        """Words and marks, in and out: there are no tokens of a model that this could be."""
        asked, answered = count(self._prompt), count(self.content)
        return {"prompt_tokens": asked, "completion_tokens": answered, "total_tokens": asked + answered}

    def extension(self) -> dict[str, Any]:
        """What the clients' form has no place for: the items with their reasons, and where the turn is stored."""
        turn = self._turn
        if turn is None:
            return {}
        kept = {"conversation_id": turn.conversation_id, "turn": turn.turn} if self._placed.kept else {}
        items = [_item(item) for item in turn.items]
        messages = {"messages": _messages(turn, items)} if self._with_messages and items else {}
        return {**kept, "items": items, "again": self._placed.again, **messages}

    def _envelope(self, kind: str) -> dict[str, Any]:
        name = f"chatcmpl-{self._placed.conversation_id}-{self._placed.exchange}"
        return {"id": name, "object": kind, "created": self._created, "model": MODEL}


def errand() -> Iterator[Placed | Update]:
    """The answer to what is no message of a person: an empty object, with which the client does without."""
    yield Placed(conversation_id=uuid.uuid4().hex, exchange=1, kept=False)
    yield Text(delta="{}")


def count(text: str) -> int:
    """Words and punctuation marks."""
    return sum(1 for _ in _PIECES.finditer(text))


def frame(data: dict[str, Any]) -> str:
    """One server-sent event."""
    # Escaped, for what was sent may hold lone surrogates.
    return f"data: {json.dumps(data)}\n\n"


def _item(item: Recommendation) -> dict[str, Any]:
    parts = [{"feature": part.feature, "contribution": part.contribution, "text": part.text} for part in item.reasons]
    return {"id": item.id, "title": item.title, "year": item.year, "score": item.score, "reasons": parts}


def _messages(turn: Turn, items: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The items as a tool call and its result, which a client may put before the answer in its own list."""
    listing = ("recommend", "search_catalog", "trending")
    call = next((call for call in turn.calls if call.tool in listing and call.ok), None)
    name = call.tool if call else "recommend"
    call_id = f"call_{turn.conversation_id}_{turn.turn}"
    arguments = json.dumps(dict(call.args) if call else {}, ensure_ascii=False)
    asked = {"id": call_id, "type": "function", "function": {"name": name, "arguments": arguments}}
    return [
        {"role": "assistant", "content": None, "tool_calls": [asked]},
        {"role": "tool", "tool_call_id": call_id, "content": json.dumps(list(items), ensure_ascii=False)},
    ]
