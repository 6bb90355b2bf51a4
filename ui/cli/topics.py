"""The command about topics: what moves for everybody, and what lies within one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from core.forecasts import TopicOverview, TopicShare
from ui.cli.output import AtOption, JsonFlag, open_service, parse_moment, print_json, print_rows

if TYPE_CHECKING:
    from agent.service import Service

_MOST_TITLES = 4


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command("topics")(topics)


def topics(
    user: Annotated[
        str | None, typer.Option("--user", metavar="ID", help="What one person takes up; needs --within.")
    ] = None,
    within: Annotated[
        str | None, typer.Option("--within", metavar="TOPIC", help="The topics one level below this one.")
    ] = None,
    period: Annotated[
        str | None, typer.Option("--period", help="day, week, 2weeks, month, quarter or year. Default: the setting.")
    ] = None,
    at: AtOption = None,
    json_: JsonFlag = False,
) -> None:
    """What everybody is interested in lately, what is hot, and what has changed; or what lies within one topic."""
    service = open_service()
    found = service.topics(within, user, period, parse_moment(at))
    if json_:
        print_json(found)
        return
    if found.note:
        print(found.note)
    if found.user_id is None:
        _print_everybody(found)
    else:
        _print_person(service, found)


def _print_everybody(found: TopicOverview) -> None:
    if found.lately:
        print(f"Everybody by {found.period}, from {found.lately[0]:%d %B %Y}.")
    print_rows(
        ["topic", "share", "hot", "latest change"],
        [(each.topic, f"{each.share:.1%}", _hot(each), _change(each)) for each in found.topics],
    )


def _print_person(service: Service, found: TopicOverview) -> None:
    taken = [each for each in found.topics if each.share > 0]
    if taken:
        print_rows(["topic", "share"], [(each.topic, f"{each.share:.0%}") for each in taken])
    if not found.parts:
        return
    titles = service.items(item_id for part in found.parts for item_id in part.item_ids[:_MOST_TITLES])
    print_rows(
        [f"within {found.within}", "share", "items"],
        [
            (
                part.label,
                f"{part.share:.0%}",
                ", ".join(titles[item_id].title for item_id in part.item_ids[:_MOST_TITLES] if item_id in titles)
                + (f" and {more} more" if (more := len(part.item_ids) - _MOST_TITLES) > 0 else ""),
            )
            for part in found.parts
        ],
    )


def _hot(topic: TopicShare) -> str:
    return "" if topic.hot is None else f"{topic.hot:.1f} times the expected"


def _change(topic: TopicShare) -> str:
    return f"{topic.drift[-1].size * 100:+.1f} points since {topic.drift[-1].at:%d %B %Y}" if topic.drift else ""
