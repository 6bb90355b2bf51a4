"""A history with events less and more, checked before anything is ranked with it; and what the change reads like."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.errors import InputError, NotFoundError
from core.results import RecommendRequest
from core.types import Event
from store.columns import ItemColumns
from tools.scoring.explanation.counterfactual import named
from tools.scoring.explanation.reasons import ground_of
from tools.scoring.explanation.words import joined

MOST_NAMED = 3
"""Events named in a sentence about a change."""


@dataclass(frozen=True)
class Revision:
    """What a history has less and more.

    Attributes:
        gone: ids of events. added: hypothetical events.
        dropped: the events taken away by name, for words.
    """

    gone: frozenset[str] = frozenset()
    added: tuple[Event, ...] = ()
    dropped: tuple[Event, ...] = ()

    def of(self, history: Iterable[Event], until: datetime) -> list[Event]:
        """The history as it would be read up to a moment, in time order, had the changes been made."""
        kept = [event for event in history if event.id not in self.gone]
        # Added events come after those of the same moment, as the latest entry of the log would.
        return sorted([*kept, *(event for event in self.added if event.at <= until)], key=lambda event: event.at)


def revision(
    request: RecommendRequest,
    later: RecommendRequest,
    known: Sequence[Event],
    drop: Collection[str],
    add: Sequence[Event],
    columns: ItemColumns,
) -> Revision:
    """What dropping and adding events makes of a person's history.

    As in the log itself, an added event takes away the one that it replaces, and one that was delivered before changes
    nothing.

    Args:
        request: of the list as it is. later: of the list with the change; nothing may be added after its moment.
        known: every event of the person, those taken back included.

    Raises:
        NotFoundError: the person has no such event, or an added event is about no such item.
        InputError: an added event is another person's or lies in the future, the two requests are for different
            people, or they are for nobody.
    """
    if later.user_id != request.user_id:
        raise InputError(
            f"The changed request is for {later.user_id!r}, and the first for {request.user_id!r}.",
            "Ask for one person at a time.",
        )
    if request.user_id is None and (drop or add):
        raise InputError(
            "Events are a person's, and this request is for nobody.",
            "Name a user; an id that nobody has stands for a newcomer.",
        )
    standing = {event.id: event for event in known if event.retracted_at is None}
    for event_id in drop:
        if event_id not in standing:
            raise NotFoundError(
                f"There is no event {event_id!r} of user {request.user_id!r} to leave out.",
                "List the person's events with `timeline`.",
            )
    for event in add:
        _check(event, later, columns)
    keys, ids = {event.key for event in known}, {event.id for event in known}
    added: list[Event] = []
    for event in add:
        if event.key not in keys and event.id not in ids:
            keys.add(event.key)
            ids.add(event.id)
            added.append(event)
    replaced = {event.replaces for event in added if event.replaces is not None}
    gone = frozenset((*drop, *replaced))
    return Revision(
        gone=gone,
        added=tuple(event for event in added if event.retracted_at is None and event.id not in replaced),
        dropped=tuple(standing[event_id] for event_id in dict.fromkeys(drop)),
    )


def _check(event: Event, request: RecommendRequest, columns: ItemColumns) -> None:
    # Not by its id, which was made up with it and which the caller has never seen.
    added = f"The added {event.kind.value} of {event.item_id or event.topic!r}"
    if event.user_id != request.user_id:
        raise InputError(
            f"{added} is of user {event.user_id!r}, and the request of {request.user_id!r}.",
            "Add events of the same person.",
        )
    if event.at > request.at:
        raise InputError(
            f"{added} is at {event.at.isoformat()}, after {request.at.isoformat()}.",
            "Give a moment up to that of the request.",
        )
    if event.item_id is not None and event.item_id not in columns.position:
        raise NotFoundError(
            f"{added} is about no item of the catalogue.",
            "Search for the item by title.",
        )


def opening(change: Revision, before: RecommendRequest, after: RecommendRequest, columns: ItemColumns) -> str:
    """How a sentence on a change begins: "Without your rating of Alien (3 May 2013) and looking 3 periods ahead"."""
    parts = []
    for word, events in (("without", change.dropped), ("with", change.added)):
        if events:
            phrases = [named(ground_of(event, columns)) for event in events[:MOST_NAMED]]
            more = len(events) - len(phrases)
            parts.append(f"{word} {joined([*phrases, f'{more} more events'] if more else phrases)}")
    parts += _asked(before, after)
    text = joined(parts) if parts else "with nothing changed"
    return text[0].upper() + text[1:]


def _asked(before: RecommendRequest, after: RecommendRequest) -> list[str]:
    parts = []
    if after.horizon != before.horizon:
        ahead = f"{after.horizon} period{'s' if after.horizon != 1 else ''} ahead"
        parts.append(f"looking {ahead}" if after.horizon else "with the interests of now")
    if after.adventure != before.adventure:
        balanced = "in its balanced place"
        parts.append(
            f"with the dial {balanced if after.adventure is None else f'at {after.adventure:.0%} adventurous'}"
        )
    if after.seen_too != before.seen_too:
        parts.append("with what is known already" if after.seen_too else "without what is known already")
    same = {"horizon": after.horizon, "adventure": after.adventure, "seen_too": after.seen_too}
    if before.model_copy(update=same) != after:
        parts.append("asked differently")
    return parts
