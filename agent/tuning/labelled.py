"""Messages with the calls that they ask for, as an encoder learns them from files of examples."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent.intents import Intent
from agent.reader.network import Message
from agent.understanding.entities import Role
from agent.understanding.proposals import Name, Proposal
from core.errors import InputError


@dataclass(frozen=True)
class Read(Message):
    """A message with the calls that it asks for."""

    calls: tuple[Proposal, ...]


def reads(files: Sequence[Path]) -> list[Read]:
    """The examples of reading in files of JSON lines; lines of other kinds are left out.

    Raises:
        InputError: a line is no example, or there is none of reading.
    """
    found = []
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            try:
                told = json.loads(line)
                if told["kind"] == "reading":
                    found.append(_read(told))
            except (ValueError, KeyError, TypeError, IndexError) as error:
                raise InputError(
                    f"{file}, line {number}, is no example of reading: {error!r}.",
                    "Make them with `driftline llm examples`.",
                ) from error
    if not found:
        where = ", ".join(map(str, files))
        raise InputError(f"{where} holds no example of reading.", "Make them with `driftline llm examples`.")
    return found


def _read(told: Mapping[str, Any]) -> Read:
    return Read(
        text=str(told["messages"][1]["content"]).partition("\nMessage: ")[2],
        names=tuple(_name(each) for each in told["names"]),
        acts=tuple(Intent(act) for act in told["acts"]),
        calls=tuple(
            Proposal(each["tool"], {slot: tuple(listed) for slot, listed in each["names"].items()})
            for each in told["calls"]
        ),
    )


def _name(told: Mapping[str, Any]) -> Name:
    role = Role(told["role"]) if told["role"] else None
    return Name(told["text"], told["sort"], tuple(map(tuple, told["spans"])), role, told["other"])
