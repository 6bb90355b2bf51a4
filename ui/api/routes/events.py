"""The events that a timeline is made of: read, add one or many, change, take back."""

from __future__ import annotations

import uuid
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Body, Query, Request, Response
from pydantic import ValidationError

from agent.incoming import check_user
from agent.service import Service
from core.errors import InputError, NotFoundError
from core.privacy import redact
from core.types import Event, EventKind, idempotency_key
from core.wire.answers import Delivered, FieldProblem, InvalidEntry, Page
from core.wire.bodies import BulkEvent, EventBody, EventChange
from core.wire.fields import MAX_BATCH, Moment
from store.tables import to_micros
from ui.api import moments, pages, problems
from ui.api.etags import Tagged
from ui.api.routes.parameters import DeliveryKey, EventId, Person

_SAID = ("at", "kind", "item_id", "topic", "value", "text")
"""What a delivery says of an event."""


def router(service: Service) -> APIRouter:
    """The routes of this resource."""
    routes = APIRouter(tags=["events"], route_class=Tagged)

    @routes.get("/users/{user_id}/events", summary="Events, the newest first")
    def events(
        request: Request,
        response: Response,
        user_id: Person,
        kind: Annotated[list[EventKind], Query(description="Only of these kinds.", examples=[["like"]])] = [],  # noqa: B006
        since: Annotated[Moment | None, Query(description="From this moment on.")] = None,
        before: Annotated[Moment | None, Query(description="Before this moment.")] = None,
        include_retracted: Annotated[bool, Query(description="Also those that were taken back.")] = False,
        limit: pages.Limit = 100,
        cursor: pages.Cursor | None = None,
    ) -> Page[Event]:
        """Part by part; events that arrive meanwhile do not move the parts that follow."""
        found = [
            event
            for event in service.events(user_id, include_retracted)
            if (since is None or event.at >= since)
            and (before is None or event.at < before)
            and (not kind or event.kind in kind)
        ]
        shown, after = pages.part(found, limit, cursor, lambda event: (to_micros(event.at), event.id))
        pages.link_next(request, response, after)
        return Page(items=tuple(shown), next_cursor=after)

    @routes.post(
        "/users/{user_id}/events",
        status_code=201,
        summary="Add one event; repeating a delivery is harmless",
        responses={200: {"model": Event, "description": "It had been delivered before; this is what was kept"}},
    )
    def add_event(response: Response, user_id: Person, body: EventBody, key: DeliveryKey = None) -> Event:
        """The `key` of the body, or else the header's, makes a delivery recognisable."""
        check_user(user_id)
        event = _event(service, user_id, body, key)
        if service.add_events([event]).added:
            response.headers["location"] = f"/v1/users/{quote(user_id)}/events/{event.id}"
            return _own(service, user_id, event.id)
        kept = next(each for each in service.events(user_id, include_retracted=True) if each.key == event.key)
        if body.key is None and not _same(kept, event):
            raise InputError(f"The key {key!r} was used for another request.", "Use a new key for each request.")
        response.status_code = 200
        return kept

    @routes.post("/events", summary="Add many events, of anybody; what cannot be used is listed, the rest is kept")
    def add_events(
        body: Annotated[
            list[dict[str, Any]],
            Body(min_length=1, max_length=MAX_BATCH, description="Each entry like `BulkEvent`, and read by itself."),
        ],
        key: DeliveryKey = None,
    ) -> Delivered:
        """Entries are independent: one that cannot be used costs nothing of the others. `index` counts from 0."""
        valid, invalid = [], []
        for index, entry in enumerate(body):
            try:
                known = BulkEvent.model_validate(entry)
                # With what it says, for another list under the same key is none of the events that were kept.
                own = key and idempotency_key(key, index, known.model_dump_json())
                field = "user_id"
                check_user(known.user_id)
                field = "at"
                valid.append(_event(service, known.user_id, known, own))
            except ValidationError as error:
                invalid.append(InvalidEntry(index=index, errors=problems.entry_errors(error)))
            except InputError as error:
                value = problems.shortened(entry.get(field))
                problem = FieldProblem(pointer=f"#/{field}", detail=str(error), value=value)
                invalid.append(InvalidEntry(index=index, errors=(problem,)))
        outcome = service.add_events(valid)
        return Delivered(added=outcome.added, duplicates=outcome.duplicates, invalid=tuple(invalid))

    @routes.get("/users/{user_id}/events/{event_id}", summary="One event, taken back or not")
    def event(user_id: Person, event_id: EventId) -> Event:
        """With what it replaces, and when it was taken back."""
        return _own(service, user_id, event_id)

    @routes.patch("/users/{user_id}/events/{event_id}", summary="Change an event")
    def change_event(user_id: Person, event_id: EventId, body: EventChange) -> Event:
        """The answer is a new event that replaces the old one, which stays in the log, taken back."""
        given = {name: getattr(body, name) for name in body.model_fields_set}
        removable = {"item_id", "topic", "text"}
        changes = {name: value for name, value in given.items() if value is not None or name in removable}
        return service.edit_event(user_id, event_id, **changes)

    @routes.delete("/users/{user_id}/events/{event_id}", summary="Take an event back")
    def retract_event(user_id: Person, event_id: EventId) -> Event:
        """It stays in the log, marked, and counts no more. Repeating it changes nothing."""
        return service.retract_event(user_id, event_id)

    return routes


def _event(service: Service, user_id: str, body: EventBody, key: str | None) -> Event:
    moments.past(body.at, service.now())
    fields = {name: getattr(body, name) for name in _SAID}
    return Event(user_id=user_id, **fields, key=body.key or key or uuid.uuid4().hex)


def _same(kept: Event, event: Event) -> bool:
    """Whether an event that was kept is what this delivery says."""
    said = event.model_copy(update={"text": redact(event.text) if event.text is not None else None})
    return all(getattr(kept, name) == getattr(said, name) for name in _SAID)


def _own(service: Service, user_id: str, event_id: str) -> Event:
    found = service.deps.events.get(event_id)
    if found is None or found.user_id != user_id:
        raise NotFoundError(f"There is no event {event_id!r} of user {user_id!r}.", "List the person's events.")
    return found
