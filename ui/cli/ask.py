"""Commands that answer: recommend, forecast, chat."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agent.incoming import check_user
from agent.state import Cards, Done, Step, Text
from core.errors import DriftlineError, InputError
from core.forecasts import Forecast
from core.results import Recommendation, RecommendRequest, Slate
from core.turns import Turn
from ui.cli.output import (
    AtOption,
    JsonFlag,
    check_table_name,
    open_service,
    parse_moment,
    print_json,
    print_rows,
    progress,
    write_table,
)
from ui.cli.users import read_people

if TYPE_CHECKING:
    from agent.service import Service

UserOption = Annotated[str | None, typer.Option("--user", metavar="ID", help="One person.")]
UsersOption = Annotated[
    Path | None, typer.Option("--users", metavar="FILE", help="Many people: one id a line, or a user_id column.")
]
OutOption = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Write a table to FILE.parquet or FILE.csv.")
]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("recommend")(recommend)
    app.command("forecast")(forecast)
    app.command("chat")(chat)


def recommend(
    user: UserOption = None,
    users: UsersOption = None,
    k: Annotated[int, typer.Option("--k", min=1, max=1000, help="Items per person.")] = 10,
    at: AtOption = None,
    query: Annotated[str, typer.Option(help="What is wanted, in words.")] = "",
    adventure: Annotated[
        float | None, typer.Option("--adventure", min=0, max=1, help="0 familiar, 1 adventurous. Default: between.")
    ] = None,
    seen_too: Annotated[
        bool, typer.Option("--seen-too", help="Rank known items too, such as what is bought again.")
    ] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say why, with each part of the score.")] = False,
    out: OutOption = None,
    json_: JsonFlag = False,
) -> None:
    """Rank the catalogue for one person or for many.

    A table has the columns user_id, item_id, rank, score. Items that a person has met already are left out, unless
    `--seen-too`.
    """
    check_table_name(out)
    if explain and out is not None and out.suffix == ".csv":
        raise InputError(f"--out {out} has no place for reasons, which are lists.", "End it in .parquet.")
    people = _people(user, users)
    service = open_service()
    moment = parse_moment(at) or service.now()
    if query or explain or adventure is not None or len(people) == 1:
        wanted = RecommendRequest(at=moment, k=k, query=query, adventure=adventure, seen_too=seen_too)
        slates = _slates(service, people, wanted)
        if out is None and not json_ and len(people) == 1:
            _print_slate(next(iter(slates)), explain)
            return
        rows = [row for slate in slates for row in _slate_rows(slate, explain)]
    else:
        ranked = service.recommend_many(people, k, moment, seen_too)
        rows = [
            {"user_id": person, "item_id": item_id, "rank": rank, "score": score}
            for person in people
            for rank, (item_id, score) in enumerate(ranked[person], start=1)
        ]
    header = ["user_id", "item_id", "rank", "score", *(["reasons", "chances"] if explain else [])]
    _give({name: [row[name] for row in rows] for name in header}, out, json_)


def _slates(service: Service, people: list[str], wanted: RecommendRequest) -> Iterator[Slate]:
    with progress() as report:
        for done, person in enumerate(people, start=1):
            yield service.recommend(wanted.model_copy(update={"user_id": person}))
            if len(people) > 1:
                report("Recommending", done / len(people))


def _slate_rows(slate: Slate, explain: bool) -> Iterator[dict[str, Any]]:
    for rank, item in enumerate(slate.items, start=1):
        row: dict[str, Any] = {"user_id": slate.user_id, "item_id": item.id, "rank": rank, "score": item.score}
        if explain:
            row["reasons"] = [reason.model_dump() for reason in item.reasons]
            row["chances"] = [{"kind": kind, "probability": chance} for kind, chance in item.chances.items()]
        yield row


def _print_slate(slate: Slate, explain: bool) -> None:
    if not slate.items:
        for relaxation in slate.relaxations:
            print(f"Nothing obeys “{relaxation.constraint}”; without it there are {relaxation.count}.")
        if not slate.relaxations:
            print("There is nothing left to recommend.")
    for rank, item in enumerate(slate.items, start=1):
        _print_card(rank, item, explain)


def _print_card(rank: int, item: Recommendation, explain: bool) -> None:
    year = f" ({item.year})" if item.year else ""
    facts = ", ".join((item.facets.get("genre") or next(iter(item.facets.values()), ()))[:4])
    print(f"{rank:>2}. {item.title}{year}{'  ' + facts if facts else ''}")
    for reason in item.reasons:
        if explain:
            print(f"      {reason.contribution:+.3f}  {reason.feature}{': ' + reason.text if reason.text else ''}")
        elif reason.text:
            print(f"      {reason.text}")
            break
    if explain and item.chance_text:
        print(f"      {item.chance_text}")


def forecast(
    user: UserOption = None,
    users: UsersOption = None,
    horizon: Annotated[int, typer.Option("--horizon", min=1, max=52, help="Periods ahead.")] = 1,
    period: Annotated[
        str | None, typer.Option("--period", help="day, week, 2weeks, month, quarter or year. Default: the setting.")
    ] = None,
    at: AtOption = None,
    out: OutOption = None,
    json_: JsonFlag = False,
) -> None:
    """Forecast where interests are heading, for one person or for many.

    A table has the columns user_id, origin, horizon, topic, share, lo80, hi80.
    """
    people = _people(user, users)
    check_table_name(out)
    service = open_service()
    moment = parse_moment(at) or service.now()
    if len(people) == 1 and out is None:
        ahead = service.forecast(people[0], horizon, period, moment)
        if json_:
            print_json(ahead)
        else:
            _print_forecast(ahead, service.forecast_in_words(ahead))
        return
    _give(service.forecast_many(people, moment, horizon, period).columns(), out, json_)


def _print_forecast(ahead: Forecast, told: Sequence[str]) -> None:
    error = "" if ahead.backtest_error is None else f", backtest error {ahead.backtest_error:.3f} (KL divergence)"
    print(f"{ahead.user_id} from {ahead.origin:%d %B %Y}, by {ahead.model}{error}.")
    if ahead.note:
        print(ahead.note)
    for words, topics in (("Rising", ahead.rising), ("Fading", ahead.fading)):
        if topics:
            print(f"{words}: {', '.join(topics)}.")
    for sentence in told:
        print(sentence)
    order = sorted(range(len(ahead.topics)), key=lambda topic: -ahead.shares[-1][topic])[:12]
    steps = range(len(ahead.shares))
    print_rows(
        ["topic", *(f"+{step + 1} {ahead.period}" for step in steps)],
        [
            (
                ahead.topics[topic],
                *(
                    f"{ahead.shares[step][topic]:.0%} ({ahead.lo80[step][topic]:.0%} to {ahead.hi80[step][topic]:.0%})"
                    for step in steps
                ),
            )
            for topic in order
        ],
    )


def chat(
    user: Annotated[str, typer.Option("--user", metavar="ID", help="Who is talking.")] = "me",
    once: Annotated[str | None, typer.Option("--once", metavar="TEXT", help="One message, one reply.")] = None,
    json_: JsonFlag = False,
) -> None:
    """Talk. What is said becomes part of the person's timeline, and the next conversation continues from it."""
    if once is None and json_:
        raise InputError("--json needs --once TEXT.", "Give the message on the command line.")
    service = open_service()
    try:
        if once is None:
            _talk(service, user)
            return
        latest = service.conversations(user)
        turn = service.chat(user, once, latest[0].id if latest else None)
        if json_:
            print_json(turn_json(turn))
        else:
            print(turn.reply)
    finally:
        service.close()


def turn_json(turn: Turn) -> dict[str, Any]:
    """The documented JSON form of a turn: its slate only as items, and none of who asked what when."""
    fields = turn.model_dump(mode="json", exclude={"slate", "user_id", "text", "at"})
    return {key: fields[key] for key in ("reply", "items", "events", "calls", "model", "checks")} | {
        "timings_ms": fields["timings_ms"],
        "conversation_id": turn.conversation_id,
        "turn": turn.turn,
    }


def _talk(service: Service, user: str) -> None:
    latest = service.conversations(user)
    conversation = latest[0].id if latest else None
    print("Say what you are looking for; an empty line or Ctrl-D ends the conversation.")
    while True:
        try:
            text = input("\nyou> ").strip()
        except EOFError:
            print()
            return
        if not text:
            return
        try:
            for update in service.stream(user, text, conversation):
                if isinstance(update, Step) and update.status != "running":
                    print(f"    [{update.tool}, {update.ms:.0f} ms]")
                elif isinstance(update, Cards):
                    for rank, item in enumerate(update.items, start=1):
                        _print_card(rank, item, explain=False)
                elif isinstance(update, Text):
                    print(update.delta, end="", flush=True)
                elif isinstance(update, Done):
                    conversation = update.turn.conversation_id
                    print()
        except DriftlineError as error:
            print(error)


def _people(user: str | None, users: Path | None) -> list[str]:
    if (user is None) == (users is None):
        raise InputError("Name one person or many.", "Use either --user ID or --users FILE.")
    if user is not None:
        check_user(user)
        return [user]
    assert users is not None
    people = read_people(users)
    people.tell_problems()
    return list(people.ids)


def _give(columns: Mapping[str, Any], out: Path | None, json_: bool) -> None:
    count = len(next(iter(columns.values())))
    if out is not None:
        write_table(out, columns)
        if json_:
            print_json({"rows": count, "out": out})
        else:
            print(f"{count:,} rows written to {out}.")
        return
    rows = zip(*columns.values(), strict=True)
    if json_:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        print_rows(list(columns), rows)
