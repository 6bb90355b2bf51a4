from __future__ import annotations

from pathlib import Path

import pytest

from agent.llm import weights
from core.errors import ModelServerError
from core.settings import Settings
from tests.agent.llm.conftest import CPU, GPU


def _model(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "config.json").write_text("{}")
    return folder


def _with(settings: Settings, model: str) -> Settings:
    return settings.model_copy(update={"llm_model": model})


def test_the_default_depends_on_the_hardware(llm_settings: Settings) -> None:
    assert weights.resolve(llm_settings, GPU) == weights.Weights("Qwen/Qwen3-8B", "Qwen/Qwen3-8B", local=False)
    small = weights.resolve(llm_settings, CPU)
    assert (small.name, small.local) == ("SmolLM2-135M-Instruct", True)
    assert Path(small.source).parent == weights.models_dir(llm_settings)


def test_a_folder_is_served_under_its_own_name(llm_settings: Settings, tmp_path: Path) -> None:
    folder = _model(tmp_path / "elsewhere" / "tuned")
    assert weights.resolve(_with(llm_settings, str(folder)), GPU) == weights.Weights(str(folder), "tuned", local=True)


def test_a_folder_beside_the_default_model_needs_only_its_name(llm_settings: Settings) -> None:
    folder = _model(weights.models_dir(llm_settings) / "tuned")
    assert weights.resolve(_with(llm_settings, "tuned"), CPU).source == str(folder)


def test_a_hub_name_is_left_to_the_hub(llm_settings: Settings) -> None:
    assert weights.resolve(_with(llm_settings, "Qwen/Qwen3-0.6B"), CPU).source == "Qwen/Qwen3-0.6B"


@pytest.mark.parametrize("wrong", ["Qwen3", "/no/such/folder", "a/b/c", "https://huggingface.co/Qwen/Qwen3-8B"])
def test_what_is_neither_is_refused_by_name(llm_settings: Settings, wrong: str) -> None:
    with pytest.raises(ModelServerError, match=r"neither a folder.*DRIFTLINE_LLM_MODEL") as caught:
        weights.resolve(_with(llm_settings, wrong), CPU)
    assert wrong in str(caught.value)


def test_a_folder_without_a_model_is_refused(llm_settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelServerError, match=r"config\.json"):
        weights.resolve(_with(llm_settings, str(tmp_path / "empty")), CPU)


def test_a_wrong_weights_file_is_refused_and_leaves_nothing(
    llm_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "model.gguf"
    file.write_bytes(b"not the model")
    monkeypatch.setattr(weights, "_package_file", lambda python: file)
    with pytest.raises(ModelServerError, match="has sha256"):
        weights.install_small(llm_settings, tmp_path / "python", lambda line: None)
    assert not weights.models_dir(llm_settings).exists()


def test_an_interrupted_conversion_leaves_no_model(
    llm_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import hashlib

    file = tmp_path / "model.gguf"
    file.write_bytes(b"the model")
    monkeypatch.setattr(weights, "_package_file", lambda python: file)
    monkeypatch.setattr(weights, "_SMALL_SHA256", hashlib.sha256(b"the model").hexdigest())
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\nmkdir -p "$5"; echo half > "$5/config.json"; echo "disk full" >&2; exit 1\n')
    python.chmod(0o755)
    with pytest.raises(ModelServerError, match="could not be unpacked: disk full"):
        weights.install_small(llm_settings, python, lambda line: None)
    assert not (weights.models_dir(llm_settings) / weights.SMALL_MODEL).exists()
    python.write_text('#!/bin/sh\nmkdir -p "$5"; echo "{}" > "$5/config.json"\n')
    weights.install_small(llm_settings, python, lambda line: None)
    assert weights.resolve(llm_settings, CPU).source == str(weights.models_dir(llm_settings) / weights.SMALL_MODEL)
