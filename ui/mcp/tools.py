"""The tools as the protocol lists them, and a call's result in its form."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from mcp import types

from agent.calling import PERSONAL, Called
from agent.policy import WRITES
from agent.service import Service
from core.errors import DriftlineError, NotFoundError
from tools.base import Tool
from tools.registry import TOOLS

_log = logging.getLogger(__name__)

_TITLES = {
    "recommend": "Recommend",
    "search_catalog": "Search the catalogue",
    "forecast_interests": "Forecast interests",
    "explain": "Why this, or why not",
    "item_details": "One item",
    "compare": "Why one above another",
    "trending": "What is rising now",
    "record_preference": "Record a preference",
    "show_timeline": "Past interests",
    "edit_timeline": "Take back",
}

_OUTPUT: dict[str, Any] = {
    "type": "object",
    "properties": {
        "text": {"type": "string", "description": "The answer in a few lines."},
        "evidence": {
            "type": "object",
            "description": "The same as data: of slates, items, explained, contrasts, counterfactuals, relaxations, "
            "resolutions, forecasts, timelines, rising, carriers, events, retracted and notes those that there are.",
        },
    },
    "required": ["text", "evidence"],
}


def listed() -> list[types.Tool]:
    """Every tool of the agent, with the schema of its arguments."""
    return [_listed(tool) for tool in TOOLS.values()]


def call(service: Service, user_id: str | None, name: str, args: Mapping[str, Any] | None) -> types.CallToolResult:
    """Run a tool. What is wrong with a call is said in its result, so that the calling model can do better.

    Raises:
        NotFoundError: there is no such tool.
    """
    try:
        called = service.tools.call(user_id, name, args or {})
    except NotFoundError:
        raise
    except DriftlineError as error:
        _log.info("%s: %s", name, error)
        called = Called(tool=name, ok=False, text=str(error))
    text = types.TextContent(type="text", text=called.text or "Nothing was found.")
    if not called.ok:
        return types.CallToolResult(content=[text], is_error=True)
    evidence = called.evidence.model_dump(mode="json", exclude_defaults=True)
    return types.CallToolResult(content=[text], structured_content={"text": called.text, "evidence": evidence})


def _listed(tool: Tool) -> types.Tool:
    whose = " About the person whom this server or request is for." if tool.name in PERSONAL else ""
    return types.Tool(
        name=tool.name,
        title=_TITLES[tool.name],
        description=tool.description + whose,
        input_schema=tool.args.model_json_schema(),
        output_schema=_OUTPUT,
        annotations=types.ToolAnnotations(
            title=_TITLES[tool.name],
            read_only_hint=tool.name not in WRITES,
            destructive_hint=tool.name == "edit_timeline",
            idempotent_hint=tool.name not in WRITES,
            open_world_hint=False,
        ),
    )
