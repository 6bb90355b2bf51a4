"""All examples of the small model, made in one go."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from agent.tuning.examples import TRAINING, VALIDATION, make_examples
from core.errors import InputError
from core.settings import Settings


def test_examples_are_lines_that_training_reads(small_settings: Settings, tmp_path: Path) -> None:
    said: list[str] = []
    make_examples(small_settings, tmp_path, reading=40, writing=10, validation=20, progress=said.append)
    lines = {
        name: [json.loads(line) for line in (tmp_path / name).read_text(encoding="utf-8").splitlines()]
        for name in (*TRAINING, VALIDATION)
    }
    assert {name: len(found) for name, found in lines.items()} == {TRAINING[0]: 40, TRAINING[1]: 10, VALIDATION: 20}
    for example in (each for found in lines.values() for each in found):
        assert [message["role"] for message in example["messages"]] == ["system", "user", "assistant"]
    taught = {example["phrasing"] for name in TRAINING for example in lines[name]}
    assert not taught & {example["phrasing"] for example in lines[VALIDATION]}
    assert said[0].startswith("40 examples of reading")


def test_without_a_catalogue_there_are_none(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no catalogue"):
        make_examples(Settings(home=tmp_path / "empty"), tmp_path / "out")
    assert not (tmp_path / "out").exists()
