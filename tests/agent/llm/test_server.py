from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from agent.llm import process, server
from core.errors import ModelServerError
from core.settings import Settings
from tests.agent.llm.conftest import exists

REPOSITORY = Path(__file__).resolve().parents[3]

SERVE_AND_STAY = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job inherits it ignored
from agent.llm import install, server
from agent.llm.hardware import Hardware
from core.settings import Settings
server.detect = install.detect = lambda: Hardware(gpu="", cpus=(0, 1))
settings = Settings(home=sys.argv[1], llm_port=int(sys.argv[2]))
server.serve(settings, detach=sys.argv[3] == "detached")
print("ready", flush=True)
if sys.argv[3] == "attached":
    time.sleep(600)
"""


def _await(condition: Callable[[], bool]) -> bool:
    """Whether the condition comes true; gives it far more time than it needs."""
    limit = time.monotonic() + 20
    while not condition():
        if time.monotonic() > limit:
            return False
        time.sleep(0.02)
    return True


def _cli(settings: Settings, mode: str) -> subprocess.Popen[str]:
    """Another process that serves, and has got as far as "ready"."""
    started = subprocess.Popen(
        [sys.executable, "-c", SERVE_AND_STAY, str(settings.home), str(settings.llm_port), mode],
        stdout=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
    )
    assert started.stdout is not None
    assert started.stdout.readline() == "ready\n"
    return started


def test_a_server_starts_is_found_again_and_stops_with_its_workers(fake: Settings, worker: Callable[[], int]) -> None:
    lines: list[str] = []
    started = server.serve(fake, progress=lines.append)
    assert not started.found
    assert lines[-1].startswith("SmolLM2-135M-Instruct is ready")
    assert server.status(fake).state == "ready"
    assert server.url(fake) == f"http://127.0.0.1:{fake.llm_port}/v1"
    again = server.serve(fake)
    assert again.found
    assert again.state.server == started.state.server
    processes = [started.state.server, started.state.supervisor, worker()]
    assert server.stop(fake)
    assert _await(lambda: not any(map(exists, processes)))
    assert server.status(fake).state == "offline"
    assert "driftline llm serve" in server.status(fake).detail
    assert not server.stop(fake)


def test_another_model_is_not_served_beside_the_running_one(fake: Settings, tmp_path: Path) -> None:
    server.serve(fake, wait=False)
    other = tmp_path / "tuned"
    other.mkdir()
    (other / "config.json").write_text("{}")
    with pytest.raises(ModelServerError, match=r"with SmolLM2-135M-Instruct and not tuned.*llm stop"):
        server.serve(fake.model_copy(update={"llm_model": str(other)}))


def test_a_server_that_is_not_healthy_yet_is_loading(fake: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAKE_MISHAP", "loading")
    server.serve(fake, wait=False)
    assert server.status(fake).state == "loading"


@pytest.mark.parametrize(
    ("mishap", "message"),
    [
        ("oom", "ran out of memory: torch.OutOfMemoryError: CUDA out of memory"),
        ("crash", r'ended by itself \(exit status 3\).*"ValueError: the flux compensator is not charged"'),
    ],
)
def test_a_server_that_ends_while_starting_is_quoted(
    fake: Settings, worker: Callable[[], int], monkeypatch: pytest.MonkeyPatch, mishap: str, message: str
) -> None:
    monkeypatch.setenv("FAKE_MISHAP", mishap)
    with pytest.raises(ModelServerError, match=message) as caught:
        server.serve(fake)
    assert str(process.log_file(fake)) in str(caught.value)
    assert _await(lambda: not exists(worker()))
    now = server.status(fake)
    assert now.state == "offline"
    assert now.detail in str(caught.value)


def test_a_taken_port_names_who_has_it(fake: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", fake.llm_port))
        taken.listen()
        with pytest.raises(ModelServerError, match=rf"Port {fake.llm_port} is taken by process {os.getpid()} "):
            server.serve(fake)


def test_a_missing_installation_names_the_remedy(llm_settings: Settings) -> None:
    with pytest.raises(ModelServerError, match=r"not installed in .*driftline llm install"):
        server.serve(llm_settings)


def test_a_broken_interpreter_is_reported(fake: Settings) -> None:
    interpreter = fake.llm_dir / "venv" / "bin" / "python"
    interpreter.write_text("#!/no/such/shell\n")
    with pytest.raises(ModelServerError, match="could not be started"):
        server.serve(fake)


def test_a_server_that_ignores_the_signal_is_killed(
    fake: Settings, worker: Callable[[], int], monkeypatch: pytest.MonkeyPatch, impatient: None
) -> None:
    monkeypatch.setenv("FAKE_MISHAP", "stubborn")
    started = server.serve(fake)
    assert server.stop(fake)
    assert _await(lambda: not exists(started.state.server) and not exists(worker()))


def test_two_starts_at_once_make_one_server(fake: Settings) -> None:
    found: list[server.Server] = []
    starts = [threading.Thread(target=lambda: found.append(server.serve(fake))) for _ in range(2)]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert len({one.state.server for one in found}) == 1
    assert sorted(one.found for one in found) == [False, True]


@pytest.mark.parametrize(("model", "name"), [("", "SmolLM2-135M-Instruct"), ("no such model", "no such model")])
def test_a_model_has_a_name_before_it_is_served(llm_settings: Settings, model: str, name: str) -> None:
    assert server.model_name(llm_settings.model_copy(update={"llm_model": model})) == name


def test_a_stale_state_file_harms_nobody(fake: Settings) -> None:
    innocent = {"supervisor": os.getpid(), "server": os.getpid(), "port": 1, "model": "old", "started_at": 0.0}
    process.state_file(fake).write_text(json.dumps({**innocent, "detached": True, "exit": None}))
    assert process.running(fake) is None
    assert not server.stop(fake)
    assert server.status(fake).state == "offline"
    assert not server.serve(fake).found


@pytest.mark.parametrize("victim", ["supervisor", "server"])
def test_nothing_is_left_when_one_process_is_killed(fake: Settings, worker: Callable[[], int], victim: str) -> None:
    started = server.serve(fake)
    os.kill(getattr(started.state, victim), signal.SIGKILL)
    processes = [started.state.server, started.state.supervisor, worker()]
    assert _await(lambda: not any(map(exists, processes)))
    assert _await(lambda: process.running(fake) is None)
    assert server.status(fake).state == "offline"


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_an_attached_server_ends_with_its_parent(fake: Settings, worker: Callable[[], int], how: int) -> None:
    with _cli(fake, "attached") as parent:
        state = process.running(fake)
        assert state is not None
        parent.send_signal(how)
    assert _await(lambda: not any(map(exists, [state.server, state.supervisor, worker()])))


def test_a_detached_server_survives_its_parent_until_it_is_stopped(fake: Settings, worker: Callable[[], int]) -> None:
    with _cli(fake, "detached") as parent:
        parent.wait()
    time.sleep(0.5)
    assert server.status(fake).state == "ready"
    assert server.stop(fake)
    assert _await(lambda: not exists(worker()))


def test_the_log_of_the_start_before_is_kept(fake: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAKE_MISHAP", "crash")
    with pytest.raises(ModelServerError):
        server.serve(fake)
    monkeypatch.setenv("FAKE_MISHAP", "")
    server.serve(fake)
    assert "flux compensator" in process.log_file(fake).with_name("server.log.1").read_text()
