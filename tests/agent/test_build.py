from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from agent.build import train
from core.settings import Settings
from tools.scoring import model


def test_a_step_is_repeated_when_the_format_of_what_it_leaves_has_changed(
    small_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "copy"
    shutil.copytree(small_settings.home, home)
    settings = small_settings.model_copy(update={"home": home})
    assert {step.name: step.skipped for step in train(settings).steps} == dict.fromkeys(
        ("index", "forecasting", "scoring"), True
    )
    monkeypatch.setattr(model, "FORMAT", model.FORMAT + 1)
    assert {step.name: step.skipped for step in train(settings).steps} == {
        "index": True,
        "forecasting": True,
        "scoring": False,
    }
