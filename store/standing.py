"""The events of people that count as evidence, by column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.evidence import standing
from core.types import Event, EventKind
from store.columns import KINDS, ItemColumns
from store.tables import to_micros

DIALOGUE = "dialogue"
"""The source of what was said to us."""
_CODES = {kind.value: code for code, kind in enumerate(KINDS)}


@dataclass(frozen=True)
class Standing:
    """What `core.evidence.standing` leaves of the events of several people.

    Attributes:
        users: whom was asked for; ``user`` holds codes into it.
        id: event ids.
        at: unix seconds; each person's events are in time order, those of one moment in any.
        kind: codes into `KINDS`.
        item: positions in the `ItemColumns` it was read with; -1 for an unknown item or none.
        said: whether it was said to us, and not imported.
        topics: of events that are about a topic and no item, by their position.
        pinned: whether the person pinned what it is about; the pins themselves are not among the events.
    """

    users: tuple[str, ...]
    id: tuple[str, ...]
    user: NDArray[np.int64]
    at: NDArray[np.float64]
    kind: NDArray[np.int8]
    value: NDArray[np.float64]
    item: NDArray[np.int64]
    said: NDArray[np.bool_]
    topics: Mapping[int, str]
    pinned: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.id)


def standing_rows(users: tuple[str, ...], rows: Sequence[Any], columns: ItemColumns) -> Standing:
    """Columns from events that are not retracted, each delivery once, by person in time order.

    Args:
        users: codes of people.
        rows: (user id, event id, microseconds since 1970, kind, value, item id, topic, id of the event that it
            replaces, whether it was said); those replaced by others of them are left out.
        columns: the catalogue that items are looked up in.
    """
    replaced = {(row[0], row[7]) for row in rows if row[7] is not None}
    if replaced:
        rows = [row for row in rows if (row[0], row[1]) not in replaced]
    pins = {(row[0], row[5] or row[6]) for row in rows if row[3] == EventKind.PIN}
    if pins:
        rows = [row for row in rows if row[3] != EventKind.PIN]
    user, ids, at, kind, value, item, topic, _, said = zip(*rows, strict=True) if rows else ((),) * 9
    code = {user_id: number for number, user_id in enumerate(users)}
    position = columns.position
    return Standing(
        users=users,
        id=ids,
        user=np.array([code[each] for each in user], dtype=np.int64),
        at=np.array(at, dtype=np.float64) / 1e6,
        kind=np.array([_CODES[each] for each in kind], dtype=np.int8),
        value=np.array(value, dtype=np.float64),
        item=np.array([position.get(each, -1) for each in item], dtype=np.int64),
        said=np.array(said, dtype=bool),
        topics={row: name for row, name in enumerate(topic) if name is not None and item[row] is None},
        pinned=np.array([(who, of or about) in pins for who, of, about in zip(user, item, topic, strict=True)], bool)
        if pins
        else np.zeros(len(ids), dtype=bool),
    )


def standing_events(
    users: Sequence[str], histories: Mapping[str, Sequence[Event]], until: datetime, columns: ItemColumns
) -> Standing:
    """The same of events that are at hand.

    Args:
        users: each once.
        histories: their events; a person without any needs no entry.
        until: the last moment that counts.
        columns: the catalogue that items are looked up in.
    """
    rows = [
        (user_id, each.id, to_micros(each.at), each.kind, each.value, each.item_id, each.topic, None, said(each))
        for user_id in users
        for each in standing(histories.get(user_id, ()), until)
    ]
    return standing_rows(tuple(users), rows, columns)


def said(event: Event) -> bool:
    """Whether an event was said to us, and not imported."""
    return event.source == DIALOGUE
