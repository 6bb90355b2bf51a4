"""Conversations, their turns with the whole trace, feedback and consent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.turns import Turn
from core.types import Consent, Conversation, Feedback
from store.db import Database
from store.tables import consents, conversations, feedback, from_micros, to_micros, turns

_TITLE_LENGTH = 60


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
        payload = turn.model_dump(mode="json")
        row = {name: getattr(turn, name) for name in ("conversation_id", "turn", "user_id")}
        row |= {"at": to_micros(turn.at), "payload": payload}
        insert = self._db.insert(turns)
        replaced = {"payload": insert.excluded.payload, "at": insert.excluded.at}
        keys = ["conversation_id", "turn"]
        mine = conversations.c.id == turn.conversation_id
        title = " ".join(turn.text.split())
        short = title if len(title) <= _TITLE_LENGTH else title[: _TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"
        with self._db.write() as connection:
            connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=replaced), [row])
            connection.execute(conversations.update().where(mine).values(updated_at=to_micros(turn.at)))
            connection.execute(conversations.update().where(mine & (conversations.c.title == "")).values(title=short))

    def turns(self, conversation_id: str) -> list[Turn]:
        """All turns of a conversation in order."""
        query = sa.select(turns.c.payload).where(turns.c.conversation_id == conversation_id)
        with self._db.read() as connection:
            return [Turn.model_validate(payload) for payload in connection.scalars(query.order_by(turns.c.turn))]

    def last_turn(self, conversation_id: str) -> Turn | None:
        """The newest turn, or None."""
        query = sa.select(turns.c.payload).where(turns.c.conversation_id == conversation_id)
        with self._db.read() as connection:
            payload = connection.scalars(query.order_by(turns.c.turn.desc()).limit(1)).one_or_none()
        return None if payload is None else Turn.model_validate(payload)

    def add_feedback(self, verdict: Feedback) -> None:
        """Store what a person said about an item."""
        with self._db.write() as connection:
            connection.execute(feedback.insert(), [verdict.model_dump() | {"at": to_micros(verdict.at)}])

    def feedback_of(self, user_id: str) -> list[Feedback]:
        """A person's feedback in time order."""
        query = sa.select(feedback).where(feedback.c.user_id == user_id).order_by(feedback.c.seq)
        with self._db.read() as connection:
            return [Feedback.model_validate(_timed(row, "seq")) for row in connection.execute(query)]

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


def _timed(row: Any, *drop: str) -> dict[str, Any]:
    return {name: value for name, value in row._mapping.items() if name not in drop} | {"at": from_micros(row.at)}


def _conversation(row: Any) -> Conversation:
    times = {"started_at": from_micros(row.started_at), "updated_at": from_micros(row.updated_at)}
    return Conversation.model_validate(dict(row._mapping) | times)
