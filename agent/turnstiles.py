"""One turn at a time in each conversation."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turnstiles:
    """The locks of the conversations that somebody is in or waits for."""

    def __init__(self) -> None:
        self._locks: dict[str, _Turnstile] = {}
        self._guard = threading.Lock()

    @contextmanager
    def one_turn_at_a_time(self, conversation_id: str) -> Iterator[None]:
        """Wait for the turns of a conversation that came before, and keep those after out until the block ends."""
        with self._guard:
            turnstile = self._locks.setdefault(conversation_id, _Turnstile())
            turnstile.waiting += 1
        try:
            with turnstile.lock:
                yield
        finally:
            with self._guard:
                turnstile.waiting -= 1
                if not turnstile.waiting:
                    self._locks.pop(conversation_id, None)


class _Turnstile:
    """The lock of one conversation, kept only while somebody holds it or waits for it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.waiting = 0
