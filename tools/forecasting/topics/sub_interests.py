"""What within a topic a person takes up: clusters of their own items there, named against the rest of the topic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np

from core.errors import InputError
from core.evidence import event_weight, standing
from core.types import Event
from tools.forecasting.topics.clusters import PREFIX, Codes, Floats, spherical_kmeans
from tools.forecasting.topics.labels import Words, labels
from tools.forecasting.topics.topics import Topics

MOST = 4
"""Sub-interests of a person in one topic."""
PART = 5
"""All items of a topic are put into ``sqrt(items / PART)`` clusters, whose tightness tells how close the items of one
sub-interest are."""
SLACK = 0.5
"""Distances may exceed the topic's by this over the root of the number of items: few tell little of their own spread.
Chosen, as `PART` was, on constructed people (docs/LOG.md)."""
_STARTS = 3
_SAMPLE = 2_000


@dataclass(frozen=True)
class SubInterest:
    """Part of what a person takes up in a topic.

    Attributes:
        label: up to three words that set it apart within the topic, different from the labels beside it.
        share: its part of the person's evidence in the topic; shares sum to 1.
        items: ids, what speaks for it most first.
        centroid: (d,) unit vector.
    """

    label: str
    share: float
    items: tuple[str, ...]
    centroid: Floats


class SubInterests:
    """Sub-interests within the topics of a catalogue; keeps nothing about any person.

    Silhouettes cannot tell one sub-interest from several: single products and their variants separate better than
    interests do. So a person has the fewest clusters within which items are as close to each other as they are within
    a part of the topic itself, the sum of squares being divided by its degrees of freedom.

    Args:
        topics: whose membership tells which items lie in a topic.
        vectors: (items, d) unit vectors in the order of the catalogue; zero rows for items that have none.
        words: (items,) what can name each item (`labels.item_words`).
    """

    def __init__(self, topics: Topics, vectors: Floats, words: Sequence[Words]) -> None:
        self._topics = topics
        self._vectors = vectors
        self._words = words
        self._members = lru_cache(maxsize=512)(self._read_members)
        self._spread = lru_cache(maxsize=512)(self._measure_spread)

    def of(self, topic: str, events: Iterable[Event], until: datetime | None = None) -> tuple[SubInterest, ...]:
        """Sub-interests of one person in a topic, greatest first; empty without positive evidence on items in it.

        Args:
            topic: its name, in any case.
            events: of the person, in any order; see `core.evidence.standing` for which count.
            until: the last moment that counts.

        Raises:
            InputError: there is no such topic.
        """
        code = self._topics.code(topic)
        if code is None:
            raise InputError(f"Topic {topic!r} is unknown.", f"Choose one of {', '.join(self._topics.names[:10])}….")
        members = self._members(code)
        evidence = np.zeros(len(self._vectors))
        for event in standing(events, until):
            position = self._topics.columns.position.get(event.item_id or "")
            if position is not None:
                evidence[position] += event_weight(event.kind, event.value)
        taken = members[evidence[members] > 0]
        if not len(taken):
            return ()
        weights = evidence[taken].astype(np.float32)
        vectors = self._vectors[taken]
        centroids = self._centroids(vectors, weights, self._spread(code))
        group = np.asarray((vectors @ centroids.T).argmax(axis=1), dtype=np.int64)
        names = self._labels(code, taken, group, len(centroids))
        ids = self._topics.columns.ids
        found = []
        for part, centroid in enumerate(centroids):
            own = np.flatnonzero(group == part)
            own = own[np.argsort(-weights[own], kind="stable")]
            share = float(weights[own].sum() / weights.sum())
            found.append(SubInterest(names[part], share, tuple(ids[taken[each]] for each in own), centroid))
        return tuple(sorted(found, key=lambda each: -each.share))

    def _centroids(self, vectors: Floats, weights: Floats, spread: float) -> Floats:
        size = float(weights.sum() ** 2 / (weights**2).sum())
        for count in range(1, min(MOST, len(np.unique(vectors, axis=0))) + 1):
            centroids = _kmeans(vectors, weights, count)
            if size <= count or _distance(vectors, weights, centroids, size) <= spread * (1 + SLACK / np.sqrt(size)):
                break
        return centroids

    def _labels(self, code: int, taken: Codes, group: Codes, groups: int) -> tuple[str, ...]:
        """Names of the groups beside the rest of the topic, whose own name none of them may get."""
        rest = _sample(np.setdiff1d(self._members(code), taken))
        rows = np.concatenate([taken, rest])
        codes = np.concatenate([group, np.full(len(rest), groups)])
        own = self._topics.names[code].removeprefix(PREFIX)
        return labels([self._words[row] for row in rows.tolist()], codes, groups + 1, [*[None] * groups, own])[:groups]

    def _read_members(self, code: int) -> Codes:
        rows = np.flatnonzero(np.asarray(self._topics.weights[:, [code]].todense()).ravel() > 0)
        return np.asarray(rows[self._vectors[rows].any(axis=1)], dtype=np.int64)

    def _measure_spread(self, code: int) -> float:
        members = _sample(self._members(code))
        vectors, ones = self._vectors[members], np.ones(len(members), dtype=np.float32)
        parts = max(round(np.sqrt(len(members) / PART)), 1)
        return _distance(vectors, ones, _kmeans(vectors, ones, parts), len(members))


def _sample(rows: Codes) -> Codes:
    if len(rows) <= _SAMPLE:
        return rows
    return np.sort(np.random.default_rng(0).choice(rows, _SAMPLE, replace=False))


def _kmeans(vectors: Floats, weights: Floats, count: int) -> Floats:
    """The best of several starts."""
    from sklearn.cluster import kmeans_plusplus

    starts = (
        kmeans_plusplus(vectors, count, sample_weight=weights, random_state=seed)[0]
        for seed in range(_STARTS if count > 1 else 1)
    )
    found = [spherical_kmeans(vectors, start, weights) for start in starts]
    return max(found, key=lambda centroids: float(weights @ (vectors @ centroids.T).max(axis=1)))


def _distance(vectors: Floats, weights: Floats, centroids: Floats, size: float) -> float:
    """Mean cosine distance from the nearest centroid, by degrees of freedom; ``size`` is the effective number."""
    mean = 1 - float(weights @ (vectors @ centroids.T).max(axis=1)) / float(weights.sum())
    return mean * size / max(size - len(centroids), 1e-9)
