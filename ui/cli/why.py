"""The command that answers "why?": explain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from core.errors import InputError
from core.explanations import Explanation
from core.results import RecommendRequest
from ui.cli.output import AtOption, JsonFlag, open_service, parse_moment, print_json

if TYPE_CHECKING:
    from agent.service import Service


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command("explain")(explain)


def explain(
    item: Annotated[str, typer.Option("--item", metavar="ID", help="Which item: its id, or its title.")],
    user: Annotated[str, typer.Option("--user", metavar="ID", help="For whom.")],
    over: Annotated[
        str | None, typer.Option("--over", metavar="ID", help="Why it scores higher than this one, or does not.")
    ] = None,
    without: Annotated[
        bool, typer.Option("--without", help="Which of the person's own events it would not be on the list without.")
    ] = False,
    k: Annotated[int, typer.Option("--k", min=1, max=1000, help="Length of the list.")] = 10,
    query: Annotated[str, typer.Option(help="What is wanted, in words.")] = "",
    at: AtOption = None,
    json_: JsonFlag = False,
) -> None:
    """Why an item is on a person's list, or why not; why it stands above another; what it rests on.

    Parts of the score come by kind of reason, what speaks most for the item first; with the start they sum to it.
    """
    service = open_service()
    request = RecommendRequest(user_id=user, at=parse_moment(at) or service.now(), k=k, query=query)
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


def _print(found: Explanation) -> None:
    item = found.item
    place = f"number {found.rank}" if found.rank is not None else "not listed"
    print(f"{item.title}{f' ({item.year})' if item.year else ''}: {place}, score {item.score:.3f}")
    for part in found.groups:
        print(f"      {part.contribution:+.3f}  {part.group}{': ' + part.text if part.text else ''}")
    print(f"      {found.intercept:+.3f}  start")
    for sentence in found.why_not.text if found.why_not is not None else ():
        print(sentence)


def _id(service: Service, text: str) -> str:
    """The item that an id, or else a title, means."""
    if text in service.items([text]):
        return text
    resolution = service.resolve_title(text)
    if resolution.status == "resolved":
        return resolution.matches[0].item_id
    names = "; ".join(f"{match.title} ({match.year}), {match.item_id}" for match in resolution.matches[:5])
    raise InputError(
        f"{text!r} may be one of: {names}." if names else f"There is no item {text!r}.", "Give the id of an item."
    )
