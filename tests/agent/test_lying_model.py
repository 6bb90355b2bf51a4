"""A model that lies in every second sentence, through the whole service: none of it is shown, and truths are."""

from __future__ import annotations

import random

from agent.build import Workspace, service_of
from agent.llm.scripted import ScriptedClient
from agent.state import Person
from evals.lies import Told, Truth, lie_of_item, lie_of_list, true_of_item
from evals.lying import leaks, lie
from evals.sample_films import films

TURNS = 60


def test_no_lie_of_many_kinds_is_shown_and_truths_are(small: Workspace) -> None:
    row = lie(small, turns=TURNS, seed=3)
    print(f"true sentences shown: {row.share:.0%} of {row.truths}")
    assert row.turns == TURNS
    assert row.lies >= TURNS
    assert len(row.kinds) >= 12
    assert row.leaked == ()
    assert row.share >= 0.3


def test_the_liar_leaves_nobody_behind(small: Workspace) -> None:
    before = {person.user_id for person in _people(small)}
    lie(small, turns=2, seed=4)
    assert {person.user_id for person in _people(small)} == before


def _people(workspace: Workspace) -> list[Person]:
    return service_of(workspace, ScriptedClient()).people(1000)


def test_lies_are_lies_and_truths_are_true() -> None:
    items = films()
    truth = Truth(cards=items[:5], liked=("Fargo",), disliked=("Grease",), others=items[10:])
    rng = random.Random(5)
    for _ in range(200):
        item = rng.choice(items[:5])
        false, true = lie_of_item(rng, truth, item), true_of_item(rng, truth, item)
        assert (false.truth, true.truth) == (False, True)
        assert false.part.casefold() in false.text.casefold()
        if false.kind == "year":
            assert str(item.year) not in false.text.removeprefix(item.title)
        if true.kind == "director":
            assert any(name in true.text for name in item.facets["director"])
        if false.kind == "director":
            assert not any(name in false.text for name in item.facets["director"])
        assert not lie_of_list(rng, truth).truth


def test_a_leak_is_found_in_the_words_that_make_it_one() -> None:
    told = Told("Alien is from 1986.", False, "year", "Alien", "from 1986")
    assert leaks("Hello. Alien, by Ridley Scott, is from 1986!", [told]) == [told]
    assert leaks("Alien is from 1979. Aliens is from 1986, too.", [told]) != []
    assert leaks("Alien is from 1979. Top Gun is from 1986.", [told]) == []
