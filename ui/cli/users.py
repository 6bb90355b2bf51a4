"""User ids from files: those that commands for many people work on."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from agent.incoming import check_user
from core.errors import InputError

_SHOWN = 10


@dataclass(frozen=True)
class People:
    """User ids of a file, each once, in its order; and what is wrong with lines that hold none."""

    ids: tuple[str, ...]
    problems: tuple[str, ...] = ()

    def tell_problems(self) -> None:
        """Say on standard error what was left out."""
        for problem in self.problems[:_SHOWN]:
            print(f"Left out, {problem}", file=sys.stderr)
        if len(self.problems) > _SHOWN:
            print(f"Left out, {len(self.problems) - _SHOWN} more lines.", file=sys.stderr)


def read_people(path: Path) -> People:
    """User ids from a file: a ``user_id`` column of Parquet or CSV, or one id a line. Bad lines are told and left out.

    Raises:
        InputError: the file cannot be read, has no such column, or holds no usable id.
    """
    found: dict[str, None] = {}
    problems: list[str] = []
    for where, value in _values(path):
        try:
            if value is None:
                raise InputError("There is no user id.")
            check_user(value)
            found[value] = None
        except InputError as error:
            problems.append(f"{where}: {error.what}")
    if not found:
        told = f" {problems[0]}" if problems else ""
        raise InputError(f"{path} holds no user ids that can be used.{told}", "Write one id a line.")
    return People(tuple(found), tuple(problems))


def _values(path: Path) -> Iterator[tuple[str, str | None]]:
    """Where each id stands, and the id; None for a line without one."""
    try:
        if path.suffix == ".parquet":
            yield from _column(path)
            return
        lines = [line.decode("utf-8-sig", "replace") for line in path.read_bytes().splitlines()]
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error}.", "Write one id a line.") from error
    rows = list(csv.reader(lines[:1]))
    header = [cell.strip() for cell in rows[0]] if rows else []
    if "user_id" not in header:
        yield from ((f"line {number}", line.strip()) for number, line in enumerate(lines, start=1) if line.strip())
        return
    column = header.index("user_id")
    for number, line in enumerate(lines[1:], start=2):
        if line.strip():
            cells = next(csv.reader([line]), [])
            yield f"line {number}", cells[column].strip() if len(cells) > column else None


def _column(path: Path) -> Iterator[tuple[str, str | None]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path)
    except pa.ArrowInvalid as error:
        raise InputError(f"{path} is no Parquet file: {error}.", "Write one id a line.") from error
    if "user_id" not in file.schema_arrow.names:
        raise InputError(f"{path} has columns {', '.join(file.schema_arrow.names)}.", "Name one of them user_id.")
    values = (value for batch in file.iter_batches(columns=["user_id"]) for value in batch.column(0).to_pylist())
    for number, value in enumerate(values, start=1):
        yield f"row {number}", None if value is None else str(value)
