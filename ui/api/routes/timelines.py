"""Interests over time: what they were, and where they are heading."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from agent.service import Service
from core.forecasts import Forecast, InterestTimeline
from ui.api import moments
from ui.api.etags import Tagged
from ui.api.routes.parameters import At, PeriodOf, Person


def router(service: Service) -> APIRouter:
    """The routes of this resource."""
    routes = APIRouter(prefix="/users/{user_id}", tags=["timeline"], route_class=Tagged)

    @routes.get("/timeline", summary="Interest per period")
    def timeline(user_id: Person, period: PeriodOf = None, at: At = None) -> InterestTimeline:
        """Each topic's part of each period, oldest first; of somebody unknown it is empty and says so."""
        return service.timeline(user_id, period, moments.usable(at))

    @routes.get("/forecast", summary="Where interests are heading")
    def forecast(
        user_id: Person,
        horizon: Annotated[int, Query(ge=1, le=52, description="How many periods ahead.", examples=[3])] = 3,
        period: PeriodOf = None,
        at: At = None,
    ) -> Forecast:
        """Shares of the next periods with 80 % and 95 % intervals, drift with its dates, and the outlook."""
        return service.forecast(user_id, horizon, period, moments.usable(at))

    return routes
