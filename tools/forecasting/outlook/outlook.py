"""What shares do not show: how active, how adventurous, which new topics, and when old ones come back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.forecasts import Outlook, TopicChance, TopicReturn
from core.timeline import Array
from tools.forecasting.outcomes import complete_origins, outcomes
from tools.forecasting.outlook.activity import ActivityModel, Ahead
from tools.forecasting.outlook.adoption import AdoptionModel
from tools.forecasting.outlook.background import Background, background
from tools.forecasting.outlook.breadth import Breadth, BreadthModel
from tools.forecasting.outlook.returns import ReturnModel
from tools.forecasting.series import HORIZONS, Histories, Panel

FIT_WINDOWS = 16_000
FIT_ORIGINS = 8
_MOST_TOPICS = 5
_CLEAR = 2.0


@dataclass(frozen=True)
class Outlooks:
    """The outlook of several people over the next H = `HORIZONS` periods.

    Attributes:
        ahead: activity, (people, H) arrays.
        breadth: adventurousness, (people,) arrays.
        adoption: (people, H, topics) probability that an unseen topic is taken up in periods 1..h; NaN for others.
        returns: (people, topics) expected periods until a resting topic is taken up again; NaN for others.
    """

    ahead: Ahead
    breadth: Breadth
    adoption: Array
    returns: Array


class OutlookModel:
    """The models of the outlook, fitted over many people and applied to anybody's history.

    With too little to learn from, what cannot be told is NaN; activity then follows documented defaults.
    """

    def __init__(self, known: Background) -> None:
        self.activity = ActivityModel()
        self.breadth = BreadthModel()
        self.adoption = AdoptionModel(known)
        self.returns = ReturnModel()

    @classmethod
    def fit(cls, panel: Panel, seed: int = 0) -> OutlookModel:
        """Fit on rolling origins of a panel; ``seed`` draws the windows when there are too many."""
        last = int(panel.index.max(initial=0))
        model = cls(background(panel, last + 1))
        origins = complete_origins(panel, FIT_ORIGINS)
        windows = outcomes(panel, origins, FIT_WINDOWS, seed)
        model.activity.fit(windows)
        ahead = model.activity.ahead(windows.histories)
        model.breadth.fit(windows.histories, seed)
        model.adoption.fit(windows, {each: background(panel, each) for each in origins}, ahead)
        model.returns.fit(windows, ahead)
        return model

    def outlook(self, history: Histories) -> Outlooks:
        """The outlook of everybody in ``history``."""
        ahead = self.activity.ahead(history)
        return Outlooks(
            ahead,
            self.breadth.breadth(history),
            self.adoption.chance(history, ahead),
            self.returns.periods(history, ahead),
        )

    def state(self) -> dict[str, Any]:
        """As JSON."""
        return {name: getattr(self, name).state() for name in ("activity", "breadth", "adoption", "returns")}

    @classmethod
    def restore(cls, state: Mapping[str, Any]) -> OutlookModel:
        """The inverse of `state`."""
        adoption = AdoptionModel.restore(state["adoption"])
        model = cls(adoption.background)
        model.activity = ActivityModel.restore(state["activity"])
        model.breadth = BreadthModel.restore(state["breadth"])
        model.adoption = adoption
        model.returns = ReturnModel.restore(state["returns"])
        return model


def outlook_of(
    model: OutlookModel, history: Histories, muted: NDArray[np.bool_], names: tuple[str, ...], horizon: int
) -> Outlook:
    """The outlook of one person, muted topics left out; adoptions within the horizon or its farthest tested step."""
    found = model.outlook(history)
    steps = np.minimum(np.arange(horizon), HORIZONS - 1)
    # To a stranger every topic is untried, which says nothing.
    adoption = np.where(muted | (history.active[0] == 0), np.nan, found.adoption[0, steps[-1]])
    returns = np.where(muted, np.nan, found.returns[0])
    change, error = found.breadth.change[0], found.breadth.error[0]
    adopted, returning = (
        order[~np.isnan(values[order])][:_MOST_TOPICS].tolist()
        for values, order in ((adoption, np.argsort(-adoption)), (returns, np.argsort(returns)))
    )
    return Outlook(
        active=tuple(found.ahead.active[0, steps].tolist()),
        events=tuple(found.ahead.events[0, steps].tolist()),
        adventurousness=_told(found.breadth.percentile[0]),
        adventurousness_change=_told(0.0 if abs(change) <= _CLEAR * error else change),
        adoptions=tuple(TopicChance(topic=names[code], probability=float(adoption[code])) for code in adopted),
        returns=tuple(TopicReturn(topic=names[code], periods=float(returns[code])) for code in returning),
    )


def _told(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
