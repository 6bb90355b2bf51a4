"""Words like "Korean": where a film was made, or what is spoken in it."""

from __future__ import annotations

import pytest

from agent.understanding import understand
from agent.wording import limits, name_limit
from core.types import Constraints, Item
from tests.agent.films import FakeRetriever, columns, films

MORE = [
    Item(id="host", title="The Host", facets={"country": ("South Korea",), "language": ("Korean",)}),
    Item(id="lucy", title="Lucy", facets={"country": ("France",), "language": ("English", "French", "Korean")}),
    Item(id="hero", title="Hero", facets={"country": ("China",), "language": ("Mandarin",)}),
]
FILMS = [*films(), *MORE]
RETRIEVER = FakeRetriever(FILMS)
COLUMNS = columns(FILMS)


@pytest.mark.parametrize(
    ("text", "facet", "values"),
    [
        ("Korean films", "country", ("South Korea",)),
        ("south korean films", "country", ("South Korea",)),
        ("something from Korea", "country", ("South Korea",)),
        ("French cinema", "country", ("France",)),
        ("an Italian film", "country", ("Italy",)),
        ("in the mood for something french", "country", ("France",)),
        ("the best in french cinema please", "country", ("France",)),
        ("Chinese movies", "country", ("China", "Hong Kong")),
        ("a film in Korean", "language", ("Korean",)),
        ("Korean-language films", "language", ("Korean",)),
        ("a french speaking film", "language", ("French",)),
        ("films in French or Italian", "language", ("French", "Italian")),
        ("french- or italian-language films", "language", ("French", "Italian")),
        ("something in Mandarin", "language", ("Mandarin",)),
        ("I am learning Italian, what should I watch?", "language", ("Italian",)),
        ("english films", "language", ("English",)),
    ],
)
def test_an_adjective_is_where_it_was_made_and_in_and_language_what_is_spoken(
    text: str, facet: str, values: tuple[str, ...]
) -> None:
    assert understand(text, RETRIEVER, COLUMNS).constraints.require == {facet: values}


def test_what_is_not_wanted_is_read_the_same_way() -> None:
    assert understand("something, but no french films", RETRIEVER, COLUMNS).constraints.exclude == {
        "country": ("France",)
    }
    assert understand("something, but not in French", RETRIEVER, COLUMNS).constraints.exclude == {
        "language": ("French",)
    }


def test_a_taste_for_a_nation_is_one_for_its_films() -> None:
    (heard,) = understand("I love Korean movies", RETRIEVER, COLUMNS).likes
    assert heard.topic == "country:South Korea"


def test_a_catalogue_without_countries_answers_by_the_language() -> None:
    spoken = columns([item.model_copy(update={"facets": {"language": item.facets["language"]}}) for item in MORE])
    assert understand("Korean films", FakeRetriever(MORE), spoken).constraints.require == {"language": ("Korean",)}


def test_the_reply_says_which_of_the_two_was_applied() -> None:
    assert limits(Constraints(require={"country": ("South Korea",)})) == "from South Korea"
    assert limits(Constraints(require={"language": ("Korean",)})) == "in Korean"
    without = Constraints(exclude={"country": ("France", "United States"), "language": ("French",)})
    assert limits(without) == "not from France or the United States, not in French"
    assert [name_limit(name) for name, _ in without.parts()] == [
        "not from France or the United States",
        "not in French",
    ]
