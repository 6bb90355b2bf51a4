"""Starts, watches and stops the local model server: vLLM in an environment of its own, on 127.0.0.1."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil
from filelock import FileLock

from agent.llm import diagnosis, install, process, vllm, weights
from agent.llm.hardware import detect
from agent.llm.process import ServerState
from agent.state import ModelStatus
from core.errors import ModelServerError
from core.settings import Settings

_SUPERVISOR = Path(__file__).with_name("supervisor.py")
_START_LIMIT = 600.0  # seconds until a start on the CPU counts as failed
_DOWNLOAD_LIMIT = 7200.0  # the same where weights may have to be downloaded first
_STOP_LIMIT = 20.0
_GRACE = 8.0  # seconds that the server has to end in good order
_TICK = 0.25


@dataclass(frozen=True)
class Server:
    """A started or found server.

    Attributes:
        state: as its supervisor recorded it.
        found: it ran already and was not started by this call.
    """

    state: ServerState
    found: bool


def url(settings: Settings) -> str:
    """Base URL of the local endpoint."""
    state = process.running(settings)
    return f"http://127.0.0.1:{state.port if state else settings.llm_port}/v1"


def model_name(settings: Settings) -> str:
    """The name under which the local server serves, or would serve, its model."""
    state = process.running(settings)
    if state is not None:
        return state.model
    try:
        return weights.resolve(settings, detect()).name
    except ModelServerError:  # starting it will tell; until then the name is all there is
        return settings.llm_model


def serve(
    settings: Settings,
    *,
    wait: bool = True,
    detach: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> Server:
    """Start the model server, or find the one that runs.

    Args:
        wait: return when it answers; otherwise as soon as it is started.
        detach: it outlives this process, until `driftline llm stop`. Otherwise it ends with this process, however
            this process ends.
        progress: gets lines to show while waiting.

    Raises:
        ModelServerError: not installed, another model runs, the port is taken, or the server ended while starting.
    """
    hardware = detect()
    model = weights.resolve(settings, hardware)
    settings.llm_dir.mkdir(parents=True, exist_ok=True)
    with FileLock(settings.llm_dir / "start.lock"):
        current = process.running(settings)
        found = current is not None
        if current is None:
            install.check(settings, hardware)
            _check_port(settings.llm_port)
            arguments, environment = vllm.command(settings, hardware)
            current = _launch(settings, arguments, environment, model.name, detach)
    where = f"on 127.0.0.1:{current.port}"
    progress(f"{current.model} already runs {where}" if found else f"Starting {current.model} {where}")
    if current.model != model.name:
        raise ModelServerError(
            f"The model server already runs, with {current.model} and not {model.name}.",
            "Stop it with `driftline llm stop` first.",
        )
    if wait and not (found and _healthy(current.port, 2.0)):
        _wait_until_ready(settings, current, _START_LIMIT if model.local else _DOWNLOAD_LIMIT, progress)
    return Server(state=process.running(settings) or current, found=found)


def status(settings: Settings, timeout: float = 2.0) -> ModelStatus:
    """Whether the local server is ready, loading or offline, with the reason in ``detail``."""
    state = process.running(settings)
    if state is not None:
        where = f"127.0.0.1:{state.port}, process {state.server}"
        if _healthy(state.port, timeout):
            return ModelStatus(state="ready", name=state.model, detail=where)
        seconds = max(0, round(time.time() - state.started_at))
        return ModelStatus(state="loading", name=state.model, detail=f"Loading for {seconds} s ({where}).")
    last = process.ended(settings)
    name = settings.llm_model or (last.model if last else "")
    if last is not None:
        return ModelStatus(state="offline", name=name, detail=_end_of(settings, last).what)
    return ModelStatus(state="offline", name=name, detail="Not started. Run `driftline llm serve`.")


def stop(settings: Settings, progress: Callable[[str], None] = lambda _: None) -> bool:
    """Stop the server and every process of it; False if none ran.

    Raises:
        ModelServerError: it did not end, which a process that waits on a device can do.
    """
    state = process.running(settings)
    if state is None:
        return False
    progress(f"Stopping {state.model}, process {state.server}")
    _signal(state.supervisor, signal.SIGTERM)
    if not _ended_within(settings, _STOP_LIMIT):
        # The watcher kills the server's process group when the supervisor is gone.
        _signal(state.supervisor, signal.SIGKILL)
        if not _ended_within(settings, _STOP_LIMIT):
            raise ModelServerError(f"Process {state.server} of the model server does not end.", "Look at it with `ps`.")
    return True


def _launch(
    settings: Settings, arguments: list[str], environment: Mapping[str, str], model: str, detach: bool
) -> ServerState:
    directory = settings.llm_dir
    log = process.log_file(settings)
    log.parent.mkdir(parents=True, exist_ok=True)
    inherited = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PYTHONHOME")}
    spec = {
        "command": arguments,
        "env": {**inherited, **environment},
        "directory": str(directory),
        "log": str(log),
        "state": str(process.state_file(settings)),
        "port": settings.llm_port,
        "model": model,
        "detached": detach,
        "parent": None if detach else os.getpid(),
        "grace": _GRACE,
    }
    with log.with_name("supervisor.log").open("wb") as errors:
        supervisor = subprocess.Popen(
            [sys.executable, "-I", str(_SUPERVISOR)],
            stdin=subprocess.PIPE,
            stdout=errors,
            stderr=errors,
            start_new_session=True,
        )
    assert supervisor.stdin is not None
    with supervisor.stdin as pipe:
        pipe.write(json.dumps(spec).encode())
    threading.Thread(target=supervisor.wait, name="model-server", daemon=True).start()  # leaves no zombie
    limit = time.monotonic() + 15
    while time.monotonic() < limit:
        state = process.running(settings)
        if state is not None and state.server:
            return state
        last = process.ended(settings)
        if last is not None and last.supervisor == supervisor.pid:
            raise _end_of(settings, last)
        if supervisor.poll() is not None and state is None:
            break
        time.sleep(0.02)
    said = (diagnosis.tail(log.with_name("supervisor.log")) or ["no message"])[-1]
    raise ModelServerError(f"The model server could not be started: {said}", f"See {log.parent}.")


def _wait_until_ready(settings: Settings, started: ServerState, limit: float, progress: Callable[[str], None]) -> None:
    begun = time.monotonic()
    said = 0.0
    while not _healthy(started.port, 2.0):
        elapsed = time.monotonic() - begun
        if process.running(settings) is None:
            last = process.ended(settings)
            if last is None:
                raise ModelServerError("The model server was stopped while it was starting.")
            raise _end_of(settings, last)
        if elapsed > limit:
            stop(settings)
            raise ModelServerError(
                f"The model server did not answer within {limit:.0f} s.", f"See {process.log_file(settings)}."
            )
        if elapsed - said >= 10:
            said = elapsed
            progress(f"Loading {started.model}, {elapsed:.0f} s")
        time.sleep(_TICK)
    progress(f"{started.model} is ready after {time.time() - started.started_at:.0f} s")


def _healthy(port: int, timeout: float) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _end_of(settings: Settings, last: ServerState) -> ModelServerError:
    return diagnosis.explain_end(process.log_file(settings), last.exit)


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise ModelServerError(
                f"Port {port} is taken by {_owner(port)}.", "Stop that, or set DRIFTLINE_LLM_PORT to another port."
            ) from None


def _owner(port: int) -> str:
    try:
        for connection in psutil.net_connections("tcp"):
            address = connection.laddr
            if connection.status == psutil.CONN_LISTEN and address and address.port == port and connection.pid:
                owner = psutil.Process(connection.pid)
                return f"process {owner.pid} ({' '.join(owner.cmdline())[:120]})"
    except (psutil.Error, OSError):  # only root may look at the processes of others
        pass
    return "another process"


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def _ended_within(settings: Settings, seconds: float) -> bool:
    limit = time.monotonic() + seconds
    while process.running(settings) is not None:
        if time.monotonic() > limit:
            return False
        time.sleep(0.05)
    return True
