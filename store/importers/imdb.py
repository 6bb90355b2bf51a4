"""IMDb: the ratings of an account, exported as CSV.

``ratings.csv``: Const, Your Rating (1 to 10), Date Rated, Title, Original Title, URL, Title Type, IMDb Rating, Runtime
(mins), Year, Genres, Num Votes, Release Date, Directors. Older exports name them const, You rated, created.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from core.types import EventKind
from store.importers.base import RowError
from store.importers.dates import Dates
from store.importers.exports import ExportFile
from store.importers.history import Reading, Told, dates_of, read_sheet, scored, titled, year_of
from store.importers.join import imdb_id
from store.importers.sheets import Sheet, SheetRow

_ID = re.compile(r"^tt\d+$")
_OLD_DATE = re.compile(r"^[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) [\d:]+ (\d{4})$")


@dataclass(frozen=True)
class Imdb:
    """Reads ratings; an episode counts for its series."""

    name: str = "imdb"

    def knows(self, file: ExportFile) -> bool:
        """By the header."""
        if file.is_json:
            return False
        sheet = Sheet(file)
        return sheet.has("Const", "Title") and (sheet.has("Your Rating") or sheet.has("You rated"))

    def read(self, files: Sequence[ExportFile], dates: Dates) -> Reading:
        """Every rating; rows of a list that were not rated are left out."""
        reading = Reading()
        unrated: Counter[str] = Counter()
        for file in files:
            sheet = Sheet(file)
            rating, rated_on = ("your rating", "date rated") if sheet.has("Your Rating") else ("you rated", "created")
            column = next((name for name in sheet.columns if name.casefold() == rated_on), "")
            clock = dates_of(reading, sheet, column, dates)

            read_sheet(reading, sheet, partial(_row, rating, rated_on, clock, unrated))
        reading.counted(unrated)
        return reading


def _row(rating: str, rated_on: str, dates: Dates, unrated: Counter[str], row: SheetRow) -> Told | None:
    cells = row.folded
    if not cells[rating].strip():
        unrated["unrated_left_out"] += 1
        return None
    return _rating(cells, rating, rated_on, dates)


def _rating(cells: dict[str, str], rating: str, rated_on: str, dates: Dates) -> Told:
    const = cells["const"].strip()
    if not _ID.match(const):
        raise RowError("id_unreadable")
    value, text = scored(cells[rating], 1, 10)
    kind = cells.get("title type", "").casefold().replace(" ", "")
    title = titled(cells["title"])
    is_episode = kind == "tvepisode"
    old = _OLD_DATE.match(cells.get(rated_on, ""))
    return Told(
        title.partition(": ")[0] if is_episode else title,
        dates.seconds(f"{old[1]} {old[2]} {old[3]}" if old else cells.get(rated_on, "")),
        EventKind.RATING,
        value=value,
        text=text,
        year=None if is_episode else year_of(cells.get("year")),
        creator=cells.get("directors", "").split(",")[0].strip(),
        ids=() if is_episode else (imdb_id(const),),
        is_series=kind.startswith("tv") and kind not in {"tvmovie", "tvspecial", "tvshort"},
    )
