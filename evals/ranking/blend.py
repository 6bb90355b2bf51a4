"""The tuned blend of several ways of ranking: weighted z-scores or weighted reciprocal ranks of their lists."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from evals.metrics import Lists, evaluate

Floats = NDArray[np.float64]

STEPS = 10
"""Weights are tenths that sum to 1."""

KINDS = ("z-scores", "ranks + 10", "ranks + 60")


@dataclass(frozen=True)
class Blend:
    """How lists are blended: a kind of `KINDS`, and a weight for each part."""

    kind: str
    weights: Mapping[str, float]

    def text(self) -> str:
        """In words."""
        return f"{self.kind}: " + ", ".join(f"{name} {weight:g}" for name, weight in self.weights.items())


def tuned(parts: Mapping[str, Lists], wanted: csr_matrix) -> Blend:
    """The blend with the best NDCG@10."""
    best, found = -1.0, None
    for kind in KINDS:
        items, values = union(list(parts.values()), kind, wanted.shape[1])
        for weights in simplex(len(parts)):
            value = float(evaluate(_ranked(items, values, weights), wanted).ndcg.mean())
            if value > best:
                best, found = value, Blend(kind, dict(zip(parts, weights, strict=True)))
    assert found is not None
    return found


def blended(blend: Blend, parts: Mapping[str, Lists], catalogue: int) -> Lists:
    """The lists of a blend, as long as the longest of its parts."""
    chosen = [parts[name] for name in blend.weights]
    items, values = union(chosen, blend.kind, catalogue)
    return _ranked(items, values, tuple(blend.weights.values()), max(each.items.shape[1] for each in chosen))


def simplex(parts: int) -> Iterator[tuple[float, ...]]:
    """All weights in steps that sum to 1."""
    for head in itertools.product(range(STEPS + 1), repeat=parts - 1):
        if sum(head) <= STEPS:
            yield tuple(each / STEPS for each in (*head, STEPS - sum(head)))


def union(lists: Sequence[Lists], kind: str, catalogue: int) -> tuple[NDArray[np.int32], Floats]:
    """The items on any list of a case, each once, and what each list says of them.

    An item that a list does not have is worth as much there as its last.

    Returns:
        (cases, places) items, -1 for no item, and (parts, cases, places) values.
    """
    items = np.sort(np.concatenate([each.items for each in lists], axis=1), axis=1)[:, ::-1]
    items[:, 1:][items[:, 1:] == items[:, :-1]] = -1
    case = np.arange(len(items), dtype=np.int64)[:, None] * catalogue
    values = []
    for each in lists:
        told = _worth(each, kind)
        listed = each.items >= 0
        keys = (case + each.items)[listed]
        order = np.argsort(keys)
        sought = case + items
        place = np.minimum(np.searchsorted(keys[order], sought), len(keys) - 1)
        values.append(np.where((keys[order][place] == sought) & (items >= 0), told[listed][order][place], 0.0))
    return items, np.stack(values)


def _worth(lists: Lists, kind: str) -> Floats:
    """(cases, length) what each place is worth above the last one of its list."""
    listed = lists.items >= 0
    if kind != "z-scores":
        offset = int(kind.split()[-1])
        worth = np.tile(1 / (offset + np.arange(1, lists.items.shape[1] + 1)), (len(lists), 1))
        return np.asarray(np.where(listed, worth, 0.0))
    scores = np.where(listed, lists.scores, np.nan).astype(np.float64)
    count = listed.sum(axis=1, keepdims=True)
    total = np.nansum(scores, axis=1, keepdims=True)
    mean = total / np.maximum(count, 1)
    spread = np.sqrt(np.nansum((scores - mean) ** 2, axis=1, keepdims=True) / np.maximum(count, 1))
    least = np.min(np.where(listed, scores, np.inf), axis=1, keepdims=True)
    return np.asarray(np.where(listed, (scores - least) / np.maximum(spread, 1e-9), 0.0))


def _ranked(items: NDArray[np.int32], values: Floats, weights: Sequence[float], length: int = 50) -> Lists:
    scores = np.where(items >= 0, np.tensordot(np.asarray(weights), values, axes=1), -np.inf).astype(np.float32)
    length = min(length, items.shape[1])
    best = np.argpartition(-scores, length - 1, axis=1)[:, :length]
    value = np.take_along_axis(scores, best, axis=1)
    order = np.argsort(-value, axis=1, kind="stable")
    ranked = np.take_along_axis(np.take_along_axis(items, best, axis=1), order, axis=1)
    return Lists(ranked, np.take_along_axis(value, order, axis=1))
