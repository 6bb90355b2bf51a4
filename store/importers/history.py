"""What the exports of one person's history have in common: rows as a source tells them, and what reads a source."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any, Protocol

from core.errors import InputError
from core.histories import HistoryFault, HistoryNote
from core.types import EventKind
from store.importers.base import RowError
from store.importers.dates import Dates
from store.importers.exports import ExportFile
from store.importers.sheets import Sheet, SheetRow
from store.importers.values import strength

KEPT_FAULTS = 200
"""So many bad lines are listed; more are counted."""
MOST = 1_000_000
"""Rows of one history that are read; ten times what is kept of it."""
_SHOWN = 120
_YEAR = re.compile(r"^[12]\d{3}$", re.ASCII)
_UNSOUND = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)")
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2}|u0000)|.)"
)


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that happened, as its source tells it.

    Attributes:
        at: Unix seconds.
        value: in [-1, 1]; of a rating, its place on the source's scale.
        ids: by which a catalogue may know the item ("tt0078748"), the surest first.
        is_series: the title is that of a series, and what happened was with an episode.
    """

    title: str
    at: float
    kind: EventKind
    value: float = 0.0
    text: str | None = None
    year: int | None = None
    creator: str = ""
    ids: tuple[str, ...] = ()
    is_series: bool = False


@dataclass
class Reading:
    """What a source was read as.

    Attributes:
        rows: at most `MOST`.
        faults: bad lines, the first `KEPT_FAULTS`; ``faulty`` counts them all.
    """

    rows: list[Told] = field(default_factory=list)
    faults: list[HistoryFault] = field(default_factory=list)
    notes: list[HistoryNote] = field(default_factory=list)
    faulty: int = 0

    def tell(self, row: Told) -> None:
        """Add a row.

        Raises:
            InputError: there are too many.
        """
        if len(self.rows) >= MOST:
            raise InputError(f"The history has more than {MOST:,} rows.", "Bring it in parts.")
        self.rows.append(row)

    def fault(self, file: str, line: int, reason: str, raw: str) -> None:
        """Note a line that cannot be used."""
        self.faulty += 1
        if len(self.faults) < KEPT_FAULTS:
            self.faults.append(HistoryFault(file=file, line=line, reason=reason, raw=" ".join(raw.split())[:_SHOWN]))

    def counted(self, notes: Mapping[str, int]) -> None:
        """Add notes that count something, where there is any of it."""
        self.notes.extend(HistoryNote(kind=kind, count=count) for kind, count in notes.items() if count)


class HistorySource(Protocol):
    """A kind of export.

    Attributes:
        name: events are attributed to ``import:<name>``.
    """

    @property
    def name(self) -> str: ...  # noqa: D102

    def knows(self, file: ExportFile) -> bool:
        """Whether a file is one of this kind, by what is in it."""

    def read(self, files: Sequence[ExportFile], dates: Dates) -> Reading:
        """Everything that files of this kind tell."""


def read_sheet(reading: Reading, sheet: Sheet, read: Callable[[SheetRow], Told | None]) -> None:
    """Add what ``read`` makes of each row; it returns None for a row to pass over, and raises RowError(code)."""
    for row in sheet:
        try:
            if row.fault:
                raise RowError(row.fault)
            told = read(row)
        except RowError as fault:
            reading.fault(sheet.name, row.line, str(fault), row.raw)
            continue
        if told is not None:
            reading.tell(told)


def dates_of(reading: Reading, sheet: Sheet, column: str, dates: Dates) -> Dates:
    """How the dates of a column are read; a note says so where the order of day and month is a guess."""
    told, sure = dates.ordered(row.cells.get(column, "") for row in sheet if not row.fault)
    if not sure:
        reading.notes.append(HistoryNote(kind=f"dates_guessed_{told.order or 'mdy'}"))
    return told


def titled(text: str) -> str:
    """A title.

    Raises:
        RowError: ``title_empty``.
    """
    title = " ".join(text.split())
    if not title:
        raise RowError("title_empty")
    return title[:300]


def scored(text: str, low: float, high: float) -> tuple[float, str]:
    """A rating's place in [-1, 1] and its text ("8/10").

    Raises:
        RowError: ``rating_unreadable`` or ``rating_outside``.
    """
    try:
        figure = float(text.strip().replace(",", "."))
    except ValueError as error:
        raise RowError("rating_unreadable") from error
    if not low <= figure <= high:
        raise RowError("rating_outside")
    return strength(figure, low, high), f"{figure:g}/{high:g}"


def year_of(text: Any) -> int | None:
    """A year of four figures, if that is what it is."""
    digits = str(text or "").strip().removesuffix(".0")
    return int(digits) if _YEAR.match(digits) else None


def json_rows(reading: Reading, file: ExportFile) -> list[dict[str, Any]]:
    """The objects of a JSON array, or of JSON lines; what is no object is a fault, by its number."""
    text = _storable(file.text)
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        whole = _json_lines(reading, file.name, text)
    rows = whole if isinstance(whole, list) else [whole]
    kept = []
    for number, row in enumerate(rows, start=1):
        if isinstance(row, dict):
            kept.append(row)
        elif row is not None:
            reading.fault(file.name, number, "not_json", str(row))
    return kept


def _storable(text: str) -> str:
    """JSON whose strings can be written anywhere: without zeros and halves of characters, which JSON allows."""
    if not _UNSOUND.search(text):
        return text
    return _ESCAPE.sub(lambda found: "\\ufffd" if found[1] else found[0], text)


def _json_lines(reading: Reading, name: str, whole: str) -> list[Any]:
    rows: list[Any] = []
    for number, line in enumerate(whole.splitlines(), start=1):
        text = line.strip().rstrip(",")
        if text in {"", "[", "]"}:
            continue
        try:
            rows.append(json.loads(text))
        except (ValueError, RecursionError):
            reading.fault(name, number, "not_json", text)
    return rows


def first_object(file: ExportFile) -> dict[str, Any]:
    """The first object of a JSON file, to tell what kind it is; empty where there is none."""
    if not file.is_json:
        return {}
    start = file.text.find("{")
    try:
        found, _ = json.JSONDecoder().raw_decode(file.text, start) if start >= 0 else ({}, 0)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def once(rows: Iterable[Told], zone: tzinfo) -> list[Told]:
    """Rows without those that tell the same of the same day again (episodes of an evening, a track on repeat).

    Args:
        zone: whose days they are.
    """
    seen: set[tuple[object, ...]] = set()
    kept = []
    for row in rows:
        day = datetime.fromtimestamp(row.at, zone).date()
        key = (row.title, row.year, row.creator, row.kind, row.value, day)
        if key not in seen:
            seen.add(key)
            kept.append(row)
    return kept


def often(values: Iterable[str]) -> str:
    """Values with how often each occurs, the most frequent first: "Ann (120), Ben (4)"."""
    return ", ".join(f"{value} ({count})" for value, count in Counter(values).most_common(5))
