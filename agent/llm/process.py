"""The running model server as its supervisor recorded it.

The state file is locked by the supervisor for as long as it lives, so a process id in it can never be a stranger's:
whoever gets the lock knows that no server runs, however the last one ended.
"""

from __future__ import annotations

import fcntl
import json
import time
from dataclasses import dataclass, fields
from pathlib import Path

from core.settings import Settings


@dataclass(frozen=True)
class ServerState:
    """One start of the model server.

    Attributes:
        supervisor: process id of the supervisor.
        server: process id of the server, which leads its process group; 0 until it is started.
        port: port on 127.0.0.1.
        model: name under which the model is served.
        started_at: unix seconds.
        detached: whether it outlives the process that started it.
        exit: how the server ended by itself; None while it runs.
    """

    supervisor: int
    server: int
    port: int
    model: str
    started_at: float
    detached: bool
    exit: int | None = None


def state_file(settings: Settings) -> Path:
    """Where the supervisor keeps its state."""
    return settings.llm_dir / "server.json"


def log_file(settings: Settings) -> Path:
    """Output of the current server; that of the one before has the ending ``.1``."""
    return settings.llm_dir / "logs" / "server.log"


def running(settings: Settings) -> ServerState | None:
    """The server that runs now, healthy or still loading."""
    state, alive = _look(settings)
    return state if alive else None


def ended(settings: Settings) -> ServerState | None:
    """The last server if it ended by itself, so that its reason can be told; None after a normal stop."""
    state, alive = _look(settings)
    return state if state is not None and not alive and state.exit is not None else None


def _look(settings: Settings) -> tuple[ServerState | None, bool]:
    try:
        with state_file(settings).open() as file:
            for _ in range(10):
                alive = not _lockable(file.fileno())
                file.seek(0)
                state = _parse(file.read())
                if state is not None or not alive:
                    return state, alive
                time.sleep(0.01)  # caught while the supervisor was writing
    except OSError:
        return None, False
    return None, False


def _lockable(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    fcntl.flock(descriptor, fcntl.LOCK_UN)
    return True


def _parse(text: str) -> ServerState | None:
    try:
        values = json.loads(text)
        return ServerState(**{field.name: values.get(field.name) for field in fields(ServerState)})
    except (ValueError, AttributeError):  # empty after a stop
        return None
