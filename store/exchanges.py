"""What was said in conversations, without the trace that led to it: read in one go, for briefs and searches."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.turns import HeardEvent
from store.db import Database
from store.tables import from_micros, turns

_NOTHING = ("[]", "null", None)


@dataclass(frozen=True)
class Exchange:
    """One turn as it was said.

    Attributes:
        author: who replied; see `core.turns.Turn`.
        unsure: whether the bot neither understood nor found anything.
        nothing_found: whether a list was asked for and none came.
        events: what was heard in it.
    """

    conversation_id: str
    turn: int
    user_id: str
    at: datetime
    text: str
    reply: str
    author: str
    unsure: bool
    nothing_found: bool
    events: tuple[HeardEvent, ...]

    @property
    def by_staff(self) -> bool:
        """Whether a member of staff replied."""
        return self.author not in ("driftline", "")


class Exchanges:
    """The exchanges of one workspace; thread-safe."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def of_user(self, user_id: str) -> list[Exchange]:
        """All of one person, in time order."""
        return self._where(turns.c.user_id == user_id)

    def of_conversation(self, conversation_id: str) -> list[Exchange]:
        """All of one conversation, in order."""
        return self._where(turns.c.conversation_id == conversation_id)

    def of_conversations(self, conversation_ids: Sequence[str]) -> list[Exchange]:
        """All of several conversations, in time order."""
        return self._where(turns.c.conversation_id.in_(conversation_ids))

    def _where(self, where: sa.ColumnElement[bool]) -> list[Exchange]:
        query = sa.select(*_FIELDS).where(where).order_by(turns.c.at, turns.c.turn)
        with self._db.read() as connection:
            return [_exchange(row) for row in connection.execute(query)]


def _text(name: str) -> sa.Label[str]:
    return sa.cast(turns.c.payload[name], sa.Text).label(name)


# As JSON text, because the databases disagree on the types of what is taken out of JSON.
_FIELDS = (
    turns.c.conversation_id,
    turns.c.turn,
    turns.c.user_id,
    turns.c.at,
    *map(_text, ("text", "reply", "author", "unsure", "events")),
    *(
        sa.case(
            (sa.func.coalesce(sa.cast(turns.c.payload[name], sa.Text), "null").in_(["[]", "null"]), "[]"), else_="some"
        ).label(name)
        for name in ("items", "slate")
    ),
)


def _exchange(row: Any) -> Exchange:
    author = "driftline" if row.author in _NOTHING else json.loads(row.author)
    return Exchange(
        conversation_id=row.conversation_id,
        turn=row.turn,
        user_id=row.user_id,
        at=from_micros(row.at),
        text=json.loads(row.text),
        reply=json.loads(row.reply),
        author=author,
        unsure=row.unsure in ("true", "1"),
        nothing_found=row.slate == "some" and row.items == "[]",
        events=tuple(HeardEvent.model_validate(event) for event in json.loads(row.events or "[]")),
    )
