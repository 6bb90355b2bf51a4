"""Checkpoints of a training run: whole or the one before, and only ever of the same run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from filelock import FileLock, Timeout

from core.errors import InputError

_FILE = "checkpoint.pt"


@contextmanager
def run_folder(out: Path, resume: bool) -> Iterator[Path]:
    """Make and hold the folder of a run; gives the file of its checkpoint, which need not exist.

    Raises:
        InputError: another run uses ``out``, or it holds a run that is not to be resumed.
    """
    out.mkdir(parents=True, exist_ok=True)
    lock = FileLock(out / "run.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise InputError(f"Another run uses {out}.", "Wait for its end, or give another folder.") from error
    with lock:
        if (out / _FILE).exists() and not resume:
            raise InputError(f"{out} holds a run already.", "Resume it, or give another folder.")
        yield out / _FILE


def save(file: Path, of: Mapping[str, Any], state: Mapping[str, Any]) -> None:
    """Write all that is needed to go on with the run that ``of`` identifies; the file is whole or the one before."""
    unfinished = file.with_suffix(".unfinished")
    torch.save({"of": dict(of), **state}, unfinished)
    unfinished.replace(file)


def load(file: Path, of: Mapping[str, Any]) -> dict[str, Any]:
    """What `save` wrote.

    Raises:
        InputError: it is of another recipe, base or data.
    """
    saved: dict[str, Any] = torch.load(file, weights_only=True)
    if saved["of"] != of:
        raise InputError(
            f"{file} is of a run with other settings, examples or base.", "Use another folder, or do not resume."
        )
    return saved
