"""Commands about the local language model's server."""

from __future__ import annotations

import signal
import sys
import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from agent.llm import install as installation
from agent.llm import server, weights
from core.errors import InputError, ModelServerError
from core.settings import Settings
from ui.cli.output import JsonFlag, open_settings, print_json

app = typer.Typer(help="The local language model: install, serve, status, stop.", no_args_is_help=True)


def say(line: str) -> None:
    """One line of progress, on standard error."""
    sys.stderr.write(f"{line}\n")


@app.command("install")
def install(
    force: Annotated[bool, typer.Option("--force", help="Begin again from nothing.")] = False,
    json_: JsonFlag = False,
) -> None:
    """Install the encoder that reads messages, and vLLM for this machine, GPU or CPU, unless an endpoint is set."""
    settings = open_settings()
    done = installation.install(settings, force=force, progress=say)
    if json_:
        print_json({"installed": done, "directory": settings.llm_dir})
    else:
        print(f"{'Installed' if done else 'Already installed'} in {settings.llm_dir}.")


@app.command("serve")
def serve(
    detach: Annotated[bool, typer.Option("--detach", help="Return when it answers; `llm stop` ends it.")] = False,
    json_: JsonFlag = False,
) -> None:
    """Start the model server. It stays in the foreground and ends with this command, unless detached."""
    settings = open_settings()
    # A kill of this command must run its cleanup, as Ctrl-C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    started = server.serve(settings, detach=detach, progress=say)
    if json_:
        print_json({"url": server.url(settings), "model": started.state.model, "found": started.found})
    else:
        print(f"{started.state.model} answers at {server.url(settings)}.")
    if detach or started.found:
        return
    try:
        while server.status(settings).state != "offline":
            time.sleep(1)
        raise ModelServerError("The model server has ended.", f"See {settings.llm_dir / 'logs'}.")
    finally:
        server.stop(settings)


@app.command("status")
def status(json_: JsonFlag = False) -> None:
    """Whether the model can be asked; exit status 1 if not."""
    from agent.llm.client import ModelClient

    found = ModelClient(open_settings()).status()
    if json_:
        print_json(found)
    else:
        print(f"{found.name or 'No model'}: {found.state}. {found.detail}".strip())
    if found.state != "ready":
        raise typer.Exit(1)


@app.command("stop")
def stop(json_: JsonFlag = False) -> None:
    """Stop the model server and every process of it."""
    stopped = server.stop(open_settings(), progress=say)
    if json_:
        print_json({"stopped": stopped})
    else:
        print("Stopped." if stopped else "It was not running.")


@app.command("examples")
def examples_(
    out: Annotated[Path, typer.Option("--out", help="Folder for reading.jsonl, writing.jsonl and validation.jsonl.")],
    reading: Annotated[int, typer.Option("--reading", min=1, help="Messages to read.")] = 16_000,
    writing: Annotated[int, typer.Option("--writing", min=1, help="Sentences to write.")] = 1600,
    seed: Annotated[int, typer.Option("--seed", help="Another seed draws other examples.")] = 0,
) -> None:
    """Make the examples that reader and model are fine-tuned on, from the films of the workspace."""
    from agent.tuning.examples import make_examples

    make_examples(open_settings(), out, reading=reading, writing=writing, seed=seed, progress=say)
    print(f"The examples are in {out}.")


class Tuned(StrEnum):
    """What can be fine-tuned."""

    READER = "reader"
    MODEL = "model"


@app.command("finetune")
def finetune(
    what: Annotated[
        Tuned, typer.Argument(help="The encoder that reads messages, or the small language model.")
    ] = Tuned.READER,
    examples: Annotated[
        list[Path] | None, typer.Option("--examples", help="JSON lines; may be repeated. Default: ours, made anew.")
    ] = None,
    validation: Annotated[Path | None, typer.Option("--validation", help="JSON lines kept out of training.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder of the run. Default: llm/finetune.")] = None,
    minutes: Annotated[float, typer.Option("--minutes", min=0.1, help="Model: time for the training.")] = 100.0,
    resume: Annotated[bool, typer.Option("--resume", help="Go on from the folder's last checkpoint.")] = False,
    start: Annotated[
        Path | None, typer.Option("--from", help="Reader: an adapter to go on from, for once through the examples.")
    ] = None,
    threads: Annotated[int | None, typer.Option("--threads", min=1, help="Cores to use. Default: all.")] = None,
    json_: JsonFlag = False,
) -> None:
    """Fine-tune the reader (under an hour), or the small model on plans and replies; a killed run can be resumed."""
    from agent.reader.bases import at_hand
    from agent.tuning.adapter import Base
    from agent.tuning.reader_training import train_reader
    from agent.tuning.training import train

    settings = open_settings()
    folder = (out or settings.llm_dir / "finetune") / what
    taught, held_out = _examples(settings, folder.parent / "examples", examples, validation)
    if what is Tuned.READER:
        base, made = at_hand(weights.models_dir(settings)), folder / "adapter"
        train_reader(base, taught, held_out, folder, threads=threads, start=start, resume=resume, progress=say)
    else:
        small = Base(installation.untuned(settings, progress=say), weights.SMALL_MODEL, weights.SMALL_SHA256)
        made = train(small, taught, held_out, folder, minutes=minutes, resume=resume, threads=threads, progress=say)
    if json_:
        print_json({"adapter": made})
    else:
        print(f"The adapter is in {made}.")


def _examples(
    settings: Settings, folder: Path, examples: list[Path] | None, validation: Path | None
) -> tuple[list[Path], Path]:
    """The files to learn from and the one to judge by: those given, or ours, made once for the run."""
    from agent.tuning.examples import TRAINING, VALIDATION, make_examples

    if (examples is None) != (validation is None):
        raise InputError("--examples and --validation go together.", "Give both, or none to have examples made.")
    if examples and validation:
        return examples, validation
    if not (folder / VALIDATION).exists():
        make_examples(settings, folder, progress=say)
    return [folder / name for name in TRAINING], folder / VALIDATION
