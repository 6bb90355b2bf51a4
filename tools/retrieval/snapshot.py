"""One version of the catalogue as search sees it, and the ranked lists that a query gets from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.mentions import TitleMatch
from store.columns import ItemColumns
from tools.deps import Floats
from tools.retrieval.lexical import Lexical, top
from tools.retrieval.mentions import MentionFinder
from tools.retrieval.puns import Puns
from tools.retrieval.titles import TitleIndex

DEPTH = 50
"""How deep each list goes into the fusion; at least k."""


@dataclass(frozen=True)
class Snapshot:
    """Everything that is computed from one version of the catalogue; shared between threads."""

    columns: ItemColumns
    vectors: Floats
    indexed: NDArray[np.bool_]
    descriptions: Floats
    described: NDArray[np.bool_]
    lexical: Lexical
    titles: TitleIndex
    finder: MentionFinder
    popularity: NDArray[np.float64]
    puns: Puns


def ranked_lists(
    now: Snapshot,
    query: str,
    named: Sequence[TitleMatch],
    dense: list[int],
    alike: list[int],
    allowed: NDArray[np.bool_],
    depth: int,
) -> dict[str, list[int]]:
    """The lists that are fused for a query, as positions, best first.

    Args:
        named: items called like the query.
        dense, alike: positions of the nearest texts and descriptions among the allowed items.
        allowed: (items,) what may be listed.
    """
    lists = {
        "title": [p for p in (now.columns.position[match.item_id] for match in named) if allowed[p]],
        "described": alike,
        "dense": dense,
        "lexical": now.lexical.search(query, allowed, depth),
    }
    found = {position for positions in lists.values() for position in positions}
    lists["known"] = sorted(found, key=lambda position: (-now.popularity[position], position))
    return lists


def nearest_rows(vectors: Floats, vector: Floats, allowed: NDArray[np.bool_], k: int) -> list[int]:
    """Positions of the k allowed rows with the highest cosine similarity, best first."""
    similarity = np.where(allowed, vectors @ vector, -2.0)
    return top(similarity, k, floor=-1.5)
