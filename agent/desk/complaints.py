"""What a customer was unhappy with: negative statements in their own words, each with where it was said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from agent.desk.handoff import reason_in
from agent.desk.mood import mood_of
from agent.desk.open_requests import said, shortened
from core.desk import Cited
from core.types import Event, EventKind
from store.exchanges import Exchange
from store.tables import EPOCH

_GRIEVANCES = ("complaint", "refund", "fraud", "legal")
_WORDS = re.compile(r"[^\W\d_]{2,}")


def complaints_of(
    events: Sequence[Event], exchanges: Sequence[Exchange], titles: Mapping[str, str]
) -> tuple[Cited, ...]:
    """Complaints, the latest first: events with negative words, and messages that complain or sound annoyed.

    Args:
        events: of one person. exchanges: of the same. titles: of items by their ids.
    """
    found = [_of_event(event, titles) for event in events if _negative(event)]
    quoted = {(event.conversation_id, event.turn) for event in events if _negative(event)}
    for exchange in exchanges:
        if exchange.text and (exchange.conversation_id, exchange.turn) not in quoted and complains(exchange):
            found.append(said(exchange))
    return tuple(sorted(found, key=_when, reverse=True))


def complains(exchange: Exchange) -> bool:
    """Whether a message is a complaint and not only an opinion of an item."""
    reason = reason_in(exchange.text)
    if reason is not None and reason.kind in _GRIEVANCES:
        return True
    return mood_of([exchange.text], tastes_in(exchange)).label in ("annoyed", "angry")


def tastes_in(exchange: Exchange) -> list[str]:
    """What of a message is an opinion of items or topics."""
    return [event.quote for event in exchange.events if event.quote]


def _when(cited: Cited) -> tuple[datetime, int]:
    return cited.at or EPOCH, -1 if cited.turn is None else cited.turn


def _negative(event: Event) -> bool:
    """Whether an event carries negative words; a bare figure ("2/10") is none."""
    against = event.value < 0 or event.kind is EventKind.DISLIKE
    return against and event.text is not None and len(_WORDS.findall(event.text)) >= 2


def _of_event(event: Event, titles: Mapping[str, str]) -> Cited:
    title = titles.get(event.item_id or "")
    about = f" (of {title})" if title else ""
    return Cited(
        text=f"{shortened(event.text or '')}{about}",
        at=event.at,
        event_id=event.id,
        item_id=event.item_id,
        conversation_id=event.conversation_id,
        turn=event.turn,
    )
