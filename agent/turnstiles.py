"""One turn at a time in each conversation."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from core.errors import InputError


class Turnstiles:
    """The locks of the conversations that somebody is in or waits for."""

    def __init__(self) -> None:
        self._locks: dict[str, _Turnstile] = {}
        self._guard = threading.Lock()

    @contextmanager
    def one_turn_at_a_time(self, conversation_id: str, patience: float | None = None) -> Iterator[None]:
        """Wait for the turns of a conversation that came before, and keep those after out until the block ends.

        Args:
            patience: seconds to wait at most; by default as long as it takes.

        Raises:
            InputError: it took longer.
        """
        with self._guard:
            turnstile = self._locks.setdefault(conversation_id, _Turnstile())
            turnstile.waiting += 1
        try:
            if not turnstile.lock.acquire(timeout=-1 if patience is None else patience):
                raise InputError("Somebody is in the middle of a message here.", "Try again in a moment.")
            try:
                yield
            finally:
                turnstile.lock.release()
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
