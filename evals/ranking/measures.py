"""All metrics of the ways of ranking of one test, and their differences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from evals.metrics import (
    Floats,
    Lists,
    average_popularity,
    bootstrap_intervals,
    evaluate,
    gini,
    miscalibration,
    novelty,
)
from evals.ranking.report import ACCURACY, ACTIVITY, Difference
from evals.splits import Split


@dataclass(frozen=True)
class Measured:
    """One way of ranking: accuracy of each person by metric, and all means."""

    accuracy: Mapping[str, Floats]
    figures: Mapping[str, float]
    activity: Mapping[str, float]


class Measures:
    """Measures lists of the cases of a split.

    Args:
        split: the cases.
        topics: (items, topics) memberships, rows that sum to 1 or 0.
    """

    def __init__(self, split: Split, topics: csr_matrix) -> None:
        self._split = split
        self._topics = topics
        log = split.learnt
        pairs = np.unique(log.user.astype(np.int64) * len(split.ids) + log.item)
        self._takers = np.bincount(pairs % len(split.ids), minlength=len(split.ids))
        self._people = len(np.unique(log.user))
        mass = np.asarray((split.known @ topics).todense(), np.float64)
        self._own = mass / np.maximum(mass.sum(axis=1, keepdims=True), 1e-12)
        events = np.bincount(split.history[0], minlength=len(split))
        order = np.argsort(np.argsort(events, kind="stable"), kind="stable")
        self._third = np.minimum(order * len(ACTIVITY) // max(len(split), 1), len(ACTIVITY) - 1)
        self.thirds = tuple(
            (int(events[self._third == third].min(initial=10**9)), int(events[self._third == third].max(initial=0)))
            for third in range(len(ACTIVITY))
        )

    def of(self, lists: Lists) -> Measured:
        """All metrics."""
        found = evaluate(lists, self._split.wanted)
        accuracy = dict(zip(ACCURACY, (found.hit, found.ndcg, found.recall, found.mrr), strict=True))
        figures = {name: float(each.mean()) for name, each in accuracy.items()} | {
            "cover@10": found.coverage,
            "novelty": float(novelty(lists, self._takers, self._people).mean()),
            "KL topics": float(miscalibration(lists, self._own, self._topics).mean()),
            "popularity": float(average_popularity(lists, self._takers).mean()),
            "Gini": gini(lists, len(self._split.ids)),
        }
        activity = {
            name: float(found.ndcg[self._third == third].mean()) if (self._third == third).any() else float("nan")
            for third, name in enumerate(ACTIVITY)
        }
        return Measured(accuracy, figures, activity)


def differences(measured: Mapping[str, Measured], ours: Iterable[str]) -> tuple[Difference, ...]:
    """Each of ours minus every other; variants of ours are compared with the shipped one, the first, alone."""
    names = list(ours)
    others = [name for name in measured if name not in names]
    pairs = [(names[0], other) for other in (*others, *names[1:])] if names else []
    if not pairs:
        return ()
    rows = [
        measured[first].accuracy[metric] - measured[second].accuracy[metric]
        for first, second in pairs
        for metric in ACCURACY
    ]
    intervals = bootstrap_intervals(np.stack(rows)).tolist()
    keys = [(first, second, metric) for first, second in pairs for metric in ACCURACY]
    return tuple(Difference(*key, *interval) for key, interval in zip(keys, intervals, strict=True))
