"""Item-to-item models: recency-weighted co-occurrence and EASE. Both fold in a new event without retraining.

A model is one sparse matrix M (items × items): a person with weights w over the items of their history scores item j
with Σ_i w_i M[i, j]. A new event or a new person therefore only changes w.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import lapack
from scipy.sparse import coo_matrix, csr_matrix

from tools.scoring.signals import DAY, Floats, Interactions, Ints, fade

PAIR_BUDGET = 30_000_000
"""Pairs of events that co-occurrence looks at; beyond it each person's most distant pairs are left out."""

EASE_ITEMS = 5_000
"""Items in the EASE model: the most active ones. One float32 matrix of this size is 100 MB, inverted in place."""


def cooccurrence(
    log: Interactions, now: float, event_scale_days: float, pair_scale_days: float, shrink: float, top_k: int
) -> csr_matrix:
    """Item similarities from what the same people took up close together in time.

    sim(i, j) = c(i, j) / (sqrt(c(i) c(j)) + shrink), where c(i, j) sums over people the product of the uptakes
    of both events, faded by their age and by the time between them (cosine of Sarwar et al. 2001 with the time decays
    of Ding and Li 2005). People with long histories count less per pair (divided by the square root of length),
    so that a few very active ones do not set the similarities.

    Returns:
        (items, items) float32, at most ``top_k`` entries a row, no diagonal.
    """
    log = log.where(log.uptake > 0)
    size = log.items
    if len(log.item) == 0:
        return empty(size)
    length = np.bincount(log.user, minlength=log.users)[log.user]
    mass = log.uptake * np.sqrt(fade((now - log.at) / DAY, event_scale_days)) / np.sqrt(np.sqrt(length))
    norm = np.sqrt(np.bincount(log.item, mass.astype(np.float64) ** 2, minlength=size))
    reach = int(min(length.max() - 1, max(10, PAIR_BUDGET // max(1, len(log.item)))))
    total = empty(size)
    rows: list[Ints] = []
    cols: list[Ints] = []
    data: list[NDArray[Any]] = []
    waiting = 0
    for lag in range(1, reach + 1):
        first = np.flatnonzero(log.user[:-lag] == log.user[lag:])
        if len(first) == 0:
            break
        second = first + lag
        near = fade(np.abs(log.at[second] - log.at[first]) / DAY, pair_scale_days)
        rows.append(log.item[first])
        cols.append(log.item[second])
        data.append(mass[first] * mass[second] * near)
        waiting += len(first)
        if waiting > 4_000_000 or lag == reach:
            total = total + _sum(rows, cols, data, size)
            rows, cols, data, waiting = [], [], [], 0
    if waiting:
        total = total + _sum(rows, cols, data, size)
    pairs = (total + total.T).tocoo()
    value = pairs.data / (norm[pairs.row] * norm[pairs.col] + shrink)
    return _strongest(sparse(value, pairs.row, pairs.col, (size, size)), top_k)


def ease(log: Interactions, now: float, event_scale_days: float, l2: float, top_k: int) -> csr_matrix:
    """EASE (Steck 2019), closed form, with events weighted by recency and uptake.

    B = I - P diag(1 / diag(P)) with P = (XᵀX + λI)⁻¹, over the `EASE_ITEMS` most active items; B has no diagonal.

    Returns:
        (items, items) float32, at most ``top_k`` entries a row by size, zero rows for items outside the model.
    """
    log = log.where(log.uptake > 0)
    size = log.items
    mass = log.uptake * fade((now - log.at) / DAY, event_scale_days)
    activity = np.bincount(log.item, mass, minlength=size)
    chosen = np.argsort(-activity, kind="stable")[:EASE_ITEMS]
    chosen = np.sort(chosen[activity[chosen] > 0])
    if len(chosen) == 0:
        return empty(size)
    code = np.full(size, -1, np.int32)
    code[chosen] = np.arange(len(chosen), dtype=np.int32)
    inside = code[log.item] >= 0
    people = sparse(np.sqrt(mass[inside]), log.user[inside], code[log.item[inside]], (log.users, len(chosen)))
    gram = np.asfortranarray((people.T @ people).toarray(), dtype=np.float32)
    gram[np.diag_indices_from(gram)] += np.float32(l2)
    factor, info = lapack.spotrf(gram, lower=1, overwrite_a=1)
    if info:
        raise np.linalg.LinAlgError(f"EASE: the regularised item matrix is not positive definite ({info}).")
    inverse, _ = lapack.spotri(factor, lower=1, overwrite_c=1)
    diagonal = np.diag(inverse).copy()
    rows, columns, values = [], [], []
    keep = min(top_k, len(chosen))
    # Rows of the symmetric inverse come from its lower triangle in blocks: a full second copy would double the memory.
    for start in range(0, len(chosen), 500):
        stop = min(start + 500, len(chosen))
        block = np.empty((stop - start, len(chosen)), np.float32)
        block[:, :start] = inverse[start:stop, :start]
        block[:, start:] = inverse[start:, start:stop].T
        corner = inverse[start:stop, start:stop]
        block[:, start:stop] = np.tril(corner) + np.tril(corner, -1).T
        block /= -diagonal
        block[np.arange(stop - start), np.arange(start, stop)] = 0.0
        best = np.argpartition(-np.abs(block), keep - 1, axis=1)[:, :keep]
        values.append(np.take_along_axis(block, best, axis=1).ravel())
        columns.append(chosen[best].ravel())
        rows.append(np.repeat(chosen[start:stop], keep))
    return sparse(np.concatenate(values), np.concatenate(rows), np.concatenate(columns), (size, size))


def sparse(data: NDArray[Any], row: NDArray[Any], col: NDArray[Any], shape: tuple[int, int]) -> csr_matrix:
    """A float32 matrix from its entries; entries of the same cell add up, zeros are dropped."""
    matrix: csr_matrix = coo_matrix((data.astype(np.float32), (row, col)), shape=shape).tocsr()
    matrix.eliminate_zeros()
    matrix.sort_indices()
    return matrix


def empty(size: int) -> csr_matrix:
    """A square matrix without entries."""
    none = np.zeros(0, np.int32)
    return sparse(np.zeros(0, np.float32), none, none, (size, size))


def fold_in(model: csr_matrix, history: Ints, weights: Floats) -> Floats:
    """(items,) scores of one person: Σ_i weights_i · model[history_i]."""
    counted = np.flatnonzero(weights)
    return np.asarray(model[history[counted]].T @ weights[counted], np.float32)


def _sum(rows: list[Ints], cols: list[Ints], data: list[NDArray[Any]], size: int) -> csr_matrix:
    return sparse(np.concatenate(data), np.concatenate(rows), np.concatenate(cols), (size, size))


def _strongest(matrix: csr_matrix, top_k: int) -> csr_matrix:
    """Each row's largest entries by size, and no diagonal."""
    coo = matrix.tocoo()
    keep = coo.row != coo.col
    row, col, data = coo.row[keep], coo.col[keep], coo.data[keep]
    order = np.lexsort((-np.abs(data), row))
    row, col, data = row[order], col[order], data[order]
    starts = np.searchsorted(row, np.arange(matrix.shape[0]))
    near = np.arange(len(row)) - starts[row] < top_k
    return sparse(data[near], row[near], col[near], matrix.shape)
