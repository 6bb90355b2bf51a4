"""The protocol's server over one service: each request for the person whom it, or the server, is for."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from typing import Any, TypeVar

import anyio.to_thread
from mcp import MCPError, types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server

from agent.service import Service
from core.errors import DriftlineError, InputError
from ui.mcp import reading, tools

Context = ServerRequestContext[dict[str, Any], Any]
Whom = Callable[[Context], str | None]
"""Whom a request is for; never an argument of a tool, for those come from a model."""

_Answer = TypeVar("_Answer")

_INSTRUCTIONS = (
    "Recommendations that follow how one person's interests drift. Use recommend for anything that they want, explain "
    "and compare for why, forecast_interests for where their taste is heading. Every number and reason in an answer "
    "comes from the computation that ranked the items: repeat them, and add none. Record a preference only in the "
    "person's own words."
)


def build_server(service: Service, whom: Whom) -> Server[dict[str, Any]]:
    """The server; it keeps nothing between requests."""

    async def list_tools(_ctx: Context, _page: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=tools.listed())

    async def call_tool(ctx: Context, asked: types.CallToolRequestParams) -> types.CallToolResult:
        return await _answered(lambda: tools.call(service, whom(ctx), asked.name, asked.arguments))

    async def list_resources(ctx: Context, _page: types.PaginatedRequestParams | None) -> types.ListResourcesResult:
        return types.ListResourcesResult(resources=reading.resources(whom(ctx)))

    async def list_templates(
        _ctx: Context, _page: types.PaginatedRequestParams | None
    ) -> types.ListResourceTemplatesResult:
        return types.ListResourceTemplatesResult(resource_templates=reading.templates())

    async def read_resource(ctx: Context, asked: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        text = await _answered(lambda: reading.read(service, whom(ctx), asked.uri))
        contents = types.TextResourceContents(uri=asked.uri, mime_type="application/json", text=text)
        return types.ReadResourceResult(contents=[contents])

    async def list_prompts(_ctx: Context, _page: types.PaginatedRequestParams | None) -> types.ListPromptsResult:
        return types.ListPromptsResult(prompts=reading.prompts())

    async def get_prompt(_ctx: Context, asked: types.GetPromptRequestParams) -> types.GetPromptResult:
        text = await _answered(lambda: reading.prompt(asked.name, asked.arguments))
        message = types.PromptMessage(role="user", content=types.TextContent(type="text", text=text))
        return types.GetPromptResult(messages=[message])

    return Server(
        "driftline",
        title="Driftline",
        version=version("driftline"),
        instructions=_INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read_resource,
        on_list_prompts=list_prompts,
        on_get_prompt=get_prompt,
    )


async def serve_stdio(service: Service, user_id: str | None) -> None:
    """Serve one client over standard input and output until it closes them."""
    server = build_server(service, lambda _ctx: user_id)
    async with stdio_server() as (reading_end, writing_end):
        await server.run(reading_end, writing_end, server.create_initialization_options())


async def _answered(work: Callable[[], _Answer]) -> _Answer:
    """The answer of work that blocks; an expected error as the protocol's own."""
    try:
        return await anyio.to_thread.run_sync(work)
    except DriftlineError as error:
        code = types.INVALID_PARAMS if isinstance(error, InputError) else types.INTERNAL_ERROR
        raise MCPError(code, str(error)) from error
