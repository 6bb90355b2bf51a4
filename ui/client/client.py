"""The client: one object with a part for each resource."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType

import httpx

from ui.client.catalogue import Catalogue
from ui.client.conversations import Conversations
from ui.client.people import Events, People, Timelines
from ui.client.ranking import Batch, Explanations, Recommendations
from ui.client.transport import Transport


class Driftline:
    """A Driftline server, to be closed after use or used with ``with``; safe to share between threads.

    Args:
        base_url: where the server is.
        token: its bearer token, if it asks for one.
        timeout: seconds to wait for an answer, or for the next piece of a stream.
        retries: how often a call that may be repeated is repeated, when the server is not ready or does not answer.
        pause: seconds before the first repeat.
        sleep: waits between repeats.
        transport: stands in for the network.
    """

    def __init__(
        self,
        base_url: str = "http://127.0.0.1:8470",
        token: str = "",
        timeout: float = 60.0,
        retries: int = 3,
        pause: float = 0.5,
        sleep: Callable[[float], None] = time.sleep,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        self._http = httpx.Client(base_url=base_url, headers=headers, timeout=timeout, transport=transport)
        calls = Transport(self._http, retries, pause, sleep)
        self.recommendations = Recommendations(calls)
        self.explanations = Explanations(calls)
        self.batch = Batch(calls)
        self.items = Catalogue(calls)
        self.timelines = Timelines(calls)
        self.events = Events(calls)
        self.conversations = Conversations(calls)
        self.people = People(calls)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> Driftline:
        """The client itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        self.close()
