"""Tables with named columns, one interface for CSV, JSON lines and Parquet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.errors import InputError
from store.importers.text import Cells, TextFile

SAMPLE = 1000
"""How many rows are looked at to learn what a file holds."""
_PARQUET_BATCH = 10_000
_TEXT = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl"}


@dataclass(slots=True)
class TableRow:
    """One row by column name; ``text`` is the row as it stands in the file, where it stands there as text."""

    line: int
    done: float
    cells: Mapping[str, Any]
    text: str | None = None
    fault: str = ""

    @property
    def raw(self) -> str:
        """The row for a reader."""
        return ",".join(map(str, self.cells.values())) if self.text is None else self.text


class NamedTable(Protocol):
    """A file as rows with named columns; iterating starts from the top."""

    path: Path
    columns: tuple[str, ...]

    def __iter__(self) -> Iterator[TableRow]:
        """The rows, streaming."""


class CsvTable:
    """A delimited text file with a header."""

    def __init__(self, path: Path, encoding: str = "utf-8", delimiter: str = "") -> None:
        self.path = path
        self.cells = Cells(TextFile(path, encoding=encoding), delimiter)
        self.columns = tuple(self.cells.columns)

    def __iter__(self) -> Iterator[TableRow]:
        """The rows, cells as text."""
        for row in self.cells:
            cells = {} if row.fault else dict(zip(self.columns, row.cells, strict=True))
            yield TableRow(row.line, row.done, cells, row.raw, row.fault)


class JsonTable:
    """A file with one JSON object a line; the columns are the keys of its first rows."""

    def __init__(self, path: Path, encoding: str = "utf-8") -> None:
        self.path = path
        self._file = TextFile(path, encoding=encoding)
        self.columns = tuple(dict.fromkeys(key for row in islice(self, SAMPLE) for key in row.cells))

    def __iter__(self) -> Iterator[TableRow]:
        """The rows, cells as JSON has them."""
        for number, (done, line) in enumerate(self._file.lines(), start=1):
            raw = line.strip()
            if not raw:
                continue
            try:
                told = json.loads(raw)
            except ValueError:
                yield TableRow(number, done, {}, raw, "not valid JSON")
                continue
            if isinstance(told, dict):
                yield TableRow(number, done, told, raw)
            else:
                yield TableRow(number, done, {}, raw, "not a JSON object")


class ParquetTable:
    """A Parquet file; lines are row numbers."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.name
        self.columns = tuple(self._open().schema_arrow.names)

    def _open(self) -> Any:
        import pyarrow as pa
        import pyarrow.parquet as pq

        if self.path.is_dir():
            raise InputError(f"{self.path} is a directory.", "Give the file itself.")
        try:
            return pq.ParquetFile(self.path)
        except FileNotFoundError as error:
            raise InputError(f"There is no file {self.path}.", "Check the path.") from error
        except (pa.ArrowException, OSError) as error:
            reason = str(error).splitlines()[0]
            raise InputError(
                f"{self.path} is not a sound Parquet file: {reason}", "Fetch or write it again."
            ) from error

    def require(self, *names: str) -> None:
        """Raise InputError unless the file has these columns."""
        for name in names:
            require(self, name)

    def read(self, *names: str) -> dict[str, Any]:
        """Whole columns at once, as NumPy arrays by their name.

        Raises:
            InputError: the file is damaged.
        """
        import pyarrow as pa

        try:
            table = self._open().read(columns=list(names))
        except (pa.ArrowException, OSError) as error:
            reason = str(error).splitlines()[0]
            raise InputError(f"{self.path} is damaged: {reason}", "Write it again.") from error
        return {name: table[name].to_numpy() for name in names}

    def __iter__(self) -> Iterator[TableRow]:
        """The rows, cells as Python values."""
        import pyarrow as pa

        file = self._open()
        total = file.metadata.num_rows
        if not total:
            raise InputError(f"{self.path} has columns but no rows.", "Give a file with rows.")
        number = 0
        try:
            for batch in file.iter_batches(_PARQUET_BATCH):
                columns = [column.to_pylist() for column in batch.columns]
                for values in zip(*columns, strict=True):
                    number += 1
                    cells = dict(zip(self.columns, values, strict=True))
                    yield TableRow(number, number / total, cells)
        except (pa.ArrowException, OSError) as error:
            reason = str(error).splitlines()[0]
            raise InputError(f"{self.path} is damaged after row {number}: {reason}", "Write it again.") from error


def open_table(path: Path, encoding: str = "utf-8", delimiter: str = "") -> NamedTable:
    """A table by the ending of its name: .csv .tsv .txt .jsonl .ndjson .json (each also .gz) or .parquet.

    Raises:
        InputError: the file cannot be read, or its name has another ending.
    """
    suffix = Path(path.stem).suffix if path.suffix == ".gz" else path.suffix
    if path.is_dir():
        raise InputError(f"{path} is a directory.", "Give the file itself.")
    if suffix.lower() == ".parquet":
        return ParquetTable(path)
    kind = _TEXT.get(suffix.lower())
    if kind is None:
        raise InputError(
            f"{path} has an ending that says nothing about its format.",
            "Name it .csv, .tsv, .jsonl or .parquet (text files also with .gz).",
        )
    return JsonTable(path, encoding) if kind == "jsonl" else CsvTable(path, encoding, delimiter)


def require(table: NamedTable, column: str) -> None:
    """Raise InputError unless a table has a column."""
    if column in table.columns:
        return
    near = get_close_matches(column, table.columns, n=1)
    remedy = f"Did you mean {near[0]!r}?" if near else "Check the file or the mapping."
    raise InputError(f"{table.path} has no column {column!r}; it has {', '.join(map(repr, table.columns))}.", remedy)


def zone(name: str) -> ZoneInfo:
    """A time zone by its IANA name.

    Raises:
        InputError: there is no such zone.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InputError(f"There is no time zone {name!r}.", "Use a name like Europe/Berlin or UTC.") from error
