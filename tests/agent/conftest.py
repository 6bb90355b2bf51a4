"""One small workspace for all tests of the agent; people and conversations are each test's own."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import pytest

from agent.build import Workspace, open_workspace, service_of
from agent.llm.scripted import ScriptedChatModel, ScriptedClient
from agent.service import Service
from agent.state import ModelStatus
from core.settings import Settings
from tests.agent.workspace import NOW

OFFLINE = ModelStatus(state="offline", name="none", detail="not there")


@pytest.fixture(scope="session")
def small(small_settings: Settings) -> Iterator[Workspace]:
    """That workspace, open, its clock standing still."""
    workspace = open_workspace(small_settings, now=lambda: NOW)
    yield workspace
    workspace.database.close()


@pytest.fixture
def serve(small: Workspace) -> Callable[[ScriptedClient], Service]:
    """Makes a service over the workspace with any scripted model."""
    return lambda client: service_of(small, client)


@pytest.fixture
def service(small: Workspace) -> Service:
    """The service without a model."""
    return service_of(small, ScriptedClient(status=OFFLINE))


@pytest.fixture
def saying(small: Workspace) -> Callable[..., Service]:
    """Makes a service whose model says something: ``saying("words", delay=..., fail_after=...)``."""
    return lambda *replies, **how: service_of(small, ScriptedClient(ScriptedChatModel(replies=replies, **how)))


_numbers = itertools.count()


@pytest.fixture
def person(request: pytest.FixtureRequest) -> str:
    """A user id that nothing else uses."""
    return f"{request.node.name[:60]}-{next(_numbers)}"
