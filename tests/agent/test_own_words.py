"""What the catalogue says of an item in its own words: said in details, quoted of that item and of no other."""

from __future__ import annotations

import pytest

from agent.grounding import Evidence, check
from agent.writing import details
from core.types import Item

ALIEN = Item(
    id="a",
    title="Alien",
    text="Seven tired workers on a freighter pick up a stowaway; claustrophobic, patient, terrifying.",
    facets={"genre": ("Horror",), "theme": ("survival", "haunted house")},
    numbers={"year": 1979.0},
)
HEAT = Item(
    id="h",
    title="Heat",
    text="A weary detective and a careful thief circle each other. The city glitters coldly.",
    facets={"genre": ("Crime",), "theme": ("heist",)},
    numbers={"year": 1995.0},
)
BOTH = Evidence(items=(ALIEN, HEAT))


def test_details_say_the_text_and_the_check_supports_it() -> None:
    sentences = details(HEAT)
    assert HEAT.text in sentences
    about: tuple[str, ...] = ()
    for sentence in sentences:
        verdict = check(sentence, BOTH, about)
        assert verdict.sentence_ok, verdict.unsupported
        about = verdict.about


def test_a_long_text_is_not_said() -> None:
    long = HEAT.model_copy(update={"text": "Very long. " * 60})
    assert not any("Very long" in sentence for sentence in details(long))


@pytest.mark.parametrize("sentence", [HEAT.text, "The city glitters coldly."])
def test_a_sentence_of_the_text_may_be_quoted_of_its_item_only(sentence: str) -> None:
    assert check(sentence, BOTH, ("h",)).sentence_ok
    assert not check(sentence, BOTH, ("a",)).sentence_ok


def test_words_and_themes_of_an_item_may_be_used_of_it() -> None:
    assert check("Heat has a careful thief and a heist.", BOTH).sentence_ok
    assert check("Alien is claustrophobic and patient.", BOTH).sentence_ok


def test_words_of_one_item_say_nothing_of_another() -> None:
    assert not check("Alien has a careful thief and a heist.", BOTH).sentence_ok
    assert not check("Heat is claustrophobic and patient.", BOTH).sentence_ok
    assert not check("Alien and Heat have a careful thief.", BOTH).sentence_ok
