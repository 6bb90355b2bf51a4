"""How calls travel: addresses, the token, repeats of what may be repeated, and problems as exceptions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError

from core.wire.answers import Page, Problem
from ui.client.errors import Unreachable, of_problem

Value = TypeVar("Value")

_LONGEST_PAUSE = 30.0
_PASSING = frozenset({409, 503})
"""Statuses that pass: the same request is still being answered, or the server is not ready."""


class Transport:
    """Sends calls to one server.

    Args:
        http: client with base address, token and time limit set.
        retries: how often a call that may be repeated is repeated after 409, 503 or without an answer.
        pause: seconds before the first repeat, doubled for each after it; the server's Retry-After counts for more.
        sleep: waits.
    """

    def __init__(self, http: httpx.Client, retries: int, pause: float, sleep: Callable[[float], None]) -> None:
        self.http = http
        self._retries = retries
        self._pause = pause
        self._sleep = sleep

    def call(
        self,
        answer: type[Value] | Any,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        body: BaseModel | list[Any] | None = None,
        headers: Mapping[str, str] | None = None,
        repeatable: bool = True,
    ) -> Any:
        """One call and its answer, read as a type; ``None`` for an answer without a body.

        Raises:
            ApiError: the server answered with a problem.
            Unreachable: it did not answer.
        """
        response = self.respond(method, path, query=query, body=body, headers=headers, repeatable=repeatable)
        return None if answer is None else TypeAdapter(answer).validate_json(response.content)

    def respond(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        body: BaseModel | list[Any] | None = None,
        headers: Mapping[str, str] | None = None,
        repeatable: bool = True,
    ) -> httpx.Response:
        """One call and its whole answer. Raises as `call` does."""
        left = self._retries if repeatable else 0
        pause = self._pause
        while True:
            try:
                response = self.http.request(method, path, params=_given(query), json=_json(body), headers=headers)
            except httpx.TransportError as error:
                if not left:
                    raise Unreachable(f"{self.http.base_url} did not answer: {error}.") from error
                response = None
            if response is not None and (response.status_code not in _PASSING or not left):
                _check(response)
                return response
            left -= 1
            self._sleep(min(max(pause, _asked_to_wait(response)), _LONGEST_PAUSE))
            pause *= 2

    def pages(self, row: Any, method: str, path: str, **call: Any) -> Iterator[Any]:
        """The rows of a long list, asked for part by part as they are needed."""
        query = dict(call.pop("query", {}))
        while True:
            page = self.call(Page[row], method, path, query=query, **call)
            yield from page.items
            if page.next_cursor is None:
                return
            query["cursor"] = page.next_cursor

    @contextmanager
    def streaming(
        self, path: str, body: BaseModel, headers: Mapping[str, str] | None = None
    ) -> Iterator[httpx.Response]:
        """The answer of a POST while it arrives. Raises as `call` does; it is not repeated."""
        try:
            with self.http.stream("POST", path, json=_json(body), headers=headers) as response:
                if response.is_error:
                    response.read()
                _check(response)
                yield response
        except httpx.TransportError as error:
            raise Unreachable(f"{self.http.base_url} broke off: {error}.") from error


def lines_of(response: httpx.Response) -> Iterator[str]:
    """The lines of an answer as they arrive.

    Only a line feed ends one: what text may hold beside (U+2028, U+0085), JSON leaves as it is, and httpx splits at it.
    """
    left = ""
    for piece in response.iter_text():
        *whole, left = (left + piece).split("\n")
        yield from whole
    if left:
        yield left


def path_of(template: str, **ids: str) -> str:
    """A path with ids in it, whatever characters they have."""
    return template.format(**{name: quote(value, safe="") for name, value in ids.items()})


def _json(body: BaseModel | list[Any] | None) -> Any:
    if isinstance(body, list):
        return [_json(entry) if isinstance(entry, BaseModel) else entry for entry in body]
    return body.model_dump(mode="json", exclude_unset=True) if body is not None else None


def _given(query: Mapping[str, Any] | None) -> dict[str, Any]:
    return {name: value for name, value in (query or {}).items() if value is not None and value != ""}


def _check(response: httpx.Response) -> None:
    if response.is_success:
        return
    try:
        problem = Problem.model_validate_json(response.content)
    except ValidationError:
        # Not ours: a proxy between, or another server altogether.
        problem = Problem(type="about:blank", title=response.reason_phrase, status=response.status_code, detail="")
    raise of_problem(problem)


def _asked_to_wait(response: httpx.Response | None) -> float:
    wait = response.headers.get("retry-after", "") if response is not None else ""
    return float(wait) if wait.isdecimal() else 0.0
