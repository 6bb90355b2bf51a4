"""Errors in the form that OpenAI's clients read."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from core.errors import DriftlineError, InputError, NotFoundError, NotTrainedError

_log = logging.getLogger(__name__)

PATHS = ("/v1/chat/completions", "/v1/models")
"""Paths that answer in this form."""

_INVALID = "invalid_request_error"
_OURS = "server_error"
_CODES = {401: "invalid_api_key", 404: "not_found", 405: "method_not_allowed", 413: "request_too_large"}


class ErrorDetail(BaseModel):
    """What is wrong, which part of the request it is about, and a word for programs."""

    message: str
    type: str
    param: str | None = None
    code: str | None = None


class ErrorBody(BaseModel):
    """An error as OpenAI's clients read it."""

    error: ErrorDetail


class Refused(Exception):  # noqa: N818 - a request is refused, and nothing has failed
    """A request that cannot be answered."""

    def __init__(self, message: str, param: str | None = None, code: str = "invalid_value", status: int = 400) -> None:
        super().__init__(message)
        self.detail = ErrorDetail(message=message, type=_INVALID, param=param, code=code)
        self.status = status


class OpenAIRoute(APIRoute):
    """A route whose every error has OpenAI's form."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, its errors caught."""
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            try:
                return await handle(request)
            except Exception as error:
                status, detail = of_error(error)
                return answer(status, detail)

        return guarded


def of_error(error: Exception) -> tuple[int, ErrorDetail]:
    """The status and the words of an error; one that nobody foresaw is logged and tells nothing of the inside."""
    if isinstance(error, Refused):
        return error.status, error.detail
    if isinstance(error, RequestValidationError):
        return 400, _invalid(error)
    if isinstance(error, HTTPException) and error.status_code in _CODES:
        code = _CODES[error.status_code]
        return error.status_code, ErrorDetail(message=str(error.detail), type=_INVALID, code=code)
    if isinstance(error, HTTPException) and error.status_code < 500:
        return error.status_code, ErrorDetail(message="The body cannot be read.", type=_INVALID, code="invalid_json")
    if isinstance(error, NotTrainedError):
        return 503, ErrorDetail(message=str(error), type=_OURS, code="not_ready")
    if isinstance(error, DriftlineError):
        _log.warning("%s", error)
        if isinstance(error, NotFoundError):
            return 404, ErrorDetail(message=str(error), type=_INVALID, code="not_found")
        if isinstance(error, InputError):
            return 400, ErrorDetail(message=str(error), type=_INVALID, param="messages", code="invalid_value")
        return 500, ErrorDetail(message=str(error), type=_OURS, code="failed")
    _log.error("unexpected", exc_info=error)
    return 500, ErrorDetail(message="Something went wrong inside.", type=_OURS, code="internal_error")


def answer(status: int, detail: ErrorDetail) -> Response:
    """An error as the response."""
    # Escaped, for what was sent may hold lone surrogates.
    return Response(json.dumps(ErrorBody(error=detail).model_dump()), status, media_type="application/json")


def refusal(status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
    """What a client is told whose request reached no route."""
    if status == 401:
        message = "The API key is missing or wrong. Use the server's token as the client's API key."
    response = answer(status, ErrorDetail(message=message, type=_INVALID, code=_CODES[status]))
    response.headers.update(headers or {})
    return response


def _invalid(error: RequestValidationError) -> ErrorDetail:
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return ErrorDetail(message="The body is not JSON.", type=_INVALID, code="invalid_json")
    place = [part for part in first["loc"] if part != "body"]
    param = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place).lstrip(".") or None
    missing = first["type"] == "missing"
    got = "" if missing else f" (got {str(first.get('input'))[:80]!r})"
    return ErrorDetail(
        message=f"{param or 'body'}: {first['msg']}{got}.",
        type=_INVALID,
        param=param,
        code="missing_required_parameter" if missing else "invalid_value",
    )
