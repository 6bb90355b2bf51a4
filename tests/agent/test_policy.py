"""Plans: every act answered, and bounded."""

from __future__ import annotations

import pytest

from agent.build import Workspace
from agent.intents import Intent
from agent.memory import Memory
from agent.policy import MAX_CALLS, WRITES, PlannedCall, bounded, context_of, reference_plan
from agent.understanding import Understanding, understand
from agent.understanding.proposals import Proposal
from tests.agent.workspace import NOW
from tools.registry import TOOLS


def plan_of(small: Workspace, text: str, memory: Memory | None = None) -> list[PlannedCall]:
    before = memory or Memory()
    meaning = understand(text, small.retriever, small.deps.catalog.columns(), before.context())
    return reference_plan(meaning, before.heard(meaning))


@pytest.mark.parametrize(
    ("text", "tools"),
    [
        ("recommend a comedy", ["record_preference", "recommend"]),
        ("who directed Fargo?", ["item_details"]),
        ("show me my timeline", ["show_timeline"]),
        ("where is my taste heading?", ["forecast_interests"]),
        ("what is popular right now?", ["trending"]),
        ("I loved Alien", ["record_preference", "recommend"]),
        ("I hated Jaws", ["record_preference"]),
        ("hello", []),
        ("I liked Crash", []),
        ("forget that I like Alien", ["edit_timeline"]),
    ],
)
def test_each_act_has_its_call(small: Workspace, text: str, tools: list[str]) -> None:
    assert [call.tool for call in plan_of(small, text)] == tools


def test_what_is_searched_for_and_wanted_at_once_is_one_list(small: Workspace) -> None:
    columns = small.deps.catalog.columns()
    text = "which films are by Ridley Scott that are not sci-fi?"

    def plan(*proposals: Proposal) -> list[str]:
        meaning = understand(text, small.retriever, columns, reader=lambda *_: proposals)
        calls = reference_plan(meaning, Memory().heard(meaning))
        return [call.tool for call in calls if call.tool not in WRITES]

    search = Proposal("search_catalog", {"names": ("Ridley Scott",)})
    assert plan(search) == ["search_catalog"]
    assert plan(search, Proposal("recommend", {"without": ("sci-fi",)})) == ["recommend"]


def test_a_search_for_something_else_than_what_is_wanted_is_a_list_of_its_own() -> None:
    meaning = Understanding(text="", intents=(Intent.SEARCH, Intent.RECOMMEND), people=("director:Ridley Scott",))
    assert [call.tool for call in reference_plan(meaning, Memory())] == ["search_catalog", "recommend"]


def test_stated_limits_are_in_the_arguments(small: Workspace) -> None:
    (call,) = [call for call in plan_of(small, "a thriller after 1990, not horror") if call.tool == "recommend"]
    assert call.args["limits"]["at_least"] == {"year": 1991.0}
    assert call.args["limits"]["require"] == {"genre": ["Thriller"]}
    assert call.args["limits"]["exclude"] == {"genre": ["Horror"]}


def test_what_is_loved_now_is_wished_for_before_what_was_asked_earlier(small: Workspace) -> None:
    before = Memory(topics=("genre:Thriller",), query="tense")
    (call,) = [call for call in plan_of(small, "I love Ridley Scott films", before) if call.tool == "recommend"]
    assert call.args["topics"] == ["director:Ridley Scott"]
    (call,) = [call for call in plan_of(small, "something after 2000", before) if call.tool == "recommend"]
    assert call.args["topics"] == ["genre:Thriller"]


def test_every_planned_call_validates(small: Workspace) -> None:
    texts = [
        "I loved Alien and Fargo, something tense but not gory, after 1990",
        "films by Ridley Scott",
        "compare Alien and Jaws",
    ]
    for text in texts:
        for call in plan_of(small, text):
            TOOLS[call.tool].args.model_validate(dict(call.args))


def test_calls_are_bounded_but_what_was_said_is_always_recorded() -> None:
    looks = [PlannedCall("item_details", {"item": str(number)}) for number in range(10)]
    record = PlannedCall("record_preference", {"preferences": []})
    kept = bounded([*looks, record, record])
    assert len(kept) == MAX_CALLS + 1
    assert kept[-1] == record


def test_the_context_comes_from_the_engine(small: Workspace) -> None:
    before = Memory()
    meaning = understand("I loved Alien, a thriller after 1990", small.retriever, small.deps.catalog.columns())
    context = context_of(meaning, before.heard(meaning), "me", "c", NOW, remember=False)
    assert (context.user_id, context.conversation_id, context.at, context.remember) == ("me", "c", NOW, False)
    assert context.constraints.ranges["year"].low == 1991
    assert [small.deps.catalog.get(item).title for item in context.liked] == ["Alien"]  # type: ignore[union-attr]
