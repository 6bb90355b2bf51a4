"""Running a plan: what of what was found is shown as cards."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from agent.acting import act
from agent.policy import PlannedCall
from agent.state import Cards, Update
from core.results import Recommendation, Slate
from core.types import Item
from tests.agent.workspace import NOW
from tools.arguments import ToolArgs
from tools.base import Tool, ToolContext, ToolResult
from tools.evidence import Evidence


def finding(name: str, *ids: str) -> Tool:
    """A tool that finds these items: a ranked list, if it is the one that ranks."""
    ranked = tuple(Recommendation(id=item, title=item, score=1.0) for item in ids)
    if name == "recommend":
        found = Evidence(slates=(Slate(id="s", user_id="me", at=NOW, items=ranked),))
    else:
        found = Evidence(items=tuple(Item(id=item, title=item) for item in ids))
    return Tool(name, "", ToolArgs, lambda _deps, _context, _args: ToolResult("", found))


@pytest.mark.parametrize(
    ("tools", "told", "shown"),
    [
        ([finding("trending", "a"), finding("recommend", "b")], [["a"], ["b"]], ["b"]),
        ([finding("recommend", "b"), finding("trending", "a")], [["b"]], ["b"]),
        ([finding("recommend"), finding("search_catalog", "a")], [["a"]], ["a"]),
        ([finding("search_catalog", "a"), finding("trending", "b")], [["a"]], ["a"]),
        ([finding("item_details", "a")], [], []),
        ([finding("recommend")], [], []),
    ],
)
def test_the_cards_told_last_are_those_of_the_turn(tools: list[Tool], told: list[list[str]], shown: list[str]) -> None:
    updates: list[Update] = []
    context = ToolContext(user_id="me", at=NOW, conversation_id="c", turn=0)
    deps = cast(Any, SimpleNamespace())
    plan = [PlannedCall(tool.name, {}) for tool in tools]
    outcome = act(deps, {tool.name: tool for tool in tools}, plan, context, updates.append)
    cards = [[card.id for card in update.items] for update in updates if isinstance(update, Cards)]
    assert cards == told
    assert [card.id for card in outcome.cards] == shown
