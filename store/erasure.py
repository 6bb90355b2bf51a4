"""Export and erasure of everything that is kept about one person, wherever it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import sqlalchemy as sa

from store.db import Database, bump
from store.tables import OF_A_PERSON


class Erasable(Protocol):
    """Another place that keeps data of people: vectors, checkpoints."""

    name: str

    def export_user(self, user_id: str) -> object:
        """All of it, as JSON-able values."""

    def forget_user(self, user_id: str) -> int:
        """Delete all of it; how many records were deleted."""


def export_user(database: Database, others: Sequence[Erasable], user_id: str) -> dict[str, Any]:
    """Everything that is kept about a person, by place, as JSON-able values (GDPR, Article 15 and 20)."""
    places: dict[str, Any] = {"user_id": user_id}
    with database.read() as connection:
        for table in OF_A_PERSON:
            rows = connection.execute(sa.select(table).where(table.c.user_id == user_id))
            places[table.name] = [dict(row._mapping) for row in rows]
    for place in others:
        places[place.name] = place.export_user(user_id)
    return places


def forget_user(database: Database, others: Sequence[Erasable], user_id: str) -> dict[str, int]:
    """Delete everything that is kept about a person; the number of records deleted by place (GDPR, Article 17).

    Other places go first: if one fails, the person's record is still there and the call can be repeated.
    """
    deleted = {place.name: place.forget_user(user_id) for place in others}
    with database.write() as connection:
        for table in OF_A_PERSON:
            deleted[table.name] = connection.execute(table.delete().where(table.c.user_id == user_id)).rowcount
        bump(connection, database, "events")
    database.compact()
    return deleted
