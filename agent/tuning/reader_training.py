"""Training of the encoder that reads messages, on the same examples as the language model's reading."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional

from agent.reader.encoder import Chances, decided
from agent.reader.network import PARTS, TOOLS, Batch, Pieces, ReadingNetwork, encoder_of
from agent.tuning import checkpoint, lora
from agent.tuning.adapter import WEIGHTS, Base, Card, file_sha256, read_card, save_adapter, verify
from agent.tuning.labelled import Read, reads
from agent.understanding.proposals import Proposal
from core.errors import InputError


@dataclass(frozen=True)
class ReaderRecipe:
    """Everything that decides the result besides the data.

    Attributes:
        blur: share of the word pieces that are masked, so that no single word of a phrasing is leant on.
    """

    rank: int = 32
    alpha: float = 64.0
    learning_rate: float = 7e-4
    weight_decay: float = 0.01
    epochs: int = 6
    batch: int = 32
    blur: float = 0.05
    patience: int = 3
    seed: int = 7


RECIPES = {
    "all-MiniLM-L6-v2": ReaderRecipe(),
    "all-mpnet-base-v2": ReaderRecipe(rank=24, alpha=48.0, learning_rate=4e-4, epochs=2),
}
"""By base: a larger one learns as much from fewer readings of the examples."""


_HEADS = ("acts.", "parts.")


def further(recipe: ReaderRecipe) -> ReaderRecipe:
    """How to go on from an adapter made by a recipe: gentler, and once through the examples."""
    return replace(recipe, epochs=1, learning_rate=0.75 * recipe.learning_rate)


@dataclass
class _State:
    """How far a run is; the loss and the steps are those of its epoch."""

    epoch: int = 0
    steps: int = 0
    loss: float = 0.0
    best: float = -1.0
    worse: int = 0  # epochs since the best


def train_reader(
    base: Base,
    train: Sequence[Path],
    validation: Path,
    out: Path,
    recipe: ReaderRecipe | None = None,
    threads: int | None = None,
    start: Path | None = None,
    *,
    resume: bool = False,
    save_every: float = 3.0,
    progress: Callable[[str], None] = lambda _: None,
) -> Card:
    """Fine-tune the encoder and keep what read most of the held-out messages exactly, in ``out/adapter``.

    Args:
        base: the encoder.
        train, validation: JSON lines of `driftline llm examples`.
        out: folder of the run; one run at a time may use it.
        threads: of the processor; as many as PyTorch takes by itself when None.
        start: an adapter of this base and rank to go on from, such as the one that ships; None begins anew.
        resume: go on from the folder's checkpoint, if it has one; the result is that of a run in one piece.
        save_every: minutes between two checkpoints.

    Raises:
        InputError: the files hold no examples, ``start`` is of another rank, another run uses ``out``, or it holds one
            that is not to be resumed or is of other settings, examples or base.
        ModelServerError: ``start`` is not whole or is of another base.
    """
    recipe = recipe or (RECIPES[base.name] if start is None else further(RECIPES[base.name]))
    with checkpoint.run_folder(out, resume) as kept:
        if threads is not None:
            torch.set_num_threads(threads)
        taught, held_out = reads(train), reads([validation])
        torch.manual_seed(recipe.seed)
        encoder = encoder_of(base.folder)
        lora.attach(encoder, recipe.rank, recipe.alpha, recipe.seed)
        network, pieces = ReadingNetwork(encoder, encoder.config.hidden_size), Pieces(base.folder)
        data: dict[str, Any] = {file.name: {"sha256": file_sha256(file)} for file in (*train, validation)}
        data |= {"examples": len(taught), "held_out": len(held_out)}
        if start is not None:
            data["start"] = _go_on_from(start, base, recipe, network)
        run = _Run(network, pieces, recipe, -(-len(taught) // recipe.batch))
        of = {"recipe": asdict(recipe), "base": base.sha256, "data": data}
        if kept.exists():
            run.go_on(checkpoint.load(kept, of))
            progress(f"Going on from epoch {run.state.epoch + 1}, step {run.state.steps}")
        saved = time.monotonic()
        while (state := run.state).epoch < recipe.epochs and state.worse < recipe.patience:
            rows = _shuffled(taught, recipe.batch, random.Random(f"{recipe.seed} {state.epoch}"))
            for batch in rows[state.steps :]:
                run.step(batch)
                if time.monotonic() - saved >= 60 * save_every:
                    checkpoint.save(kept, of, run.all_of_it())
                    saved = time.monotonic()
            metrics = evaluate(network, pieces, held_out)
            better = metrics["exact"] > state.best
            told = "  ".join(f"{name} {value:.3f}" for name, value in metrics.items())
            told += " *" * better
            loss = state.loss / state.steps
            progress(f"epoch {state.epoch + 1} of {recipe.epochs}  loss {loss:.4f}  held out: {told}")
            if better:
                card = _card(base, recipe, data, metrics | {"epochs": state.epoch + 1})
                save_adapter(out / "adapter", _tensors(network), card)
            run.end_epoch(metrics["exact"])
            checkpoint.save(kept, of, run.all_of_it())
    return read_card(out / "adapter")


class _Run:
    """The network in training, with all that a killed run needs to go on as if it had not been."""

    def __init__(self, network: ReadingNetwork, pieces: Pieces, recipe: ReaderRecipe, steps: int) -> None:
        self.network, self.pieces, self.recipe, self.state = network, pieces, recipe, _State()
        self.parameters = [parameter for parameter in network.parameters() if parameter.requires_grad]
        self.optimizer = torch.optim.AdamW(self.parameters, lr=recipe.learning_rate, weight_decay=recipe.weight_decay)
        self.schedule = torch.optim.lr_scheduler.OneCycleLR(
            self.optimizer, recipe.learning_rate, total_steps=recipe.epochs * steps, pct_start=0.1
        )

    def step(self, rows: Sequence[Read]) -> None:
        """Learn from one batch."""
        self.network.train()
        batch = self.pieces.batch(rows)
        blurred = (torch.rand(batch.ids.shape) < self.recipe.blur) & (batch.ids > self.pieces.last_special)
        batch = replace(batch, ids=batch.ids.masked_fill(blurred, self.pieces.mask))
        # Half the time in bfloat16, where the processor has it; the heads and the loss stay exact.
        with torch.autocast("cpu", torch.bfloat16):
            loss = _loss(self.network, batch, rows)
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        self.optimizer.step()
        self.schedule.step()
        self.state.loss += float(loss.detach())
        self.state.steps += 1

    def end_epoch(self, exact: float) -> None:
        """Count the epoch, and whether it read more of the held-out messages exactly than any before."""
        better = exact > self.state.best
        self.state = replace(
            self.state,
            epoch=self.state.epoch + 1,
            steps=0,
            loss=0.0,
            best=max(exact, self.state.best),
            worse=0 if better else self.state.worse + 1,
        )

    def all_of_it(self) -> dict[str, Any]:
        """What `go_on` takes."""
        return {
            "state": asdict(self.state),
            "weights": _tensors(self.network),
            "optimizer": self.optimizer.state_dict(),
            "schedule": self.schedule.state_dict(),
            "chance": torch.get_rng_state(),
        }

    def go_on(self, saved: Mapping[str, Any]) -> None:
        """Be where a run was."""
        self.state = _State(**saved["state"])
        _give(self.network, saved["weights"])
        self.optimizer.load_state_dict(saved["optimizer"])
        self.schedule.load_state_dict(saved["schedule"])
        torch.set_rng_state(saved["chance"])


def _go_on_from(start: Path, base: Base, recipe: ReaderRecipe, network: ReadingNetwork) -> dict[str, Any]:
    """Give the network the weights of an adapter; what the card tells of it."""
    card = verify(start, base.sha256)
    if (card.rank, card.alpha) != (recipe.rank, recipe.alpha):
        raise InputError(
            f"The adapter {start} has rank {card.rank} and alpha {card.alpha:g}.",
            f"Go on with these; the recipe has {recipe.rank} and {recipe.alpha:g}.",
        )
    found = {name: tensor.float() for name, tensor in load_file(start / WEIGHTS).items()}
    _give(network, found)
    return {"sha256": card.sha256, "recipe": card.recipe, "data": card.data}


def _give(network: ReadingNetwork, found: Mapping[str, Tensor]) -> None:
    lora.load(network.encoder, found)
    network.load_state_dict({name: found[name] for name in found if name.startswith(_HEADS)}, strict=False)


def evaluate(network: ReadingNetwork, pieces: Pieces, held_out: Sequence[Read]) -> dict[str, float]:
    """Share of messages with exactly the right tools, and with exactly the right calls."""
    network.eval()
    tools = exact = 0
    with torch.inference_mode():
        for start in range(0, len(held_out), 64):
            rows = held_out[start : start + 64]
            acts, parts = network(pieces.batch(rows))
            told, own = acts.sigmoid().tolist(), iter(parts.sigmoid().tolist())
            for row, chances in zip(rows, told, strict=True):
                found = decided(
                    Chances(tuple(chances), tuple(tuple(next(own)) for _ in row.names)), row.names, row.acts
                )
                tools += {call.tool for call in found} == {call.tool for call in row.calls}
                exact += _parts(found) == _parts(row.calls)
    return {"tools": tools / len(held_out), "exact": exact / len(held_out)}


def _parts(calls: Sequence[Proposal]) -> set[tuple[str, str, str]]:
    named = {(call.tool, slot, name) for call in calls for slot, names in call.names.items() for name in names}
    return named | {(call.tool, "", "") for call in calls}


def _loss(network: ReadingNetwork, batch: Batch, rows: Sequence[Read]) -> Tensor:
    acts, parts = network(batch)
    wanted = torch.zeros_like(acts)
    own = torch.zeros_like(parts)
    place = 0
    for number, row in enumerate(rows):
        for call in row.calls:
            wanted[number, TOOLS.index(call.tool)] = 1.0
            for slot, names in call.names.items():
                for name in names:
                    at = next(index for index, each in enumerate(row.names) if each.text == name)
                    own[place + at, PARTS.index((call.tool, slot))] = 1.0
        place += len(row.names)
    loss = functional.binary_cross_entropy_with_logits(acts, wanted, reduction="sum")
    loss = loss + functional.binary_cross_entropy_with_logits(parts, own, reduction="sum")
    return loss / len(rows)


def _shuffled(taught: Sequence[Read], size: int, order: random.Random) -> list[list[Read]]:
    """Batches of messages of about the same length, in any order."""
    rows = sorted(taught, key=lambda row: (len(row.text) // 12, order.random()))
    cut = [rows[start : start + size] for start in range(0, len(rows), size)]
    order.shuffle(cut)
    return cut


def _tensors(network: ReadingNetwork) -> dict[str, Tensor]:
    heads = {name: tensor for name, tensor in network.state_dict().items() if name.startswith(_HEADS)}
    return lora.tensors(network.encoder) | heads


def _card(base: Base, recipe: ReaderRecipe, data: Mapping[str, Any], metrics: Mapping[str, float]) -> Card:
    return Card(
        base=base.name,
        base_sha256=base.sha256,
        rank=recipe.rank,
        alpha=recipe.alpha,
        recipe=asdict(recipe),
        data=dict(data),
        metrics={"held_out_" + name: round(value, 5) for name, value in metrics.items()},
        made_at=datetime.now(UTC).replace(microsecond=0),
    )
