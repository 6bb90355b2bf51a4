"""Sparse rows without the overhead of slicing a sparse matrix: a moment needs a dozen tiny products."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from tools.scoring.signals import Floats, Ints


@dataclass(frozen=True)
class Table:
    """A CSR matrix (rows, columns) by its arrays."""

    indptr: NDArray[np.int64]
    indices: Ints
    data: Floats
    columns: int

    @classmethod
    def of(cls, matrix: csr_matrix) -> Table:
        """The arrays of a matrix."""
        return cls(
            np.asarray(matrix.indptr, np.int64),
            np.asarray(matrix.indices, np.int32),
            np.asarray(matrix.data, np.float32),
            int(matrix.shape[1]),
        )

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.indptr) - 1

    def entries(self, rows: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Places in ``data`` of the entries of some rows, and which of those rows (by order) each belongs to."""
        starts = self.indptr[rows]
        lengths = self.indptr[np.asarray(rows) + 1] - starts
        owner = np.repeat(np.arange(len(rows)), lengths)
        offsets = np.cumsum(lengths) - lengths
        return np.arange(len(owner)) + np.repeat(starts - offsets, lengths), owner

    def gather(self, rows: NDArray[Any], *weights: NDArray[Any]) -> list[NDArray[np.float64]]:
        """(columns,) weighted sum of some rows, for each of the weights."""
        if not len(rows):
            return [np.zeros(self.columns) for _ in weights]
        place, owner = self.entries(rows)
        column, data = self.indices[place], self.data[place]
        sums = (np.bincount(column, data * each[owner], minlength=self.columns) for each in weights)
        return [np.asarray(each, np.float64) for each in sums]

    def read(self, rows: NDArray[Any], *vectors: NDArray[np.float64]) -> list[NDArray[np.float64]]:
        """(len(rows),) products of some rows with each (columns,) vector."""
        place, owner = self.entries(rows)
        column, data = self.indices[place], self.data[place]
        products = (np.bincount(owner, data * vector[column], minlength=len(rows)) for vector in vectors)
        return [np.asarray(each, np.float64) for each in products]
