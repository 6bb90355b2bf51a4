"""Changes of the timeline from outside a conversation: events edited and events delivered, their text redacted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from agent.incoming import known_item
from core.errors import InputError
from core.privacy import redact
from core.types import Event
from store.events import Appended
from tools.deps import Deps


def edit_event(deps: Deps, user_id: str, event_id: str, changes: Mapping[str, Any]) -> Event:
    """The changed copy that replaces an event; see `agent.service.Service.edit_event`.

    Raises:
        NotFoundError: the person has no such event, or the new item does not exist.
        InputError: a field cannot be changed or its value is out of range.
    """
    changed = dict(changes)
    unknown = sorted(set(changed) - {"value", "kind", "item_id", "topic", "text"})
    if unknown or not changed:
        raise InputError(
            f"An event's {', '.join(unknown)} cannot be changed." if unknown else "No change of the event is named.",
            "Change value, kind, item_id, topic or text.",
        )
    if changed.get("item_id") is not None:
        known_item(deps, changed["item_id"])
    if changed.get("text"):
        changed["text"] = redact(changed["text"])
    try:
        return deps.events.edit(user_id, event_id, deps.now(), **changed)
    except ValueError as error:
        raise InputError(f"The change {changed!r} is not possible: {_first_problem(error)}.") from error


def add_events(deps: Deps, events: Iterable[Event]) -> Appended:
    """Append events from outside; a repeated delivery changes nothing."""
    cleaned = (
        event.model_copy(update={"text": redact(event.text)}) if event.text is not None else event for event in events
    )
    return deps.events.append(cleaned)


def _first_problem(error: ValueError) -> str:
    problems = getattr(error, "errors", None)
    return str(problems()[0]["msg"]) if callable(problems) else str(error)
