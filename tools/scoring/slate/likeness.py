"""How alike items are as parts of one list: twins, members of one series or product line, and the rest by degrees."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from store.columns import ItemColumns
from tools.scoring.knowledge.graph import LINE, SERIES, VERSION, Graph
from tools.scoring.signals import Floats, Ints
from tools.scoring.world import World

_TEXT = 0.5
"""Part of the likeness of two items that is their texts; the rest is their topics."""


@dataclass(frozen=True)
class Kinship:
    """What makes items of a catalogue repeat each other, the same for everybody.

    Attributes:
        twin: (items,) the same number for items of one title and year. Titles without a year are often names of a kind
            of product, so those are no twins.
        akin: (items, items) entries for two of one series or product line, and for two versions of one work.
    """

    twin: NDArray[np.int64]
    akin: csr_matrix


def kinship(columns: ItemColumns, graph: Graph) -> Kinship:
    """Twins, series, versions and product lines of a catalogue."""
    size = len(columns.ids)
    years = columns.numbers.get("year", np.full(size, np.nan, np.float32))
    number: dict[tuple[str, float], int] = {}
    keys = (
        (columns.ids[row], -1.0) if np.isnan(year) else (columns.titles[row].casefold(), float(year))
        for row, year in enumerate(years)
    )
    twin = np.array([number.setdefault(key, len(number)) for key in keys], np.int64)
    akin = csr_matrix((size, size), dtype=np.float32)
    for name in (SERIES, VERSION, LINE):
        if name in graph.relations:
            akin = akin + graph.matrix(name)
    return Kinship(twin, csr_matrix(akin))


def looks(world: World, positions: Ints) -> Floats:
    """(items, d) rows whose products are likenesses from 0 to 1: half centred text, half topics."""
    spread = world.spread[positions, None]
    text = world.vectors[positions] - world.mean
    text *= np.sqrt(_TEXT) * np.divide(1.0, spread, out=np.zeros_like(spread), where=spread > 0)
    kinds = np.sqrt(1 - _TEXT) * world.kinds[positions].toarray()
    return np.hstack([text, kinds]).astype(np.float32)
