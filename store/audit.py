"""The audit trail: who of the staff saw and sent what. It only grows, but for the erasure of a person."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from core.desk import AuditEntry
from store.db import Database
from store.tables import audit, from_micros, to_micros

ERASED = "erased a person"
"""The action of the entry that takes the place of a person's entries."""


class AuditTrail:
    """The trail of one workspace; thread-safe.

    A person's entries name them and may quote them, so they go when the person is forgotten; that an erasure happened,
    and of how many entries, stays.
    """

    name = "audit"

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._db = database
        self._now = now

    def write(
        self,
        at: datetime,
        agent: str,
        action: str,
        conversation_id: str | None = None,
        user_id: str | None = None,
        detail: str = "",
    ) -> None:
        """Add an entry."""
        with self._db.write() as connection:
            connection.execute(audit.insert(), [_row(at, agent, action, conversation_id, user_id, detail)])

    def look(
        self,
        at: datetime,
        agent: str,
        action: str,
        conversation_id: str | None = None,
        user_id: str | None = None,
        detail: str = "",
        again: timedelta = timedelta(minutes=5),
    ) -> None:
        """Add an entry, unless the same look was entered within ``again``: a page that refreshes is one look."""
        same = (
            (audit.c.at > to_micros(at - again))
            & (audit.c.at <= to_micros(at))
            & (audit.c.agent == agent)
            & (audit.c.action == action)
            & audit.c.conversation_id.is_not_distinct_from(conversation_id)
            & audit.c.user_id.is_not_distinct_from(user_id)
        )
        with self._db.read() as connection:
            known = connection.execute(sa.select(sa.exists().where(same))).scalar_one()
        if not known:
            self.write(at, agent, action, conversation_id, user_id, detail)

    def entries(
        self,
        conversation_id: str | None = None,
        user_id: str | None = None,
        since: datetime | None = None,
        actions: Collection[str] = (),
        limit: int | None = 200,
        agent: str | None = None,
    ) -> list[AuditEntry]:
        """Entries, the latest first; all of them where ``limit`` is None."""
        query = sa.select(audit).order_by(audit.c.at.desc(), audit.c.seq.desc()).limit(limit)
        if conversation_id is not None:
            query = query.where(audit.c.conversation_id == conversation_id)
        if user_id is not None:
            query = query.where(audit.c.user_id == user_id)
        if agent is not None:
            query = query.where(audit.c.agent == agent)
        if since is not None:
            query = query.where(audit.c.at >= to_micros(since))
        if actions:
            query = query.where(audit.c.action.in_(actions))
        with self._db.read() as connection:
            return [_entry(row) for row in connection.execute(query)]

    def somebody_since(self, since: datetime, besides: str) -> bool:
        """Whether anybody but one has been at the desk since a moment."""
        theirs = (audit.c.at >= to_micros(since)) & audit.c.agent.not_in(["", besides])
        with self._db.read() as connection:
            return connection.execute(sa.select(sa.exists().where(theirs))).scalar_one()

    def export_user(self, user_id: str) -> object:
        """The entries about a person, in time order."""
        return [entry.model_dump(mode="json") for entry in self.entries(user_id=user_id, limit=None)[::-1]]

    def forget_user(self, user_id: str) -> int:
        """Take out the entries about a person, and enter that this was done; how many there were."""
        mine = audit.c.user_id == user_id
        with self._db.write() as connection:
            gone = connection.execute(audit.delete().where(mine)).rowcount
            if gone:
                entry = _row(self._now(), "", ERASED, None, None, f"{gone} entries")
                connection.execute(audit.insert(), [entry])
        return gone


def _row(
    at: datetime, agent: str, action: str, conversation_id: str | None, user_id: str | None, detail: str
) -> dict[str, Any]:
    return {
        "id": uuid.uuid4().hex,
        "at": to_micros(at),
        "agent": agent,
        "action": action,
        "conversation_id": conversation_id,
        "user_id": user_id,
        "detail": detail,
    }


def _entry(row: Any) -> AuditEntry:
    fields = {name: value for name, value in row._mapping.items() if name not in {"seq", "at"}}
    return AuditEntry(**fields, at=from_micros(row.at))
