"""The small workspace's API on a real port, and a client of it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from agent.build import open_workspace, service_of
from agent.llm.scripted import ScriptedClient
from agent.state import ModelStatus
from core.settings import Settings
from tests.agent.workspace import NOW
from tests.ui.serving import served
from ui.api.app import create_app
from ui.client import Driftline

TOKEN = "opensesame"


@pytest.fixture(scope="package")
def address(small_settings: Settings) -> Iterator[str]:
    """Where the API is."""
    workspace = open_workspace(small_settings, now=lambda: NOW)
    service = service_of(workspace, ScriptedClient(status=ModelStatus(state="offline", name="none")))
    with served(create_app(service, TOKEN)) as url:
        yield url
    workspace.database.close()


@pytest.fixture(scope="package")
def driftline(address: str) -> Iterator[Driftline]:
    """A client that knows the token."""
    with Driftline(address, TOKEN) as client:
        yield client


_numbers = itertools.count()


@pytest.fixture
def person() -> str:
    """A user id that nothing else uses, and that needs escaping in a path."""
    return f"some body?{next(_numbers)}"
