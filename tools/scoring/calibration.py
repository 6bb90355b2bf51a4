"""Slate calibration: the topics of a list in the proportions of a person's interests (Steck 2018)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from tools.scoring.signals import Floats

HEAD = 20
"""Places that are filled one by one; what stands behind them is ordered by what it would bring after them."""

_SMOOTHING = 1.0
"""How many items the wanted mix itself counts as, so that no topic is worth without bound to an empty list."""

Gains = NDArray[np.float64]


def calibrated_order(
    scores: Gains, topics: csr_matrix, wanted: Floats, weight: float
) -> tuple[NDArray[np.int64], Gains]:
    """Items in the order of their score plus ``weight`` times what each brings to the topics of the list before it.

    What a list is worth is ``Σ_t wanted_t log(items of t in it + smoothing · wanted_t)``: for lists of one length, up
    to a constant, minus the Kullback-Leibler divergence of its mix from the wanted one. An item brings what that grows
    by. This is submodular: a longer list leaves less to bring. So choosing greedily is near the best (Nemhauser et al.
    1978), and totals fall along the list, as scores do.

    Args:
        scores: (items,) without calibration.
        topics: (items, topics) membership, rows summing to 1 or 0.
        wanted: (topics,) shares.
        weight: at least 0.

    Returns:
        The order (best first), and (items,) what each brings, at least 0; 0 for an item of no wanted topic.
    """
    gains = np.zeros(len(scores))
    column = topics.indices
    counts = wanted[column] > 0
    row = np.repeat(np.arange(len(scores)), np.diff(topics.indptr))[counts]
    column, part = column[counts], topics.data[counts].astype(np.float64)
    share = wanted.astype(np.float64)
    held = _SMOOTHING * share
    left = np.ones(len(scores), bool)
    head: list[int] = []

    def brought() -> Gains:
        each = share[column] * np.log1p(part / held[column])
        return np.asarray(np.bincount(row, each, minlength=len(scores)), np.float64)

    for _ in range(min(HEAD, len(scores))):
        bring = brought()
        best = int(np.argmax(np.where(left, scores + weight * bring, -np.inf)))
        head.append(best)
        gains[best] = bring[best]
        left[best] = False
        start, stop = topics.indptr[best], topics.indptr[best + 1]
        held[topics.indices[start:stop]] += topics.data[start:stop]
    tail = np.flatnonzero(left)
    gains[tail] = brought()[tail]
    tail = tail[np.argsort(-(scores + weight * gains)[tail], kind="stable")]
    return np.concatenate([np.array(head, np.int64), tail]), gains
