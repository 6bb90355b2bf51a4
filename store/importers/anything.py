"""Any table with a column of titles: which column is what is guessed from its header and values, or said."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from core.errors import InputError
from core.histories import HistoryColumns
from core.types import EventKind
from store.importers.base import RowError
from store.importers.dates import Dates
from store.importers.exports import ExportFile
from store.importers.history import Reading, Told, dates_of, read_sheet, scored, titled, year_of
from store.importers.sheets import Sheet, SheetRow

_SAMPLE = 500
_NAMES: dict[str, str] = {
    "title": "title name film movie book product item track song titel titre título titolo 片名 标题 名称",
    "date": "date watched watched_date watched_at date_watched seen read date_read date_added timestamp time when at "
    "purchased_at ordered_at datum fecha data 日期 时间",
    "rating": "rating my_rating your_rating score stars grade mark bewertung note nota 评分",
    "year": "year release_year year_published jahr année anno 年份",
    "creator": "creator author artist director directors authors by autor regisseur 作者 导演",
    "id": "item_id imdb_id imdb const tconst isbn13 isbn sku product_id",
}
_SCALES = ((0.5, 5.0), (1.0, 5.0), (1.0, 10.0), (0.0, 10.0), (0.0, 100.0))


@dataclass(frozen=True)
class AnyTable:
    """A table of one's own; ``columns`` is what the person said of it, if they did."""

    columns: HistoryColumns | None = None

    @property
    def name(self) -> str:
        """What the events are attributed to."""
        return self.columns.source if self.columns else "own"

    def knows(self, file: ExportFile) -> bool:
        """Any table has at least a header and a line."""
        return not file.is_json and "\n" in file.text.strip() and any(Sheet(file).columns)

    def mapping(self, sheet: Sheet, dates: Dates) -> HistoryColumns:
        """Which columns are what: as said, or guessed.

        Raises:
            InputError: a column that was said is not there, or none looks like titles.
        """
        told = self.columns or guess_columns(sheet, dates)
        for name in (told.title, told.date, told.rating, told.year, told.creator, told.id):
            if name and name not in sheet.columns:
                raise InputError(
                    f"{sheet.name} has no column {name!r}; it has {', '.join(map(repr, sheet.columns))}.",
                    "Choose one of these.",
                )
        if told.rating and not told.worst < told.best:
            low, high = guess_scale(row.cells[told.rating] for row in sheet if not row.fault)
            told = told.model_copy(update={"worst": low, "best": high})
        return told

    def read(self, files: Sequence[ExportFile], dates: Dates) -> Reading:
        """Every row: rated where it has a rating, else seen; without a date it counts as of today."""
        reading = Reading()
        for file in files:
            sheet = Sheet(file)
            told = self.mapping(sheet, dates)
            clock = dates
            if told.date:
                clock = dates_of(reading, sheet, told.date, Dates(dates.zone, dates.now, told.order))
            read_sheet(reading, sheet, _reader(told, clock))
            reading.counted({"undated": 0 if told.date else len(reading.rows)})
        return reading


def _reader(told: HistoryColumns, dates: Dates) -> Callable[[SheetRow], Told]:
    def read(row: SheetRow) -> Told:
        rating = row.cells[told.rating].strip() if told.rating else ""
        key = row.cells[told.id].strip() if told.id else ""
        seen = Told(
            titled(row.cells[told.title]),
            dates.seconds(row.cells[told.date]) if told.date else dates.now,
            EventKind.SEEN,
            year=year_of(row.cells[told.year]) if told.year else None,
            creator=" ".join(row.cells[told.creator].split()) if told.creator else "",
            ids=(key,) if key else (),
        )
        if not rating:
            return seen
        value, text = scored(rating, told.worst, told.best)
        return replace(seen, kind=EventKind.RATING, value=value, text=text)

    return read


def guess_columns(sheet: Sheet, dates: Dates) -> HistoryColumns:
    """The columns of a table: by their names, and where those say nothing by what stands in them.

    Raises:
        InputError: no column looks like titles.
    """
    rows = [row for row in islice(sheet, _SAMPLE) if not row.fault]
    values = {name: [text for row in rows if (text := row.cells[name].strip())] for name in sheet.columns}
    free = [name for name in sheet.columns if values[name]]
    found: dict[str, str] = {}
    checks: dict[str, Callable[[str], bool]] = {
        "date": lambda text: _is_date(text, dates),
        "rating": _is_figure,
        "year": lambda text: year_of(text) is not None,
    }
    for what in ("date", "rating", "year", "id", "creator", "title"):
        named = _named(free, _NAMES[what])
        if named and (what not in checks or _mostly(values[named], checks[what])):
            found[what] = named
            free.remove(named)
    if "date" not in found:
        dated = next((name for name in free if _mostly(values[name], checks["date"])), "")
        if dated and not _mostly(values[dated], lambda text: text.isdigit() and len(text) <= 4):
            found["date"] = dated
            free.remove(dated)
    if "title" not in found:
        wordy = [name for name in free if _mostly(values[name], lambda text: bool(re.search(r"[^\W\d_]{2}", text)))]
        if not wordy:
            raise InputError(
                f"No column of {sheet.name} looks like titles; it has {', '.join(map(repr, sheet.columns))}.",
                "Say which one holds them.",
            )
        found["title"] = max(wordy, key=lambda name: len(set(values[name])))
    return HistoryColumns.model_validate(found)


def _named(columns: Sequence[str], names: str) -> str:
    plain = {re.sub(r"[\s-]+", "_", name.strip().casefold()): name for name in columns}
    return next((plain[name] for name in names.split() if name in plain), "")


def _mostly(values: Sequence[str], check: Callable[[str], bool]) -> bool:
    return bool(values) and sum(map(check, values)) >= 0.8 * len(values)


def _is_date(text: str, dates: Dates) -> bool:
    try:
        dates.seconds(text)
    except RowError:
        return False
    return True


def _is_figure(text: str) -> bool:
    try:
        return 0 <= float(text.replace(",", ".")) < math.inf
    except ValueError:
        return False


def guess_scale(values: Iterable[str]) -> tuple[float, float]:
    """The usual scale that ratings like these come from."""
    figures = [float(text.replace(",", ".")) for text in values if text.strip() and _is_figure(text)]
    if not figures:
        return 1.0, 5.0
    low, high = min(figures), max(figures)
    halves = any(figure % 1 for figure in figures)
    fitting = [scale for scale in _SCALES if scale[0] <= low and high <= scale[1]]
    if halves and (0.5, 5.0) in fitting:
        return 0.5, 5.0
    whole = [scale for scale in fitting if scale != (0.5, 5.0)]
    return whole[0] if whole else (min(low, 0.0), max(high, 1.0))
