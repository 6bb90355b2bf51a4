"""What a client of chat completions sends, and what of it is the person's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt

from agent.incoming import check_user
from agent.memory import Exchange
from agent.relay.relay import Relayed
from core.errors import InputError
from ui.api.openai.errors import Refused
from ui.mcp.http import named

MODEL = "driftline"

OPEN_WEBUI_HEADER = "x-openwebui-user-id"
"""Names the person where nothing else does."""


class Part(BaseModel):
    """One part of a message; only those of type ``text`` are read."""

    model_config = ConfigDict(extra="allow")

    type: str
    text: str | None = None


class Message(BaseModel):
    """One message of the list."""

    model_config = ConfigDict(extra="allow")

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[Part] | None = None


class StreamOptions(BaseModel):
    """What a stream brings beside the words."""

    model_config = ConfigDict(extra="allow")

    include_usage: StrictBool | None = False


class CompletionBody(BaseModel):
    """A chat completion request. Parameters of sampling (temperature, top_p, max_tokens, stop, seed, penalties) are
    accepted and change nothing: the recommendations are computed, not sampled."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "examples": [
                {
                    "model": MODEL,
                    "user": "ann",
                    "messages": [{"role": "user", "content": "I loved Alien and Fargo, something tense, after 1990"}],
                }
            ]
        },
    )

    model: str = Field(examples=[MODEL])
    messages: Annotated[list[Message], Field(min_length=1, max_length=2000)]
    stream: StrictBool | None = False
    stream_options: StreamOptions | None = None
    n: StrictInt | None = Field(default=1, ge=1)
    user: str | None = Field(default=None, description="Whose timeline the conversation belongs to.")
    safety_identifier: str | None = Field(default=None, description="Stands in for `user`.")
    metadata: dict[str, Any] | None = Field(default=None, description="`user_id` in it stands in for `user`.")
    tools: list[Any] | None = None
    tool_choice: Any = None
    response_format: dict[str, Any] | None = None
    logprobs: StrictBool | None = None
    modalities: list[str] | None = None
    include_items: StrictBool | None = Field(default=False, description="Also give the items as tool messages.")


def relayed_of(body: CompletionBody, headers: Mapping[str, str], default_user: str = "") -> Relayed:
    """The request as the engine takes it.

    Args:
        default_user: whom requests are for that name nobody; empty for nobody.

    Raises:
        Refused: it asks for what cannot be done, or has no message of the person to answer.
    """
    _check(body)
    texts = _texts(body.messages)
    if not texts or texts[-1][0] != "user" or body.messages[-1].role in {"tool", "function"}:
        raise Refused("The last message must be the user's.", "messages")
    if not texts[-1][1]:
        raise Refused("The last message has no text.", f"messages[{len(body.messages) - 1}].content")
    retries = headers.get("x-stainless-retry-count", "")
    return Relayed(
        user_id=_user(body, headers) or default_user or None,
        earlier=tuple(_exchanges(texts[:-1])),
        text=texts[-1][1],
        key=headers.get("idempotency-key", "")[:400],
        repeated=retries.isdigit() and int(retries) > 0,
    )


def is_errand(body: CompletionBody) -> bool:
    """Whether it is no message of a person: Open WebUI asks the model of a chat for the chat's title, tags and next
    questions too, with the chat inside the prompt. Answered as a turn, it would be said twice."""
    spoken = [message for message in body.messages if message.role not in {"system", "developer"}]
    text = _text(spoken[0]) if len(spoken) == 1 and spoken[0].role == "user" else ""
    return text.lstrip().startswith("### Task:") and "<chat_history>" in text


def all_text(body: CompletionBody) -> str:
    """Every message's text, for counting."""
    return "\n".join(_text(message) for message in body.messages)


def _check(body: CompletionBody) -> None:
    if body.model != MODEL:
        what = f"The model {body.model[:80]!r} does not exist. Use {MODEL!r}."
        raise Refused(what, "model", "model_not_found", 404)
    if (body.n or 1) != 1:
        raise Refused(f"n is {body.n}, and there is one answer to a request. Leave n away.", "n")
    if body.logprobs:
        raise Refused("There are no log probabilities: the words are not sampled. Leave logprobs away.", "logprobs")
    if body.response_format and body.response_format.get("type", "text") != "text":
        raise Refused("The answer is text; its data are in the choice's driftline field.", "response_format")
    if body.modalities and set(body.modalities) != {"text"}:
        raise Refused("The answer is text.", "modalities")
    if body.tool_choice not in (None, "auto", "none"):
        raise Refused("Driftline calls its own tools, never the client's. Use 'auto' or 'none'.", "tool_choice")


def _user(body: CompletionBody, headers: Mapping[str, str]) -> str:
    ours, theirs = named(headers), named(headers, OPEN_WEBUI_HEADER)
    given = (body.metadata or {}).get("user_id")
    names = [ours, body.user, given if isinstance(given, str) else None, body.safety_identifier, theirs]
    found = next((name.strip() for name in names if name and name.strip()), "")
    if found:
        try:
            check_user(found)
        except InputError as error:
            raise Refused(str(error), "user") from error
    return found


def _texts(messages: list[Message]) -> list[tuple[str, str]]:
    """What the person and the assistant said, in turns: neighbours of one role are one message.

    System messages are the client's words, not the person's, and tool messages were ours.
    """
    said: list[tuple[str, str]] = []
    last = max((place for place, message in enumerate(messages) if message.role == "assistant"), default=-1)
    for place, message in enumerate(messages):
        if message.role not in {"user", "assistant"}:
            continue
        if message.role == "user" and place > last:
            _only_text(message, place)
        text = _text(message)
        if message.role == "assistant" and not text:
            continue
        if said and said[-1][0] == message.role:
            said[-1] = (message.role, "\n".join(part for part in (said[-1][1], text) if part))
        else:
            said.append((message.role, text))
    return said


def _exchanges(texts: list[tuple[str, str]]) -> list[Exchange]:
    exchanges = []
    said = ""
    for role, text in texts:
        if role == "user":
            said = text
        else:
            exchanges.append(Exchange(said=said, replied=text))
            said = ""
    return exchanges


def _text(message: Message) -> str:
    if isinstance(message.content, list):
        return "\n".join(part.text for part in message.content if part.type == "text" and part.text)
    return message.content or ""


def _only_text(message: Message, place: int) -> None:
    for number, part in enumerate(message.content if isinstance(message.content, list) else ()):
        if part.type != "text":
            raise Refused(
                f"Driftline reads text, and this part is {part.type[:40]!r}. Send text parts alone.",
                f"messages[{place}].content[{number}]",
                "unsupported_content",
            )
