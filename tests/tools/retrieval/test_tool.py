"""The agent's tools over the small catalogue."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

import pytest

from core.errors import ToolRetry
from core.types import Constraints, Range
from tests.tools.retrieval.conftest import FILMS
from tools.base import Tool, ToolContext, ToolResult
from tools.deps import Deps
from tools.retrieval.hybrid import HybridRetriever
from tools.retrieval.tool import TOOLS

BY_NAME: dict[str, Tool] = {tool.name: tool for tool in TOOLS}
BY_ID = {item.id: item for item in FILMS}


def context(constraints: Constraints | None = None, query: str = "") -> ToolContext:
    now = datetime(2026, 5, 1, tzinfo=UTC)
    return ToolContext("ann", now, "c1", 1, query=query, constraints=constraints or Constraints())


@pytest.fixture
def deps(retriever: HybridRetriever) -> Deps:
    return cast(Deps, SimpleNamespace(retriever=retriever, catalog=retriever._catalog))


def call(deps: Deps, name: str, turn: ToolContext, **args: object) -> ToolResult:
    return BY_NAME[name].call(deps, turn, args)


def test_search_obeys_what_was_said_and_what_was_asked(deps: Deps) -> None:
    stated = Constraints(ranges={"year": Range(low=1980)})
    limits = {"exclude": {"genre": ["Horror"]}}
    result = call(deps, "search_catalog", context(stated), query="space science fiction", limits=limits, k=3)
    items = result.evidence.items
    assert 0 < len(items) <= 3
    assert all((item.year or 0) >= 1980 and "Horror" not in item.facets["genre"] for item in items)
    assert all(f"{item.title} ({item.year})" in result.text for item in items)


def test_without_a_query_the_words_of_the_message_are_used(deps: Deps) -> None:
    result = call(deps, "search_catalog", context(query="the matrix"), k=1)
    assert [item.title for item in result.evidence.items] == ["The Matrix"]


def test_an_empty_answer_says_what_to_relax(deps: Deps) -> None:
    stated = Constraints(require={"genre": ("Horror",)}, ranges={"year": Range(low=1980, high=1990)})
    result = call(deps, "search_catalog", context(stated), query="scary")
    assert not result.evidence.items
    assert result.evidence.relaxations[0].constraint == "genre: Horror"
    assert "without 'genre: Horror': 3" in result.text


def test_details_tell_everything_about_one_item(deps: Deps) -> None:
    result = call(deps, "item_details", context(), item="alien")
    assert result.evidence.items == (BY_ID["f001"],)
    for piece in ("Alien (1979)", "Ridley Scott", "Sigourney Weaver", "runtime: 81"):
        assert piece in result.text


@pytest.mark.parametrize(("name", "message"), [("King Kong", r"2005.*1976"), ("No Such Film At All", "Nothing")])
def test_an_unsettled_title_goes_back_to_the_model(deps: Deps, name: str, message: str) -> None:
    with pytest.raises(ToolRetry, match=message):
        call(deps, "item_details", context(), item=name)


@pytest.mark.parametrize("args", [{"k": 0}, {"k": 21}, {"user_id": "bob"}, {"query": "x" * 401}])
def test_bad_arguments_go_back_to_the_model(deps: Deps, args: dict[str, object]) -> None:
    with pytest.raises(ToolRetry):
        call(deps, "search_catalog", context(), **args)
