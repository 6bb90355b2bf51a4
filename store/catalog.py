"""The catalogue: items, upserted in batches, read whole or as columns."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa

from core.types import Item
from store.columns import ItemColumns, columns_from
from store.db import Database, bump, version
from store.tables import items

_BATCH = 1000


@dataclass(frozen=True)
class Upserted:
    """What an upsert did."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0


class Catalog:
    """Items of one workspace; thread-safe."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._lock = threading.Lock()
        self._columns: ItemColumns | None = None

    def upsert(self, new: Iterable[Item]) -> Upserted:
        """Add items or replace those with the same id, in batches of bounded memory, each its own transaction."""
        stream = iter(new)
        added = updated = unchanged = 0
        while batch := {item.id: item for item in islice(stream, _BATCH)}:
            rows = [_row(item) for item in batch.values()]
            with self._db.write() as connection:
                query = sa.select(items.c.id, items.c.digest).where(items.c.id.in_(batch))
                known = {row.id: row.digest for row in connection.execute(query)}
                changed = [row for row in rows if known.get(row["id"]) != row["digest"]]
                if changed:
                    insert = self._db.insert(items)
                    replaced = {name: insert.excluded[name] for name in ("title", "payload", "digest")}
                    connection.execute(insert.on_conflict_do_update(index_elements=["id"], set_=replaced), changed)
                    bump(connection, self._db, "catalog")
            added += sum(row["id"] not in known for row in changed)
            updated += sum(row["id"] in known for row in changed)
            unchanged += len(rows) - len(changed)
        return Upserted(added, updated, unchanged)

    def get(self, item_id: str) -> Item | None:
        """One item, or None."""
        return self.get_many([item_id]).get(item_id)

    def get_many(self, ids: Iterable[str]) -> dict[str, Item]:
        """The items that exist among the ids."""
        wanted = iter(dict.fromkeys(ids))
        found: dict[str, Item] = {}
        with self._db.read() as connection:
            while batch := list(islice(wanted, _BATCH)):
                query = sa.select(items.c.payload).where(items.c.id.in_(batch))
                found.update((item.id, item) for item in map(Item.model_validate, connection.scalars(query)))
        return found

    def all(self) -> Iterator[Item]:
        """Every item in id order, streamed."""
        query = sa.select(items.c.payload).order_by(items.c.id)
        with self._db.read() as connection:
            for payload in connection.execution_options(yield_per=_BATCH).scalars(query):
                yield Item.model_validate(payload)

    def count(self) -> int:
        """How many items there are."""
        with self._db.read() as connection:
            return connection.execute(sa.select(sa.func.count()).select_from(items)).scalar_one()

    def version(self) -> str:
        """A token that changes whenever the catalogue changes."""
        return version(self._db, "catalog")

    def columns(self) -> ItemColumns:
        """The catalogue as columns, in id order; read once per version and shared between threads."""
        current = self.version()
        snapshot = self._columns
        if snapshot is not None and snapshot.version == current:
            return snapshot
        with self._lock:
            if self._columns is None or self._columns.version != current:
                self._columns = self._read_columns(current)
            return self._columns

    def _read_columns(self, current: str) -> ItemColumns:
        with self._db.read() as connection:
            query = sa.select(items.c.id, items.c.payload).order_by(items.c.id)
            rows = [(row.id, row.payload) for row in connection.execute(query)]
        # The databases may order text by locale; positions follow the ids' code points everywhere.
        rows.sort(key=lambda row: row[0])
        added = [_seconds(payload["added_at"]) for _, payload in rows]
        return columns_from(rows, current, added)


def _row(item: Item) -> dict[str, Any]:
    payload = item.model_dump(mode="json")
    text = json.dumps(payload, sort_keys=True, ensure_ascii=False)
    digest = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
    return {"id": item.id, "title": item.title, "payload": payload, "digest": digest}


def _seconds(at: str | None) -> float:
    return float("nan") if at is None else datetime.fromisoformat(at).timestamp()
