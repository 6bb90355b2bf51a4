"""Delimited text with a header as rows with their line numbers; a line that is broken takes no other with it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from store.importers.exports import ExportFile

_LONGEST = 400
"""A quoted cell that goes on for more lines than this was never closed."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row by column name; ``fault`` is the code of why its cells cannot be trusted, empty if they can."""

    line: int
    cells: Mapping[str, str]
    raw: str
    fault: str = ""

    @property
    def folded(self) -> dict[str, str]:
        """The cells by the casefolded names of their columns."""
        return {name.casefold(): cell for name, cell in self.cells.items()}


class Sheet:
    """A text file as a table; column names are trimmed."""

    def __init__(self, file: ExportFile) -> None:
        self.name = file.name
        self._lines = file.lines
        self._first = next((number for number, line in enumerate(self._lines) if line.strip()), 0)
        header = self._lines[self._first]
        self.delimiter = max(",\t;|", key=header.count)
        try:
            names = next(csv.reader([header], delimiter=self.delimiter), [])
        except csv.Error:  # a line longer than any header is
            names = []
        self.columns = tuple(name.strip() for name in names)

    @cached_property
    def names(self) -> frozenset[str]:
        """The columns' names, casefolded."""
        return frozenset(name.casefold() for name in self.columns)

    def has(self, *names: str) -> bool:
        """Whether all these columns are there, in any case."""
        return self.names.issuperset(name.casefold() for name in names)

    def __iter__(self) -> Iterator[SheetRow]:
        """The rows; blank lines are passed over."""
        at, width = self._first + 1, len(self.columns)
        while at < len(self._lines):
            raw, taken = self._record(at)
            line, at = at + 1, at + taken
            if not raw.strip():
                continue
            cells, fault = self._cells(raw)
            while len(cells) > width and not cells[-1].strip():
                cells.pop()
            if not fault and len(cells) != width:
                fault = "columns"
            if not fault and "�" in raw:
                fault = "encoding"
            yield SheetRow(line, dict(zip(self.columns, cells, strict=False)), raw, fault)

    def _record(self, at: int) -> tuple[str, int]:
        """The text of the record that begins at a line, and how many lines it takes.

        Where a quotation mark is never closed, the next one in the file would close it: what is between them is only
        taken for one record if it reads as one.
        """
        raw = self._lines[at]
        if self.delimiter == "\t" or raw.count('"') % 2 == 0:
            return raw, 1
        whole, taken = raw, 1
        while whole.count('"') % 2 and taken < _LONGEST and at + taken < len(self._lines):
            whole += "\n" + self._lines[at + taken]
            taken += 1
        try:
            cells = next(csv.reader(io.StringIO(whole, newline=""), delimiter=self.delimiter, strict=True), [])
        except csv.Error:
            return raw, 1
        return (whole, taken) if len(cells) == len(self.columns) else (raw, 1)

    def _cells(self, raw: str) -> tuple[list[str], str]:
        if self.delimiter == "\t":
            return raw.split("\t"), ""
        if raw.count('"') % 2:
            return [], "quotes"
        try:
            return next(csv.reader(io.StringIO(raw, newline=""), delimiter=self.delimiter), []), ""
        except csv.Error:
            return [], "columns"
