"""The real model server, started once a session."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from agent.llm import install, process, server
from core.settings import Settings


def processes_of(settings: Settings) -> list[psutil.Process]:
    """Every process of the running server: supervisor, watcher, server and workers."""
    state = process.running(settings)
    assert state is not None
    supervisor = psutil.Process(state.supervisor)
    return [supervisor, *supervisor.children(recursive=True)]


def left_of(processes: list[psutil.Process], seconds: float = 20) -> list[psutil.Process]:
    """Those that still run after a while."""
    _, alive = psutil.wait_procs(processes, timeout=seconds)
    return [one for one in alive if one.status() != psutil.STATUS_ZOMBIE]


@pytest.fixture(scope="session")
def llm_workspace(tmp_path_factory: pytest.TempPathFactory, llm_home: Path) -> Callable[[], Settings]:
    """Makes settings of workspaces that share the installed environment and weights but run servers of their own.

    Installs what is not there yet.
    """
    install.install(Settings(llm_home=llm_home, llm_model="", llm_url=""), progress=print)

    def make() -> Settings:
        own = tmp_path_factory.mktemp("llm")
        for shared in ("venv", "models"):
            (own / shared).symlink_to(llm_home / shared)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        return Settings(home=own / "home", llm_home=own, llm_port=port, llm_model="", llm_url="", llm_timeout=60)

    return make


@pytest.fixture(scope="session")
def model_server(llm_workspace: Callable[[], Settings]) -> Iterator[Settings]:
    """Settings of a workspace whose model server is ready. Tests that use it are marked ``llm``."""
    settings = llm_workspace()
    server.serve(settings, progress=print)
    processes = processes_of(settings)
    yield settings
    server.stop(settings)
    assert not left_of(processes)
