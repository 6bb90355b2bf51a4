"""The tools of the agent, collected from the slices; and the form in which LangChain takes them.

A tool's common form (`Tool`, `ToolContext`, `ToolResult`, `Evidence`, `Limits`) is in tools/base.py. Each slice's
``tool.py`` exports ``TOOLS: tuple[Tool, ...]``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from langchain_core.tools import StructuredTool, ToolException
from pydantic import ValidationError
from pydantic.v1 import ValidationError as ValidationErrorV1

from core.errors import ToolRetry
from tools import preference
from tools.base import Tool, ToolContext, ToolResult, bad_argument
from tools.deps import Deps
from tools.forecasting import tool as forecasting
from tools.retrieval import tool as retrieval
from tools.scoring import tool as scoring
from tools.trends import tool as trends

TOOLS: Mapping[str, Tool] = {
    tool.name: tool for tool in (*scoring.TOOLS, *retrieval.TOOLS, *forecasting.TOOLS, *trends.TOOLS, *preference.TOOLS)
}
"""Every tool by name, in the order in which a model reads them."""


def as_langchain(tool: Tool, deps: Deps, context: ToolContext) -> StructuredTool:
    """The tool bound to one turn: a model supplies validated arguments and nothing else.

    Its content is `ToolResult.text` and its artifact the `ToolResult`. A `ToolRetry` becomes the content of an error
    message, so that the model reads the reason; a `ToolStop` passes through and ends the turn.
    """

    def run(**args: Any) -> tuple[str, ToolResult]:
        try:
            result = tool.run(deps, context, tool.args.model_validate(args))
        except ToolRetry as error:
            raise ToolException(str(error)) from error
        return result.text, result

    def explain(error: ValidationError | ValidationErrorV1) -> str:
        return str(bad_argument(tool.args, error)) if isinstance(error, ValidationError) else str(error)

    return StructuredTool.from_function(
        run,
        name=tool.name,
        description=tool.description,
        args_schema=tool.args,
        response_format="content_and_artifact",
        handle_tool_error=True,
        handle_validation_error=explain,
    )
