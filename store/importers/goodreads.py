"""Goodreads: the library of an account, exported as CSV (my books, import and export).

Columns used: Title, Author, ISBN, ISBN13, My Rating (0 is none, else 1 to 5), Year Published, Original Publication
Year, Date Read, Date Added, Exclusive Shelf (read, currently-reading, to-read).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from core.types import EventKind
from store.importers.dates import Dates
from store.importers.exports import ExportFile
from store.importers.history import Reading, Told, read_sheet, scored, titled, year_of
from store.importers.sheets import Sheet, SheetRow

_SERIES = re.compile(r"\s*\([^()]*#[^()]*\)\s*$")


@dataclass(frozen=True)
class Goodreads:
    """Reads books that were read; those that are wished for, or not finished, are left out."""

    name: str = "goodreads"

    def knows(self, file: ExportFile) -> bool:
        """By the header."""
        return not file.is_json and Sheet(file).has("Title", "Author", "My Rating", "Exclusive Shelf")

    def read(self, files: Sequence[ExportFile], dates: Dates) -> Reading:
        """A rating where there is one, else that the book was read, on the day it was finished or else added."""
        reading = Reading()
        skipped: Counter[str] = Counter()

        def read(row: SheetRow) -> Told | None:
            cells = row.folded
            shelf = cells["exclusive shelf"].strip()
            if shelf not in {"", "read"}:
                skipped["unread_left_out" if shelf == "currently-reading" else "wishes_left_out"] += 1
                return None
            rating = cells["my rating"].strip()
            value, text = (0.0, None) if rating in {"", "0"} else scored(rating, 1, 5)
            isbns = (cells.get(name, "").strip('="') for name in ("isbn13", "isbn"))
            return Told(
                titled(_SERIES.sub("", cells["title"])),
                dates.seconds(cells.get("date read", "").strip() or cells.get("date added", "")),
                EventKind.RATING if text else EventKind.SEEN,
                value=value,
                text=text,
                year=year_of(cells.get("original publication year")) or year_of(cells.get("year published")),
                creator=" ".join(cells["author"].split()),
                ids=tuple(isbn for isbn in isbns if isbn),
            )

        for file in files:
            read_sheet(reading, Sheet(file), read)
        reading.counted(skipped)
        return reading
