"""What can be read without a tool: a person's timeline and forecast, an item; and prompts to begin with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import unquote

from mcp import types
from pydantic import BaseModel

from agent.service import Service
from core.errors import InputError, NotFoundError

TIMELINE, FORECAST = "driftline://me/timeline", "driftline://me/forecast"
_ITEM = "driftline://items/"
_JSON = "application/json"
_EVENTS = 100
_AHEAD = 3


def resources(user_id: str | None) -> list[types.Resource]:
    """The resources of a person; none where nobody is named."""
    if user_id is None:
        return []
    return [
        types.Resource(
            uri=TIMELINE,
            name="timeline",
            title="My interests so far",
            description=f"Interest per period and topic, and the latest {_EVENTS} events behind it.",
            mime_type=_JSON,
        ),
        types.Resource(
            uri=FORECAST,
            name="forecast",
            title="My interests to come",
            description=f"Expected interest in the next {_AHEAD} periods, with ranges, drift and its measured error.",
            mime_type=_JSON,
        ),
    ]


def templates() -> list[types.ResourceTemplate]:
    """Resources by id."""
    return [
        types.ResourceTemplate(
            uri_template=f"{_ITEM}{{item_id}}",
            name="item",
            title="One item of the catalogue",
            description="Title, text, facets and figures.",
            mime_type=_JSON,
        )
    ]


def read(service: Service, user_id: str | None, uri: str) -> str:
    """One resource, as JSON.

    Raises:
        NotFoundError: there is no such resource or item.
        InputError: it is a person's and none is named.
    """
    if uri.startswith(_ITEM):
        item_id = unquote(uri.removeprefix(_ITEM))
        item = service.items([item_id]).get(item_id)
        if item is None:
            raise NotFoundError(f"There is no item {item_id!r}.", "Find its id with search_catalog.")
        return _json({"item": item})
    if uri not in {TIMELINE, FORECAST}:
        raise NotFoundError(f"There is no resource {uri!r}.", f"Read {TIMELINE}, {FORECAST} or {_ITEM}ID.")
    if user_id is None:
        raise InputError(
            f"{uri} is a person's, and this request is for nobody.",
            "Start `driftline mcp` with --user ID, or send the header X-Driftline-User.",
        )
    if uri == FORECAST:
        forecast = service.forecast(user_id, _AHEAD)
        return _json({"forecast": forecast, "text": service.forecast_in_words(forecast)})
    return _json({"timeline": service.timeline(user_id), "events": service.events(user_id)[:_EVENTS]})


def prompts() -> list[types.Prompt]:
    """Ways to begin."""
    wish = types.PromptArgument(name="wish", description="what it should be, in the person's words", required=True)
    item = types.PromptArgument(name="item", description="the title", required=True)
    return [
        types.Prompt(
            name="recommend",
            title="Recommend something",
            description="Suggestions for a wish, each with its true reason.",
            arguments=[wish],
        ),
        types.Prompt(
            name="why", title="Why this?", description="What speaks for and against one item.", arguments=[item]
        ),
    ]


def prompt(name: str, args: Mapping[str, str] | None) -> str:
    """The words of a prompt.

    Raises:
        NotFoundError: there is no such prompt.
        InputError: its argument is missing.
    """
    if name == "recommend":
        return (
            f"I am looking for this: {_given(name, args, 'wish')}\n\n"
            "Call recommend with my words as query, and with limits for what I rule out or require. Show the list as "
            "it is ranked, each with the reason that the tool gives, and add nothing that it does not say. If the list "
            "is empty, tell me which limit empties it."
        )
    if name == "why":
        return (
            f"Why would {_given(name, args, 'item')} be something for me, or why not?\n\n"
            "Call explain for it, and item_details for what it is. Tell me what speaks for it and against it, which of "
            "my own past that rests on, and nothing beyond what the tools say."
        )
    raise NotFoundError(f"There is no prompt {name!r}.", f"Use one of {', '.join(each.name for each in prompts())}.")


def _given(name: str, args: Mapping[str, str] | None, argument: str) -> str:
    value = " ".join((args or {}).get(argument, "").split())
    if not value:
        raise InputError(f"The prompt {name} has no {argument}.", f"Give the argument {argument}.")
    return value


def _json(parts: Mapping[str, object]) -> str:
    return json.dumps(parts, default=_plain, ensure_ascii=False)


def _plain(value: object) -> object:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    raise TypeError(f"{type(value).__name__} has no JSON form")
