from __future__ import annotations

from datetime import UTC, datetime

import pytest

from agent.intents import Intent
from agent.memory import Memory
from agent.policy import context_of, reference_plan
from agent.service import Service
from agent.understanding import Understanding
from agent.understanding.acts.adventure import read_adventure


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("surprise me", 0.8),
        ("i want something different tonight", 0.8),
        ("something outside my usual, please", 0.8),
        ("show me something completely different", 1.0),
        ("take me way out of my comfort zone", 1.0),
        ("more of the same please", 0.0),
        ("let's play it safe", 0.0),
        ("stick to what i like", 0.0),
        ("nothing too weird", 0.25),
        ("don't surprise me", 0.25),
        ("a comedy for tonight", None),
        ("something different from ¤¤¤¤", None),
        ("it was safe to say that i loved ¤¤¤¤", None),
        ("i am surprised that you know ¤¤¤¤", None),
    ],
)
def test_wording_turns_the_dial(said: str, place: float | None) -> None:
    found, rest = read_adventure(said)
    assert found == place
    assert len(rest) == len(said)
    assert (rest == said) is (place is None)


def meaning(text: str = "surprise me", **given: object) -> Understanding:
    return Understanding(text=text, intents=(Intent.RECOMMEND,), **given)  # type: ignore[arg-type]


def test_the_plan_carries_the_dial_until_another_wish() -> None:
    first = Memory().heard(meaning(adventure=0.8))
    (call,) = reference_plan(meaning(adventure=0.8), first)
    assert call.args["adventure"] == 0.8
    narrowed = first.heard(meaning("under 100 minutes"))
    assert narrowed.adventure == 0.8
    renewed = meaning("like Alien", similar=({"kind": "like", "item_id": "a", "value": 0.5, "quote": "like Alien"},))
    assert narrowed.heard(renewed).adventure is None
    (plain,) = reference_plan(meaning("a film"), Memory())
    assert "adventure" not in plain.args


def test_the_dial_of_the_page_is_known_to_the_tools() -> None:
    at = datetime(2024, 6, 1, tzinfo=UTC)
    assert context_of(meaning(), Memory(), "ann", "c", at, True, 0.3).adventure == 0.3


@pytest.mark.parametrize(
    ("said", "dial", "place"),
    [
        ("surprise me", None, 0.8),
        ("something completely different please", None, 1.0),
        ("play it safe", None, 0.0),
        ("more of the same", 1.0, 0.0),
        ("take me out of my comfort zone", None, 0.8),
        ("a comedy, nothing too weird", None, 0.25),
        ("a comedy for tonight", 1.0, 1.0),
        ("a comedy for tonight", None, None),
    ],
)
def test_a_turn_asks_at_its_place_of_the_dial(
    service: Service, said: str, dial: float | None, place: float | None
) -> None:
    turn = service.chat("dial", said, adventure=dial)
    assert turn.slate is not None
    assert turn.slate.adventure == place
    assert turn.slate.query == ""
    assert turn.items
