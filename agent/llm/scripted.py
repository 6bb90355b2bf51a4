"""A chat model that follows a script: for tests of everything around a model, its failures included.

ScriptedChatModel(replies=["Two films fit.", tool_call("recommend", k=3)])     in order, then the last one again
ScriptedChatModel(replies=[lambda messages: f"You said {messages[-1].content}"])  a function of the prompt
ScriptedChatModel(replies=["..."], delay=10)         slow: sleeps before every token
ScriptedChatModel(replies=["..."], fail_after=3)     dies after three tokens; 0 fails before the first
ScriptedClient(model)                                 in the place of ModelClient
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, ToolCall
from langchain_core.messages.tool import tool_call_chunk
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from pydantic import Field, PrivateAttr

from agent.llm.deadline import call_within, iterate_within
from agent.state import ModelStatus
from core.errors import ModelError

Reply = str | ToolCall | AIMessage | Callable[[list[BaseMessage]], "str | ToolCall | AIMessage"]

NONSENSE = '}{ banana the the the 1897 <tool_call>{"name": "recomend", "arguments": [42}</tool_call> As an owl, I'
"""What a broken model may say: no JSON, an unclosed and misspelt tool call, and a stray claim."""

LIES = (
    "Alien (1987) was directed by Steven Spielberg and won fourteen Oscars."
    " You told me last week that you hate comedies. Everyone who likes Fargo loves The Room, rated 9.9."
)
"""Fluent prose whose every claim is wrong, for the grounding check."""


def tool_call(tool: str, /, **args: Any) -> ToolCall:
    """A scripted call of a tool."""
    return ToolCall(name=tool, args=args, id=f"call_{tool}", type="tool_call")


class ScriptedChatModel(BaseChatModel):
    """Answers from a script, streams word by word, and records what it was asked.

    Attributes:
        replies: what to answer, in order; the last one repeats. A function gets the messages.
        delay: seconds to sleep before every token.
        fail_after: number of tokens after which ModelError is raised; None never fails.
        deadline: seconds for one complete answer, as of the real model; None waits for ever.
        asked: the messages of every call so far.
        options: the keyword arguments of every call so far (tools, response_format, stop, ...).
    """

    replies: Sequence[Any] = ("Here is what I found.",)
    delay: float = 0.0
    fail_after: int | None = None
    deadline: float | None = None
    asked: list[list[BaseMessage]] = Field(default_factory=list)
    options: list[dict[str, Any]] = Field(default_factory=list)
    _lock: threading.Lock = PrivateAttr(default_factory=threading.Lock)

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> Runnable[Any, AIMessage]:
        """Records the tools in ``options``; the script decides whether one is called."""
        return self.bind(tools=list(tools), **kwargs)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,  # noqa: ARG002 - the signature of LangChain
        **kwargs: Any,
    ) -> ChatResult:
        reply = self._next(messages, stop, kwargs)

        def generate() -> AIMessage:
            for _ in self._tokens(reply):
                pass
            return reply

        try:
            message = generate() if self.deadline is None else call_within(generate, self.deadline)
        except TimeoutError as error:
            raise self._too_slow() from error
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        reply = self._next(messages, stop, kwargs)
        tokens = self._tokens(reply)
        try:
            for message in tokens if self.deadline is None else iterate_within(lambda: tokens, self.deadline):
                chunk = ChatGenerationChunk(message=message)
                if run_manager is not None:
                    run_manager.on_llm_new_token(chunk.text, chunk=chunk)
                yield chunk
        except TimeoutError as error:
            raise self._too_slow() from error

    def _next(self, messages: list[BaseMessage], stop: list[str] | None, options: dict[str, Any]) -> AIMessage:
        with self._lock:
            position = min(len(self.asked), len(self.replies) - 1)
            self.asked.append(list(messages))
            self.options.append({**options, **({"stop": stop} if stop else {})})
        reply: Reply = self.replies[position]
        if callable(reply) and not isinstance(reply, BaseMessage):
            reply = reply(messages)
        if isinstance(reply, AIMessage):
            return reply
        if isinstance(reply, str):
            return AIMessage(content=reply)
        return AIMessage(content="", tool_calls=[reply])

    def _tokens(self, reply: AIMessage) -> Iterator[AIMessageChunk]:
        chunks = [AIMessageChunk(content=word) for word in re.findall(r"\S+\s*|\s+", reply.text)]
        chunks += [
            AIMessageChunk(
                content="",
                tool_call_chunks=[
                    tool_call_chunk(name=call["name"], args=json.dumps(call["args"]), id=call["id"], index=index)
                ],
            )
            for index, call in enumerate(reply.tool_calls)
        ]
        for position, chunk in enumerate(chunks or [AIMessageChunk(content="")]):
            if self.fail_after is not None and position >= self.fail_after:
                break
            time.sleep(self.delay)
            yield chunk
        if self.fail_after is not None:
            raise ModelError("The scripted model broke off.")

    def _too_slow(self) -> ModelError:
        return ModelError(f"The scripted model gave no complete answer within {self.deadline:g} s.")


class ScriptedClient:
    """Stands in for ModelClient: hands out one scripted model, under the caller's deadline.

    Attributes:
        model: the model that answers.
        requested: timeout, max_tokens and temperature of every chat model asked for so far.
    """

    def __init__(self, model: ScriptedChatModel | None = None, status: ModelStatus | None = None) -> None:
        self.model = model or ScriptedChatModel()
        self.requested: list[dict[str, Any]] = []
        self._status = status or ModelStatus(state="ready", name="scripted")

    @property
    def model_name(self) -> str:
        """Name of the pretended model."""
        return self._status.name

    def status(self) -> ModelStatus:
        """The given state."""
        return self._status

    def chat_model(
        self, timeout: float | None = None, *, max_tokens: int = 128, temperature: float = 0.0
    ) -> BaseChatModel:
        """The scripted model; all that are handed out share one script position and one record."""
        self.requested.append({"timeout": timeout, "max_tokens": max_tokens, "temperature": temperature})
        return self.model.model_copy(update={"deadline": timeout})
