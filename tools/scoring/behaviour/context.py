"""What features are made of: one person's history, the catalogue, and everybody's events at a moment."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from store.columns import ItemColumns
from tools.scoring.behaviour.state import ItemState
from tools.scoring.behaviour.table import Table
from tools.scoring.signals import Floats, Ints

Array = NDArray[np.float64]

FACETS = 5
SEASONAL_DAYS = 400.0
"""Days that a log has to span for the season to be told."""

FIGURES = ("year", "price")


@dataclass(frozen=True)
class History:
    """What one person did before the moment, in time order; parallel arrays as in `store.columns.EventLog`."""

    item: Ints
    at: Array
    kind: NDArray[np.int8]
    value: Floats

    def before(self, moment: float) -> History:
        """Only what came before a moment (unix seconds)."""
        stop = int(np.searchsorted(self.at, moment))
        return History(self.item[:stop], self.at[:stop], self.kind[:stop], self.value[:stop])


@dataclass(frozen=True)
class Catalogue:
    """What features use of the catalogue and of the item-to-item likeness.

    Attributes:
        topics: (items, topics), rows sum to 1. facets: by name, rows sum to 1. similar: (items, items).
        figures: by name (items,), year as it is and price as a logarithm, NaN where unknown.
        seasonal: whether the season is told.
    """

    topics: Table
    facets: dict[str, Table]
    similar: Table
    figures: dict[str, Array]
    seasonal: bool

    @classmethod
    def of(
        cls,
        columns: ItemColumns,
        topics: csr_matrix,
        similar: csr_matrix,
        seasonal: bool,
        facets: tuple[str, ...] | None = None,
        figures: tuple[str, ...] | None = None,
    ) -> Catalogue:
        """From the columns of a catalogue.

        Args:
            facets: unless they are named, those with the fewest values, at most `FACETS` of them. One that the
                catalogue has not has no values.
            figures: unless they are named, those of `FIGURES` that the catalogue has.
        """
        if facets is None:
            facets = tuple(sorted(columns.facets, key=lambda name: (len(columns.facets[name].values), name))[:FACETS])
        if figures is None:
            figures = tuple(name for name in FIGURES if name in columns.numbers)
        none, unknown = csr_matrix((len(columns.ids), 0), dtype=np.float32), np.full(len(columns.ids), np.nan)
        matrices = {name: columns.facets[name].matrix if name in columns.facets else none for name in facets}
        told = {name: np.asarray(columns.numbers.get(name, unknown), np.float64) for name in figures}
        if "price" in told:
            told["price"] = np.log(np.where(told["price"] > 0, told["price"], np.nan))
        return cls(
            topics=Table.of(topics),
            facets={name: _shares(matrix) for name, matrix in sorted(matrices.items())},
            similar=Table.of(similar),
            figures=told,
            seasonal=seasonal,
        )


@dataclass(frozen=True)
class World:
    """Everybody at one moment: the state of the items, and what is usual over all of them."""

    state: ItemState
    clock: float
    liked: float
    value: float
    repeat: float
    log_gap: float
    topics: Array

    @classmethod
    def of(cls, state: ItemState, clock: float, catalogue: Catalogue) -> World:
        """Sum the state up; ``clock`` is the moment in busy days."""
        ratings, events = state.ratings.sum(), state.events.sum()
        (shares,) = catalogue.topics.gather(np.arange(catalogue.topics.rows), state.events)
        return cls(
            state=state,
            clock=clock,
            liked=float((state.liked.sum() + 1) / (ratings + 2)),
            value=float(state.value.sum() / max(ratings, 1)),
            repeat=float(state.gaps.sum() / max(events, 1)),
            log_gap=float(state.log_gap.sum() / max(state.gaps.sum(), 1)),
            topics=(shares + 1e-9) / (shares.sum() + 1e-9 * max(len(shares), 1)),
        )

    def moved(self, clock: float) -> World:
        """The same figures at a later moment, of which the state knows already."""
        return replace(self, clock=clock)


def _shares(matrix: csr_matrix) -> Table:
    table = Table.of(matrix)
    lengths = np.diff(table.indptr)
    data = np.asarray(table.data / np.repeat(lengths, lengths), np.float32)
    return Table(table.indptr, table.indices, data, table.columns)
