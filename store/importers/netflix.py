"""Netflix: the list of what was watched in a profile, and the longer one of a request for all data.

``NetflixViewingHistory.csv`` (account, viewing activity, download all): Title, Date. ``ViewingActivity.csv`` (download
your personal information): Profile Name, Start Time, Duration, Attributes, Title, Supplemental Video Type, and more.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.histories import HistoryNote
from core.types import EventKind
from store.importers.dates import Dates
from store.importers.exports import ExportFile
from store.importers.history import Reading, Told, dates_of, often, once, read_sheet, titled
from store.importers.sheets import Sheet, SheetRow

_SHORT = frozenset(
    {
        ("title", "date"),
        ("titel", "datum"),
        ("titre", "date"),
        ("título", "fecha"),
        ("título", "data"),
        ("titolo", "data"),
        ("tytuł", "data"),
        ("片名", "日期"),
        ("标题", "日期"),
    }
)
_LONG = ("Title", "Start Time", "Supplemental Video Type")
_PART = re.compile(
    r"^(?:(?:season|series|part|volume|vol\.?|chapter|book|collection|staffel|teil|saison|partie|temporada|parte|"
    r"stagione|seizoen|deel|sezon|säsong|sæson|sesong|kausi|第)\s*\d+.*|limited series|miniseries|mini-series|"
    r"(?:第\s*)?\d+\s*季)$",
    re.IGNORECASE,
)
_EPISODES = 4
"""So many different endings after one beginning are episodes, also without a season between them."""
_GLIMPSE = 120
"""Seconds; what was on for less was not watched."""
_FIGURES = 6
"""Most figures of a part of a duration."""


@dataclass(frozen=True)
class Netflix:
    """Reads what was watched; episodes count for their series, once a day."""

    name: str = "netflix"

    def knows(self, file: ExportFile) -> bool:
        """By the header."""
        if file.is_json:
            return False
        sheet = Sheet(file)
        return tuple(name.casefold() for name in sheet.columns) in _SHORT or sheet.has(*_LONG)

    def read(self, files: Sequence[ExportFile], dates: Dates) -> Reading:
        """Films as seen, series by the days of their episodes."""
        reading = Reading()
        for file in files:
            self._read(reading, Sheet(file), dates)
        shows = series_of(row.title for row in reading.rows)
        plain = [_collapsed(row, shows) for row in reading.rows]
        reading.rows = once(plain, dates.zone)
        reading.counted({"episodes_joined": len(plain) - len(reading.rows)})
        return reading

    def _read(self, reading: Reading, sheet: Sheet, dates: Dates) -> None:
        long = sheet.has(*_LONG)
        first, second = sheet.columns[:2]
        title, when = ("title", "start time") if long else (first.casefold(), second.casefold())
        clock = dates_of(reading, sheet, next(name for name in sheet.columns if name.casefold() == when), dates)
        skipped: Counter[str] = Counter()
        profiles: list[str] = []

        def read(row: SheetRow) -> Told | None:
            cells = row.folded
            if long:
                if cells["supplemental video type"].strip():
                    skipped["trailers_left_out"] += 1
                    return None
                if 0 < _seconds(cells.get("duration", "")) < _GLIMPSE:
                    skipped["glimpses_left_out"] += 1
                    return None
                profiles.append(cells.get("profile name", "").strip())
            return Told(titled(cells[title]), clock.seconds(cells[when]), EventKind.SEEN)

        read_sheet(reading, sheet, read)
        reading.counted(skipped)
        if len(set(profiles)) > 1:
            reading.notes.append(HistoryNote(kind="several_profiles", count=len(set(profiles)), detail=often(profiles)))


def _seconds(text: str) -> int:
    parts = text.strip().split(":")
    return sum(int(part) * 60**place for place, part in enumerate(reversed(parts))) if _digits(parts) else 0


def _digits(parts: list[str]) -> bool:
    return all(part.isascii() and part.isdigit() and len(part) <= _FIGURES for part in parts)


def series_of(titles: Iterable[str]) -> frozenset[str]:
    """Beginnings that so many different endings follow that they are the names of series."""
    endings: dict[str, set[str]] = defaultdict(set)
    for title in titles:
        name, colon, rest = title.partition(": ")
        if colon:
            endings[name].add(rest)
    return frozenset(
        name
        for name, rests in endings.items()
        if len(rests) >= _EPISODES and sum(": " in rest for rest in rests) >= len(rests) / 2
    )


def show_of(title: str, shows: frozenset[str] = frozenset()) -> str:
    """The series that an episode belongs to ("Dark: Season 1: Secrets" is of "Dark"); empty for anything else."""
    parts = title.split(": ")
    for number, part in enumerate(parts[1:], start=1):
        if _PART.match(part.strip()) and (len(parts) > number + 1 or not part.strip()[-1:].isdigit()):
            return ": ".join(parts[:number])
    return parts[0] if len(parts) > 1 and parts[0] in shows else ""


def _collapsed(row: Told, shows: frozenset[str]) -> Told:
    show = show_of(row.title, shows)
    return Told(show, row.at, row.kind, is_series=True) if show else row
