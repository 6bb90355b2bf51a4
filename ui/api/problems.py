"""Errors as problem details (RFC 9457)."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from core.errors import DriftlineError, InputError, NotFoundError, NotTrainedError, ToolRetry, ToolStop

_log = logging.getLogger(__name__)

_STATUS: tuple[tuple[type[DriftlineError], int], ...] = (
    (NotFoundError, 404),
    (InputError, 422),
    (ToolRetry, 422),
    (ToolStop, 422),
    (NotTrainedError, 503),
)


def answer(request: Request, status: int, detail: str, remedy: str = "") -> JSONResponse:
    """One problem as the response."""
    title = {401: "Unauthorised", 404: "Not found", 422: "Unusable input", 503: "Not ready"}.get(status, "Error")
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, "instance": request.url.path}
    if remedy:
        body["remedy"] = remedy
    return JSONResponse(body, status, media_type="application/problem+json")


def install(app: FastAPI) -> None:
    """Answer every error of the engine, of validation and of routing in this form."""

    @app.exception_handler(DriftlineError)
    async def expected(request: Request, error: DriftlineError) -> JSONResponse:
        status = next((code for kind, code in _STATUS if isinstance(error, kind)), 500)
        _log.warning("%s", error)
        return answer(request, status, error.what, error.remedy)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"][1:])
        return answer(request, 422, f"{where or 'body'}: {first['msg']} (got {str(first.get('input'))[:80]!r}).")

    @app.exception_handler(HTTPException)
    async def routing(request: Request, error: HTTPException) -> JSONResponse:
        return answer(request, error.status_code, str(error.detail))

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> JSONResponse:
        _log.error("unexpected", exc_info=error)
        return answer(request, 500, "Something went wrong inside.", "The log in the workspace says what.")
