"""Groups of cases by what was known of the person at the origin: how long, how much, and whether they had drifted."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.periods import Indices
from tools.forecasting.drift.change_points import ChangeModel
from tools.forecasting.series import Panel

PERIOD_EDGES = (2, 4, 8, 16)
EVENT_EDGES = (5, 20, 80)
ENOUGH = 100
"""People in a segment for its figures to be printed."""
_SETTLED = 6
"""Active periods before which no drift can be told from chance."""


@dataclass(frozen=True)
class Segment:
    """A group of cases; ``people`` counts the distinct ones."""

    cases: NDArray[np.bool_]
    people: int


def segments(
    panel: Panel,
    model: ChangeModel,
    person: Indices,
    origin: Indices,
    active: Indices,
    events: NDArray[Any],
    least: int = ENOUGH,
) -> dict[str, Segment]:
    """Segments of at least ``least`` people, by name. A case is one person at one origin.

    Args:
        panel: all the data.
        model: the change detector, fitted on what came before the first test origin.
        person, origin, active, events: (n,) of the cases.
    """
    named: dict[str, NDArray[np.bool_]] = {}
    for edges, values, unit in ((PERIOD_EDGES, active, "active periods"), (EVENT_EDGES, events, "events")):
        code = np.searchsorted(edges, values, side="right")
        for number, name in enumerate(ranges(edges, unit)):
            named[name] = code == number
    settled = active >= _SETTLED
    drifted = has_drifted(model, panel, person, origin, settled)
    named["drift found before"] = settled & drifted
    named["no drift found"] = settled & ~drifted
    named["too short to tell drift"] = ~settled
    found = {name: Segment(cases, len(np.unique(person[cases]))) for name, cases in named.items()}
    return {name: each for name, each in found.items() if each.people >= least}


def ranges(edges: tuple[int, ...], unit: str) -> list[str]:
    """Names of the groups that edges cut whole numbers into."""
    middle = [f"{low}-{high - 1} {unit}" for low, high in pairwise(edges)]
    return [f"under {edges[0]} {unit}", *middle, f"{edges[-1]}+ {unit}"]


def has_drifted(
    model: ChangeModel, panel: Panel, person: Indices, origin: Indices, asked: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """(n,) whether a look at the origin shows a change of the person's interests, for the cases asked about."""
    drifted = np.zeros(len(person), dtype=bool)
    for case in np.flatnonzero(asked).tolist():
        rows = slice(*np.searchsorted(panel.user, [person[case], person[case] + 1]).tolist())
        past = rows.start + np.flatnonzero(panel.index[rows] < origin[case])
        drifted[case] = bool(model.changes_of(panel.index[past], panel.interest[past].astype(np.float64)))
    return drifted
