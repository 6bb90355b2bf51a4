"""The routes: models, and chat completions whole or as they are written."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool

from agent.relay.relay import Placed
from agent.service import Service
from agent.state import Update
from ui.api import streams
from ui.api.openai.answers import Answer, errand, frame
from ui.api.openai.errors import ErrorBody, OpenAIRoute, Refused, of_error
from ui.api.openai.forms import MODEL, CompletionBody, all_text, is_errand, relayed_of

_ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"model": ErrorBody, "description": "The request cannot be answered; param names the part."},
    404: {"model": ErrorBody, "description": "There is no such model."},
    "4XX": {"model": ErrorBody, "description": "Refused for another reason, such as a missing token."},
    500: {"model": ErrorBody, "description": "Something went wrong inside."},
}

_COMPLETION: dict[str, Any] = {
    "description": "The completion; streamed, its chunks as server-sent events and [DONE].",
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "properties": {
                    "id": {"type": "string"},
                    "object": {"const": "chat.completion"},
                    "created": {"type": "integer", "description": "Unix seconds."},
                    "model": {"const": MODEL},
                    "choices": {"type": "array", "items": {"type": "object"}, "minItems": 1, "maxItems": 1},
                    "usage": {"type": "object", "description": "Words and punctuation marks."},
                },
                "required": ["id", "object", "created", "model", "choices", "usage"],
            }
        },
        "text/event-stream": {
            "schema": {"type": "object", "properties": {"data": {"type": "string"}}, "required": ["data"]}
        },
    },
}

_USER = Annotated[str | None, Header(description="Whose timeline it is, before the body's fields.", max_length=200)]
_KEY = Annotated[str | None, Header(description="Names the delivery: one with the same key is answered once.")]


def router(service: Service) -> APIRouter:
    """The routes over one service."""
    routes = APIRouter(prefix="/v1", tags=["openai"], route_class=OpenAIRoute)
    created = int(service.now().timestamp())
    model = {"id": MODEL, "object": "model", "created": created, "owned_by": "driftline"}

    @routes.get("/models", summary="The one model")
    def list_models() -> dict[str, Any]:
        """In the form that OpenAI's clients list models."""
        return {"object": "list", "data": [model]}

    @routes.get(
        "/models/{name}", summary="The one model, by its name", responses={404: _ERRORS[404], "4XX": _ERRORS["4XX"]}
    )
    def get_model(name: str) -> dict[str, Any]:
        """In the form that OpenAI's clients read a model."""
        if name != MODEL:
            raise Refused(f"The model {name[:80]!r} does not exist. Use {MODEL!r}.", "model", "model_not_found", 404)
        return model

    @routes.post(
        "/chat/completions",
        summary="A chat completion, whole or streamed",
        response_class=JSONResponse,
        responses={200: _COMPLETION, **_ERRORS},
    )
    async def chat_completions(
        request: Request,
        body: CompletionBody,
        x_driftline_user: _USER = None,  # noqa: ARG001 - read with the other headers; here for the document
        idempotency_key: _KEY = None,  # noqa: ARG001 - likewise
    ) -> Response:
        """Only the last message is run as a turn; the list before it finds the conversation that it continues."""
        if is_errand(body):
            updates = errand()
        else:
            relayed = relayed_of(body, request.headers, service.deps.settings.default_user)
            updates = await run_in_threadpool(service.relay.stream, relayed)
        # The first update comes before the answer begins, so that what fails until then is still an error of its own.
        placed = await run_in_threadpool(next, updates)
        assert isinstance(placed, Placed)
        with_messages = bool(body.tools or body.include_items)
        answer = Answer(placed, all_text(body), int(service.now().timestamp()), with_messages)
        if not body.stream:
            await run_in_threadpool(_hear_all, answer, updates)
            return JSONResponse(answer.whole())
        usage = bool(body.stream_options and body.stream_options.include_usage)
        # Proxies that gather what they pass on would turn a stream into one late answer.
        headers = {"x-accel-buffering": "no", "cache-control": "no-cache"}
        return StreamingResponse(_frames(answer, updates, usage), media_type="text/event-stream", headers=headers)

    return routes


def _hear_all(answer: Answer, updates: Iterator[Placed | Update]) -> None:
    for update in updates:
        answer.hear(update)


async def _frames(answer: Answer, updates: Iterator[Placed | Update], usage: bool) -> AsyncIterator[str]:
    unknown = {"usage": None} if usage else {}
    try:
        yield frame(answer.chunk({"role": "assistant", "content": ""}) | unknown)
        async for update in iterate_in_threadpool(updates):
            if words := answer.hear(update):
                yield frame(answer.chunk({"content": words}) | unknown)
        yield frame(answer.chunk({}, finished=True) | unknown)
        if usage:
            yield frame(answer.usage_chunk())
    except Exception as error:
        yield frame({"error": of_error(error)[1].model_dump()})
    finally:
        await streams.ended(updates)
    yield "data: [DONE]\n\n"
