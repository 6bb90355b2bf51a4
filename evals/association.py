"""How well scores order what happened: within people, over all people, and how sure that is."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.periods import Indices
from core.timeline import Array

_ROWS = 2000


def concordance(score: NDArray[Any], time: NDArray[Any], valid: NDArray[np.bool_]) -> Array:
    """(n,) how often, within a row, the higher score has the earlier time; ties of scores count half (Harrell 1982).

    Args:
        score: (n, k).
        time: (n, k) pairs of equal times are not comparable; with times 0 (it happened) and 1 this is the AUC.
        valid: (n, k) cells that count.

    Returns:
        NaN for rows without a comparable pair.
    """
    result = np.full(len(score), np.nan)
    for start in range(0, len(score), _ROWS):
        part = slice(start, start + _ROWS)
        s, t, v = score[part], time[part], valid[part]
        earlier = (t[:, :, None] < t[:, None, :]) & v[:, :, None] & v[:, None, :]
        won = (s[:, :, None] > s[:, None, :]) + 0.5 * (s[:, :, None] == s[:, None, :])
        pairs = earlier.sum(axis=(1, 2))
        result[part] = np.divide((earlier * won).sum(axis=(1, 2)), pairs, out=result[part], where=pairs > 0)
    return result


def by_person(score: Array, person: Indices) -> Array:
    """(people,) mean of the scores of each person's rows that are not NaN; people without any are left out."""
    kept = ~np.isnan(score)
    _, code = np.unique(person[kept], return_inverse=True)
    return np.asarray(np.bincount(code, weights=score[kept]) / np.maximum(np.bincount(code), 1))


def mean_error(values: Array) -> tuple[float, float]:
    """Mean and its standard error."""
    return float(values.mean()), float(values.std() / np.sqrt(max(len(values), 1)))


def pooled_auc(score: Array, happened: NDArray[np.bool_], person: Indices) -> tuple[float, Array]:
    """The AUC over all rows, and what each person adds to its error (DeLong's placements, summed by person).

    The standard error of an AUC, or of a difference of two over the same rows, is the root of the sum of squares of
    the second value, or of the difference of the two.
    """
    _, rank = np.unique(score, return_inverse=True)
    size = int(rank.max()) + 1
    losers, winners = (max(int(np.count_nonzero(each)), 1) for each in (~happened, happened))
    lost = np.bincount(rank[~happened], minlength=size) / losers
    won = np.bincount(rank[happened], minlength=size) / winners
    below = np.cumsum(lost) - lost / 2
    above = 1 - (np.cumsum(won) - won / 2)
    auc = float((won * below).sum())
    part = np.where(
        happened,
        (below[rank] - auc) / winners,
        (above[rank] - auc) / losers,
    )
    _, code = np.unique(person, return_inverse=True)
    return auc, np.asarray(np.bincount(code, weights=part))


def log_loss(chance: NDArray[Any], happened: NDArray[np.bool_]) -> Array:
    """-log of the probability of what happened, elementwise; probabilities are kept off 0 and 1."""
    chance = np.clip(chance, 1e-4, 1 - 1e-4)
    return np.asarray(-np.log(np.where(happened, chance, 1 - chance)))


def calibration_error(chance: Array, happened: NDArray[np.bool_], bins: int = 10) -> float:
    """Mean distance between probability and frequency over bins of equally many (ECE; Naeini et al. 2015)."""
    order = np.argsort(chance, kind="stable")
    parts = np.array_split(order, bins)
    return float(sum(abs(chance[each].sum() - happened[each].sum()) for each in parts) / len(chance))


def rank_correlation(first: Array, second: Array) -> float:
    """Spearman's."""
    from scipy.stats import rankdata

    return float(np.corrcoef(rankdata(first), rankdata(second))[0, 1])
