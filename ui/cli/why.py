"""The command that answers "why?": explain."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agent.incoming import check_user
from core.errors import InputError
from core.explanations import Carriers, Explanation, WhatIf
from core.results import RecommendRequest
from core.types import Event, EventKind
from ui.cli.batch import write_explanations
from ui.cli.output import (
    AtOption,
    JsonFlag,
    check_table_name,
    open_service,
    parse_moment,
    print_json,
    print_rows,
    progress,
)
from ui.cli.users import read_people

if TYPE_CHECKING:
    from agent.service import Service

STRONG = {EventKind.LIKE: 1.0, EventKind.DISLIKE: -1.0}
"""Values of events that are added without one; 0 for the other kinds."""

_SHOWN = 10
_TOLD = 5


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command("explain")(explain)


def explain(
    item: Annotated[str | None, typer.Option("--item", metavar="ID", help="Which item: its id, or its title.")] = None,
    user: Annotated[str | None, typer.Option("--user", metavar="ID", help="For whom.")] = None,
    over: Annotated[
        str | None, typer.Option("--over", metavar="ID", help="Why it scores higher than this one, or does not.")
    ] = None,
    without: Annotated[
        bool, typer.Option("--without", help="Which of the person's own events it would not be on the list without.")
    ] = False,
    carriers: Annotated[
        bool, typer.Option("--carriers", help="Which of the person's own events carry the whole list.")
    ] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="Events tried with --carriers.")] = 40,
    drop: Annotated[
        list[str] | None, typer.Option("--drop", metavar="EVENT", help="The list without this event. Repeatable.")
    ] = None,
    add: Annotated[
        list[str] | None,
        typer.Option(
            "--add",
            metavar="KIND[=VALUE]:ITEM",
            help="The list with this event more: like:Alien, rating=0.8:Heat. Repeatable.",
        ),
    ] = None,
    then_horizon: Annotated[
        int | None, typer.Option("--then-horizon", min=0, max=52, help="The list so many periods ahead; 0 is now.")
    ] = None,
    then_adventure: Annotated[
        float | None, typer.Option("--then-adventure", min=0, max=1, help="The list with the dial here.")
    ] = None,
    users: Annotated[
        Path | None,
        typer.Option("--users", metavar="FILE", help="Whole lists of many people: one id a line, or a user_id column."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="With --users: write a row a part to FILE.parquet.")
    ] = None,
    k: Annotated[int, typer.Option("--k", min=1, max=1000, help="Length of the list.")] = 10,
    query: Annotated[str, typer.Option(help="What is wanted, in words.")] = "",
    at: AtOption = None,
    json_: JsonFlag = False,
) -> None:
    """Why an item is on a list, or why not; why it stands above another; what a list rests on, or would be otherwise.

    Parts of the score come by kind of reason, what speaks most for the item first; with the start they sum to it.
    Nothing that is dropped or added here is stored.
    """
    changing = bool(drop or add or then_horizon is not None or then_adventure is not None)
    asked = [name for name, given in (("--item", item), ("--carriers", carriers), ("--users", users)) if given]
    asked += ["--drop, --add or --then-…"] * changing
    if len(asked) != 1 or ((over or without) and item is None):
        raise InputError(
            f"One thing can be asked at a time, and this asks for {' and '.join(asked) or 'nothing'}.",
            "Use --item, --carriers, --drop or --add, or --users with --out.",
        )
    if (user is None) == (users is None):
        raise InputError("Name one person or many.", "Use --user ID, or --users FILE with --out FILE.parquet.")
    if users is not None:
        _many(users, out, k, query, at, json_)
        return
    check_user(str(user))
    service = open_service()
    request = RecommendRequest(user_id=user, at=parse_moment(at) or service.now(), k=k, query=query)
    if item is not None:
        _one(service, request, item, over, without, json_)
    elif carriers:
        found = service.carriers(request, limit)
        print_json(found) if json_ else _print_carriers(found)
    else:
        named = {"horizon": then_horizon, "adventure": then_adventure}
        then = request.model_copy(update={name: value for name, value in named.items() if value is not None})
        added = [_event(service, request, text) for text in add or ()]
        changed = service.what_if(request, drop or (), added, then)
        print_json(changed) if json_ else _print_change(changed)


def _one(service: Service, request: RecommendRequest, item: str, over: str | None, without: bool, json_: bool) -> None:
    item_id = _id(service, item)
    found = service.explain(request, item_id)
    contrast = service.contrast(request, item_id, _id(service, over)) if over is not None else None
    owed = service.counterfactual(request, item_id) if without else None
    if json_:
        answer: dict[str, Any] = found.model_dump(mode="json")
        if contrast is not None:
            answer["over"] = contrast.model_dump(mode="json")
        if owed is not None:
            answer["without"] = owed.model_dump(mode="json")
        print_json(answer)
        return
    _print(found)
    for sentence in contrast.text if contrast is not None else ():
        print(sentence)
    for gap in contrast.gaps if contrast is not None else ():
        print(f"      {gap.difference:+.3f}  {gap.what}")
    if owed is not None:
        print(owed.text)


def _many(users: Path, out: Path | None, k: int, query: str, at: str | None, json_: bool) -> None:
    if out is None or out.suffix != ".parquet":
        raise InputError(f"--users needs a table, and --out is {out}.", "Give --out FILE.parquet.")
    check_table_name(out)
    people = read_people(users)
    service = open_service()
    asked = RecommendRequest(at=parse_moment(at) or service.now(), k=k, query=query)
    with progress() as report:
        written = write_explanations(
            service, people.ids, asked, out, lambda done: report("Explaining", done / len(people.ids))
        )
    if json_:
        left_out = {"empty": written.empty, "problems": people.problems}
        print_json({"people": written.people, "rows": written.rows, "out": out, **left_out})
        return
    people.tell_problems()
    print(f"{written.rows:,} rows for {written.people:,} people written to {out}.")
    if written.empty:
        print(f"For {written.empty:,} of them there is nothing left to recommend.")


def _print(found: Explanation) -> None:
    item = found.item
    place = f"number {found.rank}" if found.rank is not None else "not listed"
    print(f"{item.title}{f' ({item.year})' if item.year else ''}: {place}, score {item.score:.3f}")
    for part in found.groups:
        print(f"      {part.contribution:+.3f}  {part.group}{': ' + part.text if part.text else ''}")
    print(f"      {found.intercept:+.3f}  start")
    for sentence in found.why_not.text if found.why_not is not None else ():
        print(sentence)


def _print_change(changed: WhatIf) -> None:
    _print_lines(changed.text)
    moved = {shift.item_id: shift for shift in changed.shifts}
    rows = []
    for rank, item in enumerate(changed.after.items, start=1):
        was = moved[item.id].rank if item.id in moved else rank
        rows.append((rank, item.title, f"{item.score:.3f}", "not listed" if was is None else was))
    print_rows(["place", "item", "score", "was"], rows)


def _print_carriers(found: Carriers) -> None:
    _print_lines(found.text)
    print_rows(
        ["weight", "event", "when", "about"],
        [
            (f"{each.weight:.3f}", each.event.event_id or "", f"{each.event.at:%Y-%m-%d}", each.event.name)
            for each in found.carriers[:_SHOWN]
        ],
    )
    _print_lines([each.text for each in found.carriers[:_TOLD] if each.text])


def _print_lines(sentences: Sequence[str]) -> None:
    for sentence in sentences:
        print(sentence)


def _event(service: Service, request: RecommendRequest, text: str) -> Event:
    """The event that "like:Alien" or "rating=0.8:Heat" means, at the moment of the request."""
    how, colon, what = text.partition(":")
    name, equals, number = how.partition("=")
    try:
        kind = EventKind(name.strip().casefold())
        value = float(number) if equals else STRONG.get(kind, 0.0)
        if not colon or not -1 <= value <= 1:
            raise ValueError
    except ValueError as error:
        raise InputError(
            f"--add {text!r} is no event.",
            f"Write KIND:ITEM or KIND=VALUE:ITEM, KIND one of {', '.join(EventKind)}, VALUE from -1 to 1.",
        ) from error
    user_id = request.user_id or ""
    return Event(user_id=user_id, at=request.at, kind=kind, item_id=_id(service, what.strip()), value=value)


def _id(service: Service, text: str) -> str:
    """The item that an id, or else a title, means."""
    if text in service.items([text]):
        return text
    resolution = service.resolve_title(text)
    if resolution.status == "resolved":
        return resolution.matches[0].item_id
    names = "; ".join(
        f"{match.title}{f' ({match.year})' if match.year else ''}, {match.item_id}" for match in resolution.matches[:5]
    )
    raise InputError(
        f"{text!r} may be one of: {names}." if names else f"There is no item {text!r}.", "Give the id of an item."
    )
