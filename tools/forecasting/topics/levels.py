"""Facets one level below a facet: departments hold categories, so interest in a department can be opened into them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags_array

from core.errors import InputError
from store.columns import ItemColumns
from tools.forecasting.topics.topics import FacetTopics

PURE = 0.9
"""A facet lies below another one if it tells the other one's value this well (`purity`)."""
CHILDREN = 2.0
"""And if it has at least this many values for each value of the other."""


def finer_facet(columns: ItemColumns, facet: str) -> str | None:
    """The facet one level below: of those whose values lie within single values of this one, the one of fewest values.

    Raises:
        InputError: the catalogue has no such facet.
    """
    if facet not in columns.facets:
        raise InputError(
            f"The catalogue has no facet {facet!r}.", f"Choose one of {', '.join(sorted(columns.facets)) or 'none'}."
        )
    sizes = {name: len(column.values) for name, column in columns.facets.items()}
    below = [
        name
        for name in columns.facets
        if name != facet and sizes[name] >= CHILDREN * sizes[facet] and purity(columns, facet, name) >= PURE
    ]
    return min(below, key=lambda name: (sizes[name], name), default=None)


def purity(columns: ItemColumns, coarse: str, fine: str) -> float:
    """How well the ``fine`` value of an item tells its ``coarse`` one: Goodman and Kruskal's lambda (1954).

    The part of the errors that vanish when the coarse value is guessed from the other items of the same fine value and
    not from all items; so 0 tells nothing and 1 everything. Fine values of a single item are left out.
    """
    inside, _ = _shared(columns, coarse, fine)
    size = np.asarray(inside.sum(axis=1)).ravel()
    inside = inside[size > 1]
    if not inside.nnz:
        return 0.0
    main = np.asarray(inside.max(axis=1).todense()).ravel()
    right = np.maximum(main - 1, 0).sum() / (size[size > 1] - 1).sum()
    guessed = float(inside.sum(axis=0).max() / inside.sum())
    return float(max(right - guessed, 0) / (1 - guessed)) if guessed < 1 else 0.0


def opened(columns: ItemColumns, topic: str) -> FacetTopics | None:
    """Topics one level below a topic, for timelines within it: the finer facet's values that lie mostly in its value.

    Args:
        topic: ``facet:value``.

    Returns:
        None if there is no level below, nothing of the topic in it, or the topic is no value of a facet.
    """
    facet, _, value = topic.partition(":")
    column = columns.facets.get(facet)
    code = column.codes.get(value.casefold()) if column else None
    finer = None if code is None else finer_facet(columns, facet)
    if finer is None:
        return None
    inside, parent = _shared(columns, facet, finer)
    size = np.asarray(inside[:, [code]].todense()).ravel()
    order = np.argsort(-size, kind="stable")
    chosen = [each for each in order.tolist() if parent[each] == code]
    names = tuple(f"{finer}:{columns.facets[finer].values[each]}" for each in chosen)
    return FacetTopics(columns, finer, names) if names else None


def _shared(columns: ItemColumns, coarse: str, fine: str) -> tuple[csr_matrix, NDArray[np.int64]]:
    """(fine, coarse) numbers of items with both values, and the main coarse value of each fine one, -1 for none.

    An item of several coarse values counts in equal part for each: a director whose films are all partly dramas does
    not lie within drama.
    """
    above, below = columns.facets[coarse].matrix, columns.facets[fine].matrix
    part = diags_array(1 / np.maximum(np.asarray(above.sum(axis=1)).ravel(), 1))
    inside = csr_matrix(below.T @ part @ above)
    none = np.asarray(inside.sum(axis=1)).ravel() == 0
    return inside, np.where(none, -1, np.asarray(inside.argmax(axis=1)).ravel())
