"""Which items are ranked at all: the union of several sources, each item with where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.scoring.features import HALF_LIVES
from tools.scoring.signals import Floats, Ints

QUOTA = {
    "query": 200,
    "named": 200,
    "knn": 250,
    "ease": 250,
    "recent": 100,
    "popular_today": 60,
    "popular_now": 100,
    "popular_lately": 150,
    "popular_season": 150,
    "popular_ever": 200,
    "sequence": 150,
    "fresh": 40,
    "rising": 30,
    "content": 150,
    "people": 100,
    "series": 30,
    "said": 100,
    "forecast": 100,
    "lift": 50,
    "asked": 150,
    "renown": 100,
    "often": 400,
}
"""How many items each source may bring."""

ENOUGH = 1000
"""When the limits leave no more items than this, all of them are ranked."""

SOURCES = tuple(QUOTA)


@dataclass(frozen=True)
class Candidates:
    """Items to rank: positions in ascending order, and per item a bit for each source (`SOURCES`) that brought it."""

    positions: Ints
    origin: NDArray[np.uint32]

    def sources(self, row: int) -> tuple[str, ...]:
        """The names of the sources that brought one row; empty for an item that is there because all are."""
        return tuple(name for bit, name in enumerate(SOURCES) if self.origin[row] >> bit & 1)


def gather(scores: Mapping[str, Floats], allowed: NDArray[np.bool_]) -> Candidates:
    """The best allowed items of each source, together.

    Args:
        scores: per source, (items,) how strongly it speaks for each item; 0 means not at all.
        allowed: (items,) items that obey the limits and are not known to the person.
    """
    places = np.flatnonzero(allowed).astype(np.int32)
    origin = np.zeros(len(places), np.uint32)
    for bit, name in enumerate(SOURCES):
        if name not in scores:
            continue
        strength = scores[name][places]
        best = np.flatnonzero(strength > 0)
        if len(best) > QUOTA[name]:
            best = best[np.argpartition(-strength[best], QUOTA[name] - 1)[: QUOTA[name]]]
        origin[best] |= np.uint32(1 << bit)
    if len(places) <= ENOUGH:
        return Candidates(places, origin)
    chosen = origin > 0
    return Candidates(places[chosen], origin[chosen])


def source_scores(features: Mapping[str, Floats], rising: Floats) -> dict[str, Floats]:
    """Per candidate source, how strongly it speaks for each item.

    A topic covers thousands of items, so the topic sources put the popular and renowned ones of the topic first.
    """
    standing = 0.05 + features["popular_lately"] + 0.5 * (features["popular_ever"] + features["renown"])
    return {
        **{
            name: features[name]
            for name in ("query", "named", "knn", "ease", "often", "content", "people", "series", "said", "renown")
        },
        **{name: features[name] for name in ("recent", *HALF_LIVES, "fresh")},
        "sequence": np.maximum(features["sequence"], 0.0) * standing,
        "rising": rising,
        "forecast": features["forecast"] * standing,
        "lift": np.maximum(features["lift"], 0.0) * standing,
        "asked": features["asked"] * standing,
    }
