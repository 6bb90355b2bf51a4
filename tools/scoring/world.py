"""What the ranker knows of the items themselves, the same for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags_array

from store.columns import FacetColumn, ItemColumns
from tools.deps import TopicModel
from tools.scoring.knowledge.graph import Graph, build_graph
from tools.scoring.signals import Floats, Ints

CRITICS = {"tomatometer": 100.0, "metascore": 100.0, "critics_score": 100.0}
"""Figures that tell how good an item is held to be, with the top of their scale."""

RENOWN = ("reviews", "box_office", "votes")
"""Figures that tell how widely an item is known: the first one that the catalogue has is used."""

COMMON = 0.02
"""A facet whose typical value covers more of the catalogue than this (language, country) does not make items akin."""


@dataclass(frozen=True)
class World:
    """Fixed columns over items.

    Attributes:
        vectors: (items, d) text vectors; ``mean`` (d,) and ``spread`` (items,) centre them, 0 for items without one.
        people: per identifying facet (director, actor, brand), its column and its matrix with rows of length 1.
        quality, renown: (items,) in [0, 1]; year: (items,) NaN where unknown.
        topics: (items, topics) membership, rows sum to 1 or 0; ``kinds`` the same with rows of length 1.
    """

    columns: ItemColumns
    vectors: Floats
    mean: Floats
    spread: Floats
    people: dict[str, tuple[FacetColumn, csr_matrix]]
    quality: Floats
    renown: Floats
    year: Floats
    topic_names: tuple[str, ...]
    topics: csr_matrix
    kinds: csr_matrix

    @cached_property
    def graph(self) -> Graph:
        """Series, versions, people and product lines that connect items."""
        return build_graph(self.columns, tuple(self.people))

    def content(self, positions: Ints, weights: Floats) -> Floats:
        """(items,) cosine, from 0, to the weighted mean of some items, all centred on the catalogue's mean.

        Centring (Mu and Viswanath 2018) removes what all texts share, which otherwise makes everything alike.
        """
        return self.cosine(self._centre(positions, weights))

    def contents(self, likings: Sequence[tuple[Ints, Floats]]) -> Floats:
        """(people, items) `content` of many people's liked items and weights, in one product."""
        directions = np.stack([self._centre(positions, weights) for positions, weights in likings])
        lengths = np.linalg.norm(directions, axis=1, keepdims=True)
        directions /= np.where(lengths > 0, lengths, 1)
        raw = directions @ self.vectors.T - (directions @ self.mean)[:, None]
        return np.asarray(np.maximum(raw * self._closeness, 0.0), np.float32)

    @cached_property
    def _closeness(self) -> Floats:
        return np.divide(1.0, self.spread, out=np.zeros_like(self.spread), where=self.spread > 0)

    def alike(self, positions: Ints, weights: Floats) -> Floats:
        """(items,) weighted sum of centred cosines to some items, from 0."""
        return self._along(self._centre(positions, weights))

    def cosine(self, direction: Floats) -> Floats:
        """(items,) cosine, from 0, of centred item vectors to a direction."""
        length = np.float32(np.linalg.norm(direction))
        return self._along(direction / length if length > 0 else direction)

    def _centre(self, positions: Ints, weights: Floats) -> Floats:
        usable = self.spread[positions] > 0
        part = weights[usable] / self.spread[positions[usable]]
        return np.asarray(part @ self.vectors[positions[usable]] - part.sum() * self.mean, np.float32)

    def _along(self, direction: Floats) -> Floats:
        if not direction.any() or not len(self.spread):
            return np.zeros(len(self.spread), np.float32)
        raw = self.vectors @ direction - np.float32(self.mean @ direction)
        return np.asarray(np.maximum(raw * self._closeness, 0.0), np.float32)


def build_world(columns: ItemColumns, vectors: Floats, topics: TopicModel | None) -> World:
    """The fixed columns of a catalogue; ``vectors`` is `Retriever.item_vectors`."""
    size = len(columns.ids)
    names = topics.names if topics else ()
    topical = {name.partition(":")[0] for name in names}
    membership = topics.weights if topics else csr_matrix(np.zeros((size, 0), np.float32))
    indexed = np.abs(vectors).sum(axis=1) > 0 if size else np.zeros(0, bool)
    mean = vectors[indexed].mean(axis=0) if indexed.any() else np.zeros(vectors.shape[1], np.float32)
    # ‖v - m‖² from parts, so that no second copy of the vectors is made.
    squares = np.einsum("ij,ij->i", vectors, vectors) - 2 * (vectors @ mean) + mean @ mean
    spread = np.where(indexed, np.sqrt(np.maximum(squares, 1e-6)), 0.0).astype(np.float32)
    return World(
        columns=columns,
        vectors=vectors,
        mean=mean.astype(np.float32),
        spread=spread,
        people={
            facet: (column, _unit_rows(column.matrix))
            for facet, column in columns.facets.items()
            if facet not in topical and _typical_share(column.matrix) < COMMON
        },
        quality=_quality(columns, size),
        renown=_renown(columns, size),
        year=columns.numbers.get("year", np.full(size, np.nan, np.float32)),
        topic_names=names,
        topics=membership,
        kinds=_unit_rows(membership),
    )


def _unit_rows(matrix: csr_matrix) -> csr_matrix:
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return csr_matrix(diags_array(1 / np.where(lengths > 0, lengths, 1)).astype(np.float32) @ matrix)


def _typical_share(matrix: csr_matrix) -> float:
    counts = np.asarray(matrix.sum(axis=0)).ravel().astype(np.float64)
    return float((counts**2).sum() / max(counts.sum(), 1.0) / max(matrix.shape[0], 1))


def _quality(columns: ItemColumns, size: int) -> Floats:
    """Mean of the critics' figures; items without any stand at the lower quartile of those with some."""
    known = [columns.numbers[name] / top for name, top in CRITICS.items() if name in columns.numbers]
    if not known or not size:
        return np.zeros(size, np.float32)
    stacked: NDArray[np.float32] = np.stack(known)
    counts = (~np.isnan(stacked)).sum(axis=0)
    mean = np.nansum(stacked, axis=0) / np.maximum(counts, 1)
    floor = np.quantile(mean[counts > 0], 0.25) if (counts > 0).any() else 0.0
    return np.where(counts > 0, mean, floor).astype(np.float32)


def _renown(columns: ItemColumns, size: int) -> Floats:
    for name in RENOWN:
        if name in columns.numbers:
            figures = np.log1p(np.nan_to_num(np.maximum(columns.numbers[name], 0.0)))
            return np.asarray(figures / max(float(figures.max(initial=0.0)), 1e-9), np.float32)
    return np.zeros(size, np.float32)
