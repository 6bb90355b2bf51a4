"""The trained sequence model: states of people, scores of items, and how it is kept on disk."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from tools.scoring.sequence.inputs import Histories, Rows, padded
from tools.scoring.sequence.network import Shape, build, times
from tools.scoring.signals import Floats, Ints

FORMAT = 1
"""Raised with every change of what is saved or what it means."""
_BATCH = 256


@dataclass(frozen=True)
class SequenceModel:
    """A network with the representations of all items.

    Attributes:
        shape: of the network. table: (items, width) representations.
        centre: (d,) mean of the text vectors, which new ones are taken from before they are projected.
        weights: of the network, but for what ``table`` already holds.
    """

    LEFT_OUT: ClassVar[tuple[str, ...]] = ("ids.weight", "facets")

    shape: Shape
    table: Floats
    centre: Floats
    weights: Mapping[str, Any]
    _built: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def states(
        self,
        items: Ints,
        at: NDArray[np.float64],
        strength: Floats,
        now: float | NDArray[np.float64],
        kind: NDArray[np.int8] | None = None,
        starts: Rows | None = None,
    ) -> Floats:
        """Where people stand at a moment.

        Args:
            items, at, strength: (events,) in time order, of one person, or of many one after another; events after
                ``now`` must not be among them.
            now: unix seconds, one for all or one each.
            kind: (events,) codes into `KINDS` plus 1, as in `Histories`; None: untold.
            starts: (people + 1,) rows at which people begin and the last one ends; None: one person.

        Returns:
            (people, width); zeros for people without events.
        """
        if starts is None:
            starts = np.array([0, len(items)])
        told = np.zeros(len(items), np.int8) if kind is None else kind
        log = Histories(items, at, np.asarray(strength, np.float32), told, np.asarray(starts, np.int64))
        moments = np.broadcast_to(np.asarray(now, np.float64), (log.people,))
        found = np.zeros((log.people, self.shape.width), np.float32)
        first = np.maximum(log.starts[1:] - self.shape.length, log.starts[:-1])
        last = log.starts[1:]
        order = np.argsort(last - first, kind="stable")
        order = order[(last > first)[order]]
        # The moment asked for at an event is that of the next one, and of a person's last event it is now.
        moment = np.append(log.at[1:], 0.0)[: len(items)]
        moment[last[order] - 1] = moments[order]
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            found[rows] = self._last_states(log, first[rows], last[rows], moment)
        return found

    def scores(self, states: Floats) -> Floats:
        """(people, items) what people add to the popularity of items, in log-odds; zeros for states of zeros."""
        return np.asarray(states @ self.table.T, np.float32)

    def value(self, state: Floats, items: Ints) -> Floats:
        """(n,) strength in [-1, 1] that the next event of a person would have if it were with each of the items."""
        weight, bias = self.weights["value.weight"][0], self.weights["value.bias"]
        width = self.shape.width
        found = (self.table[items] * state) @ weight[:width] + float(state @ weight[width:]) + bias
        return np.asarray(np.clip(found, -1, 1), np.float32)

    def topic_shares(self, states: Floats) -> Floats:
        """(people, topics) expected shares of topics among the next few events."""
        scores = states @ self.weights["topics.weight"].T + self.weights["topics.bias"]
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(shares / shares.sum(axis=1, keepdims=True), np.float32)

    def aligned(self, old: Ints, vectors: Floats) -> SequenceModel:
        """The same model for a catalogue that has changed.

        Args:
            old: (items,) position of each item at the time of training, -1 for a new one, which is then represented by
                its text alone.
            vectors: (items, d) text embeddings.
        """
        table = np.where((old >= 0)[:, None], self.table[old], 0).astype(np.float32)
        told = (old < 0) & (np.abs(vectors).max(axis=1, initial=0) > 0)
        if "text.weight" in self.weights and told.any():
            table[told] = (vectors[told] - self.centre) @ self.weights["text.weight"].T
        shape = Shape(**{**self.shape.as_dict(), "items": len(old)})
        return SequenceModel(shape, table, self.centre, self.weights)

    def save(self, path: Path) -> None:
        """Write one file; readers see the old one or the new one, never a part."""
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}-{os.getpid()}")
        manifest = json.dumps({"format": FORMAT, "shape": self.shape.as_dict()})
        arrays = {f"weights/{name}": each for name, each in self.weights.items()}
        try:
            with fresh.open("wb") as file:
                np.savez(file, manifest=np.array(manifest), table=self.table, centre=self.centre, **arrays)
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)

    @classmethod
    def load(cls, path: Path, items: int | None = None) -> SequenceModel:
        """Read what `save` wrote.

        Args:
            items: how many items the catalogue has; None: as many as at training. For another number see `aligned`.

        Raises:
            InputError: no such file, not one of these, of another format, or of another number of items.
        """
        again = "Train again with `driftline train`."
        try:
            with np.load(path, allow_pickle=False) as file:
                manifest = json.loads(str(file["manifest"]))
                if manifest["format"] != FORMAT:
                    raise InputError(f"Sequence model {path} has format {manifest['format']}, not {FORMAT}.", again)
                shape = Shape(**manifest["shape"])
                weights = {name[8:]: file[name] for name in file.files if name.startswith("weights/")}
                model = cls(shape, file["table"], file["centre"], weights)
        except FileNotFoundError:
            raise InputError(f"There is no sequence model at {path}.", again) from None
        except (BadZipFile, ValueError, KeyError, TypeError, EOFError, OSError) as error:
            raise InputError(f"{path} is no sequence model ({error}).", again) from error
        if items is not None and items != len(model.table):
            raise InputError(f"Sequence model {path} is of {len(model.table)} items, the catalogue has {items}.", again)
        return model

    def _last_states(self, log: Histories, first: Rows, last: Rows, moment: NDArray[np.float64]) -> Floats:
        import torch

        batch = padded(log, first, last, moment)
        gaps, wait = times(batch.at, batch.moment)
        with torch.inference_mode():
            state = self._network()(
                torch.from_numpy(self.table[batch.item]),
                torch.from_numpy(batch.kind),
                torch.from_numpy(batch.strength),
                torch.from_numpy(gaps),
                torch.from_numpy(wait),
            )
        return np.asarray(state[np.arange(len(first)), last - first - 1].numpy())

    def _network(self) -> Any:
        if "network" not in self._built:
            import torch

            # Items are already represented: their own weights are neither kept nor needed.
            with torch.random.fork_rng(devices=[]):
                network = build(Shape(**{**self.shape.as_dict(), "items": 1, "facets": 1}))
            state = {name: torch.from_numpy(np.array(each)) for name, each in self.weights.items()}
            network.load_state_dict(state, strict=False)
            self._built["network"] = network.eval()
        return self._built["network"]
