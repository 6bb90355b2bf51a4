"""What happens to every request: an id, a place in log and metrics, the token, and an answer for unknown paths."""

from __future__ import annotations

import hmac
import logging
import re
import time
import uuid
from collections.abc import Iterable, Mapping

from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.api import problems
from ui.api.openai import errors as openai

_log = logging.getLogger(__name__)

_VERSION = "/v1/"
_GUARDED = (_VERSION, "/mcp", "/metrics", "/openapi.json", "/docs")
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_PRINTABLE = re.compile(r"[!-~]{1,100}")


class Observe:
    """Gives each request an id, measures and logs it, and answers for faults that nobody else caught."""

    def __init__(self, app: ASGIApp, registry: CollectorRegistry) -> None:
        self.app = app
        labels = ["method", "route"]
        self._seconds = Histogram("driftline_request_seconds", "Time to answer", labels, registry=registry)
        self._answers = Counter("driftline_requests_total", "Answered", [*labels, "status"], registry=registry)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _PRINTABLE.fullmatch(given) else uuid.uuid4().hex
        scope.setdefault("state", {})["id"] = request_id
        start = time.perf_counter()
        status = 0

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["x-request-id"] = request_id
                if scope["path"].startswith(_VERSION):
                    # Answers are about people unless a route says otherwise.
                    headers.setdefault("cache-control", "no-store")
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            if status:
                raise
            await problems.unexpected(Request(scope), error)(scope, receive, watched)
        finally:
            self._record(scope, status, time.perf_counter() - start)

    def _record(self, scope: Scope, status: int, elapsed: float) -> None:
        route = getattr(scope.get("route"), "path", "")
        if scope["path"].startswith(_VERSION) and route and not route.startswith(_VERSION):
            route = _VERSION.rstrip("/") + route  # what a router is included under is no part of its routes' paths
        route = route or "other"
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._seconds.labels(method, route).observe(elapsed)
        self._answers.labels(method, route, str(status)).inc()
        fields = {"request": scope["state"]["id"], "route": route, "status": status, "ms": elapsed * 1000}
        # Paths name people, and a log is not searched when one of them is forgotten.
        _log.info("%s %s", scope["method"], scope["path"] if route == "other" else route, extra={"fields": fields})


class Guard:
    """Lets nobody without the token at what is guarded."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self.app = app
        self._token = token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or not self._guarded(scope) or self._knows(Headers(scope=scope)):
            await self.app(scope, receive, send)
            return
        bearer = {"www-authenticate": "Bearer"}
        await _refusal(scope, "unauthorised", "A bearer token is needed.", bearer)(scope, receive, send)

    def _guarded(self, scope: Scope) -> bool:
        return bool(self._token) and scope["path"].startswith(_GUARDED)

    def _knows(self, headers: Headers) -> bool:
        scheme, _, given = headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and hmac.compare_digest(given.encode("latin-1"), self._token)


class Limit:
    """Takes no body under some prefixes that is larger than allowed, however it is announced."""

    def __init__(self, app: ASGIApp, prefixes: tuple[str, ...], largest: int) -> None:
        self.app = app
        self._prefixes = prefixes
        self._largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or not scope["path"].startswith(self._prefixes):
            await self.app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdecimal() and int(announced) > self._largest:
            detail = f"The body has {int(announced):,} bytes, and at most {self._largest:,} are taken."
            await _refusal(scope, "too-large", detail)(scope, receive, send)
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._largest:
                raise HTTPException(413, f"The body has more than {self._largest:,} bytes, the most that are taken.")
            return message

        await self.app(scope, counted, send)


class Unrouted:
    """Answers for paths and methods under a prefix that no route has, before a page mounted on ``/`` does."""

    def __init__(self, app: ASGIApp, routes: Iterable[BaseRoute], prefix: str) -> None:
        self.app = app
        self._routes = routes
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        ours = scope["type"] == "http" and scope["path"].startswith(self._prefix)
        if not ours or self._has(scope, scope["method"]):
            await self.app(scope, receive, send)
            return
        allowed = [method for method in _METHODS if self._has(scope, method)]
        if allowed:
            detail = f"{scope['path']} cannot be asked with {scope['method']}."
            refusal = _refusal(scope, "no-method", detail, {"allow": ", ".join(allowed)})
        else:
            refusal = _refusal(scope, "not-found", f"There is no path {scope['path']!r}.")
        await refusal(scope, receive, send)

    def _has(self, scope: Scope, method: str) -> bool:
        asked = {**scope, "method": method}
        return any(
            route.matches(asked)[0] is Match.FULL
            for route in self._routes
            if not (isinstance(route, Mount) and route.path == "")
        )


def _refusal(scope: Scope, name: str, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """A problem, in the form that the clients of the path read."""
    if scope["path"].startswith(openai.PATHS):
        return openai.refusal(problems.KINDS[name].status, detail, headers)
    return problems.answer(Request(scope), name, detail, headers=headers)
