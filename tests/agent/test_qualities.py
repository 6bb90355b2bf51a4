"""Questions about what an item on screen is like: answered with what is known of it, and never with another list."""

from __future__ import annotations

import pytest

from agent import writing
from agent.intents import Intent
from agent.service import Service
from agent.understanding import ConversationContext, Understanding, understand
from agent.understanding.meaning import Quality
from agent.understanding.proposals import Proposal
from core.types import Item
from tests.agent.films import FakeRetriever, columns, films
from tests.agent.test_understanding import FOUR

FILMS = films()
RETRIEVER = FakeRetriever(FILMS)
COLUMNS = columns(FILMS)


def read(text: str, *focus: str) -> Understanding:
    context = ConversationContext(shown=FOUR, focus=focus)
    # Whoever else reads hears a request in it.
    return understand(text, RETRIEVER, COLUMNS, context, lambda *_: [Proposal("recommend")])


@pytest.mark.parametrize(
    ("text", "place", "asked"),
    [
        ("is it sad?", 0, ("sad",)),
        ("is it any good for kids?", 0, ("for kids",)),
        ("is the second one scary?", 1, ("scary",)),
        ("how scary is the third one?", 2, ("scary",)),
        ("so is it funny or sad?", 0, ("funny", "sad")),
        ("is this one too violent for my kids?", 0, ("violent", "for my kids")),
        ("would it make me cry?", 0, ("make me cry",)),
        ("was it a sad film?", 0, ("sad",)),
        ("is it okay for a 10 year old?", 0, ()),
        ("is it suitable for my niece?", 0, ()),
        ("is it any good?", 0, ()),
    ],
)
def test_what_an_item_on_screen_is_like_is_a_question_about_it(text: str, place: int, asked: tuple[str, ...]) -> None:
    meaning = read(text)
    assert meaning.intents == (Intent.DETAILS,)
    assert meaning.subjects == (FOUR[place].id,)
    assert tuple(quality.quote for quality in meaning.qualities) == asked
    assert not meaning.wishes
    assert not meaning.constraints.parts()
    assert not meaning.events()


def test_it_is_what_was_spoken_of_last() -> None:
    assert read("is it sad?", FOUR[2].id).subjects == (FOUR[2].id,)
    assert read("is Alien scary?", FOUR[2].id).subjects == (RETRIEVER.resolve_title("Alien").matches[0].item_id,)


def test_genres_and_countries_are_asked_for_too() -> None:
    assert read("is it a comedy?").people == ("genre:Comedy",)
    assert read("is the first one French?").people == ("country:France",)


@pytest.mark.parametrize(
    "text",
    [
        "is there something sad?",
        "is it possible to get something funny?",
        "is it too late for something scary?",
        "is it scary? something funnier please",
        "something sad",
    ],
)
def test_what_asks_for_more_stays_a_request(text: str) -> None:
    assert Intent.RECOMMEND in read(text).intents


def test_what_the_catalogue_does_not_tell_is_said() -> None:
    alien = Item(
        id="a", title="Alien", text="Slow dread.", facets={"genre": ("Horror", "Sci-Fi"), "certificate": ("R",)}
    )
    scary, sad = Quality(quote="scary", genres=("Horror",)), Quality(quote="sad")
    kids = Quality(quote="for kids", genres=("Family",), hard=True)
    assert [told.text for told in writing.likeness(alien, [scary])] == [
        "Alien is listed under horror, so “scary” may well fit.",
        "Slow dread.",
    ]
    assert [told.text for told in writing.likeness(alien, [sad, kids])] == [
        "The catalogue does not tell whether “sad” fits Alien.",
        "Alien is listed under horror and Sci-Fi.",
        "Alien is rated R.",
        "Slow dread.",
    ]
    bare = alien.model_copy(update={"facets": {}, "text": ""})
    assert [told.text for told in writing.likeness(bare, [sad, kids])] == [
        "The catalogue does not tell whether “sad” fits Alien.",
        "The catalogue has no certificate for Alien.",
    ]


def test_the_answer_is_about_the_card_and_brings_no_others(service: Service, person: str) -> None:
    shown = service.chat(person, "a drama, please")
    for text, card in (
        ("is it sad?", shown.items[0]),
        ("is it any good for kids?", shown.items[0]),
        ("is the second one scary?", shown.items[1]),
    ):
        turn = service.chat(person, text, shown.conversation_id)
        assert [call.tool for call in turn.calls] == ["item_details"]
        assert not turn.items
        assert not turn.events
        assert card.title in turn.reply
        assert turn.checks.supported == turn.checks.claims
