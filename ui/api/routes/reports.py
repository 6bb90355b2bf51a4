"""One page about a person or a slate, for somebody who was not there."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from agent.service import Service
from core.results import RecommendRequest
from core.wire.bodies import RecommendBody
from core.wire.fields import Language
from ui.api import moments
from ui.api.routes.parameters import At, Person
from ui.api.routes.recommendations import request_of
from ui.web.report import report_html

In = Annotated[Language, Query(description="Of the page.", examples=["en"])]

_HEADERS = {
    # The page brings all that it shows; nothing in it may run, or ask anybody for anything.
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    "x-content-type-options": "nosniff",
}


def router(service: Service) -> APIRouter:
    """The routes of this resource."""
    routes = APIRouter(tags=["reports"], default_response_class=HTMLResponse)

    def page(request: RecommendRequest, language: str) -> HTMLResponse:
        return HTMLResponse(report_html(service, request, language), headers=_HEADERS)

    @routes.get("/users/{user_id}/report", summary="A person on one page")
    def report(
        user_id: Person,
        k: Annotated[int, Query(ge=1, le=50, description="Items of the slate.", examples=[5])] = 10,
        horizon: Annotated[int, Query(ge=0, le=52, description="For how many periods ahead.", examples=[1])] = 1,
        at: At = None,
        language: In = "en",
    ) -> HTMLResponse:
        """Their interests and forecast with plots, the slate, and which events carry it; to be kept, sent, printed."""
        moment = moments.usable(at) or service.now()
        return page(RecommendRequest(user_id=user_id, at=moment, k=k, horizon=horizon), language)

    @routes.post("/recommendations/report", summary="A slate on one page")
    def slate_report(body: RecommendBody, language: In = "en") -> HTMLResponse:
        """What was asked, what was answered, and every part of every score."""
        return page(request_of(service, body), language)

    return routes
