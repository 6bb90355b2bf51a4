"""Talk around the matter: settling on an item, feelings, jokes, a yes to what was offered, words that mean nothing."""

from __future__ import annotations

import pytest

from agent import writing
from agent.build import Workspace, service_of
from agent.intents import Intent
from agent.llm.scripted import ScriptedClient
from agent.understanding import ConversationContext, Understanding, understand
from agent.understanding.acts import agrees, chooses
from agent.understanding.proposals import Proposal
from agent.wording import Voice
from core.types import Constraints, EventKind
from tests.agent.films import FakeRetriever, columns, films
from tests.agent.test_understanding import FOUR

FILMS = films()
RETRIEVER = FakeRetriever(FILMS)
COLUMNS = columns(FILMS)


def read(text: str, context: ConversationContext | None = None) -> Understanding:
    return understand(text, RETRIEVER, COLUMNS, context or ConversationContext())


@pytest.mark.parametrize(
    "text",
    [
        "I'll take the second one",
        "ok let's watch the second one tonight",
        "the second one sounds good",
        "Perfect, the second one",
        "going with the second",
        "the second one then, thanks",
    ],
)
def test_settling_on_a_card_is_no_request_and_no_verdict(text: str) -> None:
    meaning = read(text, ConversationContext(shown=FOUR))
    assert meaning.intents == (Intent.CHOOSE,)
    assert [(event.kind, event.title) for event in meaning.chosen] == [(EventKind.REQUEST, FOUR[1].title)]
    assert meaning.events() == list(meaning.chosen)
    assert not (meaning.likes)
    assert not (meaning.dislikes)
    assert not (meaning.subjects)


@pytest.mark.parametrize("text", ["Zodiac it is", "let's go with Zodiac", "great, Zodiac tonight"])
def test_settling_on_a_title(text: str) -> None:
    assert [event.title for event in read(text).chosen] == ["Zodiac"]


@pytest.mark.parametrize(
    "text",
    ["the second one", "more like the second one", "not the second one", "I watch Zodiac", "Zodiac?", "I loved Zodiac"],
)
def test_other_words_about_a_card_settle_nothing(text: str) -> None:
    assert not read(text, ConversationContext(shown=FOUR)).chosen


def test_what_was_settled_on_is_what_it_means_next(small: Workspace) -> None:
    agent = service_of(small, ScriptedClient())
    first = agent.chat("chooser", "something tense")
    chosen = agent.chat("chooser", "I'll take the first one", first.conversation_id)
    assert first.items[0].title in chosen.reply
    assert not chosen.items
    verdict = agent.chat("chooser", "it was boring", first.conversation_id)
    assert [(event.kind, event.item_id) for event in verdict.events] == [(EventKind.DISLIKE, first.items[0].id)]


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("my dog died", "sorrow"),
        ("I feel sad today", "sorrow"),
        ("I got promoted!", "joy"),
        ("tell me a joke", "joke"),
        ("how are you?", "wellbeing"),
        ("you're useless", "blame"),
        ("good night", "farewell"),
        ("no", "no"),
    ],
)
def test_small_talk_is_answered_for_what_it_is(text: str, aspect: str) -> None:
    meaning = read(text)
    assert meaning.aspects[0] == aspect
    assert not meaning.events()
    usual = writing.small_talk(Voice("c", 1))
    assert writing.small_talk(Voice("c", 1), meaning.aspects, text) != usual


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("that's sick!", "sorrow"),
        ("ill be back", "sorrow"),
        ("leave me alone", "sorrow"),
        ("I died laughing", "sorrow"),
        ("who died in 1977?", "sorrow"),
        ("that's so great", "joy"),
        ("I don't like you", "praise"),
    ],
)
def test_words_that_only_sound_so_are_not_taken_for_it(text: str, aspect: str) -> None:
    assert aspect not in read(text).aspects


def test_a_feeling_beside_a_wish_is_no_wish() -> None:
    meaning = read("something funny, I feel down")
    assert meaning.topics == ("genre:Comedy",)


def test_words_that_mean_nothing_are_said_to(small: Workspace) -> None:
    agent = service_of(small, ScriptedClient())
    turn = agent.chat("typist", "asdf qwer zxcv")
    assert "asdf qwer zxcv" in turn.reply
    assert not turn.items
    assert turn.unsure
    assert not agent.chat("typist", "lol", turn.conversation_id).unsure


def test_a_yes_takes_up_what_was_offered(small: Workspace) -> None:
    agent = service_of(small, ScriptedClient())
    sad = agent.chat("agreer", "my dog died")
    assert not sad.items
    assert not sad.unsure
    taken = agent.chat("agreer", "yes please", sad.conversation_id)
    assert taken.items
    assert all(call.ok for call in taken.calls)
    assert {event.quote for event in taken.events} == {"yes please"}
    assert not agent.chat("agreer", "how are you?", sad.conversation_id).items
    assert not agent.chat("agreer", "yes", sad.conversation_id).items, "nothing was offered"


def test_a_yes_lifts_the_limit_that_emptied_the_list(small: Workspace) -> None:
    agent = service_of(small, ScriptedClient())
    nothing = agent.chat("lifter", "a western with Sigourney Weaver")
    assert not nothing.items
    assert nothing.slate is not None
    lifted = writing.lifted(nothing.slate.relaxations[0].constraint)
    turn = agent.chat("lifter", "yes", nothing.conversation_id)
    assert turn.items
    assert turn.slate is not None
    names = [writing.lifted(name) for name, _ in turn.slate.constraints.parts()]
    assert lifted not in names


def test_agreement_and_choice_are_whole_messages() -> None:
    assert agrees("yes, please!")
    assert not agrees("yes, but no horror")
    assert agrees("ok")
    assert not agrees("ok", surely=True), "a limit is not lifted for an ok"
    assert chooses("ok, ¤¤¤¤")
    assert not chooses("ok, who is in ¤¤¤¤")


def test_what_something_costs_is_looked_up() -> None:
    assert read("how much is the white milk?").intents == (Intent.SEARCH,)
    assert read("how much is Zodiac?").intents == (Intent.DETAILS,)
    assert Intent.SEARCH not in read("how much would I like Zodiac?").intents


def test_things_of_one_name_are_told_once_with_their_price() -> None:
    milk = FILMS[0].model_copy(update={"title": "Milk, 1 gal", "numbers": {"price": 2.62}})
    told = writing.found([milk, milk.model_copy(update={"id": "other"})], Constraints(), "product")
    assert told == ["I found Milk, 1 gal at 2.62."]


def test_in_a_shop_what_is_named_is_meant_whatever_a_reader_makes_of_it() -> None:
    priced = columns([film.model_copy(update={"numbers": {**film.numbers, "price": 2.0}}) for film in FILMS])
    for proposals in ([], [Proposal("recommend")]):
        meaning = understand("a comedy for a party", RETRIEVER, priced, reader=lambda *_, told=proposals: told)
        assert meaning.intents == (Intent.RECOMMEND,)
        assert meaning.topics == ("genre:Comedy",)
    assert not understand("a comedy for a party", RETRIEVER, COLUMNS, reader=lambda *_: [Proposal("recommend")]).topics
