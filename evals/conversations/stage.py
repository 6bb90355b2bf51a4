"""Where conversations are played: a service whose clock is set, and which waits for what a turn leaves to be done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from agent.build import Workspace, open_workspace, service_of
from agent.llm.client import ChatClient
from agent.service import Service
from core.settings import Settings
from core.turns import Turn

_BETWEEN = timedelta(seconds=30)


@dataclass
class Clock:
    """Stands still but for what it is moved."""

    at: datetime

    def __call__(self) -> datetime:
        """The present."""
        return self.at


@dataclass(frozen=True)
class Stage:
    """A service that gives the same cards whenever the same is said."""

    workspace: Workspace
    service: Service
    clock: Clock

    def wait(self) -> None:
        """Let half a minute pass."""
        self.clock.at += _BETWEEN

    def say(self, person: str, text: str, conversation: str | None) -> Turn:
        """One turn, half a minute after what came before. Raises as `Service.chat` does."""
        self.wait()
        turn = self.service.chat(person, text, conversation)
        self.service.settle()
        return turn


def stage_of(workspace: Workspace, model: ChatClient, clock: Clock) -> Stage:
    """A stage over an open workspace; its time is the clock's."""
    service = service_of(workspace, model)
    return Stage(workspace, service, clock)


@contextmanager
def staged(settings: Settings, model: ChatClient, at: datetime) -> Iterator[Stage]:
    """A stage over a trained workspace, from a moment on."""
    clock = Clock(at)
    stage = stage_of(open_workspace(settings, now=clock), model, clock)
    try:
        yield stage
    finally:
        stage.service.close()
