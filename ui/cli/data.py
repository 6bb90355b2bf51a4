"""Commands that bring data in: import, train, extract."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from core.errors import DriftlineError, InputError
from store.catalog import Catalog
from store.db import Database, KeyValue
from store.events import Events
from store.importers import SOURCES
from store.importers.base import ImportReport
from store.importers.moved import Moved
from store.importers.runner import run_import
from ui.cli.output import JsonFlag, open_service, open_settings, parse_moment, print_json, progress

_SOURCE_HELP = "; ".join(f"{name}: {source.description}" for name, source in SOURCES.items())


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("import")(import_)
    app.command("train")(train)
    app.command("extract")(extract)


def import_(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help=_SOURCE_HELP)],
    path: Annotated[Path | None, typer.Argument(metavar="[PATH]", help="The file or folder of the data.")] = None,
    until: Annotated[str | None, typer.Option(help="Leave out events after this date or time (UTC).")] = None,
    map_: Annotated[Path | None, typer.Option("--map", help="A TOML file that says which columns are what.")] = None,
    user_prefix: Annotated[str, typer.Option(help="Put before every user id, to keep sources apart.")] = "",
    ending: Annotated[
        str | None,
        typer.Option(help="Move all times by whole weeks, so that the last event is in the week before this (or now)."),
    ] = None,
    json_: JsonFlag = False,
) -> None:
    """Import a catalogue or events. Repeating an import changes nothing; an interrupted one goes on."""
    if source not in SOURCES:
        raise InputError(f"There is no source {source!r}.", f"Choose one of {', '.join(SOURCES)}.")
    settings = open_settings()
    database = Database(settings.sql_url)
    database.migrate()
    state = KeyValue(database)
    moment = datetime.now(UTC) if ending == "now" else parse_moment(ending)
    with progress() as report:
        outcome = run_import(
            SOURCES[source] if moment is None else Moved(SOURCES[source], moment, state),
            path,
            Catalog(database),
            Events(database),
            state,
            workspace=settings.home,
            until=parse_moment(until),
            mapping=map_,
            user_prefix=user_prefix,
            progress=lambda done, total: report(f"Importing {source}", done / max(total, 1)),
        )
    database.close()
    if json_:
        print_json(asdict(outcome))
    else:
        _print_report(outcome)


def _print_report(outcome: ImportReport) -> None:
    items = outcome.items_added + outcome.items_updated + outcome.items_unchanged
    if items:
        print(
            f"{items:,} items: {outcome.items_added:,} added, {outcome.items_updated:,} updated, "
            f"{outcome.items_unchanged:,} as before."
        )
    total = outcome.events_added + outcome.events_duplicates
    if total:
        print(f"{total:,} events: {outcome.events_added:,} added, {outcome.events_duplicates:,} were there already.")
    joined = outcome.joined + outcome.unjoined
    if joined:
        print(f"{outcome.joined:,} of {joined:,} events ({outcome.joined / joined:.1%}) are about catalogue items.")
    if outcome.later:
        print(f"{outcome.later:,} events are later than --until and were left out.")
    for message in outcome.messages:
        print(message)
    if outcome.rejected:
        print(f"{outcome.rejected:,} rows could not be used; {outcome.rejects_file} has each with its reason.")
    print(f"Done in {outcome.seconds:.1f} s.")


def train(
    until: Annotated[str | None, typer.Option(help="Learn from events up to this date or time alone (UTC).")] = None,
    json_: JsonFlag = False,
) -> None:
    """Fit topics, forecasters, scorers and the search index to what was imported. Finished steps are not repeated."""
    from agent.fitting import train as fit

    settings = open_settings()
    with progress() as report:
        outcome = fit(settings, parse_moment(until), report)
    if json_:
        print_json(asdict(outcome))
    else:
        for line in outcome.lines():
            print(line)


def extract(
    in_: Annotated[Path, typer.Option("--in", metavar="FILE.jsonl", help='Lines with a "text" (and an "id").')],
    out: Annotated[Path, typer.Option("--out", metavar="FILE.jsonl", help="A line each, with the events found.")],
    json_: JsonFlag = False,
) -> None:
    """Find the preferences in reviews, posts and chats: who likes or dislikes what, with the quoted words."""
    if not in_.is_file():
        raise InputError(f"{in_} is not a file.", "Give a JSONL file with --in.")
    service = open_service()
    unfinished = out.with_name(f".{out.name}.part")
    texts = failed = found = 0
    started = time.perf_counter()
    try:
        with unfinished.open("w", encoding="utf-8", errors="replace") as target, progress() as report:
            size = max(in_.stat().st_size, 1)
            for number, read, record, problem in _records(in_):
                texts += 1
                line: dict[str, Any] = {"id": record.get("id", number)}
                try:
                    if problem:
                        raise InputError(problem)
                    events = service.extract(record["text"])
                    found += len(events)
                    line["events"] = [event.model_dump(mode="json", exclude={"event_id"}) for event in events]
                except DriftlineError as error:
                    failed += 1
                    line |= {"events": [], "error": f"line {number}: {error}"}
                target.write(json.dumps(line, ensure_ascii=False) + "\n")
                report("Extracting", read / size)
        unfinished.replace(out)
    except OSError as error:
        raise InputError(f"{out} cannot be written: {error}.", "Choose a folder that exists.") from error
    finally:
        unfinished.unlink(missing_ok=True)
        service.close()
    seconds = time.perf_counter() - started
    if json_:
        print_json({"texts": texts, "events": found, "failed": failed, "seconds": round(seconds, 2), "out": out})
    else:
        speed = f"{texts / seconds:,.0f} texts a second" if seconds else "at once"
        print(f"{found:,} events in {texts:,} texts written to {out} ({speed}).")
    if failed:
        sys.stderr.write(f"{failed:,} lines could not be used; each says why in its error.\n")


def _records(path: Path) -> Iterator[tuple[int, int, dict[str, Any], str]]:
    """Number of the line, bytes read so far, what it says, and what is wrong with it; empty where nothing is."""
    read = 0
    with path.open("rb") as source:
        for number, raw in enumerate(source, start=1):
            read += len(raw)
            if not raw.strip():
                continue
            try:
                record = json.loads(raw.decode("utf-8-sig"))
            except (ValueError, RecursionError) as error:
                remedy = 'Write {"id": "...", "text": "..."} on a line of its own.'
                yield number, read, {}, f"this is not JSON ({error}). {remedy}"
                continue
            if isinstance(record, dict) and isinstance(record.get("text"), str):
                yield number, read, record, ""
            else:
                yield number, read, {}, 'there is no string "text". Put the review, post or chat log there.'
