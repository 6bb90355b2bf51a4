"""Chatwoot's API, as much of it as a bot needs."""

from __future__ import annotations

from typing import Any

import httpx


class UnreachableError(Exception):
    """Nobody could answer, or not now: the call is worth repeating."""


class RefusedError(Exception):
    """The call will never be accepted (the conversation is gone, the content is not allowed)."""


_FOR_GOOD = frozenset({400, 404, 409, 410, 413, 415, 422})
"""Statuses that stay as they are. A wrong token (401, 403) is not among them: somebody will correct it."""


class ChatwootClient:
    """Calls with the bot's access token; thread-safe.

    Args:
        url: base address of Chatwoot.
        transport: stands in for the network.
    """

    def __init__(self, url: str, token: str, transport: httpx.BaseTransport | None = None) -> None:
        self._http = httpx.Client(
            base_url=url.rstrip("/"),
            headers={"api_access_token": token},
            timeout=httpx.Timeout(10.0, connect=5.0),
            transport=transport,
        )

    def message(self, thread: str, body: dict[str, Any]) -> str:
        """Post a message to a conversation ("1/42"); its id there.

        Raises:
            UnreachableError: try again later.
            RefusedError: never try again.
        """
        answer = self._post(thread, "messages", body)
        return str(answer.get("id") or "")

    def status(self, thread: str, status: str) -> None:
        """Set a conversation's status ("open": the staff's turn, "pending": the bot's). Raises as `message` does."""
        self._post(thread, "toggle_status", {"status": status})

    def close(self) -> None:
        """Close connections."""
        self._http.close()

    def _post(self, thread: str, action: str, body: dict[str, Any]) -> dict[str, Any]:
        account, _, conversation = thread.partition("/")
        try:
            answer = self._http.post(f"/api/v1/accounts/{account}/conversations/{conversation}/{action}", json=body)
        except httpx.HTTPError as error:
            raise UnreachableError(f"{type(error).__name__}: {error}") from error
        if answer.is_success:
            try:
                told = answer.json()
            except ValueError:
                return {}
            return told if isinstance(told, dict) else {}
        said = f"{answer.status_code}: {answer.text[:200]}"
        raise (RefusedError if answer.status_code in _FOR_GOOD else UnreachableError)(said)
