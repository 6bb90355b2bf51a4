"""Catalogues of items whose vectors lie around known directions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from store.columns import ItemColumns, columns_from
from tools.forecasting.topics.clusters import Floats
from tools.forecasting.topics.labels import Words, item_words

KINDS = ("candle", "mug", "clock", "cushion", "necklace", "stamp")
DIMENSIONS = 24


def around(directions: Floats, which: Sequence[int], noise: float, seed: int = 0) -> Floats:
    """Unit vectors around the chosen directions."""
    generator = np.random.default_rng(seed)
    vectors = directions[list(which)] + noise * generator.normal(size=(len(which), directions.shape[1]))
    unit: Floats = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return unit


def directions(count: int, seed: int = 1) -> Floats:
    """Orthogonal unit vectors."""
    square = np.linalg.qr(np.random.default_rng(seed).normal(size=(DIMENSIONS, DIMENSIONS)))[0]
    return np.asarray(square[:count], dtype=np.float32)


def shop(each: int, kinds: int = len(KINDS), seed: int = 0) -> tuple[Floats, list[Words], list[int]]:
    """Vectors, words and true kinds of ``each`` items of every kind, kinds alternating."""
    which = list(range(kinds)) * each
    return around(directions(len(KINDS)), which, 0.08, seed), [item_words(KINDS[kind], {}) for kind in which], which


def columns_of(titles: Sequence[str], facets: Sequence[dict[str, list[str]]] | None = None) -> ItemColumns:
    """A catalogue of items ``0000``, ``0001``…"""
    rows = [
        (f"{row:04d}", {"title": title, "numbers": {}, "available": True, "facets": facets[row] if facets else {}})
        for row, title in enumerate(titles)
    ]
    return columns_from(rows, "v1", [float("nan")] * len(rows))
