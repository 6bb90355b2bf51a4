"""Why an item is where it is, why above another, why not at all, and what it rests on."""

from __future__ import annotations

from fastapi import APIRouter

from agent.service import Service
from core.explanations import Contrast, Counterfactual, Explanation
from core.wire.bodies import RecommendBody
from ui.api.routes.parameters import ItemId, OtherId
from ui.api.routes.recommendations import request_of


def router(service: Service) -> APIRouter:
    """The routes of this resource."""
    routes = APIRouter(prefix="/explanations", tags=["explanations"])

    @routes.post("/{item_id}", summary="Why, or why not, one item")
    def explain(item_id: ItemId, body: RecommendBody) -> Explanation:
        """The parts of the item's score under a request; `why_not` where it is not among the first k of the slate."""
        return service.explain(request_of(service, body), item_id)

    @routes.post("/{item_id}/over/{other_id}", summary="Why one item scores above another")
    def contrast(item_id: ItemId, other_id: OtherId, body: RecommendBody) -> Contrast:
        """The difference of two scores, part by part, whichever of the two is ahead."""
        return service.contrast(request_of(service, body), item_id, other_id)

    @routes.post(
        "/{item_id}/without", summary="The person's own events without which an item would not be among the first k"
    )
    def counterfactual(item_id: ItemId, body: RecommendBody) -> Counterfactual:
        """The smallest set of events that was found, checked by ranking again without them."""
        return service.counterfactual(request_of(service, body), item_id)

    return routes
