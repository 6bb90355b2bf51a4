"""Commands about a person's data: export it, forget it, show the timeline."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from core.errors import InputError, NotFoundError
from ui.cli.bringing import UserArgument, bring, take_back
from ui.cli.output import AtOption, JsonFlag, open_service, parse_moment, print_json, print_rows

user = typer.Typer(help="What is kept about a person: export it, forget it, bring a history.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add these commands."""
    user.command("import")(bring)
    user.command("undo-import")(take_back)
    app.add_typer(user, name="user")
    app.command("timeline")(timeline)


@user.command("export")
def export(
    user_id: UserArgument,
    out: Annotated[Path | None, typer.Option(help="Write to this file in place of standard output.")] = None,
    _json: JsonFlag = True,
) -> None:
    """Everything that is kept about a person, as JSON."""
    service = open_service()
    places = service.export_user(user_id)
    if out is None:
        print_json(places)
        return
    import json

    unfinished = out.with_name(f".{out.name}.part")
    try:
        unfinished.write_text(json.dumps(places, ensure_ascii=False, indent=1, default=str), encoding="utf-8")
        unfinished.replace(out)
    except OSError as error:
        raise InputError(f"{out} cannot be written: {error}.", "Choose a folder that exists.") from error


@user.command("forget")
def forget(
    user_id: UserArgument,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    json_: JsonFlag = False,
) -> None:
    """Delete everything that is kept about a person, everywhere. This cannot be undone."""
    service = open_service()
    if not yes and not json_ and not typer.confirm(f"Delete everything about {user_id}?"):
        raise typer.Abort
    deleted = service.forget_user(user_id)
    if not any(deleted.values()):
        raise NotFoundError(f"Nothing is kept about user {user_id!r}.", "Check the id.")
    if json_:
        print_json(deleted)
    else:
        print("Deleted " + ", ".join(f"{count} {place}" for place, count in deleted.items() if count) + ".")


def timeline(
    user_id: UserArgument,
    period: Annotated[str | None, typer.Option(help="day, week, 2weeks, month, quarter or year.")] = None,
    horizon: Annotated[int, typer.Option(min=1, max=52, help="Periods to forecast.")] = 3,
    at: AtOption = None,
    json_: JsonFlag = False,
) -> None:
    """A person's events, interest per period, and forecast."""
    service = open_service()
    moment = parse_moment(at) or service.now()
    events = [event for event in service.events(user_id) if event.at <= moment]
    history = service.timeline(user_id, period, moment)
    ahead = service.forecast(user_id, horizon, period, moment)
    if json_:
        print_json(
            {
                "events": events,
                "topics": history.topics,
                "periods": history.periods,
                "shares": history.shares,
                "counts": history.counts,
                "note": history.note,
                "forecast": ahead.model_dump(mode="json", exclude={"user_id", "topics"}),
            }
        )
        return
    if not events:
        print(f"Nothing is known about {user_id} yet. `driftline chat --user {user_id}` starts their timeline.")
        return
    last = history.shares[-1] if history.shares else (0.0,) * len(history.topics)
    rows = sorted(zip(history.topics, last, ahead.shares[0], ahead.lo80[0], ahead.hi80[0], strict=True), key=_ahead)
    print(f"{user_id}: {len(events)} events from {events[-1].at:%d %B %Y} to {events[0].at:%d %B %Y}.")
    for note in dict.fromkeys(filter(None, (history.note, ahead.note))):
        print(note)
    for sentence in service.forecast_in_words(ahead):
        print(sentence)
    print_rows(
        ["topic", f"last {history.period}", "next", "80 % interval"],
        [
            (topic, f"{now:.0%}", f"{to_be:.0%}", f"{low:.0%} to {high:.0%}")
            for topic, now, to_be, low, high in rows[:12]
        ],
    )
    names = {event.item_id for event in events[:15] if event.item_id}
    items = service.items(names)
    print_rows(
        ["when", "what", "about", "value", "words"],
        [
            (
                f"{event.at:%Y-%m-%d %H:%M}",
                event.kind.value,
                items[event.item_id].title if event.item_id in items else (event.item_id or event.topic or ""),
                f"{event.value:+.1f}",
                event.text or "",
            )
            for event in events[:15]
        ],
    )


def _ahead(row: tuple[str, float, float, float, float]) -> float:
    return -row[2]
