"""The behaviour model: the probability that a person clicks, buys, rates or likes an item, at a moment."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import expit

from core.errors import NotTrainedError
from core.folders import replaced
from core.types import EventKind
from store.columns import KINDS, ItemColumns
from tools.scoring.behaviour.cases import LIKE
from tools.scoring.behaviour.context import Catalogue, History, World
from tools.scoring.behaviour.features import feature_names, features
from tools.scoring.behaviour.network import Head, Network
from tools.scoring.behaviour.state import ItemState, Timeline
from tools.scoring.collaborative import sparse
from tools.scoring.signals import Ints

if TYPE_CHECKING:
    from store.columns import EventLog

FORMAT = 2
"""Raised with every change of what is saved or what a feature means."""

NEVER = -30.0
"""Logit of taking up again what people take up once."""


@dataclass(frozen=True)
class Behaviour:
    """A trained model; nothing in it is of one person.

    Attributes:
        ids: of the items, in the order of every (items,) array.
        catalogue, network: what features are made of, and what they are worth.
        world: everybody's events by the time of training; `world_at` gives that of another log or moment.
        similar: (items, items) co-occurrence.
        horizons: per kind of taking up, days within which the probability says it happens; ``like`` has none.
        again: kinds of which people take up the same item again.
        rates: per kind, how often it happened in all cases of the time it was checked on.
        until: the last moment that was learnt from (unix seconds).
    """

    ids: tuple[str, ...]
    catalogue: Catalogue
    network: Network
    world: World
    similar: csr_matrix
    horizons: Mapping[str, float]
    again: frozenset[str]
    rates: Mapping[str, float]
    until: float

    @property
    def kinds(self) -> tuple[str, ...]:
        """What it predicts: some of click, purchase, rating and like."""
        return tuple(self.network.heads)

    def world_at(self, log: EventLog, moment: float) -> World:
        """Everybody's events of a log before a moment (unix seconds), to pass to `logits`.

        It takes time in proportion to the log: keep it while neither changes by much.
        """
        timeline = Timeline.of(log)
        state = ItemState.at(timeline, moment, len(self.ids))
        return World.of(state, timeline.clock_at(moment), self.catalogue)

    def logits(
        self, history: History, items: Ints, at: float, world: World | None = None
    ) -> dict[str, NDArray[np.float32]]:
        """Per kind, (items,) log-odds that a person takes the items up, or likes them if they judge them.

        Args:
            history: what the person did; what is not before ``at`` is left out.
            items: positions, each once.
            at: unix seconds.
            world: everybody's events; those by the time of training unless given.
        """
        known = history.before(at)
        found = self.network.logits(features(self.catalogue, world or self.world, known, items, at))
        for kind in found:
            if kind in self.horizons and kind not in self.again:
                taken = known.item[known.kind == KINDS.index(EventKind(kind))]
                found[kind][np.isin(items, taken)] = NEVER
        return found

    def probabilities(
        self, history: History, items: Ints, at: float, world: World | None = None
    ) -> dict[str, NDArray[np.float32]]:
        """The same as probabilities; see `logits`."""
        return {kind: expit(logit) for kind, logit in self.logits(history, items, at, world).items()}


def in_words(kind: str, probability: float, horizons: Mapping[str, float]) -> str:
    """What a probability means, to be read by a person: "about 1 in 40 people like you buy this within 7 days"."""
    if probability > 0.95:
        share = "more than 9 in 10"
    elif probability >= 0.45:
        share = f"about {max(5, round(10 * probability))} in 10"
    elif probability < 1e-4:
        share = "fewer than 1 in 10,000"
    else:
        many = 1 / probability
        digits = int(np.floor(np.log10(many)))
        step = 10 ** max(0, digits - (many < 3 * 10**digits))
        share = f"about 1 in {round(many / step) * step:,}"
    verb = {"click": "open this", "purchase": "buy this", "rating": "rate this"}.get(kind)
    if kind == LIKE or verb is None:
        return f"{share} people like you who judge this like it"
    return f"{share} people like you {verb} within {horizons[kind]:g} days"


def save(model: Behaviour, folder: Path) -> None:
    """Write the model as a folder; readers see the old one or the new one, never a part."""
    with replaced(folder) as fresh:
        network = model.network
        arrays: dict[str, NDArray[Any]] = {"ids": np.array(model.ids, dtype=np.str_)}
        arrays |= {name: getattr(network, name) for name in ("low", "high", "mean", "scale")}
        for row, (weights, bias) in enumerate(network.layers):
            arrays |= {f"layer{row}_weights": weights, f"layer{row}_bias": bias}
        for kind, head in network.heads.items():
            arrays |= {f"{kind}_wide": head.wide, f"{kind}_deep": head.deep}
        arrays |= {f"state_{name}": _narrow(each) for name, each in model.world.state.arrays().items()}
        near = model.similar.tocoo()
        arrays |= {"near_row": near.row.astype(np.int32), "near_col": near.col.astype(np.int32)}
        arrays["near_data"] = near.data.astype(np.float32)
        np.savez(fresh / "behaviour.npz", **arrays)  # type: ignore[arg-type]
        heads = {kind: [head.bias, head.slope, head.shift] for kind, head in network.heads.items()}
        manifest = {
            "format": FORMAT,
            "features": feature_names(model.catalogue),
            "facets": list(model.catalogue.facets),
            "figures": list(model.catalogue.figures),
            "seasonal": model.catalogue.seasonal,
            "layers": len(network.layers),
            "heads": heads,
            "horizons": dict(model.horizons),
            "again": sorted(model.again),
            "rates": dict(model.rates),
            "until": model.until,
        }
        (fresh / "behaviour.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")


def _narrow(array: NDArray[Any]) -> NDArray[Any]:
    return array.astype(np.float32) if array.ndim else array


def load(folder: Path, columns: ItemColumns, topics: csr_matrix) -> Behaviour:
    """The saved model, its items moved to where they stand in the catalogue now; new ones begin without events.

    Args:
        folder: that it was saved as.
        columns: the catalogue.
        topics: (items, topics) membership.

    Raises:
        NotTrainedError: nothing was saved, or what was saved is of another format or incomplete.
    """
    try:
        manifest = json.loads((folder / "behaviour.json").read_text(encoding="utf-8"))
        found = manifest.get("format")
        if found != FORMAT:
            raise NotTrainedError(f"behaviour model of format {FORMAT} (found {found})")
        with np.load(folder / "behaviour.npz") as stored:
            arrays = {name: stored[name] for name in stored.files}
        return _placed(manifest, arrays, columns, topics)
    except FileNotFoundError as error:
        raise NotTrainedError("behaviour model") from error
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, BadZipFile) as error:
        raise NotTrainedError(f"complete behaviour model in {folder}") from error


def _placed(
    manifest: dict[str, Any], arrays: dict[str, NDArray[Any]], columns: ItemColumns, topics: csr_matrix
) -> Behaviour:
    size = len(columns.ids)
    moved = np.array([columns.position.get(str(item), -1) for item in arrays["ids"]], dtype=np.int32)
    row, col = moved[arrays["near_row"]], moved[arrays["near_col"]]
    keep = (row >= 0) & (col >= 0)
    similar = sparse(arrays["near_data"][keep], row[keep], col[keep], (size, size))
    catalogue = Catalogue.of(
        columns, topics, similar, manifest["seasonal"], tuple(manifest["facets"]), tuple(manifest["figures"])
    )
    heads = {
        kind: Head(arrays[f"{kind}_wide"], arrays[f"{kind}_deep"], *figures)
        for kind, figures in manifest["heads"].items()
    }
    layers = tuple((arrays[f"layer{n}_weights"], arrays[f"layer{n}_bias"]) for n in range(manifest["layers"]))
    low, high, mean, scale = (arrays[name] for name in ("low", "high", "mean", "scale"))
    network = Network(low, high, mean, scale, layers, heads)
    if tuple(manifest["features"]) != feature_names(catalogue) or len(network.mean) != len(feature_names(catalogue)):
        raise ValueError("the features are not those that were learnt from")
    state = ItemState.restore(
        {name[6:]: each for name, each in arrays.items() if name.startswith("state_")}, moved, size
    )
    return Behaviour(
        ids=columns.ids,
        catalogue=catalogue,
        network=network,
        world=World.of(state, state.clock, catalogue),
        similar=similar,
        horizons=dict(manifest["horizons"]),
        again=frozenset(manifest["again"]),
        rates=dict(manifest["rates"]),
        until=float(manifest["until"]),
    )
