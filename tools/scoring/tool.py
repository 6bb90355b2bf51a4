"""The agent's tools for ranking: `recommend` and `explain`."""

from __future__ import annotations

from pydantic import Field

from core.results import Recommendation, RecommendRequest
from tools.base import Evidence, Explained, Limits, Tool, ToolArgs, ToolContext, ToolResult, find_item
from tools.deps import Deps


class RecommendArgs(ToolArgs):
    """Arguments of recommend."""

    query: str = Field(default="", max_length=400, description="what to look for, in the person's words")
    limits: Limits = Limits()
    topics: list[str] = Field(
        default=[], max_length=10, description='wishes that need not be met, as facet and value: "genre:Thriller"'
    )
    k: int = Field(default=5, ge=1, le=20, description="how many")
    seen_too: bool = Field(default=False, description="also things the person knows already")
    horizon: int = Field(default=1, ge=0, le=52, description="how many periods ahead it is wanted for")
    adventure: float | None = Field(
        default=None, ge=0, le=1, description="0 to stay with the familiar, 1 to be surprised"
    )


class ExplainArgs(ToolArgs):
    """Arguments of explain."""

    item: str = Field(min_length=1, max_length=300, description="title or id of the item")


def recommend(deps: Deps, context: ToolContext, args: RecommendArgs) -> ToolResult:
    """A ranked slate for the person of the turn, within everything they stated."""
    limits = context.limits(args.limits)
    if not args.seen_too:
        limits = limits.model_copy(update={"exclude_items": limits.exclude_items | context.shown})
    request = RecommendRequest(
        user_id=context.user_id,
        at=context.at,
        k=args.k,
        query=args.query or context.query,
        liked=context.liked,
        disliked=context.disliked,
        topics=tuple(dict.fromkeys((*context.topics, *args.topics))),
        constraints=limits,
        seen_too=args.seen_too,
        horizon=args.horizon,
        adventure=context.adventure if args.adventure is None else args.adventure,
    )
    slate = deps.scorer.recommend(request)
    if slate.items:
        text = "\n".join(f"{rank}. {line(item)}" for rank, item in enumerate(slate.items, start=1))
    else:
        text = "Nothing obeys all limits." + "".join(
            f"\nWithout {relaxation.constraint}: {relaxation.count}." for relaxation in slate.relaxations
        )
    return ToolResult(text, Evidence(slates=(slate,), relaxations=slate.relaxations))


def explain(deps: Deps, context: ToolContext, args: ExplainArgs) -> ToolResult:
    """Why an item stands where it stands, under the request that the last cards answered."""
    item = find_item(deps, context, args.item)
    last = context.slate_request
    limits = context.limits()
    request = RecommendRequest(
        user_id=context.user_id,
        at=context.at,
        k=max(len(last.items), 1) if last else 10,
        query=last.query if last else context.query,
        liked=context.liked,
        disliked=context.disliked,
        topics=context.topics,
        constraints=limits.model_copy(update={"exclude_items": limits.exclude_items - {item.id}}),
        adventure=last.adventure if last else context.adventure,
    )
    found, rank = deps.scorer.explain(request, item.id)
    reached = f"rank {rank}" if rank is not None else f"outside the limits ({limits.describe()})"
    reasons = "; ".join(reason.text for reason in found.reasons if reason.text)
    return ToolResult(f"{line(found)}: {reached}. {reasons}", Evidence(explained=(Explained(item=found, rank=rank),)))


def line(item: Recommendation) -> str:
    """Title, year and the strongest reason of one recommendation."""
    year = f" ({item.year})" if item.year is not None else ""
    reason = next((reason.text for reason in item.reasons if reason.text), "")
    return f"{item.title}{year}" + (f": {reason}" if reason else "")


TOOLS = (
    Tool(
        "recommend",
        "Rank what suits the person best, from their history and what they said. Use it whenever they want something.",
        RecommendArgs,
        recommend,
    ),
    Tool(
        "explain",
        "Why one item was recommended, or where it stands. Use it for 'why this?' and 'why not that?'.",
        ExplainArgs,
        explain,
    ),
)
