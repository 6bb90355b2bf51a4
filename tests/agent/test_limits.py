"""Limits, counts and comparisons in many wordings, and figures that bound nothing."""

from __future__ import annotations

import pytest

from agent.understanding import ConversationContext, understand
from agent.understanding.limits import count, others, runtimes, years
from core.results import Recommendation
from core.types import Range
from tests.agent.films import FakeRetriever, columns, films

FILMS = films()
RETRIEVER, COLUMNS = FakeRetriever(FILMS), columns(FILMS)
NEWEST = 2020
NUMBERS = ("year", "runtime", "tomatometer", "metascore", "oscars", "oscar_nominations")


def year(text: str) -> Range | None:
    found = years(text.lower(), NEWEST)
    return found[-1].range if found else None


def runtime(text: str) -> Range | None:
    found = runtimes(text.lower())
    return found[-1].range if found else None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("something made this side of 1995", 1995, None),
        ("a drama from the far side of 1970", None, 1969),
        ("anything shot in 1988 or thereafter", 1988, None),
        ("2014 forwards please", 2014, None),
        ("from 2011 to now", 2011, None),
        ("fifties through seventies", 1950, 1979),
        ("last six years only", 2015, None),
        ("1999 and older", None, 1999),
        ("1960 at the latest", None, 1960),
        ("none of these made after 1950", None, 1950),
        ("nothing that was released before 2010", 2010, None),
        ("I refuse to watch anything made before 1980", 1980, None),
        ("a western since the turn of the millennium", 2000, None),
        ("musicals from before the millennium", None, 1999),
        ("1975 or so", 1973, 1977),
        ("the first half of the sixties", 1960, 1964),
        ("from the second half of the 90s", 1995, 1999),
        ("the end of the eighties", 1987, 1989),
        ("from nineteen seventy-six", 1976, 1976),
        ("since two thousand and eight", 2008, None),
        ("the nineteen-fifties", 1950, 1959),
        ("nothing older than five years", 2015, None),
        ("something at least forty years old", None, 1980),
        ("etwas aus den 80ern", 1980, 1989),
        ("un film des années 70", 1970, 1979),
        ("un film degli anni 60", 1960, 1969),
        ("una de los años 90", 1990, 1999),
        ("una posterior a 2005", 2006, None),
        ("que no sea de antes de 1990", 1990, None),
    ],
)
def test_years(text: str, low: float | None, high: float | None) -> None:
    assert year(text) == Range(low=low, high=high)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("I was born in 1975, so it must be older than me", None, 1974),
        ("nothing older than I am, I'm from 1988", 1988, None),
        ("I won't watch things from before I was born (1990)", 1990, None),
        ("only films since I was born (2001)", 2001, None),
        ("younger than me please, born 1969", 1969, None),
    ],
)
def test_years_of_ones_own_age(text: str, low: float | None, high: float | None) -> None:
    assert [limit.range for limit in years(text.lower(), NEWEST)] == [Range(low=low, high=high)]


@pytest.mark.parametrize(
    "text",
    [
        "my son is under ten years old",
        "for a girl who is at least eight years old",
        "a film about the turn of the century",
        "it cost two thousand pounds",
        "older than me, please",
        "twenty people are coming",
        "anni and her friends",
    ],
)
def test_no_years(text: str) -> None:
    assert year(text) is None


def test_a_year_in_words_is_quoted_in_full() -> None:
    text = "made after nineteen eighty-four please"
    (limit,) = years(text, NEWEST)
    assert text[limit.start : limit.end] == "after nineteen eighty-four"
    assert limit.range == Range(low=1985)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("an hour and forty tops", None, 100),
        ("an hour and a quarter at most", None, 75),
        ("I have an hour fifteen.", None, 75),
        ("a sub-90-minute film", None, 89),
        ("just shy of two hours", None, 119),
        ("south of 100 minutes", None, 99),
        ("north of three hours", 181, None),
        ("upwards of two hours", 120, None),
        ("none longer than 95 minutes", None, 95),
        ("nothing exceeding two hours", None, 120),
        ("it mustn't run past 110 minutes", None, 110),
        ("it can't last longer than an hour and a half", None, 90),
        ("our limit is 80 minutes", None, 80),
        ("a limit of 80 minutes", None, 80),
        ("80 minute limit", None, 80),
        ("90 minutes and not a minute more", None, 90),
        ("there are 70 minutes to kill", None, 70),
        ("we've two hours before the kids wake up", None, 120),
        ("100 minutes is the most we can do", None, 100),
        ("until the bus comes, so 85 minutes", None, 85),
        ("the laptop dies after 80 minutes", None, 80),
        ("grandpa nods off after an hour and a half", None, 90),
        ("I have to leave in 100 minutes", None, 100),
        ("not two hours, at most three", None, 180),
        ("höchstens 90 Minuten", None, 90),
        ("moins de deux heures", None, 119),
        ("menos de 100 minutos", None, 99),
        ("al massimo due ore", None, 120),
        ("unter zwei Stunden", None, 119),
        ("no longer than 1:35", None, 95),
        ("seventy-five minutes or less", None, 75),
        ("under a hundred and twenty minutes", None, 119),
        ("90 minutes at the very most", None, 90),
        ("a two hour slot", None, 120),
        ("our flight leaves in 90 minutes", None, 90),
        ("we land in two hours", None, 120),
        ("it's half past seven and it has to be over by nine", None, 90),
        ("kids are in bed by 8, I want to be asleep by 10", None, 120),
        ("it's 8:15 now and the bus leaves at 10:00", None, 105),
    ],
)
def test_running_times(text: str, low: float | None, high: float | None) -> None:
    assert runtime(text) == Range(low=low, high=high)


@pytest.mark.parametrize(
    "text",
    [
        "we fell asleep after an hour",
        "the twist comes after 90 minutes and it dies after 90 minutes",
        "I slept for 11 hours",
        "the flight lasted three hours",
        "a 14 hour shift",
        "give me a lengthy list of comedies",
        "we spent two hours in the queue",
        "twenty minutes in and I was bored",
        "I gave up forty minutes into it",
        "it's 7 films by 3 directors",
        "I saw it at 8 and again at 10",
        "call me before 1:30 pm",
    ],
)
def test_no_running_times(text: str) -> None:
    assert runtime(text) is None


@pytest.mark.parametrize(
    ("text", "number", "low", "high"),
    [
        ("metascore 75+", "metascore", 75, None),
        ("70 or better on metacritic", "metascore", 70, None),
        ("metascore between 40 and 60", "metascore", 40, 60),
        ("90 percent or more on rotten tomatoes", "tomatometer", 90, None),
        ("rotten tomatoes 85% minimum", "tomatometer", 85, None),
        ("a tomatometer of 30 or less", "tomatometer", None, 30),
        ("certified fresh", "tomatometer", 75, None),
        ("with rave reviews", "tomatometer", 80, None),
        ("praised by the critics", "tomatometer", 80, None),
        ("two or more oscars", "oscars", 2, None),
        ("several oscars", "oscars", 2, None),
        ("it has an academy award to its name", "oscars", 1, None),
        ("a best picture winner", "oscars", 1, None),
        ("above 85 on rt", "tomatometer", 86, None),
        ("up for an oscar", "oscar_nominations", 1, None),
    ],
)
def test_scores_and_awards(text: str, number: str, low: float | None, high: float | None) -> None:
    found = others(text, NUMBERS)
    assert [(limit.number, limit.range) for limit in found] == [(number, Range(low=low, high=high))]


@pytest.mark.parametrize("text", ["it won two oscars", "80 people liked it", "the oscars were dull", "my score was 60"])
def test_no_scores_and_awards(text: str) -> None:
    assert not others(text, NUMBERS)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("half a dozen heist films", 6),
        ("gimme 4 more", 4),
        ("loved it. three more, please", 3),
        ("another two like that", None),
        ("another two more like that", 2),
        ("one more samurai picture", 1),
        ("hit me with five", 5),
        ("pick us two, please", 2),
        ("a pair of thrillers", 2),
        ("drei Filme bitte", 3),
        ("dame cuatro películas", 4),
        ("one more thing, who directed it?", None),
        ("two more questions", None),
        ("the two of us have seen three more times", None),
    ],
)
def test_how_many(text: str, number: int | None) -> None:
    assert count(text.lower()) == number


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("anything from before 1980 is off limits, recommend something", 1980, None),
        ("suggest a film, but post-2000 ones are a no-go", None, 2000),
        ("I should like to see a drama made in 1994 or later", 1994, None),
        ("something with Harrison Ford, eighties only", 1980, 1989),
    ],
)
def test_limits_of_a_whole_message(text: str, low: float | None, high: float | None) -> None:
    assert understand(text, RETRIEVER, COLUMNS).constraints.ranges["year"] == Range(low=low, high=high)


def test_a_year_beside_a_title_is_the_titles() -> None:
    assert "year" not in understand("I want something like Alien, 1979", RETRIEVER, COLUMNS).constraints.ranges


def _shown(*titles: str) -> ConversationContext:
    by_title = {item.title: item for item in FILMS}
    return ConversationContext(
        shown=tuple(
            Recommendation(id=by_title[title].id, title=title, year=by_title[title].year, score=1.0) for title in titles
        )
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("who directed the top one?", "Alien"),
        ("who directed the bottom one?", "Fargo"),
        ("who made the middle film?", "Blade Runner"),
        ("tell me more about the one at the bottom", "Fargo"),
        ("how long is the second of these?", "Blade Runner"),
        ("who directed the oldest of the three?", "Alien"),
        ("who directed the newest one of these?", "Fargo"),
    ],
)
def test_a_place_on_the_list_is_a_reference(text: str, title: str) -> None:
    meaning = understand(text, RETRIEVER, COLUMNS, _shown("Alien", "Blade Runner", "Fargo"))
    (reference,) = meaning.references
    assert COLUMNS.titles[COLUMNS.position[reference.item_id or ""]] == title


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("forget Alien, no wait, forget Fargo", "Fargo"),
        ("delete Alien... scratch that, delete Fargo", "Fargo"),
    ],
)
def test_a_name_taken_back_in_the_same_breath_is_none(text: str, kept: str) -> None:
    assert [event.title for event in understand(text, RETRIEVER, COLUMNS).forgets] == [kept]


def test_names_that_go_on_are_not_taken_back() -> None:
    meaning = understand("I love Alien. I mean it. And I love Fargo", RETRIEVER, COLUMNS)
    assert {event.title for event in meaning.likes} == {"Alien", "Fargo"}
