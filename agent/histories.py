"""Bringing a history from elsewhere: read and matched first, written when the person says so, taken back whole."""

from __future__ import annotations

import uuid
from collections import Counter
from datetime import UTC, datetime

from agent.history_log import Plan, imports_of, lines_of
from agent.history_titles import Title, catalogue_has, match_titles
from agent.incoming import check_user, known_item
from agent.steering import restore
from core.errors import InputError, NotFoundError
from core.histories import (
    Fixes,
    HistoryColumns,
    HistoryNote,
    HistoryOutcome,
    HistoryPreview,
    HistoryRow,
    imported_id,
    named,
)
from core.privacy import redact
from core.types import Event, EventKind, idempotency_key
from store.importers import own
from store.importers.brought import Brought, read_export
from store.importers.dates import Dates
from store.importers.tables import zone
from tools.deps import Deps

_MOST = 100_000
"""Rows of one file that are taken, the latest ones."""
_LONGEST_NAME = 120


def read_history(
    deps: Deps, user_id: str, name: str, data: bytes, mapping: HistoryColumns | None = None
) -> HistoryPreview:
    """What a file would bring; see `agent.service.Service.read_history`."""
    check_user(user_id)
    name = (name.replace("\\", "/").rsplit("/", 1)[-1].strip() or "the file")[:_LONGEST_NAME]
    dates = Dates(zone(deps.settings.timezone), deps.now().timestamp())
    brought = read_export(user_id, name, data, dates, mapping)
    if brought.source == "driftline":
        return _own_timeline(deps, user_id, name, brought)
    reading = brought.reading
    told = sorted(reading.rows, key=lambda row: row.at)
    notes = list(reading.notes)
    if len(told) > _MOST:
        notes.append(HistoryNote(kind="oldest_left_out", count=len(told) - _MOST))
        told = told[-_MOST:]
    counts = Counter(Title.of(row) for row in told)
    titles = match_titles(deps, brought.source, counts)
    if told and not catalogue_has(deps, brought.source):
        notes.append(HistoryNote(kind=f"catalogue_lacks_{brought.source}"))
    number = {title: place for place, title in enumerate(counts)}
    preview = HistoryPreview(
        user_id=user_id,
        name=name,
        source=brought.source,
        rows=tuple(
            HistoryRow(
                title=number[Title.of(row)],
                at=datetime.fromtimestamp(row.at, UTC),
                kind=row.kind,
                value=row.value,
                text=row.text,
            )
            for row in told
        ),
        titles=tuple(titles),
        faults=tuple(reading.faults),
        faulty=reading.faulty,
        notes=tuple(notes),
        columns=brought.columns,
        mapping=brought.mapping,
    )
    plan = Plan.of(deps.events.of_user(user_id, include_retracted=True))
    known = sum(plan.has(base) for base, _ in _deliveries(preview, {}))
    return preview.model_copy(update={"known": known})


def _own_timeline(deps: Deps, user_id: str, name: str, brought: Brought) -> HistoryPreview:
    reading, kept = brought.reading, []
    items = deps.catalog.get_many({event.item_id for event in brought.events if event.item_id})
    for event in brought.events:
        if event.item_id and event.item_id not in items:
            reading.fault(name, 0, "item_unknown", event.item_id)
        else:
            kept.append(event)
    keys = {event.key for event in deps.events.of_user(user_id, include_retracted=True)}
    return HistoryPreview(
        user_id=user_id,
        name=name,
        source=brought.source,
        events=tuple(kept),
        faults=tuple(reading.faults),
        faulty=reading.faulty,
        known=sum(event.key in keys for event in kept),
    )


def _deliveries(preview: HistoryPreview, fixes: Fixes) -> list[tuple[str, Event]]:
    """The events of the rows whose item is settled, each with the key of its delivery; equal ones once."""
    undated = preview.mapping is not None and not preview.mapping.date
    items = {number: fixes.get(number, title.item_id) for number, title in enumerate(preview.titles)}
    found: dict[str, Event] = {}
    for row in preview.rows:
        item_id = items[row.title]
        if item_id is None:
            continue
        stamp = "" if undated else row.at.isoformat()
        base = idempotency_key(preview.source, item_id, row.kind.value, stamp, row.text or "")
        found[base] = Event(
            user_id=preview.user_id,
            at=row.at,
            kind=row.kind,
            item_id=item_id,
            value=row.value,
            text=row.text,
            source=f"import:{preview.source}",
        )
    return list(found.items())


def import_history(deps: Deps, user_id: str, preview: HistoryPreview, fixes: Fixes) -> HistoryOutcome:
    """Write what a preview shows; see `agent.service.Service.import_history`."""
    check_user(user_id)
    if preview.user_id != user_id:
        raise InputError(f"The file was read for {preview.user_id!r}, not for {user_id!r}.", "Read it again.")
    for number, item_id in fixes.items():
        if not 0 <= number < len(preview.titles):
            raise InputError(f"The file has no title number {number}.", f"They go to {len(preview.titles) - 1}.")
        if item_id is not None:
            known_item(deps, item_id)
    if preview.events:
        return _bring_back(deps, user_id, preview)
    plan = Plan.of(deps.events.of_user(user_id, include_retracted=True))
    import_id = f"{deps.now():%Y%m%dT%H%M%S}{uuid.uuid4().hex[:8]}"
    deliveries = _deliveries(preview, fixes)
    told = {base for base, _ in deliveries}
    new = []
    for base, event in deliveries:
        if plan.has(base):
            continue
        rated = plan.rated.get((event.source, event.item_id)) if event.kind is EventKind.RATING else None
        # A rating that the file no longer holds was changed there since.
        changed = rated is not None and rated[1] not in told and rated[0].at <= event.at
        again = plan.times[base]
        new.append(
            event.model_copy(
                update={
                    "id": imported_id(import_id, base),
                    "key": f"{base}.{again}" if again else base,
                    "replaces": rated[0].id if changed and rated else None,
                }
            )
        )
    added = deps.events.append(new).added
    settled = sum(
        title.rows for number, title in enumerate(preview.titles) if fixes.get(number, title.item_id) is not None
    )
    return HistoryOutcome(
        import_id=import_id if added else "",
        source=preview.source,
        added=added,
        known=len(deliveries) - added,
        left_out=len(preview.rows) - settled,
    )


def _bring_back(deps: Deps, user_id: str, preview: HistoryPreview) -> HistoryOutcome:
    """A timeline exported here: its events as they were, those that are there already unchanged."""
    known = {event.key for event in deps.events.of_user(user_id, include_retracted=True)}
    threads = {thread.id for thread in deps.conversations.of_user(user_id)}
    new = []
    for event in preview.events:
        if event.key in known:
            continue
        there = event.conversation_id in threads
        holder = deps.events.get(event.id)
        new.append(
            event.model_copy(
                update={
                    "id": idempotency_key(user_id, event.key) if holder is not None else event.id,
                    "text": redact(event.text) if event.text else None,
                    "conversation_id": event.conversation_id if there else None,
                    "turn": event.turn if there else None,
                }
            )
        )
    done = deps.events.append(new)
    return HistoryOutcome(source=preview.source, added=done.added, known=len(preview.events) - done.added)


def undo_import(deps: Deps, user_id: str, import_id: str) -> int:
    """Take a whole import back, what was changed of it since too; see `agent.service.Service.undo_import`."""
    events = deps.events.of_user(user_id, include_retracted=True)
    lines = lines_of(events)
    chosen = [event_id for event_id, brought in imports_of(events).items() if brought == import_id]
    if not chosen:
        raise NotFoundError(f"Nothing of import {import_id!r} stands in the timeline.", "It may be undone already.")
    taken = deps.events.retract_all(user_id, chosen, deps.now())
    for event_id in chosen:
        # What this import replaced of an earlier one stands again.
        line = iter(lines[event_id])
        _ = next(event for event in line if (name := named(event.id)) and name[0] == import_id)
        if (before := next(line, None)) is not None:
            restore(deps, user_id, before.id)
    return taken


def export_timeline(deps: Deps, user_id: str, form: str) -> str:
    """A timeline as a file; see `agent.service.Service.export_timeline`."""
    events = deps.events.of_user(user_id)
    items = deps.catalog.get_many({event.item_id for event in events if event.item_id})
    return own.to_csv(events, items) if form == "csv" else own.to_json(events, items)
