"""Training of the encoder that reads messages, on the same examples as the language model's reading."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional

from agent.intents import Intent
from agent.reader.encoder import Chances, decided
from agent.reader.network import PARTS, TOOLS, Batch, Message, Pieces, ReadingNetwork, encoder_of
from agent.tuning import lora
from agent.tuning.adapter import WEIGHTS, Base, Card, file_sha256, save_adapter, verify
from agent.understanding.entities import Role
from agent.understanding.proposals import Name, Proposal
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


@dataclass(frozen=True)
class Read(Message):
    """A message with the calls that it asks for."""

    calls: tuple[Proposal, ...]


def reads(files: Sequence[Path]) -> list[Read]:
    """The examples of reading in files of JSON lines; lines of other kinds are left out.

    Raises:
        InputError: a line is no example, or there is none of reading.
    """
    found = []
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            try:
                told = json.loads(line)
                if told["kind"] == "reading":
                    found.append(_read(told))
            except (ValueError, KeyError, TypeError, IndexError) as error:
                raise InputError(
                    f"{file}, line {number}, is no example of reading: {error!r}.",
                    "Make them with `driftline llm examples`.",
                ) from error
    if not found:
        where = ", ".join(map(str, files))
        raise InputError(f"{where} holds no example of reading.", "Make them with `driftline llm examples`.")
    return found


def _read(told: Mapping[str, Any]) -> Read:
    return Read(
        text=str(told["messages"][1]["content"]).partition("\nMessage: ")[2],
        names=tuple(_name(each) for each in told["names"]),
        acts=tuple(Intent(act) for act in told["acts"]),
        calls=tuple(
            Proposal(each["tool"], {slot: tuple(listed) for slot, listed in each["names"].items()})
            for each in told["calls"]
        ),
    )


def _name(told: Mapping[str, Any]) -> Name:
    role = Role(told["role"]) if told["role"] else None
    return Name(told["text"], told["sort"], tuple(map(tuple, told["spans"])), role, told["other"])


def train_reader(
    base: Base,
    train: Sequence[Path],
    validation: Path,
    out: Path,
    recipe: ReaderRecipe | None = None,
    threads: int | None = None,
    start: Path | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Card:
    """Fine-tune the encoder and keep what read most of the held-out messages exactly, in ``out``.

    Args:
        base: the encoder.
        train, validation: JSON lines of `driftline llm examples`.
        out: folder for the adapter.
        threads: of the processor; as many as PyTorch takes by itself when None.
        start: an adapter of this base and rank to go on from, such as the one that ships; None begins anew.

    Raises:
        InputError: the files hold no examples, or ``start`` is of another rank.
        ModelServerError: ``start`` is not whole or is of another base.
    """
    recipe = recipe or (RECIPES[base.name] if start is None else further(RECIPES[base.name]))
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
    parameters = [parameter for parameter in network.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=recipe.learning_rate, weight_decay=recipe.weight_decay)
    steps = recipe.epochs * -(-len(taught) // recipe.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, recipe.learning_rate, total_steps=steps, pct_start=0.1)
    order = random.Random(recipe.seed)
    best, since, card = -1.0, 0, None
    for epoch in range(recipe.epochs):
        network.train()
        total, count = 0.0, 0
        for rows in _shuffled(taught, recipe.batch, order):
            batch = pieces.batch(rows)
            blurred = (torch.rand(batch.ids.shape) < recipe.blur) & (batch.ids > pieces.last_special)
            batch = replace(batch, ids=batch.ids.masked_fill(blurred, pieces.mask))
            # Half the time in bfloat16, where the processor has it; the heads and the loss stay exact.
            with torch.autocast("cpu", torch.bfloat16):
                loss = _loss(network, batch, rows)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            schedule.step()
            total, count = total + float(loss.detach()), count + 1
        metrics = evaluate(network, pieces, held_out)
        better = metrics["exact"] > best
        told = "  ".join(f"{name} {value:.3f}" for name, value in metrics.items())
        progress(f"epoch {epoch + 1} of {recipe.epochs}  loss {total / count:.4f}  held out: {told}{' *' * better}")
        if better:
            best, since = metrics["exact"], 0
            card = save_adapter(out, _tensors(network), _card(base, recipe, data, metrics | {"epochs": epoch + 1}))
        else:
            since += 1
            if since == recipe.patience:
                break
    assert card is not None
    return card


def _go_on_from(start: Path, base: Base, recipe: ReaderRecipe, network: ReadingNetwork) -> dict[str, Any]:
    """Give the network the weights of an adapter; what the card tells of it."""
    card = verify(start, base.sha256)
    if (card.rank, card.alpha) != (recipe.rank, recipe.alpha):
        raise InputError(
            f"The adapter {start} has rank {card.rank} and alpha {card.alpha:g}.",
            f"Go on with these; the recipe has {recipe.rank} and {recipe.alpha:g}.",
        )
    found = {name: tensor.float() for name, tensor in load_file(start / WEIGHTS).items()}
    lora.load(network.encoder, found)
    network.load_state_dict({name: found[name] for name in found if name.startswith(_HEADS)}, strict=False)
    return {"sha256": card.sha256, "recipe": card.recipe, "data": card.data}


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


def _shuffled(taught: Sequence[Read], size: int, order: random.Random) -> Iterator[list[Read]]:
    """Batches of messages of about the same length, in any order."""
    rows = sorted(taught, key=lambda row: (len(row.text) // 12, order.random()))
    cut = [rows[start : start + size] for start in range(0, len(rows), size)]
    order.shuffle(cut)
    return iter(cut)


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
