"""The staff's side of the tests' service: conversations change hands, and staff write into them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from core.desk import Thread, ThreadState
from core.turns import Turn


class FakeDesk:
    """Threads in memory; ``store`` puts a turn into its conversation under the next number. ``alone`` is what a
    customer is told where nobody is there."""

    def __init__(self, store: Callable[[Turn], Turn]) -> None:
        self._store = store
        self.threads: dict[str, Thread] = {}
        self.alone = ""

    def thread(self, conversation_id: str) -> Thread | None:
        return self.threads.get(conversation_id)

    def request_human(self, user_id: str, conversation_id: str, reason: str = "") -> Thread:
        if self.alone:
            self.say("driftline", user_id, conversation_id, self.alone)
        return self._set(user_id, conversation_id, "bot" if self.alone else "waiting")

    def take(self, agent: str, user_id: str, conversation_id: str) -> Thread:
        return self._set(user_id, conversation_id, "staff", agent)

    def hand_back(self, user_id: str, conversation_id: str) -> Thread:
        return self._set(user_id, conversation_id, "bot", self.threads[conversation_id].agent)

    def say(self, agent: str, user_id: str, conversation_id: str, text: str) -> Turn:
        now = datetime.now(UTC)
        return self._store(
            Turn(conversation_id=conversation_id, turn=0, user_id=user_id, at=now, text="", reply=text, author=agent)
        )

    def has(self, conversation_id: str | None) -> bool:
        thread = self.threads.get(conversation_id or "")
        return thread is not None and thread.state in ("waiting", "staff")

    def _set(self, user_id: str, conversation_id: str, state: ThreadState, agent: str = "") -> Thread:
        now = datetime.now(UTC)
        self.threads[conversation_id] = Thread(
            conversation_id=conversation_id, user_id=user_id, state=state, agent=agent, opened_at=now, updated_at=now
        )
        return self.threads[conversation_id]
