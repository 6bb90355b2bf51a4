"""What a person liked best of what they know, to be reminded of it."""

from __future__ import annotations

from agent.state import Loved
from core.evidence import event_weight
from core.types import Event, EventKind
from tools.deps import Deps

_LIKED = 0.5
_OPINIONS = (EventKind.LIKE, EventKind.DISLIKE, EventKind.RATING)


def loved(deps: Deps, user_id: str, k: int) -> list[Loved]:
    """The person's best-liked items, each with the event that says so most strongly; the latest opinion decides
    whether it is still liked. Of equal ones what happened most often comes first, then the latest."""
    of_item: dict[str, list[Event]] = {}
    for event in deps.events.of_user(user_id):
        if event.item_id and event_weight(event.kind, event.value):
            of_item.setdefault(event.item_id, []).append(event)
    kept = []
    for events in of_item.values():
        opinions = [event for event in events if event.kind in _OPINIONS]
        if opinions and _weight(opinions[-1]) <= 0:
            continue
        telling = max(events, key=lambda event: (_weight(event), event.at))
        if _weight(telling) >= _LIKED:
            kept.append((telling, len(events)))
    kept.sort(key=lambda row: (-_weight(row[0]), -row[1], -row[0].at.timestamp()))
    items = deps.catalog.get_many(row[0].item_id for row in kept[: 2 * k] if row[0].item_id)
    return [
        Loved(item=items[event.item_id], event=event, times=times) for event, times in kept if event.item_id in items
    ][:k]


def _weight(event: Event) -> float:
    return event_weight(event.kind, event.value)
