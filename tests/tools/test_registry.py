"""The common form of tools: registered once, validated, and blind to who a model says it is."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from core.errors import ToolRetry, ToolStop
from core.mentions import Resolution, TitleMatch
from core.results import Recommendation
from core.types import Constraints, Event, EventKind, Item, Range
from tools.arguments import Limits, ToolArgs, merge_constraints, parse_args
from tools.base import Tool, ToolContext, ToolResult, find_item
from tools.deps import Deps
from tools.evidence import Evidence
from tools.preference import Preference, preference_events, record_preference
from tools.registry import TOOLS

NOW = datetime(2024, 1, 1, tzinfo=UTC)
ALIEN = Item(id="a", title="Alien", facets={"genre": ("Horror",)}, numbers={"year": 1979})
FARGO = Item(id="f", title="Fargo", facets={"genre": ("Crime",)}, numbers={"year": 1996})


class Catalog:
    """Two films."""

    def get(self, item_id: str) -> Item | None:
        return {item.id: item for item in (ALIEN, FARGO)}.get(item_id)


class Titles:
    """Resolves their titles; "Crash" is ambiguous."""

    def resolve_title(self, text: str) -> Resolution:
        if text == "Crash":
            matches = tuple(TitleMatch(item_id=str(year), title="Crash", year=year, score=1.0) for year in (1996, 2004))
            return Resolution(query=text, status="ambiguous", matches=matches)
        if text == "Milk":
            matches = tuple(TitleMatch(item_id=sku, title="Milk", score=1.0) for sku in "12")
            return Resolution(query=text, status="ambiguous", matches=matches)
        for item in (ALIEN, FARGO):
            if item.title == text:
                return Resolution(
                    query=text, status="resolved", matches=(TitleMatch(item_id=item.id, title=item.title, score=1.0),)
                )
        return Resolution(query=text, status="unknown")


class Log:
    """Keeps what is appended."""

    def __init__(self) -> None:
        self.kept: list[Event] = []

    def append(self, events: list[Event]) -> None:
        self.kept += events

    def of_user(self, user_id: str) -> list[Event]:
        return [event for event in self.kept if event.user_id == user_id]


def deps() -> Deps:
    return cast(Deps, SimpleNamespace(catalog=Catalog(), retriever=Titles(), events=Log()))


def context(**fields: Any) -> ToolContext:
    return ToolContext(user_id="me", at=NOW, conversation_id="c", turn=0, **fields)


def test_the_tools_of_this_release_are_there() -> None:
    assert {
        "recommend",
        "search_catalog",
        "forecast_interests",
        "explain",
        "item_details",
        "record_preference",
        "show_timeline",
    } <= set(TOOLS)


@pytest.mark.parametrize("name", sorted(TOOLS))
def test_no_tool_takes_a_person_and_each_is_described(name: str) -> None:
    tool = TOOLS[name]
    schema = str(tool.args.model_json_schema())
    assert "user" not in schema
    assert tool.name == name
    assert len(tool.description) > 20
    with pytest.raises(ToolRetry, match="Use"):
        parse_args(tool.args, {"user_id": "405"})


class EchoArgs(ToolArgs):
    """Arguments of a tool for these tests."""

    k: int = Field(ge=1, le=20)


def echo(_deps: Deps, asked: ToolContext, args: EchoArgs) -> ToolResult:
    if args.k == 13:
        raise ToolRetry("13 brings bad luck.", "Use another.")
    if args.k == 20:
        raise ToolStop("Enough.")
    return ToolResult(f"{asked.user_id} {args.k}")


ECHO = Tool("echo", "Says what it was given.", EchoArgs, echo)


def test_a_call_gives_the_text_and_the_evidence() -> None:
    assert ECHO.call(deps(), context(), {"k": 3}).text == "me 3"


@pytest.mark.parametrize(("k", "reason"), [(13, "13 brings bad luck. Use another."), (99, "20"), ("x", "integer")])
def test_a_bad_call_says_why_so_that_the_model_can_repair_it(k: object, reason: str) -> None:
    with pytest.raises(ToolRetry, match=reason):
        ECHO.call(deps(), context(), {"k": k})


def test_a_stop_ends_the_turn() -> None:
    with pytest.raises(ToolStop):
        ECHO.call(deps(), context(), {"k": 20})


numbers = st.integers(-5, 5).map(float)
ranges = st.builds(Range, low=st.none() | numbers, high=st.none() | numbers).filter(
    lambda limit: limit.low is None or limit.high is None or limit.low <= limit.high
)
values = st.lists(st.sampled_from(["A", "B", "C"]), min_size=1, max_size=3, unique=True).map(tuple)
constraints = st.builds(
    Constraints,
    require=st.dictionaries(st.just("genre"), values),
    exclude=st.dictionaries(st.just("genre"), values),
    ranges=st.dictionaries(st.just("year"), ranges),
    exclude_items=st.frozensets(st.sampled_from(["1", "2"])),
)
items = st.builds(
    Item,
    id=st.sampled_from(["1", "2", "3"]),
    title=st.just("T"),
    facets=st.fixed_dictionaries({"genre": values}),
    numbers=st.fixed_dictionaries({"year": numbers}),
)


@given(constraints, constraints, items)
def test_merged_limits_are_never_looser_than_stated(stated: Constraints, proposed: Constraints, item: Item) -> None:
    if merge_constraints(stated, proposed).allow(item):
        assert stated.allow(item)


@given(constraints)
def test_limits_survive_the_form_that_a_model_writes(stated: Constraints) -> None:
    back = Limits.of(stated).constraints()
    assert dict(back.require) == dict(stated.require)
    assert dict(back.exclude) == dict(stated.exclude)
    bounded = {name: limit for name, limit in stated.ranges.items() if (limit.low, limit.high) != (None, None)}
    assert dict(back.ranges) == bounded


def test_items_are_found_by_id_card_and_title() -> None:
    assert find_item(deps(), context(), "a") == ALIEN
    assert find_item(deps(), context(), "Fargo") == FARGO
    card = Recommendation(id="f", title="Crash", score=1.0)
    assert find_item(deps(), context(slate=(card,)), "crash") == FARGO
    with pytest.raises(ToolRetry, match=r"Crash \(1996\); Crash \(2004\)"):
        find_item(deps(), context(), "Crash")
    with pytest.raises(ToolRetry, match=r"Milk \(1\); Milk \(2\)\. Name one with its year, or by its id"):
        find_item(deps(), context(), "Milk")
    with pytest.raises(ToolRetry, match="Nothing in the catalogue is called 'Allien'"):
        find_item(deps(), context(), "Allien")


def test_preferences_become_events_with_the_quote() -> None:
    at_hand = deps()
    said = context(text="I loved Alien, mail me at [email]")
    args = TOOLS["record_preference"].args.model_validate(
        {"preferences": [{"kind": "like", "item": "Alien", "value": 1.0, "quote": "loved Alien"}]}
    )
    result = record_preference(at_hand, said, cast(Any, args))
    (event,) = result.evidence.events
    assert (event.user_id, event.kind, event.item_id, event.text) == ("me", EventKind.LIKE, "a", "loved Alien")
    assert (event.source, event.conversation_id, event.turn) == ("dialogue", "c", 0)
    again = record_preference(at_hand, said, cast(Any, args)).evidence.events[0]
    assert (again.id, again.key) == (event.id, event.key)
    assert again.replaces is None


def test_an_empty_name_is_about_nothing() -> None:
    at_hand = deps()
    kept = [Event(user_id="me", at=NOW, kind=EventKind.LIKE, item_id=item) for item in ("a", "f")]
    at_hand.events.append(kept)
    for nothing in ({"topics": [""]}, {"items": [" "]}, {}):
        with pytest.raises(ToolRetry, match="Nothing to take back is named"):
            TOOLS["edit_timeline"].call(at_hand, context(), nothing)
    unsaid = {"kind": "like", "item": "", "topic": "", "quote": "loved"}
    with pytest.raises(ToolRetry, match="needs an item or a topic"):
        TOOLS["record_preference"].call(at_hand, context(text="I loved it"), {"preferences": [unsaid]})
    wish = {"preferences": [unsaid | {"item": "Alien"}]}
    (event,) = TOOLS["record_preference"].call(at_hand, context(text="I loved it"), wish).evidence.events
    assert (event.item_id, event.topic) == ("a", None)


def test_a_quote_that_was_not_said_is_refused() -> None:
    invented = Preference(kind="like", item="Alien", value=1.0, quote="I adore Alien")
    with pytest.raises(ToolRetry, match="not in the message"):
        preference_events(deps(), context(text="I saw Alien"), [invented])


def test_evidence_adds_up() -> None:
    both = Evidence(items=(ALIEN,), notes=("one",)) + Evidence(items=(ALIEN, FARGO), notes=("two",))
    assert both.items == (ALIEN, FARGO)
    assert both.notes == ("one", "two")
