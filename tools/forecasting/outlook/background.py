"""What the population says about topics at an origin: how far each reaches, what it goes with, how often it is new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.timeline import Array, to_shares
from tools.forecasting.series import HORIZONS, Panel

RECENT = 3
"""Periods that count as recent."""
_PSEUDO = 20.0
"""People whose adoptions follow recent reach are added to those counted."""


@dataclass(frozen=True)
class Background:
    """Figures of a panel before an origin; ``lift`` and the like have a zero diagonal and rows for what is known.

    Attributes:
        reach: (topics,) part of the people who ever touched it.
        share: (topics,) mean share.
        recent_share: (topics,) mean share in the last `RECENT` periods.
        recent_reach: (topics,) part of the active periods of that time that touch it.
        hazard: (topics,) part of the people without it who took it up in the last `HORIZONS` periods, of those active.
        lift: (topics, topics) how many times likelier people of the row's topic are to know the column's.
        joint_lift: the same within one period of one person.
        cosine: (topics, topics) of who touched them.
        regression: (topics, topics) item weights of a ridge regression of shares on shares (EASE; Steck 2019).
    """

    reach: Array
    share: Array
    recent_share: Array
    recent_reach: Array
    hazard: Array
    lift: Array
    joint_lift: Array
    cosine: Array
    regression: Array

    def state(self) -> dict[str, Any]:
        """As JSON."""
        return {each.name: getattr(self, each.name).tolist() for each in fields(self)}

    @classmethod
    def restore(cls, state: Mapping[str, Any]) -> Background:
        """The inverse of `state`."""
        return cls(**{each.name: np.array(state[each.name], dtype=np.float64) for each in fields(cls)})


def background(panel: Panel, origin: int) -> Background:
    """The population before a period; nothing at or after ``origin`` is seen."""
    past = panel.before(origin)
    size = (len(panel.users), len(panel.topics))
    mass = np.zeros(size)
    np.add.at(mass, past.user, past.interest)
    known = mass.sum(axis=1) > 0
    shares = to_shares(mass[known])
    seen = (mass[known] > 0).astype(np.float64)
    touched = past.interest[past.interest.sum(axis=1) > 0] > 0
    lately = past.interest[(past.index >= origin - RECENT) & (past.interest.sum(axis=1) > 0)].astype(np.float64)
    recent_reach = ((lately > 0).sum(axis=0) + 1) / (len(lately) + 2)
    old = past.index < origin - HORIZONS
    before = np.zeros(size, dtype=bool)
    np.logical_or.at(before, past.user[old], past.interest[old] > 0)
    after = np.zeros(size, dtype=bool)
    np.logical_or.at(after, past.user[~old], past.interest[~old] > 0)
    both = before.any(axis=1) & after.any(axis=1)
    taken = (after & ~before)[both].sum(axis=0)
    exposed = (~before)[both].sum(axis=0)
    gram = shares.T @ shares
    inverse = np.linalg.inv(gram + (0.05 * np.trace(gram) / size[1] + 1) * np.eye(size[1]))
    together = seen.T @ seen
    count = np.diag(together)
    return Background(
        reach=(count + 1) / (len(seen) + 2),
        share=(shares.sum(axis=0) + panel.prior) / (len(shares) + 1),
        recent_share=(to_shares(lately).sum(axis=0) + 5 * panel.prior) / (len(lately) + 5),
        recent_reach=recent_reach,
        hazard=(taken + _PSEUDO * recent_reach) / (exposed + _PSEUDO),
        lift=_lift(seen),
        joint_lift=_lift(touched.astype(np.float64)),
        cosine=_without_diagonal(together / np.sqrt(np.outer(count + 1, count + 1))),
        regression=_without_diagonal(-inverse / np.diag(inverse)[None, :]),
    )


def _lift(seen: NDArray[np.float64]) -> Array:
    together = seen.T @ seen
    count = np.diag(together)
    given = (together + 0.5) / (count[:, None] + 1)
    return _without_diagonal(given / ((count + 1) / (len(seen) + 2))[None, :])


def _without_diagonal(matrix: Array) -> Array:
    np.fill_diagonal(matrix, 0)
    return matrix
