"""The tools of the agent, collected from the slices.

A tool's common form (`Tool`, `ToolContext`, `ToolResult`) is in tools/base.py, what it may be asked in
tools/arguments.py, and what it may find in tools/evidence.py. Each slice's ``tool.py`` exports
``TOOLS: tuple[Tool, ...]``.
"""

from __future__ import annotations

from collections.abc import Mapping

from tools import preference
from tools.base import Tool
from tools.forecasting import tool as forecasting
from tools.retrieval import tool as retrieval
from tools.scoring import tool as scoring
from tools.trends import tool as trends

TOOLS: Mapping[str, Tool] = {
    tool.name: tool for tool in (*scoring.TOOLS, *retrieval.TOOLS, *forecasting.TOOLS, *trends.TOOLS, *preference.TOOLS)
}
"""Every tool by name, in the order in which a model reads them."""
