"""Ranked lists from blocks of scores over the whole catalogue."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from evals.metrics import Lists
from evals.splits import Split

LENGTH = 200
"""Items on each list: enough for every metric but the far tail of the reciprocal rank."""

BLOCK = 500
"""Cases scored at once."""

Floats = NDArray[np.float32]
Scores = Callable[[slice], Floats]
"""(cases of the slice, items) scores."""


def top_lists(scores: Scores, split: Split, length: int = LENGTH) -> Lists:
    """The best items of every case, without those that they met before where these do not count."""
    length = min(length, split.wanted.shape[1])
    lists = empty_lists(len(split), length)
    for begin in range(0, len(split), BLOCK):
        part = slice(begin, min(begin + BLOCK, len(split)))
        block = np.array(scores(part), np.float32)
        if split.new_only:
            block[split.known[part].nonzero()] = -np.inf
        best = np.argpartition(-block, length - 1, axis=1)[:, :length]
        value = np.take_along_axis(block, best, axis=1)
        order = np.argsort(-value, axis=1, kind="stable")
        lists.scores[part] = np.take_along_axis(value, order, axis=1)
        lists.items[part] = np.take_along_axis(best, order, axis=1)
    lists.items[np.isneginf(lists.scores)] = -1
    return lists


def empty_lists(cases: int, length: int) -> Lists:
    """Lists without any item."""
    return Lists(np.full((cases, length), -1, np.int32), np.full((cases, length), -np.inf, np.float32))
