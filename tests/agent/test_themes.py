"""Themes in messages: wishes and tastes, never limits; and the words of a wish, which search by meaning is given."""

from __future__ import annotations

import pytest

from agent.understanding import ConversationContext, Understanding, understand
from core.types import EventKind, Item
from tests.agent.films import FakeRetriever, columns, films

THEMES = ("revenge", "small town", "time loop", "war", "western", "vampires", "coming of age", "politics", "new york")
FILMS = [
    item.model_copy(update={"facets": {**item.facets, "theme": THEMES}}) if number < 3 else item
    for number, item in enumerate(films())
]
COLUMNS = columns(FILMS)
RETRIEVER = FakeRetriever(FILMS)


def read(text: str, items: list[Item] | None = None) -> Understanding:
    known = COLUMNS if items is None else columns(items)
    return understand(text, RETRIEVER, known, ConversationContext())


def themes(meaning: Understanding) -> dict[str, float]:
    return {wish.topic: wish.value for wish in meaning.wishes if wish.topic and wish.topic.startswith("theme:")}


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("something about politics", "politics"),
        ("a movie set in New York", "new york"),
        ("a coming-of-age story please", "coming of age"),
        ("I want a time loop film", "time loop"),
        ("films about small towns", "small town"),
    ],
)
def test_a_theme_asked_for_is_a_wish(text: str, theme: str) -> None:
    meaning = read(text)
    assert themes(meaning) == {f"theme:{theme}": 0.6}
    assert meaning.topics == (f"theme:{theme}",)


@pytest.mark.parametrize(
    "verb", ["something about", "nothing about", "only films about", "must be about", "search for"]
)
@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_is_never_a_limit(verb: str, theme: str) -> None:
    for text in (f"{verb} {theme}", f"{verb} {theme} movies", f"which films are about {theme}?", f"no {theme} films"):
        limits = read(text).constraints
        assert "theme" not in {*limits.require, *limits.exclude}, text
        assert not any(topic.startswith("theme:") for topic in read(text).people), text


@pytest.mark.parametrize(("text", "genre"), [("films about war", "War"), ("a western", "Western")])
def test_a_word_that_is_a_genre_keeps_meaning_the_genre(text: str, genre: str) -> None:
    meaning = read(text)
    assert meaning.constraints.require == {"genre": (genre,)}
    assert not themes(meaning)


def test_a_theme_not_wanted_counts_against() -> None:
    assert themes(read("nothing about politics please")) == {"theme:politics": -0.5}


def test_a_taste_for_a_theme_is_recorded() -> None:
    (liked,) = read("I love films about small towns").likes
    assert (liked.kind, liked.topic) == (EventKind.LIKE, "theme:small town")
    assert liked.value > 0.5


@pytest.mark.parametrize("text", ["I live in a small town", "my revenge will come", "we talked politics all day"])
def test_words_of_ordinary_talk_are_no_themes(text: str) -> None:
    meaning = read(text)
    assert not themes(meaning)
    assert not meaning.likes


def test_a_catalogue_without_themes_reads_none() -> None:
    assert not themes(read("something about politics", films()))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a quiet film about getting old", {"quiet", "old"}),
        ("something for tonight with small kids", {"small", "kids"}),
        ("recommend a movie where the killer is a child", {"killer", "child"}),
        ("children outsmart the adults", {"children", "outsmart", "adults"}),
        ("i want a film about a bank robbery gone wrong", {"bank", "robbery", "gone", "wrong"}),
        ("my wife hates horror, something we can both watch about cooking", {"cooking"}),
    ],
)
def test_the_words_of_a_wish_are_searched_for(text: str, words: set[str]) -> None:
    assert set(read(text).query.casefold().split()) == words


@pytest.mark.parametrize(
    "text",
    [
        "what should I watch tonight?",
        "show me something new please",
        "surprise me",
        "a comedy after 1990 under 100 minutes",
        "something else, but no more sharks",
    ],
)
def test_chatter_limits_and_what_is_ruled_out_are_not_searched_for(text: str) -> None:
    assert read(text).query == ""


@pytest.mark.parametrize("text", ["nice weather today", "blah blah blah", "the sky is blue", "tell me a joke"])
def test_talk_is_no_description(text: str) -> None:
    assert "recommend" not in {str(intent) for intent in read(text).intents}
