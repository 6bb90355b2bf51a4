from __future__ import annotations

from datetime import UTC, datetime, timedelta

from core.steering import muted_items, pinned, subject
from core.types import Event, EventKind

START = datetime(2024, 1, 1, tzinfo=UTC)


def said(kind: EventKind, day: int, item: str | None = "alien", value: float = 0.0, topic: str | None = None) -> Event:
    return Event(user_id="ann", at=START + timedelta(days=day), kind=kind, item_id=item, topic=topic, value=value)


def test_pins_are_of_items_and_of_topics() -> None:
    pin, other = said(EventKind.PIN, 1), said(EventKind.PIN, 2, None, topic="genre:Crime")
    assert pinned([said(EventKind.LIKE, 0), pin, other]) == {"alien", "genre:Crime"}
    assert pinned([said(EventKind.LIKE, 0)]) == frozenset()
    assert subject(said(EventKind.VIEW, 0, None)) == ""


def test_an_item_is_muted_until_it_is_liked_again() -> None:
    mute = said(EventKind.MUTE, 1)
    assert muted_items([said(EventKind.LIKE, 0), mute]) == {"alien"}
    assert muted_items([mute, said(EventKind.LIKE, 2)]) == frozenset()
    assert muted_items([mute, said(EventKind.RATING, 2, value=1.0)]) == {"alien"}
    assert muted_items([mute, said(EventKind.LIKE, 2, value=-1.0)]) == {"alien"}
    assert muted_items([said(EventKind.MUTE, 0, None, topic="genre:Crime")]) == frozenset()
