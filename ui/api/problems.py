"""Errors as problem details (RFC 9457): the kinds there are, and the handlers that answer with them."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from typing import Any, Literal, cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from core.errors import DriftlineError, InputError, NotFoundError, NotTrainedError, ToolRetry, ToolStop
from core.wire.answers import FieldProblem, Problem, ProblemKind

_log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
_LONGEST_VALUE = 200
_TOLD_AT_ONCE = 5
_RETRY_SECONDS = 2


def _kind(name: str, title: str, status: int, meaning: str, remedy: str) -> tuple[str, ProblemKind]:
    return name, ProblemKind(type=f"/problems/{name}", title=title, status=status, meaning=meaning, remedy=remedy)


KINDS: Mapping[str, ProblemKind] = dict(
    (
        _kind("malformed", "Malformed request", 400, "The body is not JSON.", "Correct it; the detail says where."),
        _kind("unauthorised", "Unauthorised", 401, "A bearer token is needed.", "Send Authorization: Bearer TOKEN."),
        _kind("not-found", "Not found", 404, "There is nothing of that name.", "Check the path and the ids in it."),
        _kind("no-method", "No such method", 405, "The path exists, the method does not.", "Use one that Allow names."),
        _kind("conflict", "Conflict", 409, "Another request with this key is being answered.", "Repeat it in a while."),
        _kind("too-large", "Too large", 413, "The body is larger than the server takes.", "Send it in parts."),
        _kind("not-json", "Unsupported media type", 415, "Bodies are JSON.", "Send Content-Type: application/json."),
        _kind(
            "invalid-request",
            "Invalid request",
            422,
            "Fields are missing, unknown, or not of the documented form; errors lists every one.",
            "Correct them; /openapi.json describes what is accepted.",
        ),
        _kind(
            "unusable-input",
            "Unusable input",
            422,
            "The request has the documented form, but what it says cannot be done.",
            "The detail names the value, and the remedy what to send instead.",
        ),
        _kind("internal", "Internal error", 500, "Something went wrong inside.", "The log in the workspace says what."),
        _kind(
            "not-ready",
            "Not ready",
            503,
            "The workspace is not trained, or busy.",
            "Repeat the request after the seconds that Retry-After names.",
        ),
    )
)
_BY_STATUS = {
    400: "malformed",
    401: "unauthorised",
    404: "not-found",
    405: "no-method",
    409: "conflict",
    413: "too-large",
    415: "not-json",
    422: "unusable-input",
    503: "not-ready",
}
_OF_ERRORS: tuple[tuple[type[DriftlineError], str], ...] = (
    (NotFoundError, "not-found"),
    (InputError, "unusable-input"),
    (ToolRetry, "unusable-input"),
    (ToolStop, "unusable-input"),
    (NotTrainedError, "not-ready"),
)


def answer(
    request: Request,
    name: str,
    detail: str,
    remedy: str = "",
    errors: Iterable[FieldProblem] = (),
    headers: Mapping[str, str] | None = None,
    status: int | None = None,
) -> Response:
    """One problem as the response."""
    kind = KINDS[name]
    problem = Problem(
        type=kind.type,
        title=kind.title,
        status=status or kind.status,
        detail=detail,
        instance=request.url.path,
        remedy=remedy or kind.remedy,
        errors=tuple(errors),
        request_id=getattr(request.state, "id", ""),
    )
    # What was sent may hold lone surrogates, which only the escaped form of JSON can carry.
    body = json.dumps(problem.model_dump(mode="python"), default=str)
    more = {"cache-control": "no-store"} | dict(headers or {})
    if problem.status == 503:
        more.setdefault("retry-after", str(_RETRY_SECONDS))
    return Response(body, problem.status, more, media_type=MEDIA_TYPE)


def of_error(error: DriftlineError) -> str:
    """The kind of problem that an expected error is."""
    return next((name for kind, name in _OF_ERRORS if isinstance(error, kind)), "internal")


def install(app: FastAPI) -> None:
    """Answer every error of the engine, of validation and of routing in this form."""

    @app.exception_handler(DriftlineError)
    async def expected(request: Request, error: DriftlineError) -> Response:
        _log.warning("%s", error)
        return answer(request, of_error(error), error.what, error.remedy)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        return _invalid(request, error)

    @app.exception_handler(HTTPException)
    async def routing(request: Request, error: HTTPException) -> Response:
        name = _BY_STATUS.get(error.status_code, "internal")
        headers = {key: value for key, value in (error.headers or {}).items() if key.lower() != "content-length"}
        detail = KINDS[name].meaning if error.status_code in {404, 405} else str(error.detail)
        return answer(request, name, detail, headers=headers, status=error.status_code)

    @app.exception_handler(OperationalError)
    async def busy(request: Request, error: OperationalError) -> Response:
        _log.error("the database did not answer", exc_info=error)
        return answer(request, "not-ready", "The database did not answer.")


def unexpected(request: Request, error: Exception) -> Response:
    """A fault of ours: the log has it, the answer tells nothing of it."""
    _log.error("unexpected", exc_info=error)
    return answer(request, "internal", "Something went wrong inside.")


def fields(errors: Iterable[Mapping[str, Any]], place: str | None = None) -> tuple[FieldProblem, ...]:
    """Errors of validation, field by field.

    Args:
        errors: as pydantic lists them.
        place: the part of the request that all of them are in; None where each names it first.
    """
    told = []
    for error in errors:
        loc = tuple(str(part) for part in error["loc"])
        where, path = (place, loc) if place else (loc[0] if loc else "body", loc[1:])
        missing = error["type"] == "missing"
        told.append(
            FieldProblem(
                place=cast(Literal["body", "query", "path", "header"], where),
                pointer="#" + "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in path),
                detail=error["msg"],
                value=None if missing else shortened(error.get("input")),
            )
        )
    return tuple(told)


def entry_errors(error: ValidationError) -> tuple[FieldProblem, ...]:
    """What is wrong with one entry of a list that is read entry by entry."""
    return fields(cast(list[dict[str, Any]], error.errors(include_url=False)), "body")


def shortened(value: Any) -> Any:
    """A value as it was sent if it is short, else the beginning of it."""
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    if len(text) <= _LONGEST_VALUE:
        # NaN and infinity, which Python reads and writes, are no JSON.
        return value if isinstance(value, str) else json.loads(text, parse_constant=str)
    return text[: _LONGEST_VALUE - 1] + "…"


def _invalid(request: Request, error: RequestValidationError) -> Response:
    errors = error.errors()
    malformed = next((each for each in errors if each["type"] == "json_invalid"), None)
    if malformed is not None:
        where = "".join(f" at character {part}" for part in malformed["loc"][1:])
        reason = malformed.get("ctx", {}).get("error", "not JSON")
        return answer(request, "malformed", f"The body cannot be read{where}: {reason}.")
    media = request.headers.get("content-type", "").split(";")[0].strip().lower()
    body_as_such = any(tuple(each["loc"]) == ("body",) for each in errors)
    if body_as_such and errors[0].get("input") is not None and not media.endswith(("/json", "+json")):
        return answer(request, "not-json", f"The body has the content type {media or 'none'!r}.")
    listed = fields(errors)
    first = "; ".join(
        f"{each.pointer[2:].replace('/', '.') or 'body'}: {each.detail}" for each in listed[:_TOLD_AT_ONCE]
    )
    more = f"; and {len(listed) - _TOLD_AT_ONCE} more" if len(listed) > _TOLD_AT_ONCE else ""
    return answer(request, "invalid-request", f"{first}{more}.", errors=listed)
