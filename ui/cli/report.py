"""The command that writes a page about a person and their list, for somebody who was not there: report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from agent.incoming import check_user
from core.errors import InputError
from core.results import RecommendRequest
from ui.cli.output import AtOption, JsonFlag, open_service, parse_moment, print_json
from ui.web.report import report_html
from ui.web.texts import LANGUAGES


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command("report")(report)


def report(
    user: Annotated[str, typer.Option("--user", metavar="ID", help="Whom it is about.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="Write the page to FILE.html.")],
    k: Annotated[int, typer.Option("--k", min=1, max=100, help="Length of the list.")] = 10,
    query: Annotated[str, typer.Option(help="What is wanted, in words.")] = "",
    horizon: Annotated[int, typer.Option("--horizon", min=0, max=52, help="Periods ahead; 0 is now.")] = 1,
    adventure: Annotated[
        float | None, typer.Option("--adventure", min=0, max=1, help="0 familiar, 1 adventurous. Default: between.")
    ] = None,
    language: Annotated[str, typer.Option("--language", help=f"{' or '.join(LANGUAGES)}.")] = LANGUAGES[0],
    at: AtOption = None,
    json_: JsonFlag = False,
) -> None:
    """One page on a person: the timeline with its forecast, the list with every part of its scores, what carries it.

    The page needs nothing beside itself and prints well.
    """
    if language not in LANGUAGES:
        raise InputError(f"There are no words in {language!r}.", f"Use {' or '.join(LANGUAGES)}.")
    if out.suffix not in {".html", ".htm"} or not out.absolute().parent.is_dir():
        raise InputError(f"--out {out} is no page in a folder that exists.", "End it in .html, in an existing folder.")
    check_user(user)
    service = open_service()
    moment = parse_moment(at) or service.now()
    request = RecommendRequest(user_id=user, at=moment, k=k, query=query, horizon=horizon, adventure=adventure)
    page = report_html(service, request, language)
    unfinished = out.with_name(f".{out.name}.part")
    try:
        unfinished.write_text(page, encoding="utf-8")
        unfinished.replace(out)
    except OSError as error:
        raise InputError(f"{out} cannot be written: {error}.", "Choose a folder that exists.") from error
    if json_:
        print_json({"out": out, "bytes": len(page.encode())})
    else:
        print(f"The report on {user} is in {out}.")
