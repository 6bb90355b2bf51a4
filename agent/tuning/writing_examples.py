"""Examples from which the small model learns to write: openings of replies, and the sentence on one item.

A line is ``{"messages": [system, user, assistant], "kind": "lead" | "item", "phrasing": …}``. The user's part is what
the agent asks in the product (`agent.briefing`); the assistant's part passed the check that its replies pass. Titles
and people kept for the evaluation stand in no line, and forms and names of validation in none of training.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from agent.tuning.writing.films import Films, Part
from agent.tuning.writing.items import Example, items
from agent.tuning.writing.leads import leads
from core.types import Item
from prompts.load import load

LEADS = 0.4
"""Share of openings among all examples."""


@dataclass(frozen=True)
class Examples:
    """Examples, and how many of each kind were written in all before the check."""

    lines: list[dict[str, Any]]
    written: dict[str, int]


def writing_examples(catalogue: Iterable[Item], count: int, part: Part = "train", seed: int = 0) -> Examples:
    """So many examples, no prompt twice, the kinds mixed; the same seed gives the same examples.

    Args:
        catalogue: films with genres, directors and running times.
    """
    rng = random.Random(f"{part} {seed}")
    films = Films(catalogue, part)
    wanted = {"lead": round(LEADS * count)}
    wanted["item"] = count - wanted["lead"]
    lines: list[dict[str, Any]] = []
    written: dict[str, int] = {}
    for kind, source in (("lead", leads(rng, films)), ("item", items(rng, films))):
        found, written[kind] = _kept(source, wanted[kind])
        lines += map(_line, found)
    rng.shuffle(lines)
    return Examples(lines, written)


def _kept(source: Iterator[Example], count: int) -> tuple[list[Example], int]:
    """The first examples that the check agrees with, no prompt or answer twice, and how many were looked at."""
    found: dict[str, Example] = {}
    answers: dict[str, int] = {}
    looked = 0
    for example in source:
        looked += 1
        often = answers.get(example.answer, 0)
        if example.fits and example.prompt not in found and often < _SAME:
            found[example.prompt] = example
            answers[example.answer] = often + 1
        if len(found) == count or looked >= 50 * count:
            break
    return list(found.values()), looked


_SAME = 12
"""Prompts that may share an answer: talk has few answers, and what has no reason says little."""


def _line(example: Example) -> dict[str, Any]:
    messages = [
        {"role": "system", "content": load("write")},
        {"role": "user", "content": example.prompt},
        {"role": "assistant", "content": example.answer},
    ]
    return {"messages": messages, "kind": example.kind, "phrasing": example.phrasing}
