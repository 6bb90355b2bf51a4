"""A LangChain chat model over one OpenAI-compatible endpoint that either answers in time or raises ModelError."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn

import openai
from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from langchain_openai.chat_models.base import BaseChatOpenAI

from agent.llm.blocking import check_allowed
from agent.llm.deadline import call_within, iterate_within
from core.errors import ModelError


class EndpointChatModel(BaseChatOpenAI):
    """LangChain's OpenAI client with a deadline on the whole answer and one kind of error.

    The base class and not ChatOpenAI, which asks for features that only OpenAI's own endpoint knows.

    Attributes:
        deadline: seconds of wall-clock time for one complete answer, connecting and streaming included.

    Raises:
        ModelError: from invoke, stream and their asynchronous forms, whatever goes wrong at the endpoint.
    """

    deadline: float

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,  # noqa: ARG002 - the signature of LangChain
        **kwargs: Any,
    ) -> ChatResult:
        check_allowed(f"{self.model_name} at {self.openai_api_base}")
        generate = super()._generate
        try:
            return call_within(lambda: generate(messages, stop, None, timeout=self.deadline, **kwargs), self.deadline)
        except Exception as error:  # a foreign endpoint can make the SDK fail in any way
            self._fail(error)

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        check_allowed(f"{self.model_name} at {self.openai_api_base}")
        stream = super()._stream
        finished = False
        try:
            for chunk in iterate_within(
                lambda: stream(messages, stop, None, timeout=self.deadline, **kwargs), self.deadline
            ):
                finished = finished or "finish_reason" in (chunk.generation_info or {})
                if run_manager is not None:
                    run_manager.on_llm_new_token(chunk.text, chunk=chunk)
                yield chunk
        except Exception as error:
            self._fail(error)
        if not finished:
            raise ModelError(f"The answer of {self.model_name} ended before it was complete.")

    # The deadline lives in the synchronous forms; LangChain runs those in a thread for asynchronous callers.
    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return await BaseChatModel._agenerate(self, messages, stop, run_manager, **kwargs)

    async def _astream(self, *args: Any, **kwargs: Any) -> Any:
        async for chunk in BaseChatModel._astream(self, *args, **kwargs):
            yield chunk

    def _fail(self, error: Exception) -> NoReturn:
        where = f"{self.model_name} at {self.openai_api_base}"
        if isinstance(error, ModelError):
            raise error
        if isinstance(error, TimeoutError | openai.APITimeoutError):
            raise ModelError(
                f"The model {where} gave no complete answer within {self.deadline:g} s.",
                "Raise DRIFTLINE_LLM_TIMEOUT, or serve a faster model.",
            ) from error
        if isinstance(error, openai.APIStatusError):
            raise ModelError(f"The model {where} refused the request: {error.message}") from error
        if isinstance(error, openai.APIConnectionError):
            raise ModelError(f"The model {where} cannot be reached.", "See `driftline llm status`.") from error
        if isinstance(error, openai.LengthFinishReasonError):
            raise ModelError(f"The answer of {where} was cut off by its length limit.") from error
        raise ModelError(f"The model {where} broke off: {type(error).__name__}: {error}") from error
