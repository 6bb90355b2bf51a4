"""Running an import: check the whole input, then write it in batches that can be interrupted and repeated."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from pydantic import ValidationError

from core.errors import InputError
from core.types import Event, Item, idempotency_key
from store.catalog import Catalog
from store.db import KeyValue
from store.events import Events
from store.importers.base import (
    Dataset,
    Importer,
    ImportReport,
    Parsed,
    Progress,
    Request,
    SourceEvent,
    SourceItem,
)
from store.importers.checking import STEP, check
from store.importers.join import Resolver
from store.importers.rejects import Rejects

_CHECKED, _ITEMS = 0.15, 0.25  # where the passes end, as parts of the whole for the progress bar


@dataclass
class _Tally:
    """Counts of one run."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    items_joined: int = 0
    items_unjoined: int = 0
    events_added: int = 0
    duplicates: int = 0
    joined: int = 0
    unjoined: int = 0
    later: int = 0
    row: int = 0
    known: dict[str, tuple[str, bool]] = field(default_factory=dict)


class _Run:
    """One import in progress."""

    def __init__(
        self,
        dataset: Dataset,
        catalog: Catalog,
        events: Events,
        state: KeyValue,
        until: datetime | None,
        user_prefix: str,
        progress: Progress | None,
        batch: int,
    ) -> None:
        self._dataset = dataset
        self._catalog = catalog
        self._events = events
        self._state = state
        self._until = until
        self._prefix = user_prefix
        self._progress = progress
        self._batch = batch
        self._total = sum(path.stat().st_size for path in dataset.files)
        self.tally = _Tally()
        self.source = f"import:{dataset.label}"

    def report_progress(self, low: float, high: float, done: float) -> None:
        """Tell how far the run is, between two parts of the whole."""
        if self._progress is not None:
            self._progress(int(self._total * (low + (high - low) * min(done, 1.0))), self._total)

    def write_items(self, rejects: Rejects) -> None:
        """Join or upsert every item."""
        tally, pending = self.tally, list[Item]()
        end = 1.0 if self._dataset.events is None else _ITEMS
        for index, (row, found) in enumerate(Resolver(self._dataset, self._catalog).resolve(self._distinct(rejects))):
            assert row.value is not None
            if self._dataset.joins:
                tally.known[row.value.key] = (found or row.value.item.id, found is not None)
                tally.items_joined += found is not None
                tally.items_unjoined += found is None
            if found is None:
                pending.append(row.value.item)
            if len(pending) >= self._batch:
                self._upsert(pending)
            if index % STEP == 0:
                self.report_progress(_CHECKED, end, row.row.done)
        self._upsert(pending)

    def _distinct(self, rejects: Rejects) -> Iterator[Parsed[SourceItem]]:
        seen: set[str] = set()
        for row in self._dataset.item_rows():
            if row.value is None:
                rejects.add(row)
            elif row.value.key not in seen:
                seen.add(row.value.key)
                yield row
            elif not self._dataset.repeats:
                rejects.add(row, "the id repeats an earlier row's, which is kept")

    def _upsert(self, pending: list[Item]) -> None:
        done = self._catalog.upsert(pending)
        self.tally.added += done.added
        self.tally.updated += done.updated
        self.tally.unchanged += done.unchanged
        pending.clear()

    def write_events(self, rejects: Rejects, marker: str) -> bool:
        """Append every event; returns whether an interrupted import was continued."""
        tally = self.tally
        stored = json.loads(self._state.get(marker) or "{}")
        skip = stored.get("row", 0)
        tally.events_added, tally.duplicates = stored.get("added", 0), stored.get("duplicates", 0)
        stream = self._dataset.event_rows()
        while rows := list(islice(stream, self._batch)):
            self._look_up(rows)
            pending = [event for row in rows if (event := self._event(row, rejects)) is not None]
            tally.row += len(rows)
            if tally.row > skip:
                self._append(pending, marker)
                self.report_progress(_ITEMS, 1.0, rows[-1].row.done)
        self._state.set(marker, "")
        return bool(skip)

    def _look_up(self, rows: list[Parsed[SourceEvent]]) -> None:
        """Find out which items of a batch the catalogue has, for sources that do not bring a list to join."""
        if self._dataset.joins:
            return
        new = {row.value.item for row in rows if row.value is not None} - self.tally.known.keys()
        known = self._catalog.get_many(new)
        self.tally.known.update((item, (item, item in known)) for item in new)

    def _append(self, batch: list[Event], marker: str) -> None:
        tally = self.tally
        done = self._events.append(batch)
        tally.events_added += done.added
        tally.duplicates += done.duplicates
        progress = {"row": tally.row, "added": tally.events_added, "duplicates": tally.duplicates}
        self._state.set(marker, json.dumps(progress))

    def _event(self, row: Parsed[SourceEvent], rejects: Rejects) -> Event | None:
        told = row.value
        if told is None:
            rejects.add(row)
            return None
        if self._until is not None and told.at > self._until.timestamp():
            self.tally.later += 1
            return None
        place = self.tally.known.get(told.item)
        if place is None:
            rejects.add(row, "the item is not in the source's list of items")
            return None
        item_id, joined = place
        user = self._prefix + told.user
        try:
            event = Event(
                user_id=user,
                at=datetime.fromtimestamp(told.at, UTC),
                kind=told.kind,
                item_id=item_id,
                value=told.value,
                text=told.text,
                source=self.source,
                key=idempotency_key(self.source, user, told.key or (told.item, told.at, told.kind.value)),
            )
        except ValidationError as error:
            rejects.add(row, f"not a valid event: {error.errors()[0]['msg']}")
            return None
        self.tally.joined += joined
        self.tally.unjoined += not joined
        return event


def run_import(
    importer: Importer,
    path: Path | None,
    catalog: Catalog,
    events: Events,
    state: KeyValue,
    *,
    workspace: Path,
    until: datetime | None = None,
    mapping: Path | None = None,
    user_prefix: str = "",
    progress: Progress | None = None,
    batch: int = 5000,
) -> ImportReport:
    """Import a source into the catalogue and the event log.

    The input is read once before anything is written, so that a fault of a whole file, or a person who exists
    already under another source, leaves the workspace as it was. Then items and events are written in batches of
    bounded memory. An import that was interrupted goes on where it stopped when it is run again with the same
    files and arguments; one that is repeated changes nothing.

    Args:
        workspace: rejected rows go to ``rejects/`` in it, downloads to ``downloads/``.
        until: events after it are left out.
        mapping: a TOML file that says which columns are what, for sources that take one.
        user_prefix: put before every user id.
        batch: events written and remembered at once.

    Raises:
        InputError: the input cannot be used; one line with the remedy.
    """
    started = time.monotonic()
    if path is None and importer.needs_path:
        raise InputError(f"The source {importer.name} needs a path.", f"Run `driftline import {importer.name} PATH`.")
    if mapping is not None and not importer.mappable:
        raise InputError(
            f"The source {importer.name} has a fixed layout and takes no mapping file.", "Leave --map away."
        )
    dataset = importer.open(Request(path, mapping, workspace, until))
    fingerprint = _fingerprint(dataset, until, mapping, user_prefix)
    run = _Run(dataset, catalog, events, state, until, user_prefix, progress, batch)
    check(dataset, events, run.source, user_prefix, lambda done: run.report_progress(0.0, _CHECKED, done))
    with Rejects(workspace / "rejects" / f"{dataset.label}-{fingerprint[:12]}.csv", user_prefix) as rejects:
        run.write_items(rejects)
        resumed = dataset.events is not None and run.write_events(rejects, f"import:{dataset.label}:{fingerprint}")
    run.report_progress(0.0, 1.0, 1.0)
    tally = run.tally
    apart = []
    if dataset.own_prefix and tally.items_unjoined and not tally.items_joined:
        apart.append(
            "None of its items is in the catalogue, so they stand for themselves. "
            "To join them, import the catalogue first, in a new workspace."
        )
    return ImportReport(
        source=dataset.label,
        items_added=tally.added,
        items_updated=tally.updated,
        items_unchanged=tally.unchanged,
        items_joined=tally.items_joined,
        items_unjoined=tally.items_unjoined,
        events_added=tally.events_added,
        events_duplicates=tally.duplicates,
        joined=tally.joined,
        unjoined=tally.unjoined,
        later=tally.later,
        rejected=rejects.count,
        rejects_file=rejects.path,
        messages=(*rejects.messages(), *dataset.notes, *apart),
        resumed=resumed,
        seconds=time.monotonic() - started,
    )


def _fingerprint(dataset: Dataset, until: datetime | None, mapping: Path | None, user_prefix: str) -> str:
    """A digest of the content and arguments of an import: equal digests can continue each other."""
    digest = hashlib.sha256(f"{dataset.label}\x1f{until}\x1f{user_prefix}".encode())
    for path in (*dataset.files, *([mapping] if mapping else [])):
        with path.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()
