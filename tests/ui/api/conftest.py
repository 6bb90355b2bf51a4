"""The API over the small workspace, in the process; people are each test's own."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from agent.build import open_workspace, service_of
from agent.llm.scripted import ScriptedClient
from agent.service import Service
from agent.state import ModelStatus
from core.settings import Settings
from tests.agent.workspace import NOW
from ui.api.app import create_app


@pytest.fixture(scope="package")
def service(small_settings: Settings) -> Iterator[Service]:
    """The service without a model, its clock standing still."""
    workspace = open_workspace(small_settings, now=lambda: NOW)
    yield service_of(workspace, ScriptedClient(status=ModelStatus(state="offline", name="none")))
    workspace.database.close()


@pytest.fixture(scope="package")
def client(service: Service) -> TestClient:
    """Calls to it."""
    return TestClient(create_app(service), raise_server_exceptions=False)


_numbers = itertools.count()


@pytest.fixture
def person() -> str:
    """A user id that nothing else uses."""
    return f"somebody-{next(_numbers)}"
