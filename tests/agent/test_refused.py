"""Refusals in words that no facet knows, and what only sounds like one."""

from __future__ import annotations

import pytest

from agent.understanding import ConversationContext, understand
from agent.understanding.meaning import Understanding
from core.types import Item
from evals.grounding.cases import SLATE
from evals.sample_films import films
from tests.agent.films import FakeRetriever, columns

MORE = [
    Item(id="siege", title="Siege", text="A mayor, two guns and one long night."),
    Item(id="range", title="The Range", text="She sells guns and regrets it."),
    Item(id="ring", title="Sawdust", text="Two clowns fall out over a donkey."),
    Item(id="spy", title="Cold Harbour", text="Worries, ideas and a rush for the train."),
]
FILMS = [*films(), *MORE]
RETRIEVER = FakeRetriever(FILMS)
COLUMNS = columns(FILMS)


def read(text: str, context: ConversationContext | None = None) -> Understanding:
    return understand(text, RETRIEVER, COLUMNS, context or ConversationContext())


@pytest.mark.parametrize(
    ("text", "hidden", "quote"),
    [
        ("a thriller tonight, nothing with guns", {"siege", "range"}, "nothing with guns"),
        ("recommend me a drama without any guns please", {"siege", "range"}, "without any guns"),
        ("suggest a comedy, no clowns please", {"ring"}, "no clowns"),
        ("something funny for tonight, none with a donkey", {"ring"}, "none with a donkey"),
    ],
)
def test_what_descriptions_speak_of_is_left_out_and_told(text: str, hidden: set[str], quote: str) -> None:
    meaning = read(text)
    assert meaning.constraints.exclude_items == hidden
    assert [(reading.quote, "described with" in reading.meaning) for reading in meaning.readings] == [(quote, True)]


@pytest.mark.parametrize(
    "text",
    [
        "a thriller please, no worries about the length",
        "no ideas here, suggest a thriller",
        "recommend something, there's no rush",
        "I have no clowns in my family, suggest a drama",
    ],
)
def test_idioms_and_what_one_has_not_refuse_nothing(text: str) -> None:
    meaning = read(text)
    assert not meaning.constraints.exclude_items
    assert not meaning.readings


def test_what_much_of_the_catalogue_is_described_with_is_no_refusal() -> None:
    films_of_people = [Item(id=f"p{n}", title=f"Portrait {n}", text="People talk.") for n in range(len(FILMS) // 2)]
    everything = [*FILMS, *films_of_people]
    meaning = understand("a drama, nothing with people", FakeRetriever(everything), columns(everything))
    assert not meaning.constraints.exclude_items


def test_only_a_list_leaves_items_out() -> None:
    assert not read("I love Heat without any guns").constraints.exclude_items
    assert not read("hello! nothing with guns here, how are you?").constraints.exclude_items


def test_beside_a_list_a_plain_refusal_asks_for_another() -> None:
    assert SLATE.slate is not None
    meaning = read("nothing with guns please", ConversationContext(shown=SLATE.slate.items))
    assert "recommend" in meaning.intents
    assert meaning.constraints.exclude_items == {"siege", "range"}
