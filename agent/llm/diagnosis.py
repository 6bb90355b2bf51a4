"""Why the model server ended, in one line, from the end of its log."""

from __future__ import annotations

import re
from pathlib import Path

from core.errors import ModelServerError

_TAIL = 200_000  # bytes of the log that are read
_QUOTE = 300  # characters of a log line that are quoted

# First match wins; searched from the end of the log, since the cause of the end is near it.
_CAUSES: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        re.compile(
            r"out of memory|OutOfMemoryError|Cannot allocate memory|MemoryError|[Nn]o available memory"
            r"|Free memory on device|larger than the available KV cache",
            re.IGNORECASE,
        ),
        "ran out of memory",
        "Close other programs, or set DRIFTLINE_LLM_MODEL to a smaller model.",
    ),
    (
        re.compile(r"[Aa]ddress already in use"),
        "found its port taken",
        "Stop what uses it, or set DRIFTLINE_LLM_PORT.",
    ),
    (
        re.compile(
            r"not a valid model identifier|Repository Not Found|RepositoryNotFoundError|GatedRepoError"
            r"|404 Client Error|Invalid repository ID"
        ),
        "found no such model",
        "Check DRIFTLINE_LLM_MODEL; a private or gated model needs HF_TOKEN.",
    ),
    (
        re.compile(
            r"LocalEntryNotFoundError|offline mode|couldn't connect to|Failed to resolve|Name or service not known"
            r"|Connection(?:Error| refused| reset)|ConnectTimeout"
        ),
        "could not download the model",
        "Connect to the internet, or set DRIFTLINE_LLM_MODEL to a folder.",
    ),
    (
        re.compile(r"No module named|ModuleNotFoundError|ImportError"),
        "is not installed completely",
        "Run `driftline llm install --force`.",
    ),
)
_PREFIX = re.compile(r"^(?:\([^)]*\)\s*)*(?:(?:ERROR|CRITICAL|WARNING|INFO) \d\d-\d\d \d\d:\d\d:\d\d \[[^\]]*\]\s*)?")
_NAMED = re.compile(r"^[\w.]*(?:Error|Exception)\b.*:|\berror: ", re.IGNORECASE)
_GENERAL = re.compile(r"See root cause above|Engine core initialization failed|resource_tracker|destroy_process_group")


def explain_end(log: Path, exit_code: int | None) -> ModelServerError:
    """The error to raise or to show for a server that ended by itself.

    Args:
        log: the server's output; may be missing.
        exit_code: as of subprocess, negative for a signal; None if unknown.
    """
    lines = tail(log)
    last = last_meaningful(lines)
    quoted = f' It last said: "{last}"' if last else ""
    where = f"The log is {log}."
    for line in reversed(lines):
        for pattern, what, remedy in _CAUSES:
            if pattern.search(line):
                return ModelServerError(f"The model server {what}: {clean(line)}.", f"{remedy} {where}")
    if exit_code == -9:
        return ModelServerError(
            "The model server was killed, probably because memory ran out.",
            f"Close other programs, or set DRIFTLINE_LLM_MODEL to a smaller model. {where}",
        )
    how = "" if exit_code is None else f" (exit status {exit_code})"
    return ModelServerError(f"The model server ended by itself{how}.{quoted}", where)


def tail(log: Path) -> list[str]:
    """The last lines of a log, without empty ones; none if it does not exist."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - _TAIL))
            return [line for line in file.read().decode("utf-8", "replace").splitlines() if line.strip()]
    except OSError:
        return []


def last_meaningful(lines: list[str]) -> str:
    """The last error with the line that goes on from it, else the last line at all; empty without lines."""
    kept = [line for line in lines if not _GENERAL.search(line)]
    for position in range(len(kept) - 1, -1, -1):
        if _NAMED.search(clean(kept[position])):
            following = kept[position + 1 : position + 2]
            more = [clean(line) for line in following if line.startswith("  ")]
            return " ".join([clean(kept[position]), *more])[:_QUOTE]
    return clean(kept[-1]) if kept else ""


def clean(line: str) -> str:
    """A log line without the prefixes of vLLM's logger, at most as long as a quotation."""
    return _PREFIX.sub("", line).strip().rstrip(".")[:_QUOTE]
