"""What a person decides: verdicts, consent, everything that is kept about them, and its erasure."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from agent.service import Service
from core.types import Consent, Event
from core.wire.bodies import ConsentBody, FeedbackBody
from ui.api.routes.parameters import DeliveryKey, Person


def router(service: Service) -> APIRouter:
    """The routes of this resource."""
    routes = APIRouter(prefix="/users/{user_id}")

    @routes.post("/feedback", tags=["feedback"], summary="Like, dislike or seen")
    def feedback(user_id: Person, body: FeedbackBody, key: DeliveryKey = None) -> Event:  # noqa: ARG001
        """The event that the verdict became. The same verdict again changes nothing, with a key or without."""
        return service.feedback(user_id, body.item_id, body.verdict, body.conversation_id, body.turn)

    @routes.get("/consent", tags=["privacy"], summary="What a person allows")
    def consent(user_id: Person) -> Consent:
        """Everything, until they say otherwise."""
        return service.consent(user_id)

    @routes.put("/consent", tags=["privacy"], summary="Set what a person allows")
    def set_consent(user_id: Person, body: ConsentBody) -> Consent:
        """It holds from the next turn on."""
        return service.set_consent(user_id, body.remember, body.learn_from)

    @routes.get("/export", tags=["privacy"], summary="Everything that is kept about a person")
    def export(user_id: Person) -> dict[str, Any]:
        """By the place where it is kept."""
        return service.export_user(user_id)

    @routes.delete("", tags=["privacy"], summary="Delete everything that is kept about a person")
    def forget(user_id: Person) -> dict[str, int]:
        """How many records were deleted, by the place where they were."""
        return service.forget_user(user_id)

    return routes
