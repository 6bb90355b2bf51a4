"""Pins and mutes of a timeline, and the way back from a removal."""

from __future__ import annotations

from agent.incoming import check_user, known_item
from core.errors import InputError, NotFoundError
from core.types import Event, EventKind, idempotency_key
from tools.deps import Deps

PAGE = "page"
"""Source of what a person set on their timeline's page."""
_OPPOSITE = {EventKind.PIN: EventKind.MUTE, EventKind.MUTE: EventKind.PIN}


def steer(deps: Deps, user_id: str, kind: EventKind, item_id: str | None, topic: str | None) -> Event:
    """Pin or mute an item or a topic; see `agent.service.Service.steer`."""
    check_user(user_id)
    if kind not in _OPPOSITE:
        raise InputError(f"{kind.value!r} is no way to steer a timeline.", "Use pin or mute.")
    if (item_id is None) == (not topic):
        raise InputError("One thing is pinned or muted at a time.", "Name an item or a topic.")
    if item_id is not None:
        known_item(deps, item_id)
    about = [
        event
        for event in deps.events.of_user(user_id)
        if event.item_id == item_id and (item_id is not None or event.topic == topic)
    ]
    for event in about:
        if event.kind is _OPPOSITE[kind]:
            deps.events.retract(user_id, event.id, deps.now())
    standing = next((event for event in about if event.kind is kind), None)
    if standing is not None:
        return standing
    event = Event(user_id=user_id, at=deps.now(), kind=kind, item_id=item_id, topic=topic, source=PAGE)
    deps.events.append([event])
    return event


def restore(deps: Deps, user_id: str, event_id: str) -> Event:
    """Put an event that was taken back into the timeline again; see `agent.service.Service.restore_event`."""
    events = deps.events.of_user(user_id, include_retracted=True)
    old = next((event for event in events if event.id == event_id), None)
    if old is None:
        raise NotFoundError(f"There is no event {event_id!r} of user {user_id!r}.", "List them with `timeline`.")
    if old.retracted_at is None:
        return old
    # Undoing the same removal twice is one delivery.
    key = idempotency_key("restored", old.id, old.retracted_at.isoformat())
    again = next((event for event in events if event.key == key), None)
    if again is None:
        again = old.model_copy(
            update={"id": idempotency_key(user_id, key), "key": key, "replaces": old.id, "retracted_at": None}
        )
        deps.events.append([again])
    return again
