"""Slates, what would change them, and what carries them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from agent.service import Service
from core.explanations import Carriers, WhatIf
from core.results import RecommendRequest, Slate
from core.types import Event
from core.wire.bodies import Hypothetical, RecommendBody, WhatIfBody
from ui.api import moments


def router(service: Service) -> APIRouter:
    """The routes of this resource."""
    routes = APIRouter(prefix="/recommendations", tags=["recommendations"])

    @routes.post("", summary="A ranked slate with its reasons")
    def recommend(body: RecommendBody) -> Slate:
        """Every item carries the contributions which, with the slate's intercept, sum to its score."""
        return service.recommend(request_of(service, body))

    @routes.post("/what-if", summary="The slate without some events, with others, or under other dials")
    def what_if(body: WhatIfBody) -> WhatIf:
        """Exactly what the engine would answer if it were so; nothing is stored."""
        request = request_of(service, body.request)
        add = [_event(request, event) for event in body.add]
        then = None if body.then is None else request_of(service, body.changed())
        return service.what_if(request, body.drop, add, then)

    @routes.post("/carriers", summary="Which of the person's own events carry the slate")
    def carriers(
        body: RecommendBody,
        limit: Annotated[int, Query(ge=1, le=200, description="The most events to try.", examples=[40])] = 40,
    ) -> Carriers:
        """Each event is left out by itself; those without which the slate would change most come first."""
        return service.carriers(request_of(service, body), limit)

    return routes


def request_of(service: Service, body: RecommendBody) -> RecommendRequest:
    """The engine's request of a body.

    Raises:
        InputError: its moment is none that can be counted from.
    """
    moments.usable(body.at)
    return body.request(service.now())


def _event(request: RecommendRequest, body: Hypothetical) -> Event:
    at = moments.usable(body.at) or request.at
    fields = {name: getattr(body, name) for name in ("kind", "item_id", "topic", "value")}
    return Event(user_id=request.user_id or "nobody", at=at, source="api", **fields)
