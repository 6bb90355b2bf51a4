"""Requests that carry a key of their sender's: each is done once, however often it is delivered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from store.db import Database
from store.tables import deliveries, from_micros, to_micros

ABANDONED = timedelta(minutes=5)
"""After so long a request without an outcome is taken to have died with its process."""

KEPT = timedelta(days=30)
"""How long the outcome of a request is kept."""


@dataclass(frozen=True)
class Delivery:
    """A request that was delivered before.

    Attributes:
        digest: of what was asked; another one under the same key is another request.
        conversation_id, turn: where its outcome is; None while it is being answered.
    """

    digest: str
    at: datetime
    conversation_id: str | None
    turn: int | None


class Deliveries:
    """Keyed requests of one workspace; thread-safe, and between processes."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def claim(self, user_id: str, key: str, digest: str, now: datetime) -> Delivery | None:
        """Take a request on: None for the one caller who is to do it, who then completes or releases it."""
        row = {"user_id": user_id, "key": key, "digest": digest, "at": to_micros(now)}
        mine = (deliveries.c.user_id == user_id) & (deliveries.c.key == key)
        dead = deliveries.c.conversation_id.is_(None) & (deliveries.c.at < to_micros(now - ABANDONED))
        old = (deliveries.c.user_id == user_id) & (deliveries.c.at < to_micros(now - KEPT))
        with self._db.write() as connection:
            connection.execute(deliveries.delete().where((mine & dead) | old))
            insert = self._db.insert(deliveries).on_conflict_do_nothing().returning(deliveries.c.key)
            if connection.scalars(insert, [row]).first() is not None:
                return None
            kept = connection.execute(sa.select(deliveries).where(mine)).one_or_none()
        if kept is None:  # it was released while we looked
            return self.claim(user_id, key, digest, now)
        return Delivery(kept.digest, from_micros(kept.at), kept.conversation_id, kept.turn)

    def complete(self, user_id: str, key: str, conversation_id: str, turn: int | None = None) -> None:
        """Say where the outcome is."""
        mine = (deliveries.c.user_id == user_id) & (deliveries.c.key == key)
        with self._db.write() as connection:
            connection.execute(deliveries.update().where(mine).values(conversation_id=conversation_id, turn=turn))

    def release(self, user_id: str, key: str) -> None:
        """Let a request that failed be sent again."""
        mine = (deliveries.c.user_id == user_id) & (deliveries.c.key == key)
        with self._db.write() as connection:
            connection.execute(deliveries.delete().where(mine))
