"""Keeps unit tests away from real models: with the variable set, every call and every probe is refused."""

from __future__ import annotations

import os

BLOCK_VARIABLE = "DRIFTLINE_BLOCK_MODEL_CALLS"


class BlockedModelCallError(RuntimeError):
    """A real model was about to be called where that is forbidden: a bug of the test, not of the endpoint."""


def calls_blocked() -> bool:
    """Whether real calls are forbidden in this process; its children inherit that."""
    return os.environ.get(BLOCK_VARIABLE, "") not in ("", "0")


def check_allowed(what: str) -> None:
    """Raise BlockedModelCallError where calls are forbidden, naming what was about to be called."""
    if calls_blocked():
        raise BlockedModelCallError(
            f"{what} was about to be called, but {BLOCK_VARIABLE} is set. Use agent.llm.scripted in unit tests."
        )
