"""Looking through the catalogue without ranking for anybody: search, and what resembles an item."""

from __future__ import annotations

import numpy as np

from agent.incoming import known_item
from core.results import SearchHit
from core.types import Constraints
from tools.deps import Deps


def similar(deps: Deps, item_id: str, k: int, constraints: Constraints) -> list[SearchHit]:
    """The k items that say most nearly the same of themselves, nearest first, scored by cosine; not the item itself.

    Raises:
        NotFoundError: there is no such item.
    """
    known_item(deps, item_id)
    columns = deps.catalog.columns()
    vectors = deps.retriever.item_vectors()
    row = columns.position.get(item_id)
    # An item that came in between these reads has no vector yet.
    if row is None or row >= len(vectors) or not vectors[row].any():
        return []
    closeness = vectors @ vectors[row]
    allowed = columns.mask(constraints)[: len(closeness)] & vectors.any(axis=1)
    allowed[row] = False
    order = np.flatnonzero(allowed)
    nearest = order[np.argsort(-closeness[order], kind="stable")[:k]]
    return [SearchHit(item_id=columns.ids[place], score=float(closeness[place])) for place in nearest]
