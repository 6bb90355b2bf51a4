"""All examples of the small model, made from a workspace's catalogue into one folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from agent.build import open_workspace
from agent.tuning.naming import CatalogueNames
from agent.tuning.reading_examples import Tally, reading_examples, resolver_of
from agent.tuning.writing_examples import writing_examples
from core.settings import Settings

TRAINING = ("reading.jsonl", "writing.jsonl")
VALIDATION = "validation.jsonl"

Progress = Callable[[str], None]


def make_examples(
    settings: Settings,
    folder: Path,
    *,
    reading: int = 16_000,
    writing: int = 1600,
    validation: int = 600,
    seed: int = 0,
    progress: Progress = lambda _: None,
) -> None:
    """Write the training examples (`TRAINING`) and those that are held out (`VALIDATION`), JSON lines, into ``folder``.

    Args:
        settings: of a workspace with a catalogue of films.
        reading, writing: how many of each kind to train on.
        validation: how many are held out, four in five of reading.

    Raises:
        InputError: the workspace has no catalogue.
    """
    workspace = open_workspace(settings)
    try:
        catalog = workspace.deps.catalog
        columns = catalog.columns()
        names = CatalogueNames(columns, workspace.deps.events.log(columns))
        resolver = resolver_of(workspace.retriever, columns)
        films = list(catalog.get_many(columns.ids).values())
        folder.mkdir(parents=True, exist_ok=True)
        tally = Tally()
        _write(folder / TRAINING[0], reading_examples(names, resolver, reading, seed, "train", tally))
        for line in _told(reading, tally):
            progress(line)
        made = writing_examples(films, writing, "train", seed)
        progress(f"{len(made.lines)} examples of writing; before the check there were {made.written}")
        _write(folder / TRAINING[1], made.lines)
        apart = writing_examples(films, validation // 5, "valid", seed)
        held_out = reading_examples(names, resolver, validation - len(apart.lines), seed, "validation")
        _write(folder / VALIDATION, [*held_out, *apart.lines])
        progress(f"{validation} examples held out")
    finally:
        workspace.database.close()


def _write(file: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    unfinished = file.with_suffix(".unfinished")
    with unfinished.open("w", encoding="utf-8") as opened:
        for line in lines:
            opened.write(json.dumps(line, ensure_ascii=False) + "\n")
    unfinished.replace(file)


def _told(count: int, tally: Tally) -> Iterable[str]:
    yield f"{count} examples of reading, of {len(tally.used)} phrasings; {tally.drawn} were drawn"
    for reason, number in tally.dropped.most_common():
        yield f"  left out, {reason}: {number}"
    for call, number in tally.calls.most_common():
        yield f"  {call}: {number}"
