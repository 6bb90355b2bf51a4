"""What a conversation carries from one message to the next."""

from __future__ import annotations

from agent.build import Workspace
from agent.memory import Memory
from agent.understanding import understand
from core.results import Recommendation, Slate
from core.types import Range
from tests.agent.workspace import NOW


def hear(small: Workspace, memory: Memory, text: str) -> Memory:
    return memory.heard(understand(text, small.retriever, small.deps.catalog.columns(), memory.context()))


def slate(*ids: str) -> Slate:
    return Slate(
        id="s", user_id="me", at=NOW, items=tuple(Recommendation(id=item, title=item, score=1.0) for item in ids)
    )


def test_limits_add_up_and_are_replaced_by_name(small: Workspace) -> None:
    memory = hear(small, Memory(), "a thriller after 1990")
    memory = hear(small, memory, "under 120 minutes please")
    assert memory.standing.ranges["year"] == Range(low=1991)
    assert memory.standing.ranges["runtime"].high is not None
    memory = hear(small, memory, "rather before 1980")
    assert memory.standing.ranges["year"] == Range(high=1979)
    assert "Thriller" in memory.standing.require["genre"]


def test_a_new_wish_replaces_the_old_one_and_a_narrower_one_keeps_it(small: Workspace) -> None:
    memory = hear(small, Memory(), "something tense")
    assert "genre:Thriller" in memory.topics
    assert hear(small, memory, "another one").topics == memory.topics
    funny = hear(small, memory, "something funny instead")
    assert "genre:Comedy" in funny.topics
    assert "genre:Thriller" not in funny.topics


def test_a_wish_that_is_ruled_out_later_is_none(small: Workspace) -> None:
    memory = hear(small, Memory(), "show me some horror")
    assert memory.topics == ("genre:Horror",)
    memory = hear(small, memory, "no horror please")
    assert memory.standing.exclude["genre"] == ("Horror",)
    assert memory.topics == ()


def test_starting_over_forgets_the_wish_and_its_limits(small: Workspace) -> None:
    memory = hear(small, Memory(), "something tense after 1990")
    memory = hear(small, memory, "start over")
    assert memory.topics == ()
    assert memory.query == ""
    assert memory.standing.parts() == []


def test_a_verdict_is_changed_by_the_next_one(small: Workspace) -> None:
    memory = hear(small, Memory(), "I loved Alien")
    assert len(memory.liked) == 1
    memory = hear(small, memory, "actually I hate Alien")
    assert memory.liked == ()
    assert len(memory.disliked) == 1


def test_cards_are_remembered_as_shown_and_as_the_last_ones() -> None:
    memory = Memory().answered("a", "b", slate("one", "two"), ())
    memory = memory.answered("c", "d", slate("three"), ())
    assert memory.shown == ("one", "two", "three")
    assert [card.id for card in memory.cards] == ["three"]
    memory = memory.answered("e", "f", slate(), ("one",))
    assert [card.id for card in memory.cards] == ["three"], "an empty list leaves the last cards in place"
    assert memory.focus[-1] == "one"
    assert memory.turns == 3
    assert len(memory.recent) == 3


def test_memory_survives_json() -> None:
    memory = Memory(liked=("a",)).answered("a" * 999, "b", slate("one"), ("one",))
    assert Memory.model_validate_json(memory.model_dump_json(exclude_defaults=True)) == memory
    assert len(memory.recent[0].said) < 300


def test_cards_that_nothing_ranked_are_what_is_meant_until_others_are_shown() -> None:
    searched = slate("four", "five").items
    memory = Memory().answered("a", "b", slate("one", "two"), ()).answered("c", "d", None, (), searched)
    assert [card.id for card in memory.cards] == ["four", "five"]
    assert [card.id for card in memory.ranked] == ["one", "two"]
    assert memory.shown == ("one", "two"), "what was searched for may still be recommended"
    memory = memory.answered("e", "f", None, ("four",))
    assert [card.id for card in memory.cards] == ["four", "five"]
    for shown in (memory.answered("g", "h", slate("six"), (), slate("six").items), memory.ranked_again(slate("six"))):
        assert [card.id for card in shown.cards] == ["six"]
