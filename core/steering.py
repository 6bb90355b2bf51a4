"""How a person steers what their timeline counts for: subjects that they pinned, and items that they muted.

A pin says that what was said or done about an item or a topic never fades: what lies ahead is foretold, and lists are
ranked, as if it had happened this moment. A mute says that an item has no say in that at all. Neither changes the
past: the periods of a timeline keep what happened in them. Muted topics are told by `core.evidence.muted_topics`.
"""

from __future__ import annotations

from collections.abc import Iterable

from core.types import Event, EventKind

LIFTING = (EventKind.LIKE, EventKind.REQUEST)
"""Kinds that take a mute back where they are said of the same thing afterwards."""


def subject(event: Event) -> str:
    """What an event is about: its item, or else its topic; empty for neither."""
    return event.item_id or event.topic or ""


def pinned(events: Iterable[Event]) -> frozenset[str]:
    """Subjects with a pin among the standing events of one person."""
    return frozenset(subject(event) for event in events if event.kind is EventKind.PIN and subject(event))


def muted_items(events: Iterable[Event]) -> frozenset[str]:
    """Items whose last mute was not followed by a like, of the standing events of one person in time order."""
    muted: set[str] = set()
    for event in events:
        if event.item_id is None:
            continue
        if event.kind is EventKind.MUTE:
            muted.add(event.item_id)
        elif event.kind in LIFTING and event.value >= 0:
            muted.discard(event.item_id)
    return frozenset(muted)
