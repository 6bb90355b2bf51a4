"""Trakt: history, ratings and watched lists as JSON, each in a file of its own or together in a zip.

History: watched_at, action, type (movie, episode), and movie or show and episode, with title, year and ids (imdb).
Ratings: rated_at, rating (1 to 10), type, and the same. Watched: plays, last_watched_at, and the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.types import EventKind
from store.importers.base import RowError
from store.importers.dates import Dates
from store.importers.exports import ExportFile
from store.importers.history import Reading, Told, first_object, json_rows, once, scored, titled, year_of

_TIMES = ("rated_at", "watched_at", "last_watched_at")


@dataclass(frozen=True)
class Trakt:
    """Reads films and series; what a history tells day by day, the watched list does not tell again."""

    name: str = "trakt"

    def knows(self, file: ExportFile) -> bool:
        """By the names in the first object; watch lists and collections are other files."""
        first = first_object(file)
        return bool({"movie", "show", "episode"} & set(first)) and bool(
            set(_TIMES) & set(first) or {"listed_at", "collected_at"} & set(first)
        )

    def read(self, files: Sequence[ExportFile], dates: Dates) -> Reading:
        """Ratings, viewings, and of the watched list what they do not hold."""
        reading = Reading()
        summed = Reading()
        wishes = 0
        for file in files:
            for number, row in enumerate(json_rows(reading, file), start=1):
                if not set(_TIMES) & set(row):
                    wishes += 1
                    continue
                try:
                    told = _told(row, dates)
                except RowError as fault:
                    reading.fault(file.name, number, str(fault), str(row))
                    continue
                (summed if "last_watched_at" in row else reading).tell(told)
        known = {(row.title, row.year) for row in reading.rows}
        before = [*reading.rows, *(row for row in summed.rows if (row.title, row.year) not in known)]
        reading.rows = once(before, dates.zone)
        reading.counted({"wishes_left_out": wishes, "episodes_joined": len(before) - len(reading.rows)})
        return reading


def _told(row: dict[str, Any], dates: Dates) -> Told:
    movie, show = row.get("movie"), row.get("show")
    thing = movie if isinstance(movie, dict) else show
    if not isinstance(thing, dict):
        raise RowError("title_empty")
    ids = thing.get("ids")
    imdb = ids.get("imdb") if isinstance(ids, dict) else None
    rated = "rating" in row and "rated_at" in row
    value, text = scored(str(row["rating"]), 1, 10) if rated else (0.0, None)
    return Told(
        titled(str(thing.get("title") or "")),
        dates.seconds(str(next(row[name] for name in _TIMES if name in row) or "")),
        EventKind.RATING if rated else EventKind.SEEN,
        value=value,
        text=text,
        year=year_of(thing.get("year")),
        ids=(str(imdb),) if imdb else (),
        is_series=thing is not movie,
    )
