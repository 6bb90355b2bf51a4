"""The timeline's part of the tests' service: pins, mutes, ways back, and histories brought from files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal
from uuid import uuid4

from core.histories import (
    BroughtHistory,
    Fixes,
    HistoryColumns,
    HistoryOutcome,
    HistoryPreview,
    HistoryRow,
    HistoryTitle,
)
from core.mentions import Resolution, TitleMatch
from core.types import Event, EventKind, Item
from store.importers import own
from store.importers.brought import read_export
from store.importers.dates import Dates

_OPPOSITE = {EventKind.PIN: EventKind.MUTE, EventKind.MUTE: EventKind.PIN}


class Histories:
    """Real files over a few films: titles that are spelt alike are matched, those that share a word are to check."""

    catalog: dict[str, Item]
    log: dict[str, list[Event]]

    def now(self) -> datetime:
        raise NotImplementedError

    def _log(self, user_id: str) -> list[Event]:
        return self.log.setdefault(user_id, [])

    def restore_event(self, user_id: str, event_id: str) -> Event:
        old = next(event for event in self._log(user_id) if event.id == event_id)
        new = old.model_copy(update={"id": uuid4().hex, "key": uuid4().hex, "replaces": old.id, "retracted_at": None})
        self._log(user_id).append(new)
        return new

    def steer(self, user_id: str, kind: EventKind, item_id: str | None = None, topic: str | None = None) -> Event:
        log = self._log(user_id)
        for place, event in enumerate(log):
            same = event.item_id == item_id and (item_id is not None or event.topic == topic)
            if same and event.kind is _OPPOSITE[kind] and event.retracted_at is None:
                log[place] = event.model_copy(update={"retracted_at": self.now()})
        new = Event(user_id=user_id, at=self.now(), kind=kind, item_id=item_id, topic=topic, source="page")
        log.append(new)
        return new

    def export_timeline(self, user_id: str, form: Literal["json", "csv"] = "json") -> str:
        events = [event for event in self._log(user_id) if event.retracted_at is None]
        return own.to_csv(events, self.catalog) if form == "csv" else own.to_json(events, self.catalog)

    def resolve_title(self, text: str) -> Resolution:
        named = [item for item in self.catalog.values() if text.casefold() == item.title.casefold()]
        like = named or [item for item in self.catalog.values() if text.casefold() in item.title.casefold()]
        matches = tuple(
            TitleMatch(item_id=item.id, title=item.title, year=item.year, score=1.0 if named else 0.8) for item in like
        )
        return Resolution(
            query=text, status="resolved" if named else "ambiguous" if like else "unknown", matches=matches
        )

    def read_history(
        self, user_id: str, name: str, data: bytes, mapping: HistoryColumns | None = None
    ) -> HistoryPreview:
        brought = read_export(user_id, name, data, Dates(UTC, self.now().timestamp()), mapping)
        counts = Counter((row.title, row.year, row.is_series) for row in brought.reading.rows)
        number = {title: place for place, title in enumerate(counts)}
        return HistoryPreview(
            user_id=user_id,
            name=name,
            source=brought.source,
            rows=tuple(
                HistoryRow(
                    title=number[row.title, row.year, row.is_series],
                    at=datetime.fromtimestamp(row.at, UTC),
                    kind=row.kind,
                    value=row.value,
                    text=row.text,
                )
                for row in brought.reading.rows
            ),
            titles=tuple(self._title(*title, rows) for title, rows in counts.items()),
            faults=tuple(brought.reading.faults),
            faulty=brought.reading.faulty,
            notes=tuple(brought.reading.notes),
            columns=brought.columns,
            mapping=brought.mapping,
            events=tuple(brought.events),
        )

    def _title(self, title: str, year: int | None, is_series: bool, rows: int) -> HistoryTitle:
        found = self.resolve_title(title)
        sure = found.status == "resolved" and not is_series
        return HistoryTitle(
            title=title,
            year=year,
            rows=rows,
            is_series=is_series,
            status="matched" if sure else "check" if found.matches else "unknown",
            item_id=found.matches[0].item_id if sure else None,
            matches=found.matches,
        )

    def import_history(self, user_id: str, preview: HistoryPreview, fixes: Fixes | None = None) -> HistoryOutcome:
        import_id = uuid4().hex[:8]
        chosen = {number: (fixes or {}).get(number, title.item_id) for number, title in enumerate(preview.titles)}
        new = [
            Event(
                id=f"{import_id}-{place}",
                user_id=user_id,
                at=row.at,
                kind=row.kind,
                value=row.value or 0.25,
                text=row.text,
                item_id=chosen[row.title],
                source=f"import:{preview.source}",
            )
            for place, row in enumerate(preview.rows)
            if chosen[row.title]
        ]
        self._log(user_id).extend(new)
        self._log(user_id).sort(key=lambda event: event.at)
        return HistoryOutcome(
            import_id=import_id, source=preview.source, added=len(new), left_out=len(preview.rows) - len(new)
        )

    def undo_import(self, user_id: str, import_id: str) -> int:
        before = self._log(user_id)
        self.log[user_id] = [event for event in before if not event.id.startswith(f"{import_id}-")]
        return len(before) - len(self.log[user_id])

    def histories(self, user_id: str) -> Sequence[BroughtHistory]:
        groups: dict[tuple[str, str], list[Event]] = {}
        for event in self._log(user_id):
            if event.source.startswith("import:") and "-" in event.id and event.retracted_at is None:
                groups.setdefault((event.id.split("-")[0], event.source.removeprefix("import:")), []).append(event)
        return [
            BroughtHistory(
                import_id=import_id,
                source=source,
                at=self.now(),
                events=len(events),
                first=events[0].at,
                last=events[-1].at,
            )
            for (import_id, source), events in groups.items()
        ]
