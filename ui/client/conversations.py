"""Conversations, and turns whole or as they happen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import httpx
from pydantic import TypeAdapter

from core.turns import HeardEvent, Turn
from core.types import Conversation
from core.updates import Update
from core.wire.answers import Extraction, Listed, Problem
from core.wire.bodies import ChatBody, ConversationBody, TextBody, TitleBody
from ui.client.errors import of_problem
from ui.client.people import delivery_key
from ui.client.transport import Transport, lines_of, path_of

_ALL = "/v1/users/{user}/conversations"
_ONE = _ALL + "/{conversation}"
_UPDATE: TypeAdapter[Update] = TypeAdapter(Update)


class Conversations:
    """A person's conversations."""

    def __init__(self, transport: Transport) -> None:
        self._to = transport

    def list(self, user_id: str, words: str = "", limit: int | None = None) -> Iterator[Listed]:
        """All of them, or those in which words were said, the latest first; ``limit`` are asked for at once."""
        asked = {"words": words, "limit": limit}
        yield from self._to.pages(Listed, "GET", path_of(_ALL, user=user_id), query=asked)

    def start(self, user_id: str, title: str = "") -> Conversation:
        """Begin one before anything is said."""
        path = path_of(_ALL, user=user_id)
        body = ConversationBody(title=title)
        return cast(Conversation, self._to.call(Conversation, "POST", path, body=body, headers=delivery_key()))

    def get(self, user_id: str, conversation_id: str) -> Conversation:
        """One conversation."""
        path = path_of(_ONE, user=user_id, conversation=conversation_id)
        return cast(Conversation, self._to.call(Conversation, "GET", path))

    def rename(self, user_id: str, conversation_id: str, title: str) -> Conversation:
        """Give it a title."""
        path = path_of(_ONE, user=user_id, conversation=conversation_id)
        return cast(Conversation, self._to.call(Conversation, "PATCH", path, body=TitleBody(title=title)))

    def forget(self, user_id: str, conversation_id: str, events_too: bool = False) -> None:
        """Delete it, and if asked take back what it added to the timeline."""
        path = path_of(_ONE, user=user_id, conversation=conversation_id)
        self._to.call(None, "DELETE", path, query={"events_too": str(events_too).lower()})

    def turns(self, user_id: str, conversation_id: str, since: int = 0, limit: int | None = None) -> Iterator[Turn]:
        """Its turns from a number on, the oldest first; ``limit`` are asked for at once."""
        path = path_of(_ONE + "/turns", user=user_id, conversation=conversation_id)
        yield from self._to.pages(Turn, "GET", path, query={"since": since, "limit": limit})

    def chat(self, user_id: str, text: str, conversation_id: str | None = None, **dials: Any) -> Turn:
        """One turn, whole.

        Args:
            dials: ``adventure``, ``horizon``, ``seen_too``, as `ChatBody` describes them.
        """
        body = _message(user_id, text, conversation_id, dials)
        return cast(Turn, self._to.call(Turn, "POST", "/v1/chat", body=body, headers=delivery_key()))

    def stream(self, user_id: str, text: str, conversation_id: str | None = None, **dials: Any) -> Iterator[Update]:
        """One turn as it happens, ending with `core.updates.Done`. Takes what `chat` takes.

        Raises:
            ApiError: it was refused, or failed on the way.
            Unreachable: the stream broke off.
        """
        body = _message(user_id, text, conversation_id, dials)
        with self._to.streaming("/v1/chat/stream", body, delivery_key()) as answer:
            for name, data in _events(answer):
                if name == "problem":
                    raise of_problem(Problem.model_validate_json(data))
                yield _UPDATE.validate_json(data)

    def extract(self, text: str) -> tuple[HeardEvent, ...]:
        """What a text says of preferences, without storing any of it."""
        found = self._to.call(Extraction, "POST", "/v1/extractions", body=TextBody(text=text))
        return cast(Extraction, found).events


def _message(user_id: str, text: str, conversation_id: str | None, dials: dict[str, Any]) -> ChatBody:
    given = {"conversation_id": conversation_id, **dials}
    return ChatBody(user_id=user_id, text=text, **{name: value for name, value in given.items() if value is not None})


def _events(answer: httpx.Response) -> Iterator[tuple[str, str]]:
    """(name, data) of server-sent events."""
    name, data = "", []
    for line in lines_of(answer):
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        elif field == "data":
            data.append(value)
        elif not line and data:
            yield name, "\n".join(data)
            name, data = "", []
