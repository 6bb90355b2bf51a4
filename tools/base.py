"""The common form of a tool.

A slice's ``tool.py`` holds, for each tool, an arguments model, a function, and one `Tool`; it exports them as
``TOOLS: tuple[Tool, ...]``, which tools/registry.py collects::

    class SearchArgs(ToolArgs):
        \"\"\"Arguments of search_catalog.\"\"\"

        query: str = Field(default="", max_length=400, description="what to look for, in the person's words")
        limits: Limits = Limits()
        k: int = Field(default=5, ge=1, le=20)


    def search_catalog(deps: Deps, context: ToolContext, args: SearchArgs) -> ToolResult:
        \"\"\"...\"\"\"
        limits = context.limits(args.limits)                     # what the person said always holds
        found = deps.retriever.search(args.query, limits, args.k)
        items = deps.catalog.get_many(hit.item_id for hit in found.hits)
        return ToolResult(text=..., evidence=Evidence(items=tuple(...), relaxations=found.relaxations))


    TOOLS = (Tool("search_catalog", "Find catalogue items by words, names and limits.", SearchArgs, search_catalog),)

The tools of this release, with the argument names that agent/policy.py fills in (all optional unless said otherwise):

=================== ============ ==========================================================================
tool                slice        arguments
=================== ============ ==========================================================================
recommend           scoring      query, limits, topics ("genre:Thriller"), k, seen_too, horizon (0..52),
                                 adventure (0..1)
explain             scoring      item (required), without
compare             scoring      item (required), over (required)
search_catalog      retrieval    query, limits, k
item_details        retrieval    item (required)
forecast_interests  forecasting  horizon (1..52), period, topics asked about
show_timeline       forecasting  period
trending            trends       limits, k
record_preference   registry     preferences: list of {item or topic, kind, value in [-1, 1], quote}
edit_timeline       registry     items, topics
=================== ============ ==========================================================================

``item`` is an item id or a title; resolve it with `find_item`. Who asks, when, and what they said come from the
`ToolContext`, which the engine fills in; a model never supplies them. A function raises `ToolRetry` when other
arguments would work (the reason goes back to the model once) and `ToolStop` when none would.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.errors import ToolRetry
from core.explanations import Contrast, Counterfactual, WhyNot
from core.forecasts import Forecast, InterestTimeline
from core.mentions import Resolution
from core.results import Recommendation, Relaxation, Slate
from core.types import Constraints, Event, EventKind, Frozen, Instant, Item, Range
from tools.deps import Deps


class ToolArgs(BaseModel):
    """Base of a tool's arguments: what a model may propose; anything else is rejected."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Limits(ToolArgs):
    """Hard limits as a model writes them: facet values, and figures with inclusive ends."""

    require: dict[str, list[str]] = Field(
        default={}, description='facet values, one of which must be there: {"genre": ["Thriller"]}'
    )
    exclude: dict[str, list[str]] = Field(
        default={}, description='facet values that must not be there: {"genre": ["Horror"]}'
    )
    at_least: dict[str, float] = Field(default={}, description='lowest figures: {"year": 1991}')
    at_most: dict[str, float] = Field(default={}, description='highest figures: {"runtime": 120}')

    def constraints(self) -> Constraints:
        """These limits as the store understands them."""
        names = [*self.at_least, *(name for name in self.at_most if name not in self.at_least)]
        return Constraints(
            require={facet: tuple(values) for facet, values in self.require.items() if values},
            exclude={facet: tuple(values) for facet, values in self.exclude.items() if values},
            ranges={name: Range(low=self.at_least.get(name), high=self.at_most.get(name)) for name in names},
        )

    @classmethod
    def of(cls, constraints: Constraints) -> Limits:
        """The limits of constraints; excluded items are left to the context."""
        return cls(
            require={facet: list(values) for facet, values in constraints.require.items()},
            exclude={facet: list(values) for facet, values in constraints.exclude.items()},
            at_least={name: limit.low for name, limit in constraints.ranges.items() if limit.low is not None},
            at_most={name: limit.high for name, limit in constraints.ranges.items() if limit.high is not None},
        )


def merge_constraints(first: Constraints, second: Constraints) -> Constraints:
    """Both at once, and never looser than ``first``.

    Where both require values of one facet, the values of ``second`` that ``first`` also has are kept, or those of
    ``first`` when they share none. Ranges intersect; where they do not overlap, the one of ``first`` holds.
    """
    require = {facet: tuple(values) for facet, values in first.require.items()}
    for facet, values in second.require.items():
        known = {value.casefold() for value in require.get(facet, ())}
        shared = tuple(value for value in values if value.casefold() in known)
        require[facet] = shared or require.get(facet) or tuple(values)
    exclude = {
        facet: tuple(dict.fromkeys([*first.exclude.get(facet, ()), *second.exclude.get(facet, ())]))
        for facet in [*first.exclude, *(facet for facet in second.exclude if facet not in first.exclude)]
    }
    ranges = dict(first.ranges)
    for name, limit in second.ranges.items():
        base = ranges.get(name, Range())
        low = max((end for end in (base.low, limit.low) if end is not None), default=None)
        high = min((end for end in (base.high, limit.high) if end is not None), default=None)
        ranges[name] = base if low is not None and high is not None and low > high else Range(low=low, high=high)
    return Constraints(
        require=require,
        exclude=exclude,
        ranges=ranges,
        exclude_items=first.exclude_items | second.exclude_items,
        available_only=first.available_only or second.available_only,
    )


@dataclass(frozen=True)
class ToolContext:
    """What the engine knows about the turn; none of it comes from a model.

    Attributes:
        user_id: who asks; a newcomer has an id without events.
        at: the moment of the turn; no tool sees an event after it, except those of this turn.
        text: the message, redacted.
        query: what the message asks for in words, without titles, limits and chatter; may be empty.
        constraints: limits stated in this conversation, still standing; a tool always obeys them.
        topics: topics asked for softly ("genre:Thriller").
        adventure: where the person set the familiar ↔ adventurous dial, 0 to 1; None where they did not.
        liked, disliked: item ids named with that meaning in this conversation, newest last.
        shown: item ids shown or called seen in this conversation; not recommended again unless ``seen_too``.
        slate: the cards of the last turn that had any, so that "the second one" has a meaning.
        slate_request: the query, topics and limits those cards were ranked under, for `explain`.
        remember: whether the person lets the dialogue enter their timeline.
    """

    user_id: str
    at: datetime
    conversation_id: str
    turn: int
    text: str = ""
    query: str = ""
    constraints: Constraints = field(default_factory=Constraints)
    topics: tuple[str, ...] = ()
    adventure: float | None = None
    liked: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()
    shown: frozenset[str] = frozenset()
    slate: tuple[Recommendation, ...] = ()
    slate_request: Slate | None = None
    remember: bool = True

    def limits(self, proposed: Limits | None = None) -> Constraints:
        """What the person stated, narrowed by what was proposed; never looser than stated."""
        return merge_constraints(self.constraints, proposed.constraints()) if proposed else self.constraints


class Explained(Frozen):
    """The score of one item and its rank under a request (None: the limits exclude it).

    ``why_not``: for an item that was not among the cards, what keeps it from them.
    """

    item: Recommendation
    rank: int | None = None
    why_not: WhyNot | None = None


class Rising(Frozen):
    """An item whose recent activity exceeds what was expected, ``ratio`` times."""

    item_id: str
    title: str
    ratio: float


class Carrier(Frozen):
    """An event of the person's past that stands behind what is said of their interests.

    Attributes:
        title: the item's, if it is about one.
        topics: of the item, or the one that the event is about ("genre:Horror").
        quote: the person's own words, if it was said.
    """

    event_id: str
    at: Instant
    kind: EventKind
    value: float
    title: str | None = None
    topics: tuple[str, ...] = ()
    quote: str = ""


class Evidence(Frozen):
    """Everything that a reply may state. Tools fill in what they found; the evidence of a turn is their sum.

    Attributes:
        items: catalogue entries looked up or found, whole, best first.
        relaxations: limits that left nothing, with what there would be without each.
        resolutions: titles that could not be settled (ambiguous or unknown).
        events: timeline events that this turn recorded.
        retracted: timeline events that this turn took back.
        carriers: events of the past that carried a drift, or that speak for a topic asked about.
        notes: short true sentences in plain words that a tool wants said.
    """

    slates: tuple[Slate, ...] = ()
    items: tuple[Item, ...] = ()
    explained: tuple[Explained, ...] = ()
    contrasts: tuple[Contrast, ...] = ()
    counterfactuals: tuple[Counterfactual, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    forecasts: tuple[Forecast, ...] = ()
    timelines: tuple[InterestTimeline, ...] = ()
    rising: tuple[Rising, ...] = ()
    carriers: tuple[Carrier, ...] = ()
    events: tuple[Event, ...] = ()
    retracted: tuple[Event, ...] = ()
    notes: tuple[str, ...] = ()

    def __add__(self, other: Evidence) -> Evidence:
        """Both, in order; the same catalogue entry is kept once."""
        known = {item.id for item in self.items}
        joined: dict[str, Any] = {
            name: (*getattr(self, name), *getattr(other, name)) for name in type(self).model_fields if name != "items"
        }
        return Evidence(items=(*self.items, *(item for item in other.items if item.id not in known)), **joined)


@dataclass(frozen=True)
class ToolResult:
    """What a tool found.

    Attributes:
        text: a few short lines for the model (titles with years, figures); never shown to a person as it is.
        evidence: the same, typed; the reply is checked against it.
    """

    text: str
    evidence: Evidence = field(default_factory=Evidence)


@dataclass(frozen=True)
class Tool:
    """Something the agent can do.

    Attributes:
        name: as the model calls it.
        description: one or two sentences for the model: when to use it.
        args: the arguments model; its field descriptions are read by the model.
        run: ``run(deps, context, args) -> ToolResult``, ``args`` being an instance of ``args``.
    """

    name: str
    description: str
    args: type[ToolArgs]
    run: Callable[[Deps, ToolContext, Any], ToolResult]

    def call(self, deps: Deps, context: ToolContext, args: Mapping[str, Any]) -> ToolResult:
        """Validate raw arguments and run.

        Raises:
            ToolRetry: an argument is missing, unknown or out of range (the message says which), or the tool asks.
            ToolStop: the tool ends the turn.
        """
        return self.run(deps, context, parse_args(self.args, args))


def parse_args(model: type[ToolArgs], args: Mapping[str, Any]) -> ToolArgs:
    """Raw arguments as the tool's model.

    Raises:
        ToolRetry: naming the first bad argument, its value and what is accepted.
    """
    try:
        return model.model_validate(dict(args))
    except ValidationError as error:
        raise bad_argument(model, error) from error


def bad_argument(model: type[ToolArgs], error: ValidationError) -> ToolRetry:
    """What a model is told of arguments that do not validate."""
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"]) or "arguments"
    return ToolRetry(
        f"Argument {name} is {str(first.get('input'))[:80]!r}: {first['msg']}.",
        f"Use {', '.join(model.model_fields) or 'no arguments'}.",
    )


def find_item(deps: Deps, context: ToolContext, text: str) -> Item:
    """The catalogue item that an id or a title refers to; cards of the last turn win over the rest.

    Raises:
        ToolRetry: nothing is called that, or several are (the message lists them with their years).
    """
    item = deps.catalog.get(text)
    if item is not None:
        return item
    wanted = text.casefold().strip()
    for card in context.slate:
        if card.title.casefold() == wanted:
            item = deps.catalog.get(card.id)
            if item is not None:
                return item
    resolution = deps.retriever.resolve_title(text)
    if resolution.status == "resolved":
        item = deps.catalog.get(resolution.matches[0].item_id)
        if item is not None:
            return item
    if resolution.status == "ambiguous":
        choices = "; ".join(f"{match.title} ({match.year})" for match in resolution.matches[:5])
        raise ToolRetry(f"{text!r} may be one of: {choices}.", "Name one with its year.")
    raise ToolRetry(f"Nothing in the catalogue is called {text!r}.", "Check the spelling or search for it.")
