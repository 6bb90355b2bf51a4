"""A workspace whose model server is the fake one, so that starting and stopping is tested for real and at once."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agent.llm import install, server, weights
from agent.llm.hardware import Hardware
from core.settings import Settings

CPU = Hardware(gpu="", cpus=(0, 1))
GPU = Hardware(gpu="NVIDIA H100", cpus=(0, 1, 2, 3))
FAKE = Path(__file__).with_name("fake_server.py")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def exists(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in ("Z", "X")
    except FileNotFoundError:
        return False


@pytest.fixture
def llm_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a workspace with nothing installed, on a machine without a GPU; no adapter ships."""
    for variable in [name for name in os.environ if name.startswith("DRIFTLINE_LLM")]:
        monkeypatch.delenv(variable)
    monkeypatch.setattr(weights, "ADAPTER", tmp_path / "no adapter")
    monkeypatch.setattr(server, "detect", lambda: CPU)
    monkeypatch.setattr(install, "detect", lambda: CPU)
    return Settings(home=tmp_path, llm_port=free_port())


@pytest.fixture
def fake(llm_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """Settings of a workspace in which the fake server is installed; nothing of it is left afterwards."""
    interpreter = install.python(llm_settings)
    interpreter.parent.mkdir(parents=True)
    interpreter.write_text(f'#!/bin/sh\nshift 2\nexec "{sys.executable}" "{FAKE}" "$@"\n')
    interpreter.chmod(0o755)
    stamp = interpreter.parent.parent / "driftline.json"
    stamp.write_text(json.dumps(install.stamp_of(CPU)))
    folder = weights.models_dir(llm_settings) / weights.SMALL_MODEL
    folder.mkdir(parents=True)
    (folder / "config.json").write_text("{}")
    yield llm_settings
    server.stop(llm_settings)


@pytest.fixture
def worker(fake: Settings) -> Callable[[], int]:
    """The process id of the running fake server's worker."""
    return lambda: int((fake.llm_dir / "worker.pid").read_text())


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the server a third of a second to end in good order."""
    monkeypatch.setattr(server, "_GRACE", 0.3)
