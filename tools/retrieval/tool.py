"""The retrieval tools of the agent: search the catalogue, look one item up."""

from __future__ import annotations

from pydantic import Field

from core.types import Item
from tools.arguments import Limits, ToolArgs
from tools.base import Tool, ToolContext, ToolResult, find_item
from tools.deps import Deps
from tools.evidence import Evidence

_SHOWN = 4


class SearchArgs(ToolArgs):
    """Arguments of search_catalog."""

    query: str = Field(default="", max_length=400, description="what to look for, in the person's words")
    limits: Limits = Limits()
    k: int = Field(default=5, ge=1, le=20, description="how many items")


class DetailsArgs(ToolArgs):
    """Arguments of item_details."""

    item: str = Field(min_length=1, max_length=300, description="title (with its year if needed) or id of the item")


def search_catalog(deps: Deps, context: ToolContext, args: SearchArgs) -> ToolResult:
    """Items that match the words and obey every limit; when none does, which limit leaves nothing."""
    limits = context.limits(args.limits)
    found = deps.retriever.search(args.query or context.query, limits, args.k)
    known = deps.catalog.get_many(hit.item_id for hit in found.hits)
    items = tuple(known[hit.item_id] for hit in found.hits if hit.item_id in known)
    if items:
        text = "\n".join(_line(item) for item in items)
    else:
        ways = "; ".join(f"without {way.constraint!r}: {way.count}" for way in found.relaxations)
        text = f"Nothing in the catalogue obeys {limits.describe() or 'these limits'}." + (f" {ways}." if ways else "")
    return ToolResult(text, Evidence(items=items, relaxations=found.relaxations))


def item_details(deps: Deps, context: ToolContext, args: DetailsArgs) -> ToolResult:
    """Everything that the catalogue has on one item.

    Raises:
        ToolRetry: nothing is called that, or several are.
    """
    item = find_item(deps, context, args.item)
    lines = [_line(item)]
    lines += [f"{facet}: {', '.join(values)}" for facet, values in item.facets.items()]
    lines += [f"{name}: {figure:g}" for name, figure in item.numbers.items() if name != "year"]
    if item.text:
        lines.append(item.text)
    return ToolResult("\n".join(lines), Evidence(items=(item,)))


def _line(item: Item) -> str:
    title = item.title if item.year is None else f"{item.title} ({item.year})"
    facets = (", ".join(values[:_SHOWN]) for values in list(item.facets.values())[:3])
    return ": ".join(part for part in (title, "; ".join(facets)) if part)


TOOLS = (
    Tool("search_catalog", "Find catalogue items by words, names and limits.", SearchArgs, search_catalog),
    Tool("item_details", "Look up what the catalogue has on one item.", DetailsArgs, item_details),
)
