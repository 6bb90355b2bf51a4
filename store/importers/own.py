"""Our own timelines, as the page exports them: JSON or CSV with every field of every event."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from core.types import Event, Item
from store.importers.dates import Dates
from store.importers.exports import ExportFile
from store.importers.history import Reading, first_object, json_rows
from store.importers.sheets import Sheet

MARK = "driftline-timeline"
_FIELDS = tuple(name for name in Event.model_fields if name not in {"user_id", "retracted_at"})
_COLUMNS = (*_FIELDS, "title")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""Cells that begin like this are marked, so that a spreadsheet shows them and does not compute them."""


def to_json(events: Sequence[Event], items: Mapping[str, Item]) -> str:
    """A timeline as JSON, the oldest event first, each with its item's title for whoever reads it."""
    rows = [_row(event, items) for event in events]
    return json.dumps({"format": MARK, "version": 1, "events": rows}, ensure_ascii=False, indent=1)


def to_csv(events: Sequence[Event], items: Mapping[str, Item]) -> str:
    """A timeline as CSV, the oldest event first."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, _COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(_for_a_sheet(_row(event, items)) for event in events)
    return out.getvalue()


def _row(event: Event, items: Mapping[str, Item]) -> dict[str, Any]:
    row = {name: value for name, value in event.model_dump(mode="json").items() if name in _FIELDS}
    item = items.get(event.item_id or "")
    return row | {"title": item.title if item else None}


def is_own(file: ExportFile) -> bool:
    """Whether a file is one of ours."""
    if file.is_json:
        return first_object(file).get("format") == MARK
    return Sheet(file).has("id", "at", "kind", "item_id", "topic", "value", "source", "key", "replaces")


def read_own(files: Sequence[ExportFile], user_id: str, dates: Dates) -> tuple[Reading, list[Event]]:
    """The events of files of ours, as this person's; what is wrong with the others."""
    reading = Reading()
    events: list[Event] = []
    for file in files:
        for line, fields, fault in _rows(reading, file):
            event = None if fault else _event(fields, user_id)
            if event is not None and dates.is_future(event.at.timestamp()):
                fault = "date_future"
            if event is None or fault:
                reading.fault(file.name, line, fault or "event_unreadable", str(fields.get("title") or fields))
            else:
                events.append(event)
    return reading, events


def _rows(reading: Reading, file: ExportFile) -> list[tuple[int, Mapping[str, Any], str]]:
    if not file.is_json:
        return [(row.line, _from_a_sheet(row.cells), row.fault) for row in Sheet(file)]
    lists = [whole.get("events") for whole in json_rows(reading, file)]
    told = [row for events in lists for row in (events if isinstance(events, list) else [events])]
    return [(number, row if isinstance(row, dict) else {}, "") for number, row in enumerate(told, start=1)]


def _event(fields: Mapping[str, Any], user_id: str) -> Event | None:
    told = {name: fields[name] for name in _FIELDS if fields.get(name) not in (None, "")}
    try:
        return Event.model_validate({**told, "user_id": user_id})
    except ValidationError:
        return None


def _for_a_sheet(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row whose words no spreadsheet takes for formulas; `_from_a_sheet` is the inverse."""
    return {name: f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell for name, cell in row.items()}


def _from_a_sheet(cells: Mapping[str, str]) -> dict[str, str]:
    return {name: cell[1:] if cell[:1] == "'" and _FORMULA.match(cell[1:]) else cell for name, cell in cells.items()}
