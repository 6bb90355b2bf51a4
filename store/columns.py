"""Columnar snapshots in numpy: the catalogue and the event log as the tools compute with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from core.types import Constraints, EventKind

KINDS: tuple[EventKind, ...] = tuple(kind for kind in EventKind if kind is not EventKind.PIN)
"""Kinds of what happened, in the order of the codes in ``EventLog.kind``. A pin only says how others of them count."""


@dataclass(frozen=True)
class FacetColumn:
    """Membership of items in one facet's values.

    Attributes:
        values: the values as the catalogue spells them; column c of the matrix is ``values[c]``.
        codes: casefolded value → column.
        matrix: (items, values) of ones, float32.
    """

    values: tuple[str, ...]
    codes: Mapping[str, int]
    matrix: csr_matrix

    def rows_with(self, wanted: tuple[str, ...]) -> NDArray[np.bool_]:
        """(items,) whether a row carries any of the wanted values; unknown values match nothing."""
        known = [self.codes[value.casefold()] for value in wanted if value.casefold() in self.codes]
        if not known:
            return np.zeros(self.matrix.shape[0], dtype=bool)
        chosen = np.zeros(self.matrix.shape[1], dtype=np.float32)
        chosen[known] = 1.0
        return np.asarray(self.matrix @ chosen) > 0


@dataclass(frozen=True)
class ItemColumns:
    """The catalogue by column; row p is the same item in every array.

    Attributes:
        numbers: per name (n,) float32, NaN where an item has no such figure.
        added_at: (n,) unix seconds, NaN where unknown.
        version: the catalogue version that this snapshot was read at.
    """

    ids: tuple[str, ...]
    position: Mapping[str, int]
    titles: tuple[str, ...]
    numbers: Mapping[str, NDArray[np.float32]]
    facets: Mapping[str, FacetColumn]
    available: NDArray[np.bool_]
    added_at: NDArray[np.float64]
    version: str

    def mask(self, constraints: Constraints) -> NDArray[np.bool_]:
        """(n,) which items obey every hard limit; the vectorised form of `Constraints.allow`."""
        allowed = self.available.copy() if constraints.available_only else np.ones(len(self.ids), dtype=bool)
        for facet, wanted in constraints.require.items():
            column = self.facets.get(facet)
            allowed &= column.rows_with(wanted) if column else False
        for facet, unwanted in constraints.exclude.items():
            column = self.facets.get(facet)
            if column:
                allowed &= ~column.rows_with(unwanted)
        for name, limit in constraints.ranges.items():
            figures = self.numbers.get(name)
            if figures is None:
                allowed[:] = False
                continue
            # NaN compares false with anything: an unknown figure satisfies no limit.
            allowed &= figures >= (-np.inf if limit.low is None else np.float32(limit.low))
            allowed &= figures <= (np.inf if limit.high is None else np.float32(limit.high))
        rows = [self.position[item_id] for item_id in constraints.exclude_items if item_id in self.position]
        allowed[rows] = False
        return allowed


@dataclass(frozen=True)
class EventLog:
    """Item events in time order, retracted ones left out.

    Attributes:
        users: user ids; ``user`` holds codes into it.
        item: positions in the `ItemColumns` it was read with.
        at: unix seconds.
        kind: codes into `KINDS`.
    """

    users: tuple[str, ...]
    user: NDArray[np.int32]
    item: NDArray[np.int32]
    at: NDArray[np.float64]
    kind: NDArray[np.int8]
    value: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.at)


def columns_from(rows: list[tuple[str, dict[str, Any]]], version: str, added: list[float]) -> ItemColumns:
    """Columns from (id, payload) rows; ``added`` holds unix seconds or NaN in the same order."""
    count = len(rows)
    numbers: dict[str, NDArray[np.float32]] = {}
    vocabularies: dict[str, dict[str, int]] = {}
    spelling: dict[str, list[str]] = {}
    cells: dict[str, tuple[list[int], list[int]]] = {}
    for row, (_, payload) in enumerate(rows):
        for name, figure in payload["numbers"].items():
            numbers.setdefault(name, np.full(count, np.nan, dtype=np.float32))[row] = figure
        for facet, values in payload["facets"].items():
            if not values:
                continue
            vocabulary = vocabularies.setdefault(facet, {})
            row_cells, column_cells = cells.setdefault(facet, ([], []))
            for code in dict.fromkeys(_code(vocabulary, spelling.setdefault(facet, []), value) for value in values):
                row_cells.append(row)
                column_cells.append(code)
    facets = {}
    for facet, (row_cells, column_cells) in cells.items():
        ones = np.ones(len(row_cells), dtype=np.float32)
        shape = (count, len(spelling[facet]))
        matrix = csr_matrix((ones, (row_cells, column_cells)), shape=shape)
        facets[facet] = FacetColumn(tuple(spelling[facet]), vocabularies[facet], matrix)
    ids = tuple(item_id for item_id, _ in rows)
    return ItemColumns(
        ids=ids,
        position={item_id: row for row, item_id in enumerate(ids)},
        titles=tuple(payload["title"] for _, payload in rows),
        numbers=numbers,
        facets=facets,
        available=np.array([payload["available"] for _, payload in rows], dtype=bool),
        added_at=np.array(added, dtype=np.float64),
        version=version,
    )


def _code(vocabulary: dict[str, int], spelling: list[str], value: str) -> int:
    key = value.casefold()
    if key not in vocabulary:
        vocabulary[key] = len(spelling)
        spelling.append(value)
    return vocabulary[key]
