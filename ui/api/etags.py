"""Answers that a client may have already: ``ETag`` and ``If-None-Match``."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

_KEPT = {"etag", "cache-control", "link", "vary"}


class Tagged(APIRoute):
    """A route whose answer carries an ``ETag`` of its body, and is left out where the client has that very answer."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, followed by the comparison."""
        handler = super().get_route_handler()

        async def tagged(request: Request) -> Response:
            return compared(request, await handler(request))

        return tagged


def compared(request: Request, response: Response) -> Response:
    """The answer with its tag; 304 without a body where ``If-None-Match`` names it."""
    if request.method != "GET" or response.status_code != 200:
        return response
    # Weak: the same answer compressed has other bytes.
    tag = f'W/"{hashlib.blake2b(bytes(response.body), digest_size=12).hexdigest()}"'
    response.headers["etag"] = tag
    if not matches(request.headers.get("if-none-match", ""), tag):
        return response
    kept = {name: value for name, value in response.headers.items() if name in _KEPT}
    return Response(status_code=304, headers=kept)


def matches(wanted: str, tag: str) -> bool:
    """Whether a list of tags names this one, compared weakly (RFC 9110)."""
    names = [name.strip().removeprefix("W/") for name in wanted.split(",")]
    return "*" in names or tag.removeprefix("W/") in names
