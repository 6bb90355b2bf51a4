"""What is kept for programs that talk for a person: which list of messages each conversation stands for, and what
their last direct request was.

It lives among the workspace's key values, under keys that begin with a digest of the user id, so that all of a
person's can be found and erased.
"""

from __future__ import annotations

import sqlalchemy as sa

from core.types import idempotency_key
from store.db import Database
from store.tables import key_values


class RelayedRows:
    """Texts by person and name; thread-safe. Export and erasure reach them (`store.erasure.Erasable`)."""

    name = "relayed"

    def __init__(self, database: Database) -> None:
        self._db = database

    def get(self, user_id: str, name: str) -> str | None:
        """One text, or None."""
        query = sa.select(key_values.c.value).where(key_values.c.key == _prefix(user_id) + name)
        with self._db.read() as connection:
            return connection.execute(query).scalar()

    def all(self, user_id: str, kind: str = "") -> dict[str, str]:
        """A person's texts whose name begins with ``kind``, by name."""
        prefix = _prefix(user_id)
        query = sa.select(key_values).where(key_values.c.key.startswith(prefix + kind, autoescape=True))
        with self._db.read() as connection:
            return {row.key.removeprefix(prefix): row.value for row in connection.execute(query)}

    def set(self, user_id: str, name: str, value: str) -> None:
        """Keep a text, in place of the one of that name."""
        row = self._db.insert(key_values).values(key=_prefix(user_id) + name, value=value)
        with self._db.write() as connection:
            connection.execute(row.on_conflict_do_update(index_elements=["key"], set_={"value": value}))

    def delete(self, user_id: str, name: str) -> None:
        """Delete a text, if there is one of that name."""
        with self._db.write() as connection:
            connection.execute(key_values.delete().where(key_values.c.key == _prefix(user_id) + name))

    def export_user(self, user_id: str) -> object:
        """All of a person's texts, by name."""
        return self.all(user_id)

    def forget_user(self, user_id: str) -> int:
        """Delete them; how many there were."""
        mine = key_values.c.key.startswith(_prefix(user_id), autoescape=True)
        with self._db.write() as connection:
            return connection.execute(key_values.delete().where(mine)).rowcount


def _prefix(user_id: str) -> str:
    return f"relayed:{idempotency_key(user_id)}:"
