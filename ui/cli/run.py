"""Commands that run or inspect the product: serve, eval, doctor."""

from __future__ import annotations

import contextlib
import importlib
import os
import shutil
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from core.errors import DriftlineError, InputError, ModelServerError, NotTrainedError
from ui.cli.output import JsonFlag, open_settings, print_json

if TYPE_CHECKING:
    from core.settings import Settings

EVALS = (
    "behaviour",
    "cold-start",
    "conversations",
    "descriptive",
    "dialogue",
    "explanations",
    "extraction",
    "forecasting",
    "grounding",
    "latency",
    "load",
    "lying",
    "planning",
    "ranking",
    "retrieval",
    "slate",
    "text-models",
    "topics",
    "understanding",
)
"""Benchmarks by name: evals/<name>.py (_ for -) with ``run(settings)``, which prints its table and returns it."""

OPTIONS = {
    "cold-start": ("data", "quick"),
    "behaviour": ("data",),
    "conversations": ("quick",),
    "forecasting": ("data", "quick", "plots"),
    "load": ("quick",),
    "ranking": ("data", "quick", "plots"),
    "slate": ("quick", "plots"),
}
"""Options that benchmarks take."""


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("serve")(serve)
    app.command("eval")(evaluate)
    app.command("doctor")(doctor)


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8470,
    with_model: Annotated[
        bool, typer.Option("--with-model", help="Start the local model server too, and stop it with this command.")
    ] = False,
) -> None:
    """The chat page, the desk and the API: / /desk /v1 /docs /healthz /readyz /metrics /openapi.json. Ctrl-C ends."""
    settings = open_settings()
    token = settings.api_token.get_secret_value()
    _check_address(host, port, bool(token))
    with _model(settings) if with_model else contextlib.nullcontext():
        import uvicorn

        from agent.build import build_service
        from ui.api.app import create_app
        from ui.web.app import mount
        from ui.web.desk.app import access_of, mount_desk

        # What is dropped onto a page stays in the workspace too, until it has been read.
        os.environ.setdefault("GRADIO_TEMP_DIR", str(settings.home / "uploads"))
        sys.stderr.write("Opening the workspace\n")
        service = build_service(settings, warm=True)
        try:
            api = mount_desk(create_app(service, token, settings.api_origins), service, access_of(settings, host))
            app = mount(api, service, token)
            server = uvicorn.Server(
                uvicorn.Config(app, host=host, port=port, log_config=None, timeout_graceful_shutdown=3)
            )
            shown = "localhost" if host in {"0.0.0.0", "::"} else host
            threading.Thread(target=_announce, args=(server, f"http://{shown}:{port}"), daemon=True).start()
            server.run()
        finally:
            service.close()


def _announce(server: object, address: str) -> None:
    import time

    while not getattr(server, "started", False):
        time.sleep(0.05)
    print(f"\nDriftline is at {address} (Ctrl-C stops it)", flush=True)


def _check_address(host: str, port: int, guarded: bool) -> None:
    if host not in {"127.0.0.1", "localhost", "::1"} and not guarded:
        sys.stderr.write(
            f"Warning: {host} can be reached from other machines and nothing asks who they are. "
            "Set DRIFTLINE_API_TOKEN.\n"
        )
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise InputError(
            f"Port {port} on {host} cannot be used: {error.strerror}.", "Choose another --port."
        ) from error


@contextlib.contextmanager
def _model(settings: Settings) -> Iterator[None]:
    """The model server beside the pages: they do not wait for it, and do not need it."""
    from agent.llm import server

    # A kill must stop the model server as Ctrl-C does, also before uvicorn takes over.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    ours = False
    if settings.llm_url:
        sys.stderr.write(f"Using the model at {settings.llm_url}\n")
    else:
        try:
            started = server.serve(settings, wait=False, progress=lambda line: print(line, file=sys.stderr))
            ours = not started.found
        except ModelServerError as error:
            sys.stderr.write(f"No model: {error} Answers come from templates.\n")
    try:
        yield
    finally:
        if ours:
            server.stop(settings)


def evaluate(
    name: Annotated[str, typer.Argument(metavar="NAME", help=f"One of {', '.join(EVALS)}.")],
    data: Annotated[
        list[str] | None,
        typer.Option(
            help="Forecasting: mt, or, cj, simulated, or own (this workspace's events). Ranking: mt, ml100k, mls, or, "
            "cj, one of their tests (mt-time, mt-last, ...), forecast (what the forecast adds), or ablation (what each "
            "part adds). Behaviour: cj, mt, ml. Cold start: people, items, words. May be repeated."
        ),
    ] = None,
    quick: Annotated[
        bool,
        typer.Option(
            "--quick",
            help="Conversations, forecasting, load, ranking, slate: fewer people, and what takes long is left out.",
        ),
    ] = False,
    plots: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Forecasting, ranking, slate: draw the pictures there.")
    ] = None,
    json_: JsonFlag = False,
) -> None:
    """Run a benchmark and print its table."""
    if name not in EVALS:
        raise InputError(f"There is no benchmark {name!r}.", f"Choose one of {', '.join(EVALS)}.")
    given = {"data": data, "quick": quick, "plots": plots}
    options = {option: value for option, value in given.items() if value}
    allowed = OPTIONS.get(name, ())
    for option in options:
        if option not in allowed:
            raise InputError(f"The benchmark {name} has no option --{option}.", "Leave it away.")
    benchmark = importlib.import_module(f"evals.{name.replace('-', '_')}")
    with contextlib.redirect_stdout(sys.stderr) if json_ else contextlib.nullcontext():
        outcome = benchmark.run(open_settings(), **options)
    if json_:
        print_json(asdict(outcome) if is_dataclass(outcome) and not isinstance(outcome, type) else outcome)


def doctor(json_: JsonFlag = False) -> None:
    """Check the workspace, the database, what is trained, and the model; exit status 1 if something is broken."""
    settings = open_settings()
    checks = list(_checks(settings))
    if json_:
        print_json([{"check": name, "status": status, "detail": detail} for name, status, detail in checks])
    else:
        for name, status, detail in checks:
            print(f"{status:<5} {name:<10} {detail}")
    if any(status == "fail" for _, status, _ in checks):
        raise typer.Exit(1)


def _checks(settings: Settings) -> Iterator[tuple[str, str, str]]:
    from agent.llm.client import ModelClient
    from agent.llm.hardware import detect
    from agent.llm.weights import models_dir
    from agent.reader.bases import at_hand, large
    from store.catalog import Catalog
    from store.db import Database
    from store.events import Events
    from tools.scoring.behaviour.workspace import trained

    free = shutil.disk_usage(settings.home).free / 1e9
    yield "workspace", "ok" if free > 2 else "warn", f"{settings.home}, {free:.0f} GB free"
    try:
        database = Database(settings.sql_url)
        database.migrate()
        items, events = Catalog(database).count(), Events(database).count()
    except DriftlineError as error:
        yield "database", "fail", str(error)
        return
    yield "database", "ok", database.url.render_as_string(hide_password=True)
    hint = "" if items else ". Run `driftline import`"
    yield "catalogue", "ok" if items else "fail", f"{items:,} items, {events:,} events{hint}"
    database.close()
    try:
        from agent.build import build_service

        service = build_service(settings)
        people = service.people(1)
        yield "trained", "ok", f"answers for {people[0].label if people else 'newcomers'}"
        service.close()
    except DriftlineError as error:
        yield "trained", "fail", str(error)
    try:
        chances = trained(settings)
        yield "chances", "ok", f"of {', '.join(chances)}" if chances else "none: too few events to learn them from"
    except NotTrainedError as error:
        yield "chances", "warn", str(error)
    hardware = detect()
    yield "machine", "ok", hardware.gpu or f"{len(hardware.cpus)} CPU cores, no GPU"
    reader, best = at_hand(models_dir(settings)).name, large(models_dir(settings)).name
    hint = "" if reader == best else f". {best} reads better: run `driftline llm install`"
    yield "reader", "ok" if reader == best else "warn", f"{reader}{hint}"
    model = ModelClient(settings).status()
    words = f"{model.name or 'no model'}, {model.state}. {model.detail}"
    yield "model", "ok" if model.state == "ready" else "warn", words.strip()
