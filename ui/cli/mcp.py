"""The command that serves the tools to an agent on this machine: mcp."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from ui.cli.output import open_settings


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command("mcp")(serve)


def serve(
    user: Annotated[
        str | None,
        typer.Option("--user", metavar="ID", help="Whom the tools are for. Default: the setting default_user."),
    ] = None,
) -> None:
    """Serve the tools over standard input and output (Model Context Protocol), for an agent that starts this command.

    `driftline serve` serves them over HTTP, at /mcp. Without a person the tools about one say that they need one.
    """
    settings = open_settings()
    import anyio

    from agent.build import build_service
    from agent.incoming import check_user
    from ui.mcp.server import serve_stdio

    person = user or settings.default_user or None
    if person is not None:
        check_user(person)
    sys.stderr.write("Opening the workspace\n")
    service = build_service(settings, warm=True)
    try:
        anyio.run(serve_stdio, service, person)
    finally:
        service.close()
