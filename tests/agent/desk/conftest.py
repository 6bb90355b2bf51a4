"""The small workspace with a clock that the test moves, and an empty desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from agent.build import Workspace, service_of
from agent.desk.desk import Desk
from agent.llm.scripted import ScriptedClient
from agent.service import Service
from core.desk import Thread
from core.types import Event, EventKind
from store import tables
from tests.agent.conftest import OFFLINE
from tests.agent.workspace import NOW

Tell = Callable[..., Event]


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **time: float) -> None:
        """Let some time pass."""
        self.at += timedelta(**time)


def standing(desk: Desk, conversation_id: str) -> Thread:
    """Where a conversation that exists stands."""
    thread = desk.thread(conversation_id)
    assert thread is not None
    return thread


def talk(service: Service, desk: Desk, person: str, *said: str) -> str:
    """A conversation in maria's hands in which the customer said something."""
    conversation = desk.start("maria", person).conversation_id
    for text in said:
        service.chat(person, text, conversation)
    return conversation


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ticking(small: Workspace, clock: Clock) -> Workspace:
    """The small workspace by that clock, with nobody at the desk and nothing on its trail."""
    with small.database.write() as connection:
        for table in (tables.threads, tables.audit, tables.drafts):
            connection.execute(table.delete())
    return replace(small, deps=replace(small.deps, now=clock))


@pytest.fixture
def service(ticking: Workspace) -> Service:
    """The service without a model."""
    return service_of(ticking, ScriptedClient(status=OFFLINE))


@pytest.fixture
def desk(service: Service) -> Desk:
    """Its desk, at which maria sits."""
    service.desk.queue("maria")
    return service.desk


@pytest.fixture
def tell(service: Service) -> Callable[..., Event]:
    """Puts an event on somebody's timeline: ``tell("ann", EventKind.PURCHASE, "Alien", days=3)``."""

    def told(user: str, kind: EventKind, title: str, days: float = 1, **fields: object) -> Event:
        item = service.resolve_title(title).matches[0].item_id
        values = {"user_id": user, "kind": kind, "item_id": item, "at": service.now() - timedelta(days=days), **fields}
        event = Event.model_validate(values)
        service.add_events([event])
        return event

    return told
