"""What shares do not show: how active, how adventurous, which new topics, and when old ones come back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.timeline import Array
from tools.forecasting.outcomes import complete_origins, outcomes
from tools.forecasting.outlook.activity import ActivityModel, Ahead
from tools.forecasting.outlook.adoption import AdoptionModel
from tools.forecasting.outlook.background import Background, background
from tools.forecasting.outlook.breadth import Breadth, BreadthModel
from tools.forecasting.outlook.returns import ReturnModel
from tools.forecasting.series import Histories, Panel

FIT_WINDOWS = 16_000
FIT_ORIGINS = 8


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
