"""Interest topics learnt from what items are about: named clusters of their vectors that outlive a new catalogue.

Spherical k-means (Dhillon and Modha 2001) from k-means++ seeds. When the catalogue has grown, the clusters are learnt
again from where they were, and matched to the old ones by the assignment of the greatest overlap (Kuhn 1955), so that
a topic keeps its name as long as it keeps its items.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix

from core.errors import InputError
from tools.forecasting.topics.labels import Words, labels

Floats = NDArray[np.float32]
Codes = NDArray[np.int64]

FEWEST, MOST = 4, 40
RESTARTS = 3
ROUNDS = 100
HOLDS = 1 / 3
"""Clusters are the same topic when they share at least this part of the items of either (Jaccard index)."""
PATIENCE = 0.5
"""The number of topics stays as it was until the catalogue asks for one that differs by more than this part."""
PREFIX = "cluster:"


def clusters_for(items: int) -> int:
    """How many topics a catalogue gets unless told: ``sqrt(items / 10)``, from 4 to 40."""
    return int(np.clip(round(np.sqrt(items / 10)), FEWEST, MOST))


@dataclass(frozen=True)
class Clusters:
    """Learnt topics.

    Attributes:
        names: ``cluster:<label>``.
        centroids: (k, d) unit vectors, float32.
    """

    names: tuple[str, ...]
    centroids: Floats

    def assign(self, vectors: Floats) -> Codes:
        """(n,) the nearest topic of each of (n, d) vectors; -1 for zero vectors.

        Raises:
            InputError: the vectors are of another length than those the topics were learnt from.
        """
        if vectors.shape[1] != self.centroids.shape[1]:
            raise InputError(
                f"Items have vectors of length {vectors.shape[1]}, and topics were learnt from ones of length "
                f"{self.centroids.shape[1]}.",
                "Run `driftline train`.",
            )
        nearest = np.asarray((vectors @ self.centroids.T).argmax(axis=1), dtype=np.int64)
        return np.where(vectors.any(axis=1), nearest, -1)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """All of it, for `numpy.savez`."""
        return {"cluster_names": np.array(self.names), "cluster_centroids": self.centroids}

    @classmethod
    def restored(cls, arrays: Mapping[str, NDArray[np.generic]]) -> Clusters:
        """The inverse of `arrays`."""
        return cls(tuple(map(str, arrays["cluster_names"])), np.asarray(arrays["cluster_centroids"], dtype=np.float32))


@dataclass(frozen=True)
class Change:
    """What learning again did to the topics.

    Attributes:
        appeared, vanished: names of new topics, and of old ones that are none any more.
        moved: part of the items that are now in another topic than the old topics had put them in.
    """

    appeared: tuple[str, ...]
    vanished: tuple[str, ...]
    moved: float


def learn(vectors: Floats, words: Sequence[Words], clusters: int | None = None, seed: int = 0) -> Clusters:
    """Topics of a catalogue.

    Args:
        vectors: (n, d) unit vectors, zero for items without one, which belong to no topic.
        words: (n,) what can name each item (`labels.item_words`).
        clusters: how many; None takes `clusters_for`. Fewer where vectors are fewer.
        seed: of the random start.

    Raises:
        InputError: fewer than two items have different vectors.
    """
    from sklearn.cluster import kmeans_plusplus

    known = _known(vectors)
    distinct = len(np.unique(known, axis=0)) if len(known) < 2 * MOST else len(known)
    if distinct < 2:
        raise InputError(
            f"Topics cannot be learnt from {distinct} different vectors of items.",
            "Index the catalogue first (`driftline train`), or set DRIFTLINE_TOPIC_FACET to one of its facets.",
        )
    count = min(clusters or clusters_for(len(known)), distinct)
    best, closest = np.zeros((0, vectors.shape[1]), dtype=np.float32), -np.inf
    for start in range(RESTARTS):
        centroids = spherical_kmeans(known, kmeans_plusplus(known, count, random_state=seed + start)[0])
        close = float((known @ centroids.T).max(axis=1).mean())
        if close > closest:
            best, closest = centroids, close
    found = Clusters((), best)
    return Clusters(_named(labels(words, found.assign(vectors), len(best))), best)


def relearn(
    old: Clusters, vectors: Floats, words: Sequence[Words], clusters: int | None = None, seed: int = 0
) -> tuple[Clusters, Change]:
    """Topics of a catalogue that has changed, starting from those it had; see `learn` for arguments and errors.

    Kept topics keep their names and their order, and new ones follow.
    """
    known = _known(vectors)
    if old.centroids.shape[1] != vectors.shape[1] or len(known) < 2:
        fresh = learn(vectors, words, clusters, seed)
        return fresh, Change(fresh.names, old.names, 1.0)
    wanted = clusters or clusters_for(len(known))
    size = len(old.names)
    if clusters is None and abs(wanted - size) <= PATIENCE * size:
        wanted = size
    start = _resized(old, known, min(wanted, len(known)), np.random.default_rng(seed))
    centroids = spherical_kmeans(known, start)
    before, after = old.assign(vectors), Clusters((), centroids).assign(vectors)
    kept, partner = matched(before, after, size, len(centroids))
    order = [*partner, *(code for code in range(len(centroids)) if code not in set(partner))]
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    after = np.where(after >= 0, rank[after], -1)
    former = [name.removeprefix(PREFIX) for name in old.names]
    taken = [former[code] for code in kept] + [None] * (len(order) - len(kept))
    # What was said about a topic that is none any more must not come to mean another one: hence no former name.
    names = _named(labels(words, after, len(order), taken, former))
    same = np.full(size, -2)
    same[kept] = np.arange(len(kept))
    inside = before >= 0
    return Clusters(names, centroids[order]), Change(
        appeared=names[len(kept) :],
        vanished=tuple(name for code, name in enumerate(old.names) if code not in set(kept)),
        moved=float((same[before[inside]] != after[inside]).mean()),
    )


def spherical_kmeans(vectors: Floats, start: Floats, weights: Floats | None = None) -> Floats:
    """Centroids that maximise the (weighted) cosine of unit vectors with the nearest one, from a start; empty ones go.

    Args:
        vectors: (n, d) unit vectors.
        start: (k, d) first centroids.
        weights: (n,) of the vectors; None counts each once.

    Returns:
        (<= k, d) unit vectors.
    """
    centroids: Floats = np.asarray(start, dtype=np.float32)
    weight = np.ones(len(vectors), dtype=np.float32) if weights is None else weights
    nearest = np.full(len(vectors), -1)
    for _ in range(ROUNDS):
        now = (vectors @ centroids.T).argmax(axis=1)
        if (now == nearest).all():
            break
        nearest = now
        member = csr_matrix((weight, (nearest, np.arange(len(vectors)))), shape=(len(centroids), len(vectors)))
        sums = np.asarray(member @ vectors)
        norm = np.linalg.norm(sums, axis=1, keepdims=True)
        centroids = np.where(norm > 0, sums / np.maximum(norm, 1e-12), centroids)
    kept: Floats = centroids[np.unique(nearest)]
    return kept


def matched(before: Codes, after: Codes, old: int, new: int) -> tuple[list[int], list[int]]:
    """Old clusters that go on and the new ones that continue them, in the order of the old.

    Args:
        before, after: (n,) codes of the same items, -1 for none.
        old, new: how many clusters there are.
    """
    inside = before >= 0
    both = np.bincount(before[inside] * new + after[inside], minlength=old * new).reshape(old, new)
    either = both.sum(axis=1, keepdims=True) + both.sum(axis=0, keepdims=True) - both
    overlap = both / np.maximum(either, 1)
    rows, columns = linear_sum_assignment(-overlap)
    holds = overlap[rows, columns] >= HOLDS
    return rows[holds].tolist(), columns[holds].tolist()


def _known(vectors: Floats) -> Floats:
    return vectors[vectors.any(axis=1)]


def _named(found: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{PREFIX}{label}" for label in found)


def _resized(old: Clusters, known: Floats, wanted: int, generator: np.random.Generator) -> Floats:
    """The old centroids, less the smallest, or with items far from all of them added as k-means++ would."""
    size = np.bincount(old.assign(known), minlength=len(old.names))
    centroids = old.centroids[np.sort(np.argsort(-size, kind="stable")[:wanted])]
    while len(centroids) < wanted:
        distance = np.maximum(1 - (known @ centroids.T).max(axis=1).astype(np.float64), 0)
        if not distance.any():
            break
        chosen = generator.choice(len(known), p=distance / distance.sum())
        centroids = np.concatenate([centroids, known[[chosen]]])
    return centroids
