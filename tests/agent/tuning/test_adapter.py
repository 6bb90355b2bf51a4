from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from agent.tuning import lora
from agent.tuning.adapter import CARD, WEIGHTS, Card, read_card, save_adapter, verify
from core.errors import ModelServerError
from tests.agent.tuning import tiny

BASE = "a" * 64


def card(rank: int = 4) -> Card:
    return Card(
        base="tiny",
        base_sha256=BASE,
        rank=rank,
        alpha=8,
        recipe={"seed": 7},
        data={"train.jsonl": {"examples": 3, "sha256": "b"}},
        metrics={"held_out_loss": 0.5},
        made_at=datetime(2026, 11, 1, tzinfo=UTC),
    )


def tensors(seed: int = 1) -> dict[str, torch.Tensor]:
    """An adapter of rank 4 for the tiny model, that changes its scores visibly."""
    model = tiny.model(300)
    lora.attach(model.model.layers, 4, 8, seed)
    torch.manual_seed(seed)
    return {name: torch.randn_like(tensor) * 0.2 for name, tensor in lora.tensors(model).items()}


def test_an_adapter_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    given = tensors()
    saved = save_adapter(tmp_path / "adapter", given, card())
    assert verify(tmp_path / "adapter", BASE) == saved == read_card(tmp_path / "adapter")
    found = load_file(tmp_path / "adapter" / WEIGHTS)
    assert found.keys() == given.keys()
    for name, tensor in given.items():
        assert found[name].dtype == torch.float16
        torch.testing.assert_close(found[name].float(), tensor, rtol=1e-3, atol=1e-4)


def test_a_newer_adapter_replaces_the_folder(tmp_path: Path) -> None:
    first = save_adapter(tmp_path / "adapter", tensors(1), card())
    (tmp_path / "adapter" / "stray").touch()
    second = save_adapter(tmp_path / "adapter", tensors(2), card())
    assert first.sha256 != second.sha256 == verify(tmp_path / "adapter", BASE).sha256
    assert {path.name for path in tmp_path.rglob("*")} == {"adapter", WEIGHTS, CARD}


def test_an_interrupted_save_leaves_the_adapter_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = save_adapter(tmp_path / "adapter", tensors(1), card())

    def full(tensors: object, file: Path) -> None:
        file.write_bytes(b"half")
        raise OSError("No space left on device")

    monkeypatch.setattr("safetensors.torch.save_file", full)
    with pytest.raises(OSError, match="No space"):
        save_adapter(tmp_path / "adapter", tensors(2), card())
    assert verify(tmp_path / "adapter", BASE) == first


def test_weights_that_the_card_does_not_know_are_refused(tmp_path: Path) -> None:
    save_adapter(tmp_path / "adapter", tensors(), card())
    file = tmp_path / "adapter" / WEIGHTS
    changed = bytearray(file.read_bytes())
    changed[-1] ^= 1
    file.write_bytes(changed)
    with pytest.raises(ModelServerError, match=r"has sha256 .* and its card says .*llm finetune"):
        verify(tmp_path / "adapter", BASE)
    file.unlink()
    with pytest.raises(ModelServerError, match="is missing"):
        verify(tmp_path / "adapter", BASE)


def test_an_adapter_of_another_base_is_refused(tmp_path: Path) -> None:
    save_adapter(tmp_path / "adapter", tensors(), card())
    with pytest.raises(ModelServerError, match=f"is of tiny with sha256 {BASE}, and the base has {'c' * 64}"):
        verify(tmp_path / "adapter", "c" * 64)


@pytest.mark.parametrize("text", [None, "", "{}", '{"base": "tiny", "unknown": 1}'])
def test_a_missing_or_broken_card_is_named(tmp_path: Path, text: str | None) -> None:
    save_adapter(tmp_path / "adapter", tensors(), card())
    if text is None:
        (tmp_path / "adapter" / CARD).unlink()
    else:
        (tmp_path / "adapter" / CARD).write_text(text)
    with pytest.raises(ModelServerError, match=r"adapter\.json is no card"):
        verify(tmp_path / "adapter", BASE)


def test_a_new_adapter_changes_nothing_and_then_only_itself_is_trained() -> None:
    model, adapted = tiny.model(300), tiny.model(300)
    lora.attach(adapted.requires_grad_(False).model.layers, 4, 8, 1)
    ids = torch.arange(12)[None]
    torch.testing.assert_close(adapted(ids).logits, model(ids).logits)
    trained = {name.rsplit(".", 1)[1] for name, weight in adapted.named_parameters() if weight.requires_grad}
    assert trained == {"a", "b"}
    assert len(list(lora.adapters(adapted))) == 2 * 7


def test_an_adapted_layer_adds_the_scaled_product() -> None:
    model = tiny.model(300)
    lora.attach(model.model.layers, 4, 8, 1)
    name, layer = next(lora.adapters(model))
    torch.nn.init.normal_(layer.b)
    x = torch.randn(2, 3, layer.weight.shape[1])
    wanted = x @ (layer.weight + 2 * layer.b @ layer.a).T
    torch.testing.assert_close(layer(x), wanted, rtol=1e-4, atol=1e-4)
    assert f"{name}.weight" in tiny.model(300).state_dict()
