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

from core.errors import ToolRetry
from core.results import Recommendation, Slate
from core.types import Constraints, Item
from tools.arguments import Limits, ToolArgs, merge_constraints, parse_args
from tools.deps import Deps
from tools.evidence import Evidence


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
        delivery: sets a call apart that belongs to no conversation, whose id is empty then.
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
    delivery: str = ""

    def limits(self, proposed: Limits | None = None) -> Constraints:
        """What the person stated, narrowed by what was proposed; never looser than stated."""
        return merge_constraints(self.constraints, proposed.constraints()) if proposed else self.constraints


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


def find_item(deps: Deps, context: ToolContext, text: str) -> Item:
    """The catalogue item that an id or a title refers to; cards of the last turn win over the rest.

    Raises:
        ToolRetry: nothing is called that, or several are (the message lists them with their years or ids).
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
        # Products have no years, and many have one name.
        choices = "; ".join(
            f"{match.title} ({match.year})" if match.year else f"{match.title} ({match.item_id})"
            for match in resolution.matches[:5]
        )
        raise ToolRetry(f"{text!r} may be one of: {choices}.", "Name one with its year, or by its id.")
    raise ToolRetry(f"Nothing in the catalogue is called {text!r}.", "Check the spelling or search for it.")
