"""A fine-tuned adapter as it ships: a folder with the low-rank weights and a card that tells what they are of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue, ValidationError

from core.errors import ModelServerError
from core.folders import replaced

if TYPE_CHECKING:
    from torch import Tensor

WEIGHTS = "adapter.safetensors"
CARD = "adapter.json"
_REMEDY = "Install Driftline again, or fine-tune with `driftline llm finetune`."


@dataclass(frozen=True)
class Base:
    """A model to adapt.

    Attributes:
        folder: where `transformers` finds it.
        name: as the card of an adapter calls it.
        sha256: of the published file that it is made from.
    """

    folder: Path
    name: str
    sha256: str


class Card(BaseModel):
    """What an adapter is of.

    Attributes:
        base: name of the model that it adapts.
        base_sha256: of the file from which that model is made.
        rank: of the two factors of each layer.
        alpha: a layer's weights change by ``alpha / rank * B A``.
        recipe: the settings of the training.
        data: examples and sha256 by file name.
        metrics: what the training measured on held-out examples.
        sha256: of the weights.
        made_at: when training saved them (UTC).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    base: str
    base_sha256: str
    rank: int = Field(gt=0)
    alpha: float = Field(gt=0)
    recipe: dict[str, JsonValue]
    data: dict[str, JsonValue]
    metrics: dict[str, float]
    sha256: str = ""
    made_at: AwareDatetime


def file_sha256(file: Path) -> str:
    """sha256 of a file's content, in hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def save_adapter(folder: Path, tensors: Mapping[str, Tensor], card: Card) -> Card:
    """Write an adapter in float16; it replaces the one in ``folder`` as a whole.

    Args:
        tensors: ``<layer>.a`` (rank, in) and ``<layer>.b`` (out, rank).

    Returns:
        The card with the sha256 of the weights.
    """
    import torch
    from safetensors.torch import save_file

    with replaced(folder) as fresh:
        halves = {name: tensor.to(torch.float16).contiguous() for name, tensor in tensors.items()}
        save_file(halves, fresh / WEIGHTS)
        card = card.model_copy(update={"sha256": file_sha256(fresh / WEIGHTS)})
        (fresh / CARD).write_text(json.dumps(card.model_dump(mode="json"), indent=1) + "\n", encoding="utf-8")
    return card


def read_card(folder: Path) -> Card:
    """The card of an adapter, its weights not looked at.

    Raises:
        ModelServerError: there is none, or it cannot be read.
    """
    try:
        return Card.model_validate_json((folder / CARD).read_bytes())
    except (OSError, ValidationError) as error:
        raise ModelServerError(f"{folder / CARD} is no card of an adapter.", _REMEDY) from error


def verify(folder: Path, base_sha256: str) -> Card:
    """The card of an adapter whose weights are the ones it tells of, for the base that is at hand.

    Args:
        base_sha256: of the file from which the base is made.

    Raises:
        ModelServerError: the weights are missing or others, or they are of another base.
    """
    card = read_card(folder)
    file = folder / WEIGHTS
    if not file.is_file():
        raise ModelServerError(f"{file} is missing.", _REMEDY)
    if (found := file_sha256(file)) != card.sha256:
        raise ModelServerError(f"{file} has sha256 {found}, and its card says {card.sha256}.", _REMEDY)
    if card.base_sha256 != base_sha256:
        raise ModelServerError(
            f"The adapter {folder} is of {card.base} with sha256 {card.base_sha256}, and the base has {base_sha256}.",
            _REMEDY,
        )
    return card
