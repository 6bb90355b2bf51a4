"""Looking up what a citation rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.errors import NotFoundError
from ui.web.desk.bits import say
from ui.web.desk.ports import DeskService
from ui.web.desk.session import DeskSession, Source

_NEIGHBOURS = 2


def look_up(service: DeskService, session: DeskSession, data: Mapping[str, Any]) -> None:
    """Put what a citation rests on beside the conversation: an event or a turn with its neighbours, or an item.

    Raises:
        NotFoundError: it is there no more.
    """
    event, item = str(data.get("event") or ""), str(data.get("item") or "")
    conversation, turn = str(data.get("cited") or ""), str(data.get("turn") or "")
    session.source = None
    if event:
        session.source = _event(service, session, event)
    elif conversation and turn.isdecimal():
        session.source = _turn(service, session, conversation, int(turn))
    elif item:
        found = service.items([item]).get(item)
        session.source = Source(item=found) if found else None
    if session.source is None:
        t = say(session.language)
        raise NotFoundError(t("no_source"), t("no_source_remedy"))


def _event(service: DeskService, session: DeskSession, event_id: str) -> Source | None:
    events = list(service.events(session.user_id, include_retracted=True))
    place = next((place for place, event in enumerate(events) if event.id == event_id), None)
    if place is None:
        return None
    around = events[max(0, place - _NEIGHBOURS) : place + _NEIGHBOURS + 1]
    session.items.update(service.items({event.item_id for event in around if event.item_id}))
    return Source(event_id=event_id, events=around)


def _turn(service: DeskService, session: DeskSession, conversation_id: str, number: int) -> Source | None:
    # Reading another conversation is a look like any other, so it is asked for in the agent's name.
    if service.desk.open(session.agent, conversation_id).user_id != session.user_id:
        return None
    turns = [turn for turn in service.turns(conversation_id) if abs(turn.turn - number) <= 1]
    return Source(turn=number, turns=turns) if turns else None
