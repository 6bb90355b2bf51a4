"""Runs the model server as a child and sees to it that nothing of it is left, however either of them ends.

Started by agent/llm/server.py as a script of its own (standard library only, so that it costs a few MB and needs no
import path): ``python -I supervisor.py < spec.json``. Three processes take part:

    supervisor   holds the lock on the state file; ends the server on SIGTERM, or when its own parent is gone
    server       leads a process group of its own, in which its workers live too
    watcher      a fork of the supervisor that waits on a pipe whose other end only the supervisor has: when that
                 closes, even by SIGKILL, it kills the server's process group, and only then lets go of the lock
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any

ALREADY_RUNNING = 75  # EX_TEMPFAIL: another supervisor holds the lock
_TICK = 0.1


def main(spec: dict[str, Any]) -> int:
    """Run one server to its end.

    Args:
        spec: command, env, directory, log, state (paths as text); port, model, detached; parent, a process id to
            follow into death or None; grace, seconds from SIGTERM to SIGKILL.
    """
    os.umask(0o077)
    descriptor = os.open(spec["state"], os.O_RDWR | os.O_CREAT)
    if not _lock(descriptor):
        return ALREADY_RUNNING
    os.ftruncate(descriptor, 0)  # the state of a start that crashed must not be taken for that of this one
    stopping = [False]

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping[0] = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    state = {
        "supervisor": os.getpid(),
        "server": 0,
        "port": spec["port"],
        "model": spec["model"],
        "started_at": time.time(),
        "detached": spec["detached"],
        "exit": None,
    }
    leash = _watcher(descriptor)
    with _fresh_log(Path(spec["log"])) as log:
        _write(descriptor, state)
        server = subprocess.Popen(
            spec["command"],
            env=spec["env"],
            cwd=spec["directory"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    os.write(leash, f"\n{server.pid}\n".encode())
    _write(descriptor, {**state, "server": server.pid})
    parent = spec["parent"]
    while server.poll() is None and not stopping[0] and (parent is None or os.getppid() == parent):
        time.sleep(_TICK)
    ended_by_itself = server.poll()
    _end(server, spec["grace"])
    os.write(leash, b"0\n")
    if ended_by_itself is None:
        os.ftruncate(descriptor, 0)
        return 0
    _write(descriptor, {**state, "server": server.pid, "exit": ended_by_itself})
    return 1


def _lock(descriptor: int) -> bool:
    # Whoever asks for the status takes the lock for a moment, so one refusal does not mean another supervisor.
    for _ in range(20):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.05)
        else:
            return True
    return False


def _fresh_log(path: Path) -> Any:
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        path.replace(path.with_name(path.name + ".1"))
    return path.open("wb")


def _write(descriptor: int, state: dict[str, Any]) -> None:
    text = json.dumps(state).encode()
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, text, 0)


def _watcher(lock: int) -> int:
    """Fork the watcher; the returned end of its pipe takes the group to kill (0: none any more)."""
    reader, writer = os.pipe()
    if os.fork():
        os.close(reader)
        return writer
    os.setsid()
    for descriptor in range(256):
        if descriptor not in (reader, lock):
            with contextlib.suppress(OSError):
                os.close(descriptor)
    told = b"0"
    while part := os.read(reader, 64):
        told += part
    group = int(told.split()[-1])
    if group:
        _kill_group(group, signal.SIGKILL)
    os._exit(0)


def _end(server: subprocess.Popen[bytes], grace: float) -> None:
    """End the whole process group: workers may outlive the process that leads it."""
    if server.poll() is None:
        _kill_group(server.pid, signal.SIGTERM)
        patience = time.monotonic() + grace
        while time.monotonic() < patience and server.poll() is None:
            time.sleep(_TICK)
    _kill_group(server.pid, signal.SIGKILL)
    server.wait()


def _kill_group(group: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


if __name__ == "__main__":
    sys.exit(main(json.load(sys.stdin)))
