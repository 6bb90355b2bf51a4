"""How strongly two items are tied by the people (or other identifying facets) that they share."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix

from store.columns import ItemColumns
from tools.scoring.signals import Floats, Ints

COMMON = 0.02
"""A facet whose typical value covers more of the catalogue than this (language, country) identifies nobody."""

_BATCH = 20_000


def identifying(columns: ItemColumns) -> tuple[str, ...]:
    """The facets whose values tell few items from the rest: people and brands rather than genres and languages."""
    return tuple(name for name, column in columns.facets.items() if 0 < typical_share(column.matrix) < COMMON)


def typical_share(matrix: csr_matrix) -> float:
    """The share of the catalogue that carries the value of a typical membership; 0 where there are none."""
    counts = np.asarray(matrix.sum(axis=0)).ravel().astype(np.float64)
    return float((counts**2).sum() / max(counts.sum(), 1.0) / max(matrix.shape[0], 1))


@dataclass(frozen=True)
class People:
    """Who is credited on what, in whatever role.

    Attributes:
        matrix: (items, names) ones; weight: (names,) in (0, 1], the less the more items a name is on.
        known: (items,) whether anybody is credited.
    """

    matrix: csr_matrix
    weight: Floats
    known: np.ndarray[tuple[int], np.dtype[np.bool_]]

    def shared(self, first: Ints, second: Ints) -> Floats:
        """(pairs,) sum of the weights of the names that both items of a pair carry."""
        parts = [
            np.asarray(
                self.matrix[first[start : start + _BATCH]].multiply(self.matrix[second[start : start + _BATCH]])
                @ self.weight
            ).ravel()
            for start in range(0, len(first), _BATCH)
        ]
        return np.concatenate(parts).astype(np.float32) if parts else np.zeros(0, np.float32)


def people_of(columns: ItemColumns, facets: Collection[str]) -> People:
    """One matrix over names, so that somebody who directs one item and plays in another ties both, and counts once."""
    size = len(columns.ids)
    codes: dict[str, int] = {}
    rows, cols = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
    for facet in facets:
        column = columns.facets[facet]
        code = np.array([codes.setdefault(value.casefold(), len(codes)) for value in column.values], np.int32)
        coo = column.matrix.tocoo()
        rows.append(coo.row.astype(np.int32))
        cols.append(code[coo.col])
    row, col = np.concatenate(rows), np.concatenate(cols)
    matrix = coo_matrix((np.ones(len(row), np.float32), (row, col)), shape=(size, len(codes))).tocsr()
    matrix.data[:] = 1.0
    counts = np.asarray(matrix.sum(axis=0)).ravel()
    weight = 1 - np.log(np.maximum(counts, 1)) / np.log(max(size, 2) + 1)
    return People(matrix, weight.astype(np.float32), np.diff(matrix.indptr) > 0)
