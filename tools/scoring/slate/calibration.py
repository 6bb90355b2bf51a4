"""Slate calibration: the topics of a list in the proportions of a person's interests (Steck 2018)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from tools.scoring.signals import Floats

_SMOOTHING = 1.0
"""How many items the wanted mix itself counts as, so that no topic is worth without bound to an empty list."""

Gains = NDArray[np.float64]


class Mix:
    """What each item would bring to the topics of the list so far.

    What a list is worth is ``Σ_t wanted_t log(items of t in it + smoothing · wanted_t)``: for lists of one length, up
    to a constant, minus the Kullback-Leibler divergence of its mix from the wanted one. An item brings what that grows
    by. This is submodular: a longer list leaves less to bring. So choosing greedily is near the best (Nemhauser et al.
    1978), and totals fall along the list, as scores do.

    Args:
        topics: (items, topics) membership, rows summing to 1 or 0.
        wanted: (topics,) shares.
    """

    def __init__(self, topics: csr_matrix, wanted: Floats) -> None:
        self._topics = topics
        counts = wanted[topics.indices] > 0
        self._row = np.repeat(np.arange(topics.shape[0]), np.diff(topics.indptr))[counts]
        self._column, self._part = topics.indices[counts], topics.data[counts].astype(np.float64)
        self._share = wanted.astype(np.float64)
        self._held = _SMOOTHING * self._share

    def gains(self) -> Gains:
        """(items,) what each would bring, at least 0; 0 for an item of no wanted topic."""
        each = self._share[self._column] * np.log1p(self._part / self._held[self._column])
        return np.asarray(np.bincount(self._row, each, minlength=self._topics.shape[0]), np.float64)

    def take(self, row: int) -> None:
        """Put an item on the list."""
        start, stop = self._topics.indptr[row], self._topics.indptr[row + 1]
        self._held[self._topics.indices[start:stop]] += self._topics.data[start:stop]
