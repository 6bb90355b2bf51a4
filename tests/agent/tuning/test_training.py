from __future__ import annotations

import json
import random
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from filelock import FileLock
from safetensors.torch import load_file
from torch.nn import functional

from agent.tuning import lora
from agent.tuning.adapter import WEIGHTS, Base, read_card
from agent.tuning.batches import END, batches, encode, read_examples
from agent.tuning.recipe import Recipe
from agent.tuning.training import Training, train
from core.errors import InputError
from tests.agent.tuning import tiny

RECIPE = Recipe(rank=4, alpha=8, learning_rate=1e-2, epochs=2, batch_tokens=120, evaluate_every=4, patience=50)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    return Base(tiny.base(tmp_path_factory.mktemp("base")), "tiny", "0" * 64)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return tiny.write(tmp_path / "train.jsonl", tiny.toy()), tiny.write(tmp_path / "held.jsonl", tiny.toy(8))


def _train(base: Base, files: tuple[Path, Path], out: Path, recipe: Recipe = RECIPE, **given: Any) -> list[str]:
    lines: list[str] = []
    options: dict[str, Any] = {"minutes": 1e6, "threads": 1, "progress": lines.append, **given}
    train(base, [files[0]], files[1], out, recipe=recipe, **options)
    return lines


def _held_out(lines: list[str]) -> list[float]:
    return [
        float(line.split("held-out loss ")[1].split()[0])
        for line in lines
        if line.startswith("step") and "exact" in line
    ]


def test_a_prompt_and_its_answer_are_what_the_template_writes() -> None:
    words = tiny.tokenizer()
    for one in (*tiny.toy(), tiny.example("<tool_call>?", '<tool_call>{"name": "trending"}</tool_call>\nand more')):
        messages: Any = one["messages"]
        found = encode(messages, words)
        prompt = words.apply_chat_template(messages[:-1], tokenize=False, add_generation_prompt=True)
        assert words.decode(found.prompt) == prompt
        assert words.decode(found.prompt + found.answer) == prompt + messages[-1]["content"] + END
        whole = words.apply_chat_template(messages, tokenize=False)
        assert words.decode(found.prompt + found.answer) == whole.removesuffix("\n")


def test_only_the_answer_is_learned_and_every_example_once(files: tuple[Path, Path]) -> None:
    words = tiny.tokenizer()
    groups = read_examples([files[0]], words)
    taught = []
    for batch in batches(groups, 120, random.Random(1)):
        assert batch.ids.numel() <= 120
        for row in range(len(batch.ids)):
            taught.append(words.decode(batch.targets[batch.rows == row]))
            before = batch.ids.flatten()[int(batch.at[batch.rows == row][0])]
            assert words.decode([int(before)]) == "\n"
    answers: list[Any] = [one["messages"] for one in tiny.toy()]
    assert sorted(taught) == sorted(messages[-1]["content"] + END for messages in answers)
    assert SYSTEM_PREFIX in words.decode(groups[0].prefix)


SYSTEM_PREFIX = f"<|im_start|>system\n{tiny.SYSTEM}<|im_end|>\n<|im_start|>user\n"


def test_reading_the_prefix_once_changes_neither_loss_nor_gradient(base: Base, tmp_path: Path) -> None:
    mixed = tiny.toy(8) + [tiny.example(f"{name}?", name, system="Another task.") for name in tiny.NAMES]
    words = tiny.tokenizer()
    groups = read_examples([tiny.write(tmp_path / "mixed.jsonl", mixed)], words)
    assert len(groups) == 2
    run = Training(base, groups, groups, RECIPE, {})
    run.model.float()
    for _, layer in lora.adapters(run.model):
        torch.nn.init.normal_(layer.b, std=0.1, generator=torch.Generator().manual_seed(3))
    plain, shared = [], []
    for group in groups:
        for one in group.examples:
            ids = torch.tensor([one.prompt + one.answer])
            scores = run.model(ids).logits[0, len(one.prompt) - 1 : -1]
            plain.append(functional.cross_entropy(scores, ids[0, len(one.prompt) :], reduction="sum"))
    wanted = torch.autograd.grad(sum(plain), run.parameters)
    for batch in batches(groups, 150):
        shared.append(functional.cross_entropy(run.scores(batch), batch.targets, reduction="sum"))
    found = torch.autograd.grad(sum(shared), run.parameters)
    torch.testing.assert_close(torch.stack(shared).sum(), torch.stack(plain).sum(), rtol=1e-4, atol=1e-4)
    for one_found, one_wanted in zip(found, wanted, strict=True):
        torch.testing.assert_close(one_found, one_wanted, rtol=1e-3, atol=1e-4)


def test_the_loss_falls_and_the_card_tells_how_far(base: Base, files: tuple[Path, Path], tmp_path: Path) -> None:
    lines = _train(base, files, tmp_path / "out", replace(RECIPE, epochs=8))
    losses = _held_out(lines)
    assert losses[-1] < 0.5 * losses[0]
    card = read_card(tmp_path / "out" / "adapter")
    assert card.metrics["held_out_loss"] == pytest.approx(min(losses), abs=1e-3)
    assert "exact 0.000" in next(line for line in lines if "exact" in line)
    assert card.metrics["held_out_exact"] >= 0.5
    assert (card.base, card.base_sha256) == ("tiny", "0" * 64)
    assert card.data["train.jsonl"]["examples"] == 48  # type: ignore[index, call-overload]
    assert "all examples were seen" in lines[-1]


def test_a_killed_run_goes_on_to_the_same_result(base: Base, files: tuple[Path, Path], tmp_path: Path) -> None:
    whole = _train(base, files, tmp_path / "whole")
    seen: list[str] = []

    def kill(line: str) -> None:
        seen.append(line)
        if line.startswith("step 12 ") and "held-out" in line:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _train(base, files, tmp_path / "parts", progress=kill, save_every=0)
    assert (tmp_path / "parts" / "adapter" / WEIGHTS).exists()
    rest = _train(base, files, tmp_path / "parts", resume=True)
    assert rest[0] == "Going on from step 11"
    assert [*_held_out(seen)[:-1], *_held_out(rest)] == _held_out(whole)
    one, other = (load_file(tmp_path / name / "adapter" / WEIGHTS) for name in ("whole", "parts"))
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_training_stops_when_the_held_out_loss_rises_and_keeps_the_best(
    base: Base, files: tuple[Path, Path], tmp_path: Path
) -> None:
    others = [tiny.example(f"I liked {name}", "-") for name in tiny.NAMES]
    contrary = tiny.write(tmp_path / "contrary.jsonl", others)
    recipe = replace(RECIPE, epochs=200, evaluate_every=2, patience=3, learning_rate=2e-2)
    lines = _train(base, (files[0], contrary), tmp_path / "out", recipe)
    losses = _held_out(lines)
    assert "no longer falls" in lines[-1]
    assert losses.index(min(losses)) == len(losses) - 1 - 3
    assert read_card(tmp_path / "out" / "adapter").metrics["held_out_loss"] == pytest.approx(min(losses), abs=1e-3)


def test_the_time_ends_a_run_and_more_time_goes_on(base: Base, files: tuple[Path, Path], tmp_path: Path) -> None:
    lines = _train(base, files, tmp_path / "out", minutes=1e-9)
    assert "after step 1: the time is over" in lines[-1]
    assert len(_held_out(lines)) == 1
    assert "all examples were seen" in _train(base, files, tmp_path / "out", resume=True)[-1]


def test_a_checkpoint_is_whole_or_the_one_before(
    base: Base, files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, count = torch.save, iter(range(9))

    def fail(saved: object, file: Path) -> None:
        if next(count) == 3:
            file.write_bytes(b"half")
            raise OSError("No space left on device")
        write(saved, file)

    monkeypatch.setattr(torch, "save", fail)
    with pytest.raises(OSError, match="No space left"):
        _train(base, files, tmp_path / "out", save_every=0)
    monkeypatch.undo()
    assert _train(base, files, tmp_path / "out", resume=True)[0] == "Going on from step 3"


def test_a_folder_holds_one_run(base: Base, files: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    _train(base, files, out, minutes=1e-9)
    with pytest.raises(InputError, match="holds a run already"):
        _train(base, files, out)
    with pytest.raises(InputError, match="other settings, examples or base"):
        _train(base, files, out, replace(RECIPE, seed=8), resume=True)
    held, released = threading.Event(), threading.Event()

    def hold() -> None:
        with FileLock(out / "run.lock"):
            held.set()
            released.wait(20)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(20)
    try:
        with pytest.raises(InputError, match="Another run uses"):
            _train(base, files, out, resume=True)
    finally:
        released.set()
        holder.join()


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{", "line 2, is not an example"),
        ('{"messages": [{"role": "user", "content": "x"}]}', "roles are"),
        ("[]", "line 2, is not an example"),
        (json.dumps(tiny.example("long " * 2000, "-")), "more than 1024 tokens"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, what: str) -> None:
    file = tiny.write(tmp_path / "bad.jsonl", tiny.toy(8)[:1])
    file.write_text(file.read_text() + line + "\n")
    with pytest.raises(InputError, match=what):
        read_examples([file], tiny.tokenizer())


def test_files_without_examples_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_examples([tmp_path / "none.jsonl"], tiny.tokenizer())
    with pytest.raises(InputError, match="No example in"):
        read_examples([tiny.write(tmp_path / "empty.jsonl", [])], tiny.tokenizer())
