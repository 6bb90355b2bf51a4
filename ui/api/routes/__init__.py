"""The versioned routes, one module a resource, over one service."""

from __future__ import annotations

from fastapi import APIRouter

from agent.service import Service
from ui.api.routes import batch, conversations, events, explanations, items, people, recommendations, reports, timelines


def router(service: Service) -> APIRouter:
    """All routes over one service, under ``/v1``."""
    routes = APIRouter(prefix="/v1")
    for resource in (recommendations, explanations, batch, timelines, events, items, conversations, people, reports):
        routes.include_router(resource.router(service))
    return routes
