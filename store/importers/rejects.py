"""The file of rows that could not be used."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import IO, Any

from store.importers.base import Parsed, Row


class Rejects:
    """Writes bad rows to a CSV file (file, line, reason, row), which exists only if there is one.

    A context manager. Rewritten from the start by every run, so that a resumed import ends with the whole list.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
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
            self._writer.writerow(["file", "line", "reason", "row"])
        self._writer.writerow([row.file, row.row.line, reason, row.row.raw])
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


def summary(count: int, file: str, reason: str, first: Row) -> str:
    """One line about the rows of a file that share a fault."""
    rows = "1 row" if count == 1 else f"{count:,} rows"
    return f"{rows} of {file} left out: {reason} (first at line {first.line}: {first.raw[:120]})."
