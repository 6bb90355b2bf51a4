"""Entry point of `driftline`: the commands, and how an error looks."""

from __future__ import annotations

import logging
import sys
from importlib.metadata import version
from typing import Annotated

import typer

from core.errors import DriftlineError
from ui.cli import ask, data, mcp, model, people, report, run, topics, why

app = typer.Typer(
    name="driftline",
    help="A conversational recommender that follows how interests drift. "
    "Everything is kept in the workspace, DRIFTLINE_HOME (default: ./.driftline).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
data.register(app)
ask.register(app)
why.register(app)
report.register(app)
people.register(app)
topics.register(app)
run.register(app)
mcp.register(app)
app.add_typer(model.app, name="llm")


def _print_version(wanted: bool) -> None:
    if wanted:
        print(version("driftline"))
        raise typer.Exit


@app.callback()
def _root(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None: ...


def main() -> None:
    """Run one command; an expected failure is one line on standard error and exit status 1, misuse 2."""
    # Until a command has opened its log, an error is for the reader alone.
    logging.getLogger().addHandler(logging.NullHandler())
    try:
        status = app(standalone_mode=False)
    except DriftlineError as error:
        logging.getLogger(__name__).error("%s", error, exc_info=True)
        sys.exit(_fail(str(error), 1))
    except typer.Abort:
        sys.exit(_fail("Stopped.", 130))
    except typer.TyperException as error:
        sys.exit(_fail(f"{error.format_message().rstrip('.')}. See `driftline --help`.", 2))
    except KeyboardInterrupt:
        sys.exit(_fail("Stopped.", 130))
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)
    sys.exit(status if isinstance(status, int) else 0)


def _fail(line: str, status: int) -> int:
    sys.stderr.write(f"driftline: {' '.join(line.split())}\n")
    return status
