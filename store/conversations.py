"""Conversations, their turns with the whole trace, feedback and consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.errors import NotFoundError
from core.turns import Turn
from core.types import Consent, Conversation, Feedback
from store.db import Database
from store.tables import OF_A_PERSON, consents, conversations, events, feedback, from_micros, to_micros, turns

_TITLE_LENGTH = 60


@dataclass(frozen=True)
class Words:
    """What was said in one turn, and replied."""

    conversation_id: str
    turn: int
    text: str
    reply: str


class Conversations:
    """Conversations of one workspace; thread-safe."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def start(self, user_id: str, at: datetime, title: str = "") -> Conversation:
        """Begin a conversation."""
        conversation = Conversation(user_id=user_id, started_at=at, updated_at=at, title=title)
        row = conversation.model_dump() | {"started_at": to_micros(at), "updated_at": to_micros(at)}
        with self._db.write() as connection:
            connection.execute(conversations.insert(), [row])
        return conversation

    def get(self, conversation_id: str) -> Conversation | None:
        """One conversation, or None."""
        with self._db.read() as connection:
            query = sa.select(conversations).where(conversations.c.id == conversation_id)
            row = connection.execute(query).one_or_none()
        return None if row is None else _conversation(row)

    def of_user(self, user_id: str) -> list[Conversation]:
        """A person's conversations, the latest first."""
        query = sa.select(conversations).where(conversations.c.user_id == user_id)
        with self._db.read() as connection:
            rows = connection.execute(query.order_by(conversations.c.updated_at.desc(), conversations.c.id))
            return [_conversation(row) for row in rows]

    def add_turn(self, turn: Turn) -> None:
        """Store a turn; storing the same turn number again replaces it. An untitled conversation takes its words."""
        with self._db.write() as connection:
            self._put(connection, turn)

    def _put(self, connection: sa.Connection, turn: Turn) -> None:
        payload = turn.model_dump(mode="json")
        row = {name: getattr(turn, name) for name in ("conversation_id", "turn", "user_id")}
        row |= {"at": to_micros(turn.at), "payload": payload}
        insert = self._db.insert(turns)
        replaced = {"payload": insert.excluded.payload, "at": insert.excluded.at}
        keys = ["conversation_id", "turn"]
        mine = conversations.c.id == turn.conversation_id
        short = _title_of(turn.text)
        connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=replaced), [row])
        connection.execute(conversations.update().where(mine).values(updated_at=to_micros(turn.at)))
        connection.execute(conversations.update().where(mine & (conversations.c.title == "")).values(title=short))

    def append_turn(self, turn: Turn) -> Turn:
        """Store a turn with the next number, or its own where that is higher; the turn as stored.

        Raises:
            NotFoundError: there is no such conversation.
        """
        mine = conversations.c.id == turn.conversation_id
        with self._db.write() as connection:
            # Where several processes write, the conversation's row is what they wait for.
            if connection.execute(sa.select(conversations.c.id).where(mine).with_for_update()).scalar() is None:
                raise NotFoundError(f"There is no conversation {turn.conversation_id!r}.", "Start a new one.")
            numbered = turn.model_copy(update={"turn": max(turn.turn, _next(connection, turn.conversation_id))})
            self._put(connection, numbered)
        return numbered

    def next_turn(self, conversation_id: str) -> int:
        """The number that the next turn gets; the first is 0, and none that an event names is given again."""
        with self._db.read() as connection:
            return max(_next(connection, conversation_id), _told(connection, conversation_id) + 1)

    def turns(self, conversation_id: str, since: int = 0) -> list[Turn]:
        """The turns of a conversation in order, from a number on."""
        mine = (turns.c.conversation_id == conversation_id) & (turns.c.turn >= since)
        query = sa.select(turns.c.payload).where(mine)
        with self._db.read() as connection:
            return [Turn.model_validate(payload) for payload in connection.scalars(query.order_by(turns.c.turn))]

    def rename(self, conversation_id: str, title: str) -> None:
        """Give a conversation a title."""
        with self._db.write() as connection:
            mine = conversations.c.id == conversation_id
            connection.execute(conversations.update().where(mine).values(title=title))

    def take_back(self, conversation_id: str, number: int, text: str) -> None:
        """Delete the turns from a number on; a title that was made of ``text``, their first words, goes with them."""
        mine = conversations.c.id == conversation_id
        theirs = (turns.c.conversation_id == conversation_id) & (turns.c.turn >= number)
        with self._db.write() as connection:
            connection.execute(turns.delete().where(theirs))
            titled = mine & (conversations.c.title == _title_of(text))
            connection.execute(conversations.update().where(titled).values(title=""))

    def forget(self, conversation_id: str) -> None:
        """Delete a conversation with all that is kept of it, except what it added to the timeline."""
        with self._db.write() as connection:
            for table in OF_A_PERSON:
                if "conversation_id" in table.c and table.name != events.name:
                    connection.execute(table.delete().where(table.c.conversation_id == conversation_id))
            connection.execute(conversations.delete().where(conversations.c.id == conversation_id))
        self._db.compact()

    def words(self, user_id: str) -> list[Words]:
        """What a person and whoever replied said, in all their conversations, the latest first."""
        said, replied = turns.c.payload["text"].as_string(), turns.c.payload["reply"].as_string()
        query = sa.select(turns.c.conversation_id, turns.c.turn, said, replied).where(turns.c.user_id == user_id)
        with self._db.read() as connection:
            return [Words(*row) for row in connection.execute(query.order_by(turns.c.at.desc(), turns.c.turn.desc()))]

    def add_feedback(self, verdict: Feedback) -> None:
        """Store what a person said about an item."""
        with self._db.write() as connection:
            connection.execute(feedback.insert(), [verdict.model_dump() | {"at": to_micros(verdict.at)}])

    def consent(self, user_id: str) -> Consent | None:
        """What a person last consented to; None if they were never asked."""
        query = sa.select(consents).where(consents.c.user_id == user_id).order_by(consents.c.seq.desc()).limit(1)
        with self._db.read() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else Consent.model_validate(_timed(row, "seq"))

    def set_consent(self, consent: Consent) -> None:
        """Record a decision; earlier ones stay in the record."""
        with self._db.write() as connection:
            connection.execute(consents.insert(), [consent.model_dump() | {"at": to_micros(consent.at)}])


def _next(connection: sa.Connection, conversation_id: str) -> int:
    latest = sa.select(sa.func.max(turns.c.turn)).where(turns.c.conversation_id == conversation_id)
    last = connection.execute(latest).scalar()
    return 0 if last is None else last + 1


def _told(connection: sa.Connection, conversation_id: str) -> int:
    """The highest turn that an event names, -1 for none; the event may outlive the turn that it came from."""
    whose = sa.select(conversations.c.user_id).where(conversations.c.id == conversation_id).scalar_subquery()
    mine = (events.c.user_id == whose) & (events.c.conversation_id == conversation_id)
    last = connection.execute(sa.select(sa.func.max(events.c.turn)).where(mine)).scalar()
    return -1 if last is None else last


def _title_of(text: str) -> str:
    title = " ".join(text.split())
    return title if len(title) <= _TITLE_LENGTH else title[: _TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"


def _timed(row: Any, *drop: str) -> dict[str, Any]:
    return {name: value for name, value in row._mapping.items() if name not in drop} | {"at": from_micros(row.at)}


def _conversation(row: Any) -> Conversation:
    times = {"started_at": from_micros(row.started_at), "updated_at": from_micros(row.updated_at)}
    return Conversation.model_validate(dict(row._mapping) | times)
