"""Ranking metrics over full rankings, with ties counted against the model, and paired bootstrap intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class PerPerson:
    """Metrics of each person, in the same order for every way of ranking, and the catalogue coverage.

    Attributes:
        hit, ndcg: at 10; recall: at 20; mrr: reciprocal rank of the first relevant item, 0 beyond the list.
        coverage: part of the catalogue in anybody's first 10.
    """

    hit: Floats
    ndcg: Floats
    recall: Floats
    mrr: Floats
    coverage: float


def pessimistic_ranks(scores: Sequence[float], relevant: Sequence[bool]) -> NDArray[np.int64]:
    """Ranks, from 1, of the relevant entries of one list; an item stands behind all others of the same score.

    Relevant items of equal score take the last places of their tie one after another.
    """
    values = np.asarray(scores, np.float64)
    marked = np.asarray(relevant, bool)
    order = np.lexsort((marked, -values))
    return np.flatnonzero(marked[order]) + 1


def evaluate(
    lists: Mapping[str, Sequence[tuple[str, float]]], relevant: Mapping[str, frozenset[str]], catalogue: int
) -> PerPerson:
    """Metrics of ranked (item, score) lists; people of ``relevant`` without a list score 0.

    Args:
        lists: per person, long enough that every item that could come in the first 20 is on it.
        relevant: per person, the items that count; nobody without any.
        catalogue: number of items that could be ranked.
    """
    hit, ndcg, recall, mrr = (np.zeros(len(relevant)) for _ in range(4))
    shown: set[str] = set()
    for row, (person, wanted) in enumerate(relevant.items()):
        ranked = lists.get(person, ())
        ranks = pessimistic_ranks([score for _, score in ranked], [item in wanted for item, _ in ranked])
        shown.update(item for item, _ in ranked[:10])
        first = ranks[ranks <= 10]
        hit[row] = len(first) > 0
        ideal = np.sum(1 / np.log2(np.arange(1, min(10, len(wanted)) + 1) + 1))
        ndcg[row] = np.sum(1 / np.log2(first + 1)) / ideal
        recall[row] = np.sum(ranks <= 20) / len(wanted)
        mrr[row] = 1 / ranks[0] if len(ranks) else 0.0
    return PerPerson(hit, ndcg, recall, mrr, len(shown) / max(catalogue, 1))


def bootstrap_interval(
    first: Floats, second: Floats, draws: int = 2000, seed: int = 0, level: float = 0.95
) -> tuple[float, float, float]:
    """Mean of ``first - second`` over people, and its percentile interval (Efron 1979), people drawn in pairs."""
    difference = first - second
    rng = np.random.default_rng(seed)
    means = np.array([difference[rng.integers(0, len(difference), len(difference))].mean() for _ in range(draws)])
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return float(difference.mean()), float(low), float(high)
