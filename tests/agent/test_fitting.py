from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from agent.fitting import train
from core.settings import Settings
from tools.scoring import model


def test_a_step_is_repeated_when_the_format_of_what_it_leaves_has_changed(
    small_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "copy"
    shutil.copytree(small_settings.home, home)
    settings = small_settings.model_copy(update={"home": home})
    # Others who share the workspace may have spoken since it was trained.
    train(settings)
    assert {step.name: step.skipped for step in train(settings).steps} == dict.fromkeys(
        ("index", "forecasting", "scoring"), True
    )
    monkeypatch.setattr(model, "FORMAT", model.FORMAT + 1)
    assert {step.name: step.skipped for step in train(settings).steps} == {
        "index": True,
        "forecasting": True,
        "scoring": False,
    }


@pytest.mark.parametrize("change", [{"timezone": "Asia/Tokyo"}, {"topic_facet": "director"}, {"topic_clusters": 5}])
def test_a_setting_that_changes_topics_or_calendar_asks_for_new_forecasters(
    small_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: dict[str, object]
) -> None:
    home = tmp_path / "copy"
    shutil.copytree(small_settings.home, home)
    settings = small_settings.model_copy(update={"home": home, **change})

    def stop(*_: object) -> None:
        raise InterruptedError

    monkeypatch.setattr("tools.forecasting.train.train", stop)
    with pytest.raises(InterruptedError):
        train(settings)
