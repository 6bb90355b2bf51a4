"""Interest topics: what items, and statements about topics, mean in terms of them.

Topics are the values of one catalogue facet, or clusters of items (`tools.forecasting.topics.clusters`).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.sparse import csr_matrix, diags_array

from core.errors import InputError
from core.evidence import TopicRow
from core.settings import Settings
from store.columns import ItemColumns
from tools.forecasting.topics.clusters import Clusters, Floats

MAX_TOPICS = 400
"""Of a facet with more values (director, brand) the most common ones are kept: shares over thousands say nothing."""
CLUSTERS = "clusters"
"""Stands for learnt clusters where a facet is named."""


class Topics:
    """Named topics and how items belong to them.

    Args:
        columns: the catalogue.
        names: ``facet:value``.
        weights: (items, topics) membership; rows sum to 1, or to 0 for items without a topic.
    """

    def __init__(self, columns: ItemColumns, names: tuple[str, ...], weights: csr_matrix) -> None:
        self._columns = columns
        self._names = names
        self._codes = {name.casefold(): code for code, name in enumerate(names)}
        self._weights = weights
        self._spread = lru_cache(maxsize=4096)(self._mean_row)

    @property
    def names(self) -> tuple[str, ...]:
        """Topic names, ``facet:value``."""
        return self._names

    @property
    def weights(self) -> csr_matrix:
        """(items, topics) membership; rows sum to 1, or to 0 for items without a topic."""
        return self._weights

    @property
    def columns(self) -> ItemColumns:
        """The catalogue these topics were read from."""
        return self._columns

    @property
    def version(self) -> str:
        """The catalogue version these topics were read from."""
        return self._columns.version

    def item_row(self, item_id: str) -> TopicRow:
        """Topics of one item; empty for an unknown item."""
        position = self._columns.position.get(item_id)
        if position is None:
            return ()
        start, end = self._weights.indptr[position], self._weights.indptr[position + 1]
        return list(zip(self._weights.indices[start:end].tolist(), self._weights.data[start:end].tolist(), strict=True))

    def code(self, topic: str) -> int | None:
        """Position of a topic by name, in any case; None if it is none of these topics."""
        return self._codes.get(topic.casefold())

    def topic_row(self, topic: str, weight: float) -> TopicRow:
        """What a statement about a topic speaks of, ``weight`` being its signed weight.

        One of these topics is itself. A good word for a value of another facet ("director:Ridley Scott") speaks of the
        mean topics of the items that carry it; a bad one speaks of that value alone.
        """
        own = self.code(topic)
        if own is not None:
            return ((own, 1.0),)
        return self._spread(topic) if weight > 0 else ()

    def _mean_row(self, topic: str) -> TopicRow:
        facet, _, value = topic.partition(":")
        column = self._columns.facets.get(facet)
        code = column.codes.get(value.casefold()) if column else None
        if column is None or code is None:
            return ()
        carriers = np.asarray(column.matrix[:, [code]].todense()).ravel() > 0
        mean = np.asarray(self._weights[carriers].sum(axis=0)).ravel()
        total = mean.sum()
        return tuple((int(topic), float(mean[topic] / total)) for topic in np.flatnonzero(mean)) if total else ()


class FacetTopics(Topics):
    """Topics of one facet. An item of several values belongs to each in equal part.

    Args:
        columns: the catalogue.
        facet: its facet whose values are the topics ("genre", "department").
        names: keep exactly these topics in this order, those without items too; None takes the facet's own values,
            most common first.

    Raises:
        InputError: the catalogue has no such facet.
    """

    def __init__(self, columns: ItemColumns, facet: str, names: tuple[str, ...] | None = None) -> None:
        column = columns.facets.get(facet)
        if column is None:
            raise _no_facet(columns, facet)
        if names is None:
            order = np.argsort(-np.asarray(column.matrix.sum(axis=0)).ravel(), kind="stable")[:MAX_TOPICS]
            names = tuple(f"{facet}:{column.values[code]}" for code in order)
        found = [column.codes.get(name.partition(":")[2].casefold()) for name in names]
        rows = [code for code in found if code is not None]
        select = csr_matrix(
            (np.ones(len(rows), dtype=np.float32), (rows, [i for i, code in enumerate(found) if code is not None])),
            shape=(len(column.values), len(names)),
        )
        chosen = csr_matrix(column.matrix @ select)
        size = np.asarray(chosen.sum(axis=1)).ravel()
        super().__init__(columns, names, csr_matrix(diags_array(1 / np.maximum(size, 1)).astype(np.float32) @ chosen))


class ClusterTopics(Topics):
    """Learnt topics. An item belongs to the nearest one, and to none if it has no vector.

    Args:
        columns: the catalogue.
        clusters: what was learnt, from this catalogue or an older one.
        vectors: (items, d) unit vectors in the order of the catalogue; zero rows for items that have none.

    Raises:
        InputError: the vectors are not those of this catalogue, or of another length than the topics were learnt from.
    """

    def __init__(self, columns: ItemColumns, clusters: Clusters, vectors: Floats) -> None:
        if len(vectors) != len(columns.ids):
            raise InputError(
                f"There are {len(vectors)} vectors for {len(columns.ids)} items.", "Index the catalogue again."
            )
        code = clusters.assign(vectors)
        inside = np.flatnonzero(code >= 0)
        ones = np.ones(len(inside), dtype=np.float32)
        weights = csr_matrix((ones, (inside, code[inside])), shape=(len(code), len(clusters.names)))
        super().__init__(columns, clusters.names, weights)


def topic_source(settings: Settings, columns: ItemColumns) -> str:
    """The facet whose values are the topics, or `CLUSTERS`: also where the default facet is not in the catalogue.

    Raises:
        InputError: a facet was set that the catalogue does not have.
    """
    facet = settings.topic_facet
    if facet == CLUSTERS or facet in columns.facets:
        return facet
    if "topic_facet" in settings.model_fields_set:
        raise _no_facet(columns, facet)
    return CLUSTERS


def _no_facet(columns: ItemColumns, facet: str) -> InputError:
    known = ", ".join(sorted(columns.facets)) or "none"
    return InputError(
        f"The catalogue has no facet {facet!r} for interest topics.",
        f"Set DRIFTLINE_TOPIC_FACET to one it has ({known}), or to {CLUSTERS!r} to learn topics.",
    )
