"""Adapters on disk: small LoRA weights beside a card that tells what they are, checked before they are used.

LoRA: Hu et al. (2022). A folder holds what peft writes and ``card.json``; the base model is never written to.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from core.errors import InputError
from core.folders import put
from core.settings import Settings

FORMAT = 1
"""Raised when what an adapter means changes: one of another format is not used."""

WEIGHTS = "adapter_model.safetensors"
CARD = "card.json"


@dataclass(frozen=True)
class Card:
    """What an adapter is.

    Attributes:
        base: identity of the embedder whose weights it adds to.
        sha256: of the adapter's weights. data: digest of the texts and answers it learnt from.
        recipe: rank, layers, steps and the like; with ``seed`` and ``data`` it says how to train it again.
        metrics: what was measured on held-out people and items, against what it replaced.
    """

    base: str
    sha256: str
    data: str
    seed: int
    recipe: Mapping[str, Any]
    metrics: Mapping[str, Any]
    format: int = FORMAT


def folder_of(settings: Settings) -> Path:
    """Where a workspace keeps the adapter that questions are read with."""
    return settings.models_dir / "text" / "query"


def save(model: Any, folder: Path, base: str, data: str, seed: int, recipe: Mapping[str, Any]) -> Card:
    """Write a peft model's adapter and a card without metrics into a new folder beside where it is to stand.

    Returns:
        The card; `publish` adds the metrics and puts the folder in its place.
    """
    model.save_pretrained(str(folder), safe_serialization=True)
    (folder / "README.md").unlink(missing_ok=True)
    card = Card(base, _sha256(folder / WEIGHTS), data, seed, recipe, {})
    _write(card, folder)
    return card


def publish(fresh: Path, folder: Path, card: Card) -> None:
    """Put a freshly written adapter in the place of the one there; a reader sees the old one or the new one."""
    _write(card, fresh)
    put(fresh, folder)


def read(folder: Path, base: str) -> Card:
    """The card of an adapter whose weights are whole and fit the base.

    Raises:
        InputError: it is for another base or of another format, or its files are damaged or missing.
    """
    remedy = f"Train it again (`driftline train`), or remove {folder}."
    try:
        found = json.loads((folder / CARD).read_text(encoding="utf-8"))
        if found.get("format") != FORMAT:
            raise InputError(f"The text adapter {folder} is of format {found.get('format')}, not {FORMAT}.", remedy)
        card = Card(**found)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise InputError(f"The text adapter {folder} has no readable card: {error}.", remedy) from error
    if card.base != base:
        raise InputError(f"The text adapter {folder} was trained on {card.base}, not on {base}.", remedy)
    try:
        sha256 = _sha256(folder / WEIGHTS)
    except OSError as error:
        raise InputError(f"The text adapter {folder} has no weights: {error}.", remedy) from error
    if sha256 != card.sha256:
        raise InputError(
            f"The weights of the text adapter {folder} have sha256 {sha256[:12]}… instead of {card.sha256[:12]}….",
            remedy,
        )
    return card


def stamp(folder: Path) -> int | None:
    """Changes with every `publish`; None where there is no adapter."""
    try:
        return (folder / CARD).stat().st_mtime_ns
    except OSError:
        return None


def merge(model: Any, folder: Path) -> Any:
    """A transformer with an adapter's weights added in: as fast as without.

    Args:
        model: the base, which is changed: give one of your own.
    """
    from peft import PeftModel

    return PeftModel.from_pretrained(model, str(folder)).merge_and_unload()


def _write(card: Card, folder: Path) -> None:
    (folder / CARD).write_text(json.dumps(asdict(card), indent=1), encoding="utf-8")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
