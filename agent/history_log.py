"""What earlier imports left in a timeline: which event came with which, and which deliveries were made before.

An imported event's id names both (`core.histories.named`); whatever replaced it since belongs to the same import.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from core.histories import BroughtHistory, named
from core.types import Event, EventKind


@dataclass(frozen=True)
class Plan:
    """What of earlier imports is in a timeline.

    Attributes:
        taken: keys of deliveries whose import was not taken back.
        times: how often each delivery was written, ever.
        rated: the standing ratings by source and item, each with the delivery that told it.
    """

    taken: frozenset[str]
    times: Counter[str]
    rated: dict[tuple[str, str | None], tuple[Event, str]]

    @classmethod
    def of(cls, events: Sequence[Event]) -> Plan:
        """From all of a person's events, those taken back too."""
        lines = lines_of(events).values()
        alive = {name[0] for line in lines for event in line if (name := named(event.id))}
        own = [name for event in events if (name := named(event.id))]
        ratings = [line for line in lines if line[0].kind is EventKind.RATING]
        return cls(
            taken=frozenset(name[1] for name in own if name[0] in alive),
            times=Counter(name[1] for name in own),
            rated={(line[0].source, line[0].item_id): (line[0], told) for line in ratings if (told := _told_by(line))},
        )

    def has(self, base: str) -> bool:
        """Whether a delivery is in the timeline, or was removed from it one by one."""
        return base in self.taken


def _told_by(line: Sequence[Event]) -> str:
    """The delivery whose rating the first event of a line still is; empty where a person made it another."""
    origin, name = next(((event, name) for event in line if (name := named(event.id))), (None, None))
    if origin is None or name is None or (origin.item_id, origin.value) != (line[0].item_id, line[0].value):
        return ""
    return name[1]


def lines_of(events: Sequence[Event]) -> dict[str, list[Event]]:
    """Of each standing event: itself, and what it replaced, and so on, the latest first."""
    by_id = {event.id: event for event in events}
    found: dict[str, list[Event]] = {}
    for event in events:
        if event.retracted_at is None:
            line = [event]
            while (before := by_id.get(line[-1].replaces or "")) is not None and before not in line:
                line.append(before)
            found[event.id] = line
    return found


def imports_of(events: Sequence[Event]) -> dict[str, str]:
    """Which import each standing event belongs to; a changed event belongs to that of the one it changed."""
    found: dict[str, str] = {}
    for event_id, line in lines_of(events).items():
        name = next((name for event in line if (name := named(event.id))), None)
        if name:
            found[event_id] = name[0]
    return found


def brought_histories(events: Iterable[Event]) -> list[BroughtHistory]:
    """The imports that still stand in a timeline, the latest first."""
    known = list(events)
    by_id = {event.id: event for event in known}
    groups: dict[str, list[Event]] = {}
    for event_id, import_id in imports_of(known).items():
        groups.setdefault(import_id, []).append(by_id[event_id])
    found = [
        BroughtHistory(
            import_id=import_id,
            source=own[0].source.removeprefix("import:"),
            at=datetime.strptime(import_id[:15], "%Y%m%dT%H%M%S").replace(tzinfo=UTC),
            events=len(own),
            first=min(event.at for event in own),
            last=max(event.at for event in own),
        )
        for import_id, own in groups.items()
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)
