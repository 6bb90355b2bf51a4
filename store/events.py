"""The append-only event log: every person's interest timeline."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import numpy as np
import sqlalchemy as sa

from core.errors import NotFoundError
from core.types import Event, EventKind
from store.columns import KINDS, EventLog, ItemColumns
from store.db import Database, bump, version
from store.standing import DIALOGUE, Standing, standing_rows
from store.tables import events, from_micros, to_micros

_BATCH = 1000
_FIELDS = [events.c[name] for name in Event.model_fields]


@dataclass(frozen=True)
class Appended:
    """What an append did: events that were new, and deliveries that had been made before."""

    added: int = 0
    duplicates: int = 0


@dataclass(frozen=True)
class UserSummary:
    """How much is known about a person, retracted events left out."""

    user_id: str
    events: int
    first_at: datetime
    last_at: datetime


class Events:
    """Events of one workspace; thread-safe. Nothing is ever changed but ``retracted_at``, once."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def append(self, new: Iterable[Event]) -> Appended:
        """Add events in batches, each its own transaction.

        An event whose (user, key) is known changes nothing. An event that ``replaces`` another of the same person
        retracts it at its own time.
        """
        stream = iter(new)
        added = duplicates = 0
        while batch := list(islice(stream, _BATCH)):
            with self._db.write() as connection:
                count = self._insert(connection, batch)
            added += count
            duplicates += len(batch) - count
        return Appended(added, duplicates)

    def _insert(self, connection: sa.Connection, batch: Sequence[Event]) -> int:
        insert = self._db.insert(events).on_conflict_do_nothing().returning(events.c.id)
        inserted = set(connection.scalars(insert, [_row(event) for event in batch]))
        for event in batch:
            if event.replaces and event.id in inserted:
                mine = (events.c.user_id == event.user_id) & (events.c.id == event.replaces)
                retract = events.update().where(mine & events.c.retracted_at.is_(None))
                connection.execute(retract.values(retracted_at=to_micros(event.at)))
        if inserted:
            bump(connection, self._db, "events")
        return len(inserted)

    def get(self, event_id: str) -> Event | None:
        """One event, retracted or not; None if there is none."""
        with self._db.read() as connection:
            row = connection.execute(sa.select(*_FIELDS).where(events.c.id == event_id)).one_or_none()
        return None if row is None else _event(row)

    def of_user(self, user_id: str, until: datetime | None = None, include_retracted: bool = False) -> list[Event]:
        """A person's events in time order, those after ``until`` left out."""
        return self._of([user_id], until, include_retracted).get(user_id, [])

    def of_users(self, user_ids: Collection[str], until: datetime | None = None) -> dict[str, list[Event]]:
        """Events of many people; a person without any has no entry."""
        found: dict[str, list[Event]] = {}
        stream = iter(dict.fromkeys(user_ids))
        while batch := list(islice(stream, _BATCH)):
            found.update(self._of(batch, until, include_retracted=False))
        return found

    def _of(self, user_ids: Sequence[str], until: datetime | None, include_retracted: bool) -> dict[str, list[Event]]:
        query = sa.select(*_FIELDS).where(events.c.user_id.in_(user_ids))
        if until is not None:
            query = query.where(events.c.at <= to_micros(until))
        if not include_retracted:
            query = query.where(events.c.retracted_at.is_(None))
        found: dict[str, list[Event]] = {}
        with self._db.read() as connection:
            for row in connection.execute(query.order_by(events.c.at, events.c.seq)):
                found.setdefault(row.user_id, []).append(_event(row))
        return found

    def standing(self, user_ids: Collection[str], until: datetime, columns: ItemColumns) -> Standing:
        """The events of people that count, as columns (`core.evidence.standing`), those after ``until`` left out.

        Args:
            user_ids: each once; they are the people of the result in this order, those without events included.
            until: the last moment that counts.
            columns: the catalogue that items are looked up in.
        """
        query = _STANDING.where(events.c.at <= to_micros(until))
        people = tuple(user_ids)
        rows: list[Any] = []
        with self._db.read() as connection:
            for start in range(0, len(people), _BATCH):
                chosen = query.where(events.c.user_id.in_(people[start : start + _BATCH]))
                rows.extend(connection.execute(chosen).all())
        return standing_rows(people, rows, columns)

    def retract(self, user_id: str, event_id: str, at: datetime) -> Event:
        """Take an event of this person back; repeating it changes nothing.

        Raises:
            NotFoundError: the person has no such event.
        """
        with self._db.write() as connection:
            event = self._own(connection, user_id, event_id)
            if event.retracted_at is None:
                update = events.update().where(events.c.id == event_id)
                connection.execute(update.values(retracted_at=to_micros(at)))
                bump(connection, self._db, "events")
                event = event.model_copy(update={"retracted_at": at})
        return event

    def retract_all(self, user_id: str, event_ids: Iterable[str], at: datetime) -> int:
        """Take many events of this person back at once; how many of them stood.

        Those that are not the person's, or do not stand, stay as they are.
        """
        taken = 0
        stream = iter(event_ids)
        with self._db.write() as connection:
            while batch := list(islice(stream, _BATCH)):
                chosen = (events.c.user_id == user_id) & events.c.id.in_(batch) & events.c.retracted_at.is_(None)
                taken += connection.execute(events.update().where(chosen).values(retracted_at=to_micros(at))).rowcount
            if taken:
                bump(connection, self._db, "events")
        return taken

    def edit(self, user_id: str, event_id: str, at: datetime, **changes: Any) -> Event:
        """Replace an event by a changed copy; the old one stays in the log, retracted.

        The copy keeps the time of what happened; only its retraction carries ``at``.

        Raises:
            NotFoundError: the person has no such event, or it has been retracted.
        """
        with self._db.write() as connection:
            old = self._own(connection, user_id, event_id)
            if old.retracted_at is not None:
                raise NotFoundError(f"Event {event_id!r} has been removed already.", "Add a new one instead.")
            fields = old.model_dump(exclude={"id", "key", "replaces", "retracted_at"})
            new = Event.model_validate({**fields, **changes, "replaces": event_id})
            connection.execute(self._db.insert(events), [_row(new)])
            update = events.update().where(events.c.id == event_id)
            connection.execute(update.values(retracted_at=to_micros(at)))
            bump(connection, self._db, "events")
        return new

    def _own(self, connection: sa.Connection, user_id: str, event_id: str) -> Event:
        query = sa.select(*_FIELDS).where((events.c.id == event_id) & (events.c.user_id == user_id))
        row = connection.execute(query).one_or_none()
        if row is None:
            raise NotFoundError(f"There is no event {event_id!r} of user {user_id!r}.", "List them with `timeline`.")
        return _event(row)

    def people(self, limit: int = 50, source: str | None = None, search: str = "") -> list[UserSummary]:
        """The people with the most events, of one source if given, and with ``search`` in their id."""
        query = _SUMMARY.order_by(sa.desc("count"), events.c.user_id).limit(limit)
        if source is not None:
            query = query.where(events.c.source == source)
        if search:
            query = query.where(events.c.user_id.icontains(search, autoescape=True))
        with self._db.read() as connection:
            return [_summary(row) for row in connection.execute(query)]

    def summary(self, user_id: str) -> UserSummary | None:
        """How much is known about one person; None if nothing."""
        with self._db.read() as connection:
            row = connection.execute(_SUMMARY.where(events.c.user_id == user_id)).one_or_none()
        return None if row is None else _summary(row)

    def user_sources(self, user_ids: Collection[str]) -> dict[str, set[str]]:
        """For those of the people who have events: the sources they came from."""
        found: dict[str, set[str]] = {}
        stream = iter(dict.fromkeys(user_ids))
        with self._db.read() as connection:
            while batch := list(islice(stream, _BATCH)):
                query = sa.select(events.c.user_id, events.c.source).where(events.c.user_id.in_(batch)).distinct()
                for row in connection.execute(query):
                    found.setdefault(row.user_id, set()).add(row.source)
        return found

    def count(self) -> int:
        """How many events there are, retracted ones included."""
        with self._db.read() as connection:
            return connection.execute(sa.select(sa.func.count()).select_from(events)).scalar_one()

    def version(self) -> str:
        """A token that changes with every append, retraction and erasure."""
        return version(self._db, "events")

    def log(self, columns: ItemColumns, until: datetime | None = None) -> EventLog:
        """Every event on a known item as columns, in time order, those after ``until`` left out."""
        fields = (events.c.user_id, events.c.item_id, events.c.at, events.c.kind, events.c.value)
        query = sa.select(*fields).where(events.c.item_id.is_not(None) & events.c.retracted_at.is_(None))
        query = query.where(events.c.kind.in_([kind.value for kind in KINDS]))
        if until is not None:
            query = query.where(events.c.at <= to_micros(until))
        codes: dict[str, int] = {}
        kinds = {kind.value: code for code, kind in enumerate(KINDS)}
        user: list[int] = []
        item: list[int] = []
        at: list[int] = []
        kind: list[int] = []
        value: list[float] = []
        with self._db.read() as connection:
            for user_id, item_id, micros, name, strength in connection.execute(
                query.order_by(events.c.at, events.c.seq)
            ):
                position = columns.position.get(item_id)
                if position is None:
                    continue
                user.append(codes.setdefault(user_id, len(codes)))
                item.append(position)
                at.append(micros)
                kind.append(kinds[name])
                value.append(strength)
        return EventLog(
            users=tuple(codes),
            user=np.array(user, dtype=np.int32),
            item=np.array(item, dtype=np.int32),
            at=np.array(at, dtype=np.float64) / 1e6,
            kind=np.array(kind, dtype=np.int8),
            value=np.array(value, dtype=np.float32),
        )


_STANDING = (
    sa.select(
        *(events.c[name] for name in ("user_id", "id", "at", "kind", "value", "item_id", "topic", "replaces")),
        (events.c.source == DIALOGUE).label("said"),
    )
    .where(events.c.retracted_at.is_(None))
    .order_by(events.c.user_id, events.c.at)
)
_SUMMARY = (
    sa.select(
        events.c.user_id,
        sa.func.count().label("count"),
        sa.func.min(events.c.at).label("first"),
        sa.func.max(events.c.at).label("last"),
    )
    .where(events.c.retracted_at.is_(None))
    .group_by(events.c.user_id)
)


def _summary(row: Any) -> UserSummary:
    return UserSummary(row.user_id, row.count, from_micros(row.first), from_micros(row.last))


def _row(event: Event) -> dict[str, Any]:
    row = event.model_dump()
    row["kind"] = event.kind.value
    row["at"] = to_micros(event.at)
    row["retracted_at"] = None if event.retracted_at is None else to_micros(event.retracted_at)
    return row


def _event(row: Any) -> Event:
    fields = dict(row._mapping)
    fields["kind"] = EventKind(fields["kind"])
    fields["at"] = from_micros(fields["at"])
    if fields["retracted_at"] is not None:
        fields["retracted_at"] = from_micros(fields["retracted_at"])
    # Rows were validated when they were written; validating thousands again would dominate a request.
    return Event.model_construct(**fields)
