"""What messages mean, by labelled cases, and what a conversation adds to them."""

from __future__ import annotations

import pytest

from agent import writing
from agent.intents import Intent
from agent.understanding import ConversationContext, Unclear, Understanding, extract, merge, understand
from agent.understanding.limits.prices import prices
from agent.wording import Voice
from core.results import Recommendation
from core.turns import HeardEvent
from core.types import Constraints, EventKind, Item, Range
from evals.understanding import differences
from evals.understanding_cases import CASES, HELD_OUT, Case
from tests.agent.films import FakeRetriever, columns, films

FILMS = films()
RETRIEVER = FakeRetriever(FILMS)
COLUMNS = columns(FILMS)
BY_NAME = {f"{item.title} {item.year}": item for item in FILMS}


def read(text: str, context: ConversationContext | None = None) -> Understanding:
    return understand(text, RETRIEVER, COLUMNS, context or ConversationContext())


def shown(*names: str) -> tuple[Recommendation, ...]:
    items = [BY_NAME[name] for name in names]
    return tuple(Recommendation(id=item.id, title=item.title, year=item.year, score=1.0) for item in items)


def spoken(events: tuple[HeardEvent, ...]) -> set[str]:
    return {event.title or (event.topic or "").removeprefix("genre:") for event in events}


def titles(ids: tuple[str, ...]) -> set[str]:
    return {COLUMNS.titles[COLUMNS.position[item]] for item in ids}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:50])
def test_case(case: Case) -> None:
    assert not differences(case, RETRIEVER, COLUMNS)


def test_held_out_messages_stay_mostly_right() -> None:
    wrong = [case.text for case in HELD_OUT if differences(case, RETRIEVER, COLUMNS)]
    assert len(wrong) <= 4, wrong


def test_quotes_are_words_of_the_message() -> None:
    for case in CASES:
        meaning = read(case.text)
        for event in meaning.events():
            assert event.quote, (case.text, event)
            assert event.quote in meaning.text


def test_strength_of_words() -> None:
    loved, liked, fine = (read(text).likes[0].value for text in ("I loved Alien", "I liked Alien", "Alien was ok"))
    assert 1 >= loved > liked > fine > 0
    assert read("I'd give Inception 9/10").likes[0].kind is EventKind.RATING
    assert read("I'd give Inception 9/10").likes[0].value == pytest.approx(0.8)


def test_events_of_the_opening_message() -> None:
    events = read("I loved Alien and Fargo, something tense but not gory, after 1990").events()
    assert [(str(event.kind), event.title or event.topic) for event in events] == [
        ("like", "Alien"),
        ("like", "Fargo"),
        ("request", "genre:Thriller"),
        ("request", "genre:Mystery"),
        ("constraint", "not genre: Horror"),
        ("constraint", "year >= 1991"),
    ]
    assert {event.topic: event.quote for event in events if event.kind is EventKind.CONSTRAINT} == {
        "not genre: Horror": "but not gory",
        "year >= 1991": "after 1990",
    }


def test_somebody_elses_taste_is_no_event() -> None:
    assert not read("my daughter adored Frozen").events()


def test_soft_words_say_how_they_were_read() -> None:
    assert [reading.meaning for reading in read("something not gory").readings] == ["leaving out horror"]


FOUR = shown("No Country for Old Men 2007", "Zodiac 2007", "Inception 2010", "Minority Report 2002")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("the second one was great", "Zodiac"),
        ("I loved the first", "No Country for Old Men"),
        ("the last one was boring", "Minority Report"),
        ("#3 was awful", "Inception"),
        ("I hated number 4", "Minority Report"),
    ],
)
def test_ordinals_refer_to_what_was_shown(text: str, title: str) -> None:
    meaning = read(text, ConversationContext(shown=FOUR))
    assert [event.title for event in (*meaning.likes, *meaning.dislikes)] == [title]
    assert not meaning.unresolved


def test_a_card_is_meant_by_its_title_whatever_else_is_called_so() -> None:
    cards = ConversationContext(shown=shown("Titanic 1953", "Her 2013", "Up 2009", "Heat 1995"))
    assert BY_NAME["Titanic 1953"].id in read("why Titanic and not Heat?", cards).subjects
    assert not read("why Titanic and not Heat?", cards).ambiguous
    assert set(read("why Up and not Her?", cards).subjects) == {BY_NAME["Up 2009"].id, BY_NAME["Her 2013"].id}
    assert read("who directed Titanic (1997)?", cards).subjects == ("tt0120338",)
    assert not read("Her name escapes me. Up to you, a comedy", cards).titles


def test_pronoun_is_what_was_spoken_of_last() -> None:
    context = ConversationContext(shown=FOUR, focus=(BY_NAME["Alien 1979"].id,))
    assert titles(read("who directed it?", context).subjects) == {"Alien"}
    assert spoken(read("I loved it", context).likes) == {"Alien"}


def test_nothing_to_refer_to_is_not_guessed() -> None:
    meaning = read("I loved it")
    assert not meaning.likes
    assert not read("the second one was great").likes


def test_more_like_an_earlier_item() -> None:
    assert spoken(read("more like the first", ConversationContext(shown=FOUR)).similar) == {"No Country for Old Men"}


@pytest.mark.parametrize(
    "words", ["sad films about getting old", "a couple growing old together", "people who grow old"]
)
def test_growing_old_is_what_a_film_is_about_and_not_its_age(words: str) -> None:
    assert read(words).constraints.ranges == {}
    assert set(read(f"something old, {words}").constraints.ranges) == {"year"}


@pytest.mark.parametrize(
    "words",
    [
        "I had a phase in my twenties",
        "for my 9-year-old boy",
        "for an old lady",
        "we gave up after an hour",
        "we sat through all three hours",
        "two hours of my life",
    ],
)
def test_ages_and_time_spent_are_no_limits(words: str) -> None:
    assert read(f"{words}. A thriller please").constraints.ranges == {}
    assert read("a thriller from the twenties, two hours at most").constraints.ranges == {
        "year": Range(low=1920, high=1929),
        "runtime": Range(high=120),
    }


def test_older_than_that() -> None:
    context = ConversationContext(focus=(BY_NAME["Zodiac 2007"].id,))
    assert read("something older than that", context).constraints.ranges == {"year": Range(high=2006)}
    assert read("something older", ConversationContext(shown=FOUR)).constraints.ranges == {"year": Range(high=2001)}
    assert read("something older than that").unread == ("older than that",)


def test_comparison_with_a_named_title() -> None:
    assert read("something newer than Jaws").constraints.ranges == {"year": Range(low=1976)}


def test_answer_to_which_one() -> None:
    asked = read("I loved Heat")
    assert not asked.likes
    assert [match.year for match in asked.ambiguous[0].matches] == [1995, 1972]
    answer = read("the 1972 one", ConversationContext(questions=asked.ambiguous))
    assert answer.constraints == Constraints(), "the year tells which film, it is no limit"
    assert [(event.title, event.item_id, event.value, event.quote) for event in answer.likes] == [
        ("Heat", BY_NAME["Heat 1972"].id, 1.0, "loved Heat")
    ]


def test_an_answer_completes_the_message_that_was_unclear() -> None:
    first = "I loved Heat. Give me a comedy before 1980"
    asked = read(first)
    assert asked.ambiguous
    answer = read("the 1972 one", ConversationContext(questions=asked.ambiguous, unclear=Unclear(text=first)))
    assert Intent.RECOMMEND in answer.intents
    assert answer.liked_ids == (BY_NAME["Heat 1972"].id,)
    assert answer.topics == ("genre:Comedy",)
    assert answer.constraints.ranges == {"year": Range(high=1979)}
    assert answer.text == "the 1972 one"
    assert all(event.quote in first for event in answer.events())
    context = ConversationContext(questions=asked.ambiguous, unclear=Unclear(text=first))
    assert read("I don't mind", context).liked_ids == (asked.ambiguous[0].matches[0].item_id,)
    other = read("something scary instead", context)
    assert not other.completes
    assert other.topics == ("genre:Horror",)


def standing(**ranges: Range) -> Constraints:
    return Constraints(require={"genre": ("Comedy",)}, exclude={"genre": ("Horror",)}, ranges=ranges)


def test_later_statement_replaces_the_earlier_one() -> None:
    merged = merge(standing(year=Range(low=1991), runtime=Range(high=120)), read("actually from the 70s"))
    assert merged == standing(year=Range(low=1970, high=1979), runtime=Range(high=120))


def test_added_limit_narrows() -> None:
    assert merge(standing(year=Range(low=1991)), read("and before 2000")).ranges == {"year": Range(low=1991, high=1999)}


def test_exclusions_add_up_until_asked_for() -> None:
    merged = merge(standing(), read("no romance"))
    assert merged.exclude == {"genre": ("Horror", "Romance")}
    assert merge(merged, read("a horror film")) == Constraints(
        require={"genre": ("Horror",)}, exclude={"genre": ("Romance",)}
    )


def test_resets() -> None:
    limits = standing(year=Range(low=1991), runtime=Range(high=120))
    assert merge(limits, read("any year is fine")).ranges == {"runtime": Range(high=120)}
    assert merge(limits, read("start over")) == Constraints()
    assert merge(limits, read("I don't mind horror")).exclude == {}


def test_wish_for_another_genre_replaces_a_required_one() -> None:
    assert merge(standing(), read("something tense")).require == {}


def test_chat_log_gives_the_customers_events_alone() -> None:
    log = "Agent: I love Titanic, have you seen it?\nCustomer: Hated it. But Alien was great.\nAgent: Noted!"
    events = extract(log, RETRIEVER, COLUMNS)
    assert {(str(event.kind), event.title) for event in events} == {("dislike", "Titanic"), ("like", "Alien")}


def test_review_with_a_rating() -> None:
    (event,) = extract("Gravity: 3/10", RETRIEVER, COLUMNS)
    assert (event.kind, event.title) == (EventKind.RATING, "Gravity")
    assert event.value == pytest.approx(-0.4)


def test_another_catalogue_leaves_moods_unread_and_reads_its_price() -> None:
    shoes = [
        Item(id="a", title="Trail Runner 5", facets={"category": ("Shoes",)}, numbers={"price": 59.0}),
        Item(id="b", title="City Boot", facets={"category": ("Boots",)}, numbers={"price": 19.0}),
    ]
    meaning = understand("something funny under £20", FakeRetriever(shoes), columns(shoes), ConversationContext())
    assert meaning.topics == ()
    assert meaning.constraints.ranges == {"price": Range(high=19.99)}


@pytest.mark.parametrize(
    ("text", "topics", "years"),
    [
        ("une comédie romantique après 2000 s'il vous plaît", ("genre:Comedy", "genre:Romance"), Range(low=2001)),
        ("ich suche einen Krimi nach 1990", ("genre:Crime",), Range(low=1991)),
        ("recomiéndame una comedia antes de 1980", ("genre:Comedy",), Range(high=1979)),
        ("una commedia dopo il 2000 per favore", ("genre:Comedy",), Range(low=2001)),
    ],
)
def test_a_wish_in_another_language(text: str, topics: tuple[str, ...], years: Range) -> None:
    meaning = read(text)
    assert (meaning.topics, meaning.constraints.ranges) == (topics, {"year": years})
    assert meaning.intents == ("recommend",)


@pytest.mark.parametrize(
    "text",
    [
        "j'ai adoré Alien mais je n'aime pas Titanic",
        "ich liebe Alien, aber ich hasse Titanic",
        "me encantó Alien, no me gustó Titanic",
        "mi piace Alien, non mi piace Titanic",
    ],
)
def test_a_taste_in_another_language(text: str) -> None:
    meaning = read(text)
    assert (spoken(meaning.likes), spoken(meaning.dislikes)) == ({"Alien"}, {"Titanic"})


def test_empty_and_strange_messages_are_read() -> None:
    for text in ("", "   ", "???", "\n", "ß" * 50, "İstanbul", "🙂", "1990" * 40, "not not not", "the the the"):
        assert read(text).intents


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("something for the office under 100", None, 99.99),
        ("less than 35.50", None, 35.49),
        ("under £20", None, 19.99),
        ("before 2000 under 90 minutes", None, None),
        ("over 20 years old", None, None),
        ("after 1990", None, None),
    ],
)
def test_a_bound_without_a_unit_is_a_price_where_there_are_prices(
    text: str, low: float | None, high: float | None
) -> None:
    found = prices(text)
    assert [(limit.range.low, limit.range.high) for limit in found] == ([] if low == high else [(low, high)])


def test_a_film_to_resemble_is_found_by_what_it_is_and_not_by_its_name() -> None:
    meaning = read("something like Alien but slower")
    assert titles(tuple(event.item_id or "" for event in meaning.similar)) == {"Alien"}
    assert "Alien" not in meaning.query


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("what's that film where a man lives the same day again?", "where a man lives the same day again"),
        ("I can't remember the name of the movie about a shark", "about a shark"),
        ("which one was it with the talking pig", "with the talking pig"),
        ("two women drive off a cliff, which film was it?", "two women drive off a cliff"),
        ("a pig that herds sheep. what's it called again", "a pig that herds sheep"),
    ],
)
def test_a_forgotten_name_is_searched_for_by_what_is_told_of_it(text: str, described: str) -> None:
    meaning = understand(text, RETRIEVER, COLUMNS, reader=lambda *_: [])
    assert meaning.intents == (Intent.SEARCH,)
    assert meaning.query == described
    assert not meaning.events()


@pytest.mark.parametrize("text", ["I'm looking for a film about sharks", "what's that one about?", "remember Alien?"])
def test_not_every_description_is_a_forgotten_name(text: str) -> None:
    assert Intent.SEARCH not in read(text).intents


@pytest.mark.parametrize(
    ("text", "topics", "limits"),
    [
        ("Je cherche un film drôle mais pas de guerre", {"Comedy"}, ()),
        ("Ich suche einen spannenden Film, nichts mit Horror", {"Thriller", "Mystery"}, ("not genre: Horror",)),
        ("Busco algo divertido, por favor", {"Comedy"}, ()),
        ("cerco un film romantico per favore", {"Romance"}, ()),
    ],
)
def test_words_of_other_languages_mean_something_and_are_not_searched_for(
    text: str, topics: set[str], limits: tuple[str, ...]
) -> None:
    meaning = read(text)
    assert {topic.removeprefix("genre:") for topic in meaning.topics} == topics
    assert meaning.constraints.describe() == "; ".join(limits)
    assert meaning.query == ""


@pytest.mark.parametrize(
    ("text", "certificates"),
    [
        ("I'm 14, what can I watch that's scary?", ("G", "PG", "PG-13")),
        ("something for my nine-year-old", ("G", "PG")),
        ("a film for my kids, 6 and 15, please", ("G", "PG")),
        ("I'm 34 and want a comedy", None),
        ("I'm 15 minutes early, suggest something", None),
        ("my 8-year-old loved Titanic", None),
    ],
)
def test_a_young_age_keeps_to_certificates(text: str, certificates: tuple[str, ...] | None) -> None:
    ratings = ("G", "PG", "PG-13", "R")
    certified = [
        film.model_copy(update={"facets": {**film.facets, "certificate": (ratings[place % 4],)}})
        for place, film in enumerate(FILMS)
    ]
    meaning = understand(text, RETRIEVER, columns(certified))
    assert meaning.constraints.require.get("certificate") == certificates
    assert bool([reading for reading in meaning.readings if "certified" in reading.meaning]) == bool(certificates)


def test_what_is_told_of_a_person_and_words_of_a_limit_are_not_searched_for() -> None:
    assert read("something my grandfather who sailed ships would enjoy, about lighthouses").query == "lighthouses"
    assert read("something short about lighthouses").query == "lighthouses"


def test_directors_are_named_by_what_they_made() -> None:
    meaning = read("anything by the guy who made Alien?")
    assert meaning.constraints.require == {"director": ("Ridley Scott",)}
    assert not meaning.subjects
    assert read("who is the director of Alien?").subjects == (BY_NAME["Alien 1979"].id,)


def test_what_another_likes_is_resembled_where_the_wish_is_for_them() -> None:
    meaning = read("my grandma loves Casablanca, what else would she like?")
    assert titles(tuple(event.item_id or "" for event in meaning.similar)) == {"Casablanca"}
    assert not meaning.likes


def test_words_that_say_nothing_are_not_searched_for() -> None:
    assert read("a story about a wizard hat and a den of thieves").query == "wizard hat den thieves"
    assert read("hm, anyway. honestly something about lighthouses tbh").query == "lighthouses"
    assert read("got anything like Alien instead?").query == ""


@pytest.mark.parametrize(
    "text",
    [
        "Ich suche einen Film, bitte nichts mit Horror",
        "un film sans horreur s'il vous plaît",
        "Je cherche un film, surtout pas d'horreur",
        "Quiero una comedia, nada de terror",
        "vorrei un film senza horror",
    ],
)
def test_refusals_in_other_languages_are_limits(text: str) -> None:
    assert "Horror" in read(text).constraints.exclude.get("genre", ())


@pytest.mark.parametrize("text", ["a documentary about the war on terror", "a thriller about sin and guilt", "pas mal"])
def test_english_words_are_no_refusals_of_another_language(text: str) -> None:
    meaning = read(text)
    assert not meaning.constraints.exclude
    assert "Horror" not in meaning.constraints.require.get("genre", ())


@pytest.mark.parametrize("text", ["I like turtles and long walks", "we love to travel"])
def test_a_taste_of_something_else_is_asked_about_by_nobody(text: str) -> None:
    assert Intent.RECORD not in read(text).intents


def test_what_somebody_else_likes_is_wanted_where_the_film_is_for_them() -> None:
    meaning = read("a film for my mother who loves Alien and hates horror")
    assert titles(tuple(event.item_id or "" for event in meaning.similar)) == {"Alien"}
    assert "Horror" in meaning.constraints.exclude["genre"]
    assert not meaning.likes
    assert not meaning.others
    apart = read("my mother loves Alien, but I want a comedy")
    assert titles(tuple(event.item_id or "" for event in apart.others)) == {"Alien"}
    assert not apart.similar


@pytest.mark.parametrize(
    "text", ["nope, try again", "not convinced. others?", "and next month?", "what about next year?"]
)
def test_short_answers_ask_for_others(text: str) -> None:
    assert Intent.RECOMMEND in read(text).intents


def test_a_time_to_come_alone_is_looked_ahead_to() -> None:
    assert read("and next month?").ahead is not None
    assert read("nope, try again").ahead is None


@pytest.mark.parametrize("text", ["I liked it", "I hate everything"])
def test_a_taste_of_nothing_named_is_asked_about(text: str) -> None:
    meaning = read(text)
    assert meaning.intents == (Intent.RECORD,)
    assert not meaning.events()
    assert writing.recorded(meaning, Voice("c", 0))[0].casefold().count("film") == 1


def test_how_many_are_asked_for_is_read_as_said() -> None:
    assert read("give me 300 films").k == 300


def test_each_limit_is_quoted_in_its_own_words() -> None:
    events = read("a comedy please. but nothing with romance in it").events()
    quotes = {event.topic: event.quote for event in events if event.kind is EventKind.CONSTRAINT}
    assert quotes == {"not genre: Romance": "but nothing with romance"}
