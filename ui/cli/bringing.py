"""Commands that bring a person's history from elsewhere, and take it back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from core.errors import InputError
from ui.cli.output import JsonFlag, open_service, print_json
from ui.web.history_view import fault_words, named, note_words, span
from ui.web.texts import text

if TYPE_CHECKING:
    from core.histories import HistoryColumns, HistoryPreview

_LISTED = 10
UserArgument = Annotated[str, typer.Argument(metavar="ID", help="The person's id.")]


def bring(
    user_id: UserArgument,
    path: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="An export of Netflix, Letterboxd, IMDb, Goodreads, Spotify or Trakt, a timeline saved here, or any "
            "CSV with titles.",
        ),
    ],
    map_: Annotated[
        Path | None,
        typer.Option("--map", help="A TOML file that says which column is what: title, date, rating, worst, best, …"),
    ] = None,
    first: Annotated[
        bool, typer.Option("--first", help="Take the first suggestion where several are possible.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    json_: JsonFlag = False,
) -> None:
    """Bring a person's history: shows what a file holds, and adds it when you say so.

    With --json and without --yes nothing is added.
    """
    service = open_service()
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from error
    preview = service.read_history(user_id, path.name, data, _mapping(map_) if map_ else None)
    fixes = {
        number: title.matches[0].item_id
        for number, title in enumerate(preview.titles)
        if first and title.status == "check"
    }
    if not json_:
        _show(preview)
        if not yes and not typer.confirm("Add it to the timeline?"):
            raise typer.Abort
    told = _told(preview)
    if yes or not json_:
        outcome = service.import_history(user_id, preview, fixes)
        told |= outcome.model_dump()
        if not json_:
            print(f"Added {outcome.added:,}, known before {outcome.known:,}, left out {outcome.left_out:,}.")
            if outcome.import_id:
                print(f"Take it back with: driftline user undo-import {user_id} {outcome.import_id}")
    if json_:
        print_json(told)


def take_back(
    user_id: UserArgument,
    import_id: Annotated[str, typer.Argument(metavar="IMPORT", help="The import's id, as `user import` told it.")],
    json_: JsonFlag = False,
) -> None:
    """Take back everything that an import brought."""
    count = open_service().undo_import(user_id, import_id)
    if json_:
        print_json({"import_id": import_id, "retracted": count})
    else:
        print(f"Took back {count:,} events.")


def _mapping(path: Path) -> HistoryColumns:
    import tomllib

    from pydantic import ValidationError

    from core.histories import HistoryColumns

    try:
        return HistoryColumns.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise InputError(f"The mapping {path}: {key}: {first['msg']}.", "Correct it.") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"The mapping {path} cannot be read: {error}.", "Give a TOML file.") from error


def _told(preview: HistoryPreview) -> dict[str, Any]:
    return {
        "source": preview.source,
        "rows": preview.total,
        **{status: preview.count(status) for status in ("matched", "check", "unknown")},
        "known": preview.known,
        "years": preview.years,
        "faulty": preview.faulty,
        "faults": [fault.model_dump() for fault in preview.faults],
        "notes": [note.model_dump() for note in preview.notes],
        "titles": [title.model_dump() for title in preview.titles if title.status != "matched"],
    }


def _show(preview: HistoryPreview) -> None:
    years = preview.years
    counts = {status: f"{preview.count(status):,}" for status in ("matched", "check", "unknown")}
    sentence = "history.sum_events" if preview.events else "history.sum"
    years_told = span(*years) if years else "–"
    print(f"{preview.name}, {named(preview.source, 'en')}")
    print(text("en", sentence, rows=f"{preview.total:,}", years=years_told, **counts))
    if preview.known:
        print(text("en", "history.known", n=preview.known, count=f"{preview.known:,}"))
    for note in preview.notes:
        print(note_words(note.kind, note.count, note.detail, "en"))
    for fault in preview.faults[:_LISTED]:
        print(f"{text('en', 'history.line', line=fault.line, file=fault.file)} {fault_words(fault.reason, 'en')}")
    if preview.faulty > _LISTED:
        print(f"… and {preview.faulty - _LISTED:,} more lines.")
    for status in ("check", "unknown"):
        listed = [title for title in preview.titles if title.status == status]
        for title in listed[:_LISTED]:
            near = ", ".join(f"{one.title} ({one.year})" if one.year else one.title for one in title.matches[:3])
            print(f"  {status:<8} {title.title}{f' ({title.year})' if title.year else ''}{f': {near}' if near else ''}")
        if len(listed) > _LISTED:
            print(f"  {status:<8} … and {len(listed) - _LISTED:,} more titles")
