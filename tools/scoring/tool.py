"""The agent's tools for ranking: `recommend`, `explain` and `compare`."""

from __future__ import annotations

from pydantic import Field

from core.errors import ToolRetry
from core.results import Recommendation, RecommendRequest
from tools.arguments import Limits, ToolArgs
from tools.base import Tool, ToolContext, ToolResult, find_item
from tools.deps import Deps
from tools.evidence import Evidence, Explained


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
    without: bool = Field(default=False, description="also which events of the person it rests on")


class CompareArgs(ToolArgs):
    """Arguments of compare."""

    item: str = Field(min_length=1, max_length=300, description="title or id of the item")
    over: str = Field(min_length=1, max_length=300, description="title or id of the item it is compared with")


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
    """Why an item stands where it stands, or is not on the list, under the request that the last cards answered."""
    item = find_item(deps, context, args.item)
    request = _answered(context, {item.id})
    found = deps.scorer.explain(request, item.id)
    on_cards = item.id in {card.id for card in context.slate}
    why_not = None if on_cards else found.why_not
    reached = f"rank {found.rank}" if found.rank is not None else "outside the limits"
    told = [reason.text for reason in found.item.reasons if reason.text]
    lines = [f"{line(found.item)}: {reached}. {'; '.join(told)}", *(why_not.text if why_not else ())]
    without = (deps.scorer.counterfactual(request, item.id),) if args.without else ()
    explained = (Explained(item=found.item, rank=found.rank, why_not=why_not),)
    lines += [answer.text for answer in without]
    return ToolResult("\n".join(lines), Evidence(explained=explained, counterfactuals=without))


def compare(deps: Deps, context: ToolContext, args: CompareArgs) -> ToolResult:
    """Why one item scores higher than another, under the request that the last cards answered.

    Raises:
        ToolRetry: both are the same item.
    """
    item, other = find_item(deps, context, args.item), find_item(deps, context, args.over)
    if item.id == other.id:
        raise ToolRetry(f"{item.title} cannot be compared with itself.", "Name two items.")
    found = deps.scorer.contrast(_answered(context, {item.id, other.id}), item.id, other.id)
    return ToolResult("\n".join(found.text), Evidence(contrasts=(found,)))


def _answered(context: ToolContext, asked: set[str]) -> RecommendRequest:
    """The request that the last cards answered, or what was said so far; the items asked about are let in.

    What the cards left out as shown before stays out where the question is about the cards.
    """
    last = context.slate_request
    was = last.request if last else None
    cards = {card.id for card in last.items} if last else set()
    limits = last.constraints if last and asked <= cards else context.limits()
    return RecommendRequest(
        user_id=context.user_id,
        at=context.at,
        k=max(len(cards), 1) if last else 10,
        query=last.query if last else context.query,
        liked=context.liked,
        disliked=context.disliked,
        topics=context.topics,
        constraints=limits.model_copy(update={"exclude_items": limits.exclude_items - asked}),
        seen_too=was is not None and was.seen_too,
        horizon=was.horizon if was is not None else 1,
        adventure=last.adventure if last else context.adventure,
    )


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
    Tool(
        "compare",
        "Why one item is ranked above another for this person. Use it for 'why this and not that?'.",
        CompareArgs,
        compare,
    ),
)
