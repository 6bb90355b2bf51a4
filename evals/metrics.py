"""Ranking metrics over full catalogues, with ties counted against the model, and paired bootstrap intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Floats = NDArray[np.float64]

CUT = 10
"""Places that hits, NDCG and everything about the list as such look at; recall looks at twice as many."""


@dataclass(frozen=True)
class Lists:
    """Ranked items of many cases.

    Attributes:
        items: (cases, length) int32 positions in the catalogue, best first, -1 behind the end of a list.
        scores: (cases, length) float32, falling along a list; -inf behind its end.
    """

    items: NDArray[np.int32]
    scores: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.items)

    @classmethod
    def of(
        cls,
        ranked: Mapping[str, Sequence[tuple[str, float]]],
        people: Sequence[str],
        position: Mapping[str, int],
        length: int,
    ) -> Lists:
        """From (item id, score) lists by person; who has none gets an empty one."""
        items = np.full((len(people), length), -1, np.int32)
        scores = np.full((len(people), length), -np.inf, np.float32)
        for row, person in enumerate(people):
            for place, (item, score) in enumerate(ranked.get(person, ())[:length]):
                items[row, place], scores[row, place] = position[item], score
        return cls(items, scores)

    def rows(self, chosen: NDArray[np.generic]) -> Lists:
        """The lists of some cases."""
        return Lists(self.items[chosen], self.scores[chosen])


@dataclass(frozen=True)
class PerPerson:
    """Metrics of each case, in the same order for every way of ranking, and the catalogue coverage.

    Attributes:
        hit, ndcg: at 10; recall: at 20; mrr: reciprocal rank of the first relevant item, 0 beyond the list.
        coverage: part of the catalogue in anybody's first 10.
    """

    hit: Floats
    ndcg: Floats
    recall: Floats
    mrr: Floats
    coverage: float


def evaluate(lists: Lists, wanted: csr_matrix) -> PerPerson:
    """Metrics of ranked lists.

    An item stands behind all others of its score. A tie that reaches the end of a full list may go on beyond it, so its
    items count as not listed: lists have to be longer than the places that are looked at.

    Args:
        lists: of the cases.
        wanted: (cases, items), entries for the items that count; no row is empty.
    """
    found = contains(wanted, lists.items)
    listed = lists.items >= 0
    last = lists.scores[:, -1:]
    full = listed[:, -1:]
    listed &= ~(full & (lists.scores == last))
    # Where scores tie, what counts goes behind what does not.
    order = np.lexsort((found, -lists.scores.astype(np.float64)), axis=1)
    hits = np.take_along_axis(found & listed, order, axis=1)
    size = np.diff(wanted.indptr)
    gains = 1 / np.log2(np.arange(2, CUT + 2))
    ideal = np.concatenate([[0.0], np.cumsum(gains)])[np.minimum(size, CUT)]
    ndcg = (hits[:, :CUT] @ gains[: hits.shape[1]]) / np.maximum(ideal, 1e-12)
    first = hits.argmax(axis=1)
    some = hits.any(axis=1)
    return PerPerson(
        hit=np.asarray(hits[:, :CUT].any(axis=1), np.float64),
        ndcg=ndcg,
        recall=hits[:, : 2 * CUT].sum(axis=1) / np.maximum(size, 1),
        mrr=np.where(some, 1 / (first + 1), 0.0),
        coverage=len(np.unique(shown(lists))) / max(wanted.shape[1], 1),
    )


def contains(wanted: csr_matrix, items: NDArray[np.int32]) -> NDArray[np.bool_]:
    """(cases, length) whether each item, by position, is an entry of its row; -1 is none."""
    cases, catalogue = wanted.shape
    keys = np.repeat(np.arange(cases, dtype=np.int64), np.diff(wanted.indptr)) * catalogue + wanted.indices
    asked = np.arange(cases, dtype=np.int64)[:, None] * catalogue + items
    return np.isin(asked, keys) & (items >= 0)


def shown(lists: Lists) -> NDArray[np.int32]:
    """Every item in anybody's first places, as often as it is there."""
    first = lists.items[:, :CUT]
    return np.asarray(first[first >= 0])


def novelty(lists: Lists, takers: NDArray[np.int64], people: int) -> Floats:
    """(cases,) mean self-information in bits of the first places: minus log2 of the part of people who took the item.

    Args:
        lists: of the cases.
        takers: (items,) how many people took each; an item that nobody took counts as one that one person did.
        people: how many there are.
    """
    bits = -np.log2(np.maximum(takers, 1) / max(people, 1))
    return _mean_of_first(lists, bits)


def average_popularity(lists: Lists, takers: NDArray[np.int64]) -> Floats:
    """(cases,) mean popularity percentile of the first places: 1 is the item taken most, 0 the least (ARP by rank)."""
    order = np.argsort(np.argsort(takers, kind="stable"), kind="stable")
    return _mean_of_first(lists, order / max(len(takers) - 1, 1))


def _mean_of_first(lists: Lists, value: NDArray[np.generic]) -> Floats:
    first = lists.items[:, :CUT]
    there = first >= 0
    return np.asarray(np.where(there, value[first], 0.0).sum(axis=1) / np.maximum(there.sum(axis=1), 1))


def gini(lists: Lists, catalogue: int) -> float:
    """Gini coefficient of how often each item of the catalogue is in anybody's first places: 0 even, 1 one item."""
    counts = np.sort(np.bincount(shown(lists), minlength=catalogue)).astype(np.float64)
    if not counts.sum():
        return 0.0
    places = np.arange(1, catalogue + 1)
    return float((2 * places - catalogue - 1) @ counts / (catalogue * counts.sum()))


def miscalibration(lists: Lists, own: Floats, topics: csr_matrix, smoothing: float = 0.01) -> Floats:
    """(cases,) KL divergence, in nats, of the first places' topics from the person's own (Steck 2018).

    Args:
        lists: of the cases.
        own: (cases, topics) shares of the person's history; a zero row, without any, counts 0.
        topics: (items, topics) memberships, rows that sum to 1 or 0.
        smoothing: part of a person's own shares mixed into the list's, so that a missing topic costs a finite amount.
    """
    first = lists.items[:, :CUT]
    cases = np.repeat(np.arange(len(first)), first.shape[1])[(first >= 0).ravel()]
    picked = csr_matrix((np.ones(len(cases)), (cases, first[first >= 0])), shape=(len(first), topics.shape[0]))
    mass = np.asarray((picked @ topics).todense(), np.float64)
    shares = mass / np.maximum(mass.sum(axis=1, keepdims=True), 1e-12)
    mixed = (1 - smoothing) * shares + smoothing * own
    ratio = np.where(own > 0, own / np.maximum(mixed, 1e-12), 1.0)
    return np.asarray((own * np.log(ratio)).sum(axis=1))


def bootstrap_intervals(differences: Floats, draws: int = 2000, seed: int = 0, level: float = 0.95) -> Floats:
    """(rows, 3) mean of each row, and its percentile interval (Efron 1979).

    Args:
        differences: (rows, people); every row is drawn with the same people.
        draws: how many samples of people.
        seed: of the draws.
        level: of the interval.
    """
    people = differences.shape[1]
    rng = np.random.default_rng(seed)
    means = np.empty((draws, len(differences)))
    for start in range(0, draws, 200):
        times = rng.multinomial(people, np.full(people, 1 / people), size=min(200, draws - start))
        means[start : start + 200] = times @ differences.T / people
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return np.column_stack([differences.mean(axis=1), low, high])


def bootstrap_interval(
    first: Floats, second: Floats, draws: int = 2000, seed: int = 0, level: float = 0.95
) -> tuple[float, float, float]:
    """Mean of ``first - second`` over people, and its interval as by `bootstrap_intervals`, people drawn in pairs."""
    mean, low, high = bootstrap_intervals((first - second)[None], draws, seed, level)[0].tolist()
    return mean, low, high
