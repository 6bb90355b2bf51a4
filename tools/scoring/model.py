"""The trained part of scoring, and how it is kept on disk."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from core.errors import InputError, NotTrainedError
from core.folders import replaced
from core.settings import Settings
from core.types import EventKind
from store.columns import ItemColumns
from tools.scoring.collaborative import empty, sparse
from tools.scoring.habits import MONTH
from tools.scoring.ranker import Ranker, Shape
from tools.scoring.sequence.model import SequenceModel
from tools.scoring.signals import Floats
from tools.scoring.state import AGAIN, INTERACTIONS, interaction

FORMAT = 8
"""Raised with every change of what is saved or what it means: weights of other features do not fit this code."""

SEQUENCE = "sequence.npz"

FADE_DAYS = 30.0
"""Age at which an event of a history counts half, until training chooses one."""

PRIOR: Mapping[str, float] = {
    "knn": 1.0,
    "ease": 1.0,
    "recent": 0.5,
    "sequence": 0.1,
    "often": 4.0,
    "due": 0.5,
    "popular_today": 0.25,
    "popular_now": 0.25,
    "popular_lately": 0.5,
    "popular_season": 0.25,
    "popular_ever": 0.5,
    "content": 1.0,
    "people": 0.5,
    "series": 0.5,
    "forecast": 0.5,
    "lift": 0.5,
    "rated": 1.0,
    "quality": 1.0,
    "renown": 1.0,
    "new": 0.25,
    "fresh": 0.0,
    "era": 0.25,
    **{interaction(feature, state): 0.0 for feature, state in INTERACTIONS},
    **dict.fromkeys(AGAIN, 0.0),
    "query": 6.0,
    "asked": 3.0,
    "named": 3.0,
    "said": 1.5,
    "disliked": -3.0,
    "calibration": 0.8,
}
"""Weights before any data: what a catalogue without events is ranked with, and what training starts from."""


@dataclass(frozen=True)
class Model:
    """Everything that training leaves behind.

    Attributes:
        knn, ease: (items, items) item-to-item models.
        rated: (items,) mean rating in [0, 1], drawn towards the overall mean where there are few; 0.5 for none at all.
        ratings: (items,) how many ratings that rests on. taken: (items,) how many people took the item up.
        arrived: (items,) unix seconds of the first event, NaN for none or unknown (`tools.scoring.state.arrivals`).
        sequence: what comes next after a sequence of events; None where there were too few to learn from.
        repeating: kinds of event that make habits; usual: (items,) days between two such events of a person, and
            amounts: (items,) of an average person (`tools.scoring.habits`); both empty where there is no such kind.
        fade_days: age, in days, at which an event of a history counts half.
        longest_wait: seconds since a person's latest event beyond which it is all the same (`tools.scoring.state`).
        until: the moment of the latest event it was trained on; year: the last one with a fair part of the events,
            None without any. An item of a later year could not be taken up in these data.
    """

    knn: csr_matrix
    ease: csr_matrix
    rated: Floats
    ratings: NDArray[np.int32]
    taken: NDArray[np.int32]
    arrived: NDArray[np.float64]
    ranker: Ranker
    fade_days: float
    until: datetime | None
    longest_wait: float = np.inf
    year: int | None = None
    sequence: SequenceModel | None = None
    repeating: tuple[EventKind, ...] = ()
    usual: Floats = field(default_factory=lambda: np.zeros(0, np.float32))
    amounts: Floats = field(default_factory=lambda: np.zeros(0, np.float32))

    @property
    def gaps(self) -> Floats:
        """(items,) days between two events that make a habit of an item."""
        return self.usual if len(self.usual) else np.full(len(self.taken), MONTH, np.float32)

    @property
    def staples(self) -> Floats:
        """(items,) how much of each an average person takes up."""
        return self.amounts if len(self.amounts) else np.zeros(len(self.taken), np.float32)


def cold_model(size: int, ranker: Ranker, fade_days: float) -> Model:
    """What a catalogue without a single event is ranked with."""
    none = np.zeros(size, np.int32)
    middling, never = np.full(size, 0.5, np.float32), np.full(size, np.nan)
    return Model(empty(size), empty(size), middling, none, none, never, ranker, fade_days, None)


def model_folder(settings: Settings) -> Path:
    """Where the trained model of a workspace lives."""
    return settings.models_dir / "scoring"


def save(model: Model, ids: Sequence[str], folder: Path) -> None:
    """Write the model under its folder; readers see the old one or the new one, never a part."""
    with replaced(folder) as fresh:
        arrays: dict[str, Any] = {
            "ids": np.array(ids, dtype=np.str_),
            "rated": model.rated,
            "ratings": model.ratings,
            "taken": model.taken,
            "arrived": model.arrived,
            "usual": model.usual,
            "amounts": model.amounts,
        }
        np.savez(fresh / "model.npz", **arrays, **_parts("knn", model.knn), **_parts("ease", model.ease))
        manifest = {
            "format": FORMAT,
            "until": model.until.isoformat() if model.until else None,
            "saved_at": datetime.now(UTC).isoformat(),
            "year": model.year,
            "fade_days": model.fade_days,
            "longest_wait": model.longest_wait if np.isfinite(model.longest_wait) else None,
            "repeating": list(model.repeating),
            "intercept": model.ranker.intercept,
            "weights": dict(model.ranker.weights),
            "shapes": {name: [shape.knots, shape.values] for name, shape in model.ranker.shapes.items()},
        }
        if model.sequence is not None:
            model.sequence.save(fresh / SEQUENCE)
        (fresh / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")


def stamp(folder: Path) -> int | None:
    """Changes with every `save`; None where nothing has been saved."""
    try:
        return (folder / "manifest.json").stat().st_mtime_ns
    except FileNotFoundError:
        return None


def load(folder: Path, columns: ItemColumns, vectors: Floats | None = None) -> Model:
    """The saved model, its rows moved to where the items stand in the catalogue now.

    Items that entered the catalogue since have no entries, those that left are dropped.

    Args:
        vectors: (items, d) text vectors, from which the sequence model knows items that are new.

    Raises:
        NotTrainedError: nothing was saved, or what was saved is of another format or incomplete.
    """
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"), parse_constant=_refuse)
        found = manifest.get("format")
        if found != FORMAT:
            raise NotTrainedError(f"ranking model of format {FORMAT} (found {found})")
        with np.load(folder / "model.npz") as stored:
            arrays = {name: stored[name] for name in stored.files}
        sequence = SequenceModel.load(folder / SEQUENCE) if (folder / SEQUENCE).exists() else None
        return _placed(manifest, arrays, sequence, columns, vectors)
    except FileNotFoundError as error:
        raise NotTrainedError("ranking model") from error
    except (InputError, KeyError, TypeError, ValueError, AttributeError, EOFError, BadZipFile) as error:
        raise NotTrainedError(f"complete ranking model in {folder}") from error


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is no number to rank with")


def _placed(
    manifest: dict[str, Any],
    arrays: dict[str, NDArray[Any]],
    sequence: SequenceModel | None,
    columns: ItemColumns,
    vectors: Floats | None,
) -> Model:
    size = len(columns.ids)
    moved = np.array([columns.position.get(str(item), -1) for item in arrays["ids"]], dtype=np.int32)
    present = moved >= 0
    rated = np.full(size, np.median(arrays["rated"]) if len(moved) else 0.5, np.float32)
    ratings, taken = np.zeros(size, np.int32), np.zeros(size, np.int32)
    rated[moved[present]] = arrays["rated"][present]
    ratings[moved[present]] = arrays["ratings"][present]
    taken[moved[present]] = arrays["taken"][present]
    arrived = np.full(size, np.nan)
    arrived[moved[present]] = arrays["arrived"][present]
    shapes = {name: Shape(tuple(knots), tuple(values)) for name, (knots, values) in manifest["shapes"].items()}
    if sequence is not None and not np.array_equal(moved, np.arange(size)):
        old = np.full(size, -1, np.int32)
        old[moved[present]] = np.flatnonzero(present)
        sequence = sequence.aligned(old, np.zeros((size, 0), np.float32) if vectors is None else vectors)
    usual = amounts = np.zeros(0, np.float32)
    if len(arrays["usual"]):
        usual, amounts = np.full(size, np.median(arrays["usual"]), np.float32), np.zeros(size, np.float32)
        usual[moved[present]] = arrays["usual"][present]
        amounts[moved[present]] = arrays["amounts"][present]
    until = manifest["until"]
    return Model(
        knn=_moved("knn", arrays, moved, size),
        ease=_moved("ease", arrays, moved, size),
        rated=rated,
        ratings=ratings,
        taken=taken,
        arrived=arrived,
        ranker=Ranker(dict(manifest["weights"]), float(manifest["intercept"]), shapes),
        fade_days=manifest["fade_days"],
        longest_wait=np.inf if manifest["longest_wait"] is None else manifest["longest_wait"],
        until=datetime.fromisoformat(until) if until else None,
        year=manifest["year"],
        sequence=sequence,
        repeating=tuple(EventKind(kind) for kind in manifest["repeating"]),
        usual=usual,
        amounts=amounts,
    )


def _parts(name: str, matrix: csr_matrix) -> dict[str, Any]:
    coo = matrix.tocoo()
    return {
        f"{name}_row": coo.row.astype(np.int32),
        f"{name}_col": coo.col.astype(np.int32),
        f"{name}_data": coo.data.astype(np.float32),
    }


def _moved(name: str, arrays: dict[str, NDArray[Any]], moved: NDArray[np.int32], size: int) -> csr_matrix:
    row, col = moved[arrays[f"{name}_row"]], moved[arrays[f"{name}_col"]]
    keep = (row >= 0) & (col >= 0)
    return sparse(arrays[f"{name}_data"][keep], row[keep], col[keep], (size, size))
