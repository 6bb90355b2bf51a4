"""New conversations that begin with what was said in others."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime

from agent.incoming import MAX_TEXT
from agent.memory import Exchange, Memory
from agent.relay.records import Record, Row, exchange_digest
from agent.turning import Rehearsal
from core.privacy import redact
from core.turns import Turn
from tools.deps import Deps

ELSEWHERE = "another program"
"""Who answered what Driftline was only told of."""

_TRIED = 12
"""Exchanges told of, the latest, that are tried out to see whether the answer was ours."""

Rehearse = Callable[[str, str, str, datetime, Memory], Rehearsal]
"""Tries a turn out: conversation id, user id, message, moment, and the conversation before it."""


def branch(
    deps: Deps, rehearse: Rehearse, user_id: str, base: Record | None, common: int, earlier: Sequence[Exchange]
) -> Record:
    """A conversation that begins with copies of another's first turns and goes on as the program says it did.

    The next turn reads all of it again for limits, wishes and tastes; nothing of it is recorded twice.

    Args:
        base: the other conversation, if there is one.
        common: how many exchanges of it to take over.
        earlier: all exchanges, those included.
    """
    store = deps.conversations
    conversation_id = store.start(user_id, deps.now()).id
    rows = list(base.rows[:common]) if base else []
    number = 0
    if base and rows:
        for turn in store.turns(base.conversation_id):
            if turn.turn <= rows[-1].turn:
                store.add_turn(turn.model_copy(update={"conversation_id": conversation_id}))
                number = turn.turn + 1
    memory = Memory()
    for place, exchange in enumerate(earlier[common:], start=common):
        turn = _told_of(exchange, conversation_id, user_id, number, deps.now())
        if turn.text and place >= len(earlier) - _TRIED:
            turn, memory = _ours(turn, memory, rehearse)
        store.add_turn(turn)
        rows.append(Row(turn=number, exchange=exchange_digest(exchange), at=deps.now()))
        number += 1
    return Record(conversation_id=conversation_id, rows=tuple(rows))


def take_back(deps: Deps, turn: Turn) -> None:
    """Retract what a message put into the timeline, because it was edited or is answered anew."""
    deps.events.retract_all(turn.user_id, [heard.event_id for heard in turn.events if heard.event_id], deps.now())


def _told_of(exchange: Exchange, conversation_id: str, user_id: str, number: int, at: datetime) -> Turn:
    return Turn(
        conversation_id=conversation_id,
        turn=number,
        user_id=user_id,
        at=at,
        text=_kept(exchange.said),
        reply=_kept(exchange.replied),
        author=ELSEWHERE,
    )


def _ours(turn: Turn, memory: Memory, rehearse: Rehearse) -> tuple[Turn, Memory]:
    """The turn with its cards where the answer can only have been ours, and the memory after it.

    Of a person who is not known nothing was kept, so that "why the second one?" would be about nothing. The message is
    tried out again, and where the reply names all that it finds, that is what was shown.
    """
    tried = rehearse(turn.conversation_id, turn.user_id, turn.text, turn.at, memory)
    cards = tried.outcome.cards
    if cards and all(card.title in turn.reply for card in cards):
        turn = turn.model_copy(update={"author": "driftline", "items": cards, "slate": tried.outcome.slate})
    named = tuple(item.id for item in turn.items)
    return turn, tried.heard.answered(turn.text, turn.reply, turn.slate, named, turn.items)


def _kept(text: str) -> str:
    shown = "".join(
        char for char in text[:MAX_TEXT] if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"}
    )
    return redact(shown.strip())
