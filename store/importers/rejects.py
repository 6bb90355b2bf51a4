"""The files of rows that could not be used."""

from __future__ import annotations

import csv
import mmap
import re
import sys
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import IO, Any

from store.importers.base import Parsed, Row

_COLUMNS = ["file", "line", "reason", "row", "user_prefix"]


class Rejects:
    """Writes bad rows to a CSV file (file, line, reason, row, user_prefix), which exists only if there is one.

    A context manager. Rewritten from the start by every run, so that a resumed import ends with the whole list.

    Args:
        user_prefix: what the import puts before the user ids of its rows.
    """

    def __init__(self, path: Path, user_prefix: str = "") -> None:
        self._path = path
        self._prefix = user_prefix
        self._stream: IO[str] | None = None
        self._writer: Any = None
        self._counts: Counter[tuple[str, str]] = Counter()
        self._first: dict[tuple[str, str], Row] = {}

    def __enter__(self) -> Rejects:
        self._path.unlink(missing_ok=True)
        return self

    def __exit__(self, *_: object) -> None:
        if self._stream is not None:
            self._stream.close()

    def add(self, row: Parsed[Any], reason: str = "") -> None:
        """Keep one bad row."""
        reason = reason or row.reason
        if self._stream is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._stream = self._path.open("w", newline="", encoding="utf-8")
            self._writer = csv.writer(self._stream)
            self._writer.writerow(_COLUMNS)
        self._writer.writerow([row.file, row.row.line, reason, row.row.raw, self._prefix])
        self._counts[row.file, reason] += 1
        self._first.setdefault((row.file, reason), row.row)

    @property
    def count(self) -> int:
        """How many rows were rejected."""
        return self._counts.total()

    @property
    def path(self) -> Path | None:
        """Where they are; None if there are none."""
        return self._path if self._stream is not None else None

    def messages(self) -> list[str]:
        """One line per file and reason, most rows first."""
        return [
            summary(count, file, reason, self._first[file, reason])
            for (file, reason), count in self._counts.most_common()
        ]


class RejectFiles:
    """The files of one folder as an `Erasable` (store/erasure.py): a row that could not be used may name somebody.

    A row is a person's where their id, less what its import put before ids, stands in it as a word of its own. Files
    of earlier releases do not say what that was: they are nobody's in an export, and go with the first erasure.
    """

    name = "rejects"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def export_user(self, user_id: str) -> object:
        """The rows that name a person, by their columns."""
        return [
            dict(zip(_COLUMNS, row, strict=True))
            for file in self._naming(user_id)
            for row in _rows(file)
            if len(row) == len(_COLUMNS) and _names(row, user_id)
        ]

    def forget_user(self, user_id: str) -> int:
        """Take out the rows that name a person; how many there were."""
        return sum(_without(file, user_id) for file in self._naming(user_id))

    def _naming(self, user_id: str) -> list[Path]:
        return [file for file in sorted(self._folder.glob("*.csv")) if _may_name(file, user_id)]


def _rows(file: Path, most: int | None = None) -> list[list[str]]:
    # A row of a source may be a whole text. The limit is the process's, and imports rely on it, so it is put back.
    before = csv.field_size_limit(sys.maxsize)
    try:
        with file.open(newline="", encoding="utf-8") as stream:
            return list(islice(csv.reader(stream), 1, most and most + 1))
    finally:
        csv.field_size_limit(before)


def _may_name(file: Path, user_id: str) -> bool:
    """Whether a look at every row is worth while; one import has one prefix."""
    first = next(iter(_rows(file, 1)), [])
    if len(first) < len(_COLUMNS):
        return True
    own = user_id.removeprefix(first[-1]).replace('"', '""')
    with file.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as text:
        return user_id.startswith(first[-1]) and text.find(own.encode()) >= 0


def _names(row: list[str], user_id: str) -> bool:
    if len(row) < len(_COLUMNS):
        return True
    raw, prefix = row[3:]
    own = user_id.removeprefix(prefix)
    return user_id.startswith(prefix) and re.search(rf"(?<!\w){re.escape(own)}(?!\w)", raw) is not None


def _without(file: Path, user_id: str) -> int:
    """Rewrite a file without the rows of a person."""
    fresh, kept, gone = file.with_suffix(".new"), 0, 0
    with fresh.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(_COLUMNS)
        for row in _rows(file):
            if _names(row, user_id):
                gone += 1
            else:
                writer.writerow(row)
                kept += 1
    if kept:
        fresh.replace(file)
    else:
        fresh.unlink()
        file.unlink()
    return gone


def summary(count: int, file: str, reason: str, first: Row) -> str:
    """One line about the rows of a file that share a fault."""
    rows = "1 row" if count == 1 else f"{count:,} rows"
    return f"{rows} of {file} left out: {reason} (first at line {first.line}: {first.raw[:120]})."
