"""The agent's tool for what is rising now."""

from __future__ import annotations

from pydantic import Field

from tools.arguments import Limits, ToolArgs
from tools.base import Tool, ToolContext, ToolResult
from tools.deps import Deps
from tools.evidence import Evidence, Rising


class TrendingArgs(ToolArgs):
    """Arguments of trending."""

    limits: Limits = Limits()
    k: int = Field(default=5, ge=1, le=20, description="how many")


def trending(deps: Deps, context: ToolContext, args: TrendingArgs) -> ToolResult:
    """What is taken up more than expected just now, within the limits; where nothing rises, what is popular."""
    constraints = context.limits(args.limits)
    columns = deps.catalog.columns()
    allowed = columns.mask(constraints)
    activity = deps.trends.activity(context.at)
    if activity.until is None:
        return ToolResult("Nobody's events are known yet, so nothing can be rising.", Evidence())
    known = [(item, ratio) for item, ratio in deps.trends.rising(context.at, 500) if item in columns.position]
    found = [(item, ratio) for item, ratio in known if allowed[columns.position[item]]][: args.k]
    items = deps.catalog.get_many(item for item, _ in found)
    rising = tuple(Rising(item_id=item, title=items[item].title, ratio=ratio) for item, ratio in found)
    if not rising:
        relaxations = deps.retriever.relaxations(constraints) if not allowed.any() else ()
        return ToolResult(
            f"Nothing within these limits was rising by {activity.until:%Y-%m-%d}.", Evidence(relaxations=relaxations)
        )
    lines = [f"Rising by {activity.until:%Y-%m-%d}, the latest date with data:"]
    for entry in rising:
        year = items[entry.item_id].year
        lines.append(f"- {entry.title}{f' ({year})' if year else ''}: {entry.ratio:.1f} times the expected interest")
    return ToolResult("\n".join(lines), Evidence(items=tuple(items[entry.item_id] for entry in rising), rising=rising))


TOOLS = (
    Tool(
        "trending",
        "What more people take up now than usual. Use it for 'what is popular', 'what is new and hot'.",
        TrendingArgs,
        trending,
    ),
)
