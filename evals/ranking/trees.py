"""An unconstrained ranker to compare the additive one with: gradient-boosted trees on the same choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.scoring.features import LOG_FEATURES
from tools.scoring.ranker import Choice, Matrix, Ranker

ROUNDS = 400
HELD_OUT = 5
"""Every so many choices, one tells when to stop."""


@dataclass(frozen=True)
class Trees(Ranker):
    """A ranker whose score is that of trees over all features that a log teaches; the others count as ever.

    The whole score of the trees stands in the first column: they have no contributions.
    """

    trees: Any = field(default=None)

    @classmethod
    def learned(cls, choices: Sequence[Choice], seed: int = 0) -> Trees:
        """Boosted trees (Friedman 2001; binned as LightGBM's, Ke et al. 2017) with log-loss.

        Every choice counts the same however many candidates it has, and every choice's taken items as much as those
        that were not. Rounds end when every fifth choice, held out, gains no more; the trees then learn from the rest.
        """
        from sklearn.ensemble import HistGradientBoostingClassifier

        held = np.arange(len(choices)) % HELD_OUT == HELD_OUT - 1
        learn, stop = (
            _rows([each for each, out in zip(choices, held, strict=True) if out == part]) for part in (False, True)
        )
        made = HistGradientBoostingClassifier(
            learning_rate=0.06,
            max_iter=ROUNDS,
            max_leaf_nodes=31,
            min_samples_leaf=200,
            l2_regularization=5.0,
            early_stopping=True,
            n_iter_no_change=20,
            random_state=seed,
        )
        made.fit(learn[0], learn[1], sample_weight=learn[2], X_val=stop[0], y_val=stop[1], sample_weight_val=stop[2])
        return cls({}, trees=made)

    def in_place_of(self, shipped: Ranker) -> Ranker:
        """The same for the shipped ranker's columns, with its weights where trees have nothing to say."""
        return Trees(shipped.weights, shipped.intercept, shipped.shapes, trees=self.trees)

    def contributions(self, features: Mapping[str, NDArray[np.float32]]) -> Matrix:
        """(items, features) with the trees' score in the first column."""
        parts = super().contributions(features)
        parts[:, [name in LOG_FEATURES for name in self.names]] = 0.0
        if len(parts):
            parts[:, 0] += self.trees.decision_function(np.column_stack([features[name] for name in LOG_FEATURES]))
        return parts


def _rows(choices: Sequence[Choice]) -> tuple[NDArray[np.float32], NDArray[np.bool_], NDArray[np.float64]]:
    weights = []
    for choice in choices:
        taken = choice.taken.sum()
        weights.append(np.where(choice.taken, 0.5 / taken, 0.5 / (len(choice.taken) - taken)))
    mass = np.concatenate(weights)
    rows = np.concatenate([choice.features for choice in choices])
    return rows, np.concatenate([choice.taken for choice in choices]), mass * (len(mass) / mass.sum())
