"""The server as a path of the web application (streamable HTTP)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from agent.service import Service
from ui.mcp.server import Context, build_server

PATH = "/mcp"
USER_HEADER = "x-driftline-user"

_HERE = ("127.0.0.1", "localhost", "[::1]")


def mount(app: FastAPI, service: Service, token: str = "") -> None:
    """Serve the protocol under ``/mcp``, before any page that is mounted on ``/``; the application guards the path.

    Every request stands for itself: there are no sessions to lose with a restart, and none to take over.

    Args:
        token: the application's bearer token; without one only requests that name this machine are answered, so that
            no page elsewhere reaches the server through the reader's browser.
    """
    default = service.deps.settings.default_user

    def whom(ctx: Context) -> str | None:
        headers: Mapping[str, str] = ctx.request.headers if ctx.request is not None else {}
        return named(headers) or default or None

    door = _Door(service, whom, _security(token))
    app.router.routes.append(Route(PATH, endpoint=door, methods=["GET", "POST", "DELETE"], include_in_schema=False))
    before = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(inner: FastAPI) -> AsyncIterator[Any]:
        async with door.open(), before(inner) as state:
            yield state

    app.router.lifespan_context = lifespan


def named(headers: Mapping[str, str], name: str = USER_HEADER) -> str:
    """Whom a header names; empty where it names nobody. Ids in other scripts than Latin travel as UTF-8."""
    given = headers.get(name, "")
    try:
        # Before anything is stripped: bytes of a letter may look like a space of Latin-1.
        return given.encode("latin-1").decode().strip()
    except UnicodeError:
        return given.strip()


class _Door:
    """Passes requests to the session manager of this run of the application: a manager runs once."""

    def __init__(self, service: Service, whom: Any, security: TransportSecuritySettings) -> None:
        self._service, self._whom, self._security = service, whom, security
        self._manager: StreamableHTTPSessionManager | None = None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Answer requests until the block ends."""
        server = build_server(self._service, self._whom)
        manager = StreamableHTTPSessionManager(
            server, json_response=True, stateless=True, security_settings=self._security
        )
        async with manager.run():
            self._manager = manager
            try:
                yield
            finally:
                self._manager = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["method"] != "POST":
            # Nothing is ever sent unasked, and there are no sessions to end.
            await PlainTextResponse("Use POST.", 405, {"allow": "POST"})(scope, receive, send)
            return
        if self._manager is None:
            await PlainTextResponse("Not started.", 503)(scope, receive, send)
            return
        await self._manager.handle_request(scope, receive, send)


def _security(token: str) -> TransportSecuritySettings:
    if token:
        return TransportSecuritySettings(enable_dns_rebinding_protection=False)
    hosts = [*_HERE, *(f"{host}:*" for host in _HERE)]
    origins = [f"http://{host}" for host in hosts]
    return TransportSecuritySettings(allowed_hosts=hosts, allowed_origins=origins)
