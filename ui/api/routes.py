"""The versioned routes."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from agent.incoming import MAX_TEXT
from agent.service import Service
from agent.state import Update
from core.errors import InputError, NotFoundError
from core.explanations import Contrast, Counterfactual, Explanation
from core.forecasts import Forecast, InterestTimeline
from core.results import RecommendRequest, Slate
from core.turns import Turn
from core.types import Constraints, Event, EventKind, Item

PERSON = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]
Period = Literal["day", "week", "2weeks", "month", "quarter", "year"]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ChatBody(_Body):
    """One message of a person."""

    user_id: PERSON = Field(examples=["ann"])
    text: str = Field(
        min_length=1, max_length=MAX_TEXT, examples=["I loved Alien and Fargo, something tense, after 1990"]
    )
    conversation_id: str | None = None
    adventure: float | None = Field(default=None, ge=0, le=1, description="0 familiar, 1 adventurous")


class RecommendBody(_Body):
    """What a slate is asked for."""

    user_id: PERSON | None = Field(default=None, examples=["ann"])
    k: int = Field(default=10, ge=1, le=100)
    query: str = Field(default="", max_length=2000, examples=["a slow science fiction film"])
    topics: list[str] = Field(default=[], max_length=50, examples=[["genre:Thriller"]])
    constraints: Constraints = Constraints()
    seen_too: bool = False
    horizon: int = Field(default=1, ge=0, le=52)
    adventure: float | None = Field(default=None, ge=0, le=1, description="0 familiar, 1 adventurous")
    at: AwareDatetime | None = None


class EventBody(_Body):
    """One event of a person. The same ``key`` sent again changes nothing."""

    at: AwareDatetime
    kind: EventKind
    item_id: str | None = Field(default=None, max_length=200)
    topic: str | None = Field(default=None, max_length=200)
    value: float = Field(default=0.0, ge=-1, le=1)
    text: str | None = Field(default=None, max_length=MAX_TEXT)
    key: str | None = Field(default=None, min_length=1, max_length=200)


class FeedbackBody(_Body):
    """A verdict on a recommended item."""

    item_id: str
    verdict: Literal["like", "dislike", "seen"]
    conversation_id: str | None = None
    turn: int | None = None


class Appended(_Body):
    """How many events were new, and how many had been delivered before."""

    added: int
    duplicates: int


def router(service: Service) -> APIRouter:
    """All routes over one service."""
    routes = APIRouter()

    @routes.post("/chat", tags=["chat"], summary="One turn, whole")
    def chat(body: ChatBody) -> Turn:
        return service.chat(body.user_id, body.text, body.conversation_id, body.adventure)

    @routes.post(
        "/chat/stream",
        tags=["chat"],
        summary="One turn as server-sent events: step, cards, text, done",
        response_class=StreamingResponse,
    )
    def stream(body: ChatBody) -> StreamingResponse:
        updates = service.stream(body.user_id, body.text, body.conversation_id, body.adventure)
        return StreamingResponse(_events(updates), media_type="text/event-stream")

    @routes.post("/recommendations", tags=["recommendations"], summary="A ranked slate with its reasons")
    def recommend(body: RecommendBody) -> Slate:
        return service.recommend(_request(service, body))

    @routes.post("/explanations/{item_id}", tags=["explanations"], summary="Why, or why not, one item")
    def explain(item_id: str, body: RecommendBody) -> Explanation:
        return service.explain(_request(service, body), item_id)

    @routes.post(
        "/explanations/{item_id}/over/{other_id}", tags=["explanations"], summary="Why one item scores above another"
    )
    def contrast(item_id: str, other_id: str, body: RecommendBody) -> Contrast:
        return service.contrast(_request(service, body), item_id, other_id)

    @routes.post(
        "/explanations/{item_id}/without",
        tags=["explanations"],
        summary="The person's own events without which an item would not be among the first k",
    )
    def counterfactual(item_id: str, body: RecommendBody) -> Counterfactual:
        return service.counterfactual(_request(service, body), item_id)

    @routes.get("/items/{item_id}", tags=["items"], summary="One item of the catalogue")
    def item(item_id: str) -> Item:
        found = service.items([item_id]).get(item_id)
        if found is None:
            raise NotFoundError(f"There is no item {item_id!r}.", "Check the id.")
        return found

    @routes.get("/users/{user_id}/timeline", tags=["timeline"], summary="Interest per period")
    def timeline(user_id: PERSON, period: Period | None = None, at: AwareDatetime | None = None) -> InterestTimeline:
        return service.timeline(user_id, period, at)

    @routes.get("/users/{user_id}/forecast", tags=["timeline"], summary="Where interests are heading")
    def forecast(
        user_id: PERSON,
        horizon: Annotated[int, Query(ge=1, le=52)] = 3,
        period: Period | None = None,
        at: AwareDatetime | None = None,
    ) -> Forecast:
        return service.forecast(user_id, horizon, period, at)

    @routes.get("/users/{user_id}/events", tags=["timeline"], summary="Events, the newest first")
    def events(
        user_id: PERSON,
        before: AwareDatetime | None = None,
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
        include_retracted: bool = False,
    ) -> list[Event]:
        found = service.events(user_id, include_retracted)
        return [event for event in found if before is None or event.at < before][:limit]

    @routes.post("/users/{user_id}/events", tags=["timeline"], summary="Add events; repeating a delivery is harmless")
    def add_events(user_id: PERSON, body: Annotated[list[EventBody], Field(min_length=1, max_length=1000)]) -> Appended:
        now = service.now()
        outcome = service.add_events([_event(user_id, event, now) for event in body])
        return Appended(added=outcome.added, duplicates=outcome.duplicates)

    @routes.delete("/users/{user_id}/events/{event_id}", tags=["timeline"], summary="Take an event back")
    def retract(user_id: PERSON, event_id: str) -> Event:
        return service.retract_event(user_id, event_id)

    @routes.post("/users/{user_id}/feedback", tags=["timeline"], summary="Like, dislike or seen")
    def feedback(user_id: PERSON, body: FeedbackBody) -> Event:
        return service.feedback(user_id, body.item_id, body.verdict, body.conversation_id, body.turn)

    @routes.get("/users/{user_id}/export", tags=["privacy"], summary="Everything that is kept about a person")
    def export(user_id: PERSON) -> dict[str, object]:
        return service.export_user(user_id)

    @routes.delete("/users/{user_id}", tags=["privacy"], summary="Delete everything that is kept about a person")
    def forget(user_id: PERSON) -> dict[str, int]:
        return service.forget_user(user_id)

    return routes


def _request(service: Service, body: RecommendBody) -> RecommendRequest:
    fields = body.model_dump(exclude={"at", "constraints"})
    return RecommendRequest(**fields, constraints=body.constraints, at=body.at or service.now())


def _event(user_id: str, body: EventBody, now: datetime) -> Event:
    if body.at > now:
        raise InputError(f"The event's time {body.at.isoformat()} lies in the future.", "Send what has happened.")
    fields = body.model_dump(exclude={"key"})
    return Event(user_id=user_id, **fields, key=body.key or uuid.uuid4().hex)


def _events(updates: Iterator[Update]) -> Iterator[str]:
    for update in updates:
        yield f"event: {update.type}\ndata: {update.model_dump_json()}\n\n"
