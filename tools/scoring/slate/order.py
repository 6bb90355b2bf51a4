"""The list itself: greedy by total value, every part of it named, so that parts and score still add up."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from tools.scoring.signals import Floats, Ints
from tools.scoring.slate.calibration import Mix
from tools.scoring.slate.dial import Weights
from tools.scoring.slate.discovery import chance_of, drawn
from tools.scoring.slate.likeness import Kinship

HEAD = 20
"""Places that are filled one by one; what stands behind them is ordered by what it would bring after them."""

Doubles = NDArray[np.float64]

SLATE_PARTS = ("calibration", "diversity", "repeats", "novelty", "further", "discovery")
"""Names of the parts of a score that depend on the list and on the dial."""


@dataclass(frozen=True)
class Material:
    """What is known of the candidates.

    Attributes:
        positions: (items,) in the catalogue, ascending; scores: (items,) without the slate's parts.
        personal: (items,) part of the score that is this person's own.
        popularity: (items,) in [0, 1], log scale.
        topics: (items, topics) membership; wanted: (topics,) the mix the list should have, None for any.
        looks: (items, d) as by `likeness.looks`; None where no likeness is to count.
        usual: (items,) share of each item's topics in the person's interests; own: the same of their own history.
    """

    positions: Ints
    scores: Doubles
    personal: Doubles
    popularity: Floats
    topics: csr_matrix
    wanted: Floats | None
    looks: Floats | None
    usual: Floats
    own: Floats = field(default_factory=lambda: np.zeros(0, np.float32))


@dataclass(frozen=True)
class Arranged:
    """Rows in the order of their totals, and (items,) contributions by name (`SLATE_PARTS`, only those that count)."""

    order: NDArray[np.int64]
    parts: dict[str, Doubles]

    @property
    def brought(self) -> Doubles | float:
        """(items,) what the slate adds to the scores."""
        return sum(self.parts.values()) if self.parts else 0.0


def arrange(material: Material, weights: Weights, kinship: Kinship, k: int, seed: int) -> Arranged:
    """Candidates in the order in which they bring the most to the list before them.

    The total of an item is its score plus, each times its weight: what it brings to the wanted mix of topics
    (`calibration.Mix`), less its greatest likeness to an item above (MMR, Carbonell and Goldstein 1998), less 1 if it
    belongs together with an item above, plus how little known it is and how far from the person's usual. What depends
    on the list only ever falls as the list grows, so totals fall along it. The last places of the first ten may then go
    to discoveries, whose part named so is what lifts them there; those they displace follow right after.

    Args:
        k: length of the list that is shown. seed: of the discoveries.
    """
    size = len(material.scores)
    parts = {name: part for name, part in _fixed(material, weights).items() if part.any()}
    base = material.scores + sum(parts.values())
    mix = None if material.wanted is None or not weights.calibration else Mix(material.topics, material.wanted)
    near = np.zeros(size) if material.looks is not None and weights.diversity else None
    repeated = np.zeros(size, bool)
    left = np.ones(size, bool)
    twin = kinship.twin[material.positions]
    gains = np.zeros(size)
    final = {name: np.zeros(size) for name in ("calibration", "diversity", "repeats")}
    head: list[int] = []

    def now() -> dict[str, Doubles]:
        return {
            "calibration": weights.calibration * mix.gains() if mix else gains,
            "diversity": -weights.diversity * near if near is not None else gains,
            "repeats": -weights.repeats * repeated,
        }

    for _ in range(min(HEAD, size)):
        found = now()
        total = np.where(left, base + sum(found.values()), -np.inf)
        best = int(np.argmax(total))
        if total[best] == -np.inf:
            break
        head.append(best)
        for name, part in found.items():
            final[name][best] = part[best]
        left &= twin != twin[best]
        if mix:
            mix.take(best)
        if near is not None and material.looks is not None:
            near = np.maximum(near, material.looks @ material.looks[best])
        repeated |= _akin(kinship, material.positions, best)
    tail = np.setdiff1d(np.arange(size), head)
    for name, part in now().items():
        final[name][tail] = part[tail]
    parts |= {name: part for name, part in final.items() if part.any()}
    total = material.scores + sum(parts.values())
    tail = tail[np.argsort(-total[tail], kind="stable")]
    order = np.concatenate([np.array(head, np.int64), tail])
    order, lifted = _with_discoveries(order, total, material, weights.places(k, chance_of(seed)), seed, left)
    return Arranged(order, parts | ({"discovery": lifted} if lifted.any() else {}))


def distinct(order: NDArray[np.int64], twins: NDArray[np.int64], k: int) -> list[int]:
    """The first k rows, leaving out a second entry of the same title and year; ``twins``: (items,) of the rows."""
    _, first = np.unique(twins[order], return_index=True)
    return [int(row) for row in order[np.sort(first)[:k]]]


def _fixed(material: Material, weights: Weights) -> dict[str, Doubles]:
    """Parts that do not depend on the rest of the list."""
    if not len(material.scores):
        return {}
    known = float(np.median(material.popularity))
    little_known = np.maximum(known - material.popularity, 0.0) / max(known, 1e-9)
    usual = float(np.median(material.own)) if len(material.own) else 0.0
    further = np.maximum(usual - material.usual, 0.0) / max(usual, 1e-9)
    return {
        "novelty": np.asarray(weights.novelty * little_known, np.float64),
        "further": np.asarray(weights.further * further, np.float64),
    }


def _akin(kinship: Kinship, positions: Ints, row: int) -> NDArray[np.bool_]:
    akin, item = kinship.akin, positions[row]
    return np.isin(positions, akin.indices[akin.indptr[item] : akin.indptr[item + 1]])


def _with_discoveries(
    order: NDArray[np.int64], total: Doubles, material: Material, places: range, seed: int, left: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], Doubles]:
    lifted = np.zeros(len(order))
    if not len(places) or not places.start or len(order) <= places.stop:
        return order, lifted
    behind = left.copy()
    behind[order[: places.stop]] = False
    rows = drawn(material.personal, material.popularity, behind, material.positions, seed, len(places))
    rest = order[~np.isin(order, rows)]
    above, below = total[rest[places.start - 1]], total[rest[places.start]]
    for place, row in enumerate(rows, start=1):
        lifted[row] = above - (above - below) * place / (len(rows) + 1) - total[row]
    return np.concatenate([rest[: places.start], np.array(rows, np.int64), rest[places.start :]]), lifted
