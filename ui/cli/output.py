"""What every command shares: settings, dates, progress, tables and JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from core.errors import InputError
from core.settings import Settings, load_settings
from core.telemetry import configure_logging
from ui.api.moments import usable

if TYPE_CHECKING:
    from agent.service import Service

JsonFlag = Annotated[bool, typer.Option("--json", help="Print JSON in place of text.")]
AtOption = Annotated[
    str | None,
    typer.Option("--at", help="The moment of the request (2013-09-01 is its first instant, UTC). Default: now."),
]


def open_settings() -> Settings:
    """Settings of this call, with its log opened in the workspace."""
    settings = load_settings()
    configure_logging(settings.logs_dir, settings.log_level)
    return settings


def open_service() -> Service:
    """The service over this workspace."""
    from agent.build import build_service

    return build_service(open_settings())


def parse_moment(text: str | None) -> datetime | None:
    """An ISO 8601 date or time; without a zone it is UTC, and a date is its first instant.

    Raises:
        InputError: the text is neither, or names a moment that timelines cannot be counted from.
    """
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"{text!r} is not a date.", "Write it as 2013-09-01 or 2013-09-01T12:00:00+02:00.") from error
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    usable(moment)
    return moment.astimezone(UTC)


def write_table(path: Path, columns: Mapping[str, Any]) -> None:
    """Write columns of one length as Parquet or CSV, by the name's ending; the file appears whole or not at all.

    Raises:
        InputError: the ending is neither, or the folder cannot be written.
    """
    import pyarrow as pa
    import pyarrow.csv
    import pyarrow.parquet

    table = pa.table(dict(columns))
    unfinished = path.with_name(f".{path.name}.part")
    try:
        if path.suffix == ".parquet":
            pyarrow.parquet.write_table(table, unfinished)
        else:
            pyarrow.csv.write_csv(table, unfinished)
        unfinished.replace(path)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error}.", "Choose a folder that exists.") from error
    finally:
        unfinished.unlink(missing_ok=True)


def check_table_name(path: Path | None) -> None:
    """Refuse an output name before the work is done, not after.

    Raises:
        InputError: the ending is neither .parquet nor .csv, or the folder does not exist.
    """
    if path is None:
        return
    if path.suffix not in {".parquet", ".csv"}:
        raise InputError(f"--out {path} ends in {path.suffix or 'nothing'!r}.", "End it in .parquet or .csv.")
    if not path.absolute().parent.is_dir():
        raise InputError(f"The folder of --out {path} does not exist.", "Create it first.")


def print_json(value: object) -> None:
    """One JSON document on standard output."""
    print(json.dumps(value, ensure_ascii=False, default=_plain))


def print_rows(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table for people."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(*header, box=box.SIMPLE_HEAD)
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    Console(highlight=False, markup=False).print(table)


@contextmanager
def progress() -> Iterator[Callable[[str, float], None]]:
    """A function of (stage, part done in [0, 1]): bars on a terminal, elsewhere a line a quarter."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    look = (TextColumn("{task.description:<36}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*look, console=Console(stderr=True)) as bars:
        tasks: dict[str, Any] = {}

        def report(stage: str, part: float) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=1.0)
            bars.update(tasks[stage], completed=part)

        yield report


class _Lines:
    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def __call__(self, stage: str, part: float) -> None:
        step = int(min(max(part, 0.0), 1.0) * 4) * 25
        if self._seen.get(stage, -1) < step:
            self._seen[stage] = step
            sys.stderr.write(f"{stage}: {step} %\n")


def _plain(value: object) -> object:
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json")
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if hasattr(value, "item"):  # a numpy scalar
        return value.item()
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
