"""What a person pinned and muted, as forecasts take it: the events behind a forecast, moved and silenced."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from core.steering import LIFTING
from core.types import EventKind
from store.columns import KINDS
from store.standing import Standing

_MUTE = KINDS.index(EventKind.MUTE)
_LIFTING = tuple(KINDS.index(kind) for kind in LIFTING)
_JUST_NOW = 1.0
"""Seconds before the forecast at which a pinned event counts: within the last period that it looks back on."""


def steered(events: Standing, at: datetime) -> Standing:
    """Events as they bear on what lies ahead: those about something pinned as if of this moment, those about a muted
    item as saying nothing. The same object where nothing is pinned or muted.

    Args:
        events: those that count, as they happened.
        at: when the forecast is made.
    """
    silent = _about_muted_items(events)
    if not events.pinned.any() and not silent.any():
        return events
    moment = at.timestamp() - _JUST_NOW
    return replace(
        events,
        at=np.where(events.pinned & ~silent, np.maximum(events.at, moment), events.at),
        kind=np.where(silent, _MUTE, events.kind).astype(np.int8),
    )


def _about_muted_items(events: Standing) -> NDArray[np.bool_]:
    """(n,) whether an event is about an item that its person muted; `core.steering.muted_items` by column."""
    silent = np.zeros(len(events), dtype=bool)
    on_items = events.item >= 0
    if not (on_items & (events.kind == _MUTE)).any():
        return silent
    muted: set[tuple[int, int]] = set()
    lifting = np.isin(events.kind, _LIFTING) & (events.value >= 0)
    pairs = list(zip(events.user.tolist(), events.item.tolist(), strict=True))
    for row in np.flatnonzero(on_items & ((events.kind == _MUTE) | lifting)).tolist():
        if events.kind[row] == _MUTE:
            muted.add(pairs[row])
        else:
            muted.discard(pairs[row])
    return np.array([pair in muted for pair in pairs], dtype=bool) & on_items
