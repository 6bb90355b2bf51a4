"""First messages that make sense in this catalogue: things well known in it, its own topics, years or prices."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from store.columns import FacetColumn, ItemColumns
from tools.deps import Deps

_KNOWN = 200
"""How many of the best known items are looked at."""


def examples(deps: Deps) -> tuple[str, ...]:
    """Messages to begin with, different in kind; empty where the catalogue has neither events nor topics."""
    columns = deps.catalog.columns()
    if not columns.ids:
        return ()
    fame = deps.trends.popularities(deps.now(), [None])[0] * columns.available
    if "price" in columns.numbers:  # what has no price is nothing that one asks a shop for by name
        fame = fame * np.isfinite(columns.numbers["price"])
    known = [int(row) for row in np.argsort(-fame, kind="stable")[:_KNOWN] if fame[row] > 0]
    topics = columns.facets.get(deps.settings.topic_facet)
    said = (_liked(columns, topics, known), _limited(columns, topics, known), _ahead(deps))
    return tuple(message for message in said if message)


def _liked(columns: ItemColumns, topics: FacetColumn | None, known: list[int]) -> str:
    """Two well-known things of different topics."""
    chosen: list[int] = []
    for row in known:
        if not any(_topics_of(topics, row) & _topics_of(topics, other) for other in chosen):
            chosen.append(row)
        if len(chosen) == 2:
            break
    if len(chosen) < 2:
        return ""
    one, other = (_short(columns, row) for row in chosen)
    return (
        f"I buy {one} and {other}, what goes with them?" if "price" in columns.numbers else f"I loved {one} and {other}"
    )


def _limited(columns: ItemColumns, topics: FacetColumn | None, known: list[int]) -> str:
    """A topic with a limit on what the catalogue counts."""
    if topics is None or not known:
        return ""
    counts = np.asarray(topics.matrix[known].sum(axis=0)).ravel()
    topic = int(np.argsort(-counts, kind="stable")[min(2, len(counts) - 1)])
    rows = topics.matrix[:, topic].nonzero()[0]
    name = topics.values[topic].lower()
    prices, years = _figures(columns, "price", rows), _figures(columns, "year", rows)
    if len(prices):
        return f"something from {name} under {max(1, math.ceil(float(np.median(prices))))}"
    if len(years):
        return f"something {name}, after {int(np.median(years)) // 10 * 10}"
    return f"something {name}"


def _ahead(deps: Deps) -> str:
    return "what am I running out of?" if "price" in deps.catalog.columns().numbers else "where is my taste heading?"


def _figures(columns: ItemColumns, name: str, rows: NDArray[np.intp]) -> NDArray[np.float32]:
    figures = columns.numbers.get(name)
    if figures is None:
        return np.zeros(0, np.float32)
    found = figures[rows]
    return found[np.isfinite(found)]


def _topics_of(topics: FacetColumn | None, row: int) -> set[int]:
    return set() if topics is None else set(topics.matrix[row].indices.tolist())


def _short(columns: ItemColumns, row: int) -> str:
    """A title as one says it: in a shop without the size of the package."""
    title = columns.titles[row]
    return title.split(",")[0].lower() if "price" in columns.numbers else title
