"""What kind of history a dropped file is, told by what is in it, and what it tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.errors import InputError
from core.histories import HistoryColumns
from core.types import Event
from store.importers.anything import AnyTable
from store.importers.dates import Dates
from store.importers.exports import ExportFile, unpack
from store.importers.goodreads import Goodreads
from store.importers.history import HistorySource, Reading
from store.importers.imdb import Imdb
from store.importers.letterboxd import Letterboxd
from store.importers.netflix import Netflix
from store.importers.own import is_own, read_own
from store.importers.sheets import Sheet
from store.importers.spotify import Spotify
from store.importers.trakt import Trakt

SOURCES: tuple[HistorySource, ...] = (Letterboxd(), Imdb(), Goodreads(), Netflix(), Spotify(), Trakt())
OWN = "driftline"


@dataclass(frozen=True)
class Brought:
    """A file as it was read.

    Attributes:
        source: its kind; for a table of one's own, what the person calls it.
        columns, mapping: of a table of one's own: its columns, and which is what.
        events: of a timeline that was exported here.
    """

    source: str
    reading: Reading
    columns: tuple[str, ...] = ()
    mapping: HistoryColumns | None = None
    events: list[Event] = field(default_factory=list)


def read_export(user_id: str, name: str, data: bytes, dates: Dates, columns: HistoryColumns | None = None) -> Brought:
    """Recognise and read a file.

    Args:
        columns: which column is what, where the person says so; then the file is a table, whatever it looks like.

    Raises:
        InputError: it cannot be opened, is of no kind that is known, or has no column of titles.
    """
    files = unpack(name, data)
    if columns is None:
        if own := [file for file in files if is_own(file)]:
            reading, events = read_own(own, user_id, dates)
            return Brought(OWN, reading, events=events)
        for source in SOURCES:
            if known := [file for file in files if source.knows(file)]:
                return Brought(source.name, source.read(known, dates))
    return _table(name, files, dates, columns)


def _table(name: str, files: Sequence[ExportFile], dates: Dates, columns: HistoryColumns | None) -> Brought:
    source = AnyTable(columns)
    tables = [file for file in files if source.knows(file)]
    if not tables:
        raise InputError(
            f"{name} is no history that is known here.",
            "Bring an export of Netflix, Letterboxd, IMDb, Goodreads, Spotify or Trakt, or a CSV file with titles.",
        )
    table = max(tables, key=lambda file: len(file.text))
    sheet = Sheet(table)
    mapping = source.mapping(sheet, dates)
    return Brought(mapping.source, AnyTable(mapping).read([table], dates), sheet.columns, mapping)
