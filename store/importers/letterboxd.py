"""Letterboxd: the zip of settings, data, export; or one of the files in it.

``watched.csv``: Date, Name, Year, Letterboxd URI. ``ratings.csv``: the same and Rating (0.5 to 5). ``diary.csv``: the
same and Rating, Rewatch, Tags, Watched Date. ``reviews.csv``: as the diary, and Review. ``likes/films.csv``: as
``watched.csv``. ``watchlist.csv`` and lists hold wishes and are left out, as is what
was deleted there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from core.types import EventKind
from store.importers.dates import Dates
from store.importers.exports import ExportFile
from store.importers.history import Reading, Told, once, read_sheet, scored, titled, year_of
from store.importers.sheets import Sheet, SheetRow

_COLUMNS = ("Date", "Name", "Year", "Letterboxd URI")


@dataclass(frozen=True)
class Letterboxd:
    """Reads the diary first: what it tells of a film is not told again by the ratings and the list of the watched."""

    name: str = "letterboxd"

    def knows(self, file: ExportFile) -> bool:
        """By the header."""
        return not file.is_json and Sheet(file).has(*_COLUMNS)

    def read(self, files: Sequence[ExportFile], dates: Dates) -> Reading:
        """Ratings and viewings on the days of the diary, then what only the other files know, then likes."""
        reading = Reading()
        parts: dict[str, list[Told]] = {"diary": [], "rating": [], "watched": [], "like": []}
        wishes = 0
        for file in files:
            if "deleted" in PurePosixPath(file.name).parts:
                continue
            part, sheet = _part(file), Sheet(file)
            if part == "wish":
                wishes += sum(1 for row in sheet if not row.fault)
                continue
            before = len(reading.rows)
            read_sheet(reading, sheet, _reader(part, dates))
            parts[part].extend(reading.rows[before:])
        rated = {(row.title, row.year, row.value) for row in parts["diary"] if row.kind is EventKind.RATING}
        ratings = [row for row in parts["rating"] if (row.title, row.year, row.value) not in rated]
        told = {(row.title, row.year) for row in (*parts["diary"], *ratings)}
        watched = [row for row in parts["watched"] if (row.title, row.year) not in told]
        reading.rows = once([*parts["diary"], *ratings, *watched, *parts["like"]], dates.zone)
        reading.counted({"wishes_left_out": wishes})
        return reading


def _part(file: ExportFile) -> str:
    path = PurePosixPath(file.name)
    if "likes" in path.parts or "likes" in path.stem:
        return "like"
    sheet = Sheet(file)
    if sheet.has("Watched Date"):
        return "diary"
    if sheet.has("Rating"):
        return "rating"
    return "wish" if "watchlist" in path.stem else "watched"


def _reader(part: str, dates: Dates) -> Callable[[SheetRow], Told]:
    def read(row: SheetRow) -> Told:
        cells = row.folded
        told = Told(
            titled(cells["name"]),
            dates.seconds(cells.get("watched date", "").strip() or cells["date"]),
            EventKind.LIKE if part == "like" else EventKind.SEEN,
            value=1.0 if part == "like" else 0.0,
            year=year_of(cells["year"]),
        )
        if not cells.get("rating", "").strip():
            return told
        value, text = scored(cells["rating"], 0.5, 5.0)
        return replace(told, kind=EventKind.RATING, value=value, text=text)

    return read
