"""Preferences in dialogues, reviews and posts: answers, titles that the catalogue lacks, irony, others' taste."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from agent.intents import Intent
from agent.understanding import extract
from agent.understanding.proposals import Name, Proposal
from agent.understanding.reading import understand
from core.types import EventKind
from tests.agent.films import FakeRetriever, columns, films

FILMS = films()
RETRIEVER = FakeRetriever(FILMS)
COLUMNS = columns(FILMS)

LIKED, DISLIKED, SEEN, MEANT, ALIKE = "like", "dislike", "seen", "request", "mention"


def heard(text: str) -> list[tuple[str, str]]:
    """Kind and title of the events about items, in order."""
    return [(str(event.kind), event.title or "") for event in extract(text, RETRIEVER, COLUMNS) if event.topic is None]


@pytest.mark.parametrize(
    ("asked", "answer", "events"),
    [
        ("Have you seen Titanic?", "Yes, great movie!", [(LIKED, "Titanic")]),
        ("Have you seen Titanic?", "Yes.", [(SEEN, "Titanic")]),
        ("Have you seen Titanic?", "No, never.", []),
        ("Did you like Titanic?", "Hell yeah!", [(LIKED, "Titanic")]),
        ("Did you like Titanic?", "Not really.", [(DISLIKED, "Titanic")]),
        ("How about Titanic?", "I'm not a fan of that one", [(DISLIKED, "Titanic")]),
        ("How about Titanic?", "It was ok", [(LIKED, "Titanic")]),
        ("How about Titanic?", "Not my thing", [(DISLIKED, "Titanic")]),
        ("How about Titanic?", "Haven't seen it. Sounds good, I'll check it out!", [(MEANT, "Titanic")]),
        ("How about Titanic?", "I haven't seen that one in years", [(SEEN, "Titanic")]),
        ("How about Titanic?", "I only saw the trailer for that one", []),
        ("How about Titanic?", "I heard it was great", [(MEANT, "Titanic")]),
        ("How about Titanic?", "That's a great idea, thanks", [(MEANT, "Titanic")]),
        ("How about Titanic?", "Great, thank you. Good night!", []),
        ("Titanic and Jaws are good.", "I loved both of those", [(LIKED, "Titanic"), (LIKED, "Jaws")]),
        ("Have you seen Titanic or Jaws?", "I loved the second one", [(LIKED, "Jaws")]),
    ],
)
def test_answers_are_about_what_the_other_side_named(asked: str, answer: str, events: list[tuple[str, str]]) -> None:
    assert heard(f"Agent: {asked}\nCustomer: {answer}") == events


def test_an_answer_after_an_own_title_is_about_that() -> None:
    log = "Agent: Have you seen Titanic?\nCustomer: I just watched Alien.\nAgent: And?\nCustomer: Loved it."
    assert heard(log) == [(SEEN, "Alien"), (LIKED, "Alien")]


def test_lines_without_a_speaker_go_on_with_what_was_said() -> None:
    assert heard("Agent: I love Titanic\nit is so good\nCustomer: hello") == []


def test_everybody_but_the_customer_is_the_other_side() -> None:
    log = "[10:01] Anna: I adore Jaws\n[10:02] Me: never saw that\n[10:03] Anna: And Alien?\n[10:04] Me: loved that"
    assert heard(log) == [(LIKED, "Alien")]


def test_of_two_statements_the_later_stands_last() -> None:
    assert heard("I loved Alien.\nI hated Alien.\nI loved Alien.")[-1] == (LIKED, "Alien")


def test_a_title_of_another_year_is_not_ours_and_takes_its_words_with_it() -> None:
    events = extract("I loved Alien. I hated Titanic (2031). It was so boring.", RETRIEVER, COLUMNS)
    assert [(event.title, event.item_id is None) for event in events] == [("Alien", False), ("Titanic (2031)", True)]


@pytest.mark.parametrize("title", ["Mad Jaws: Fury Road (2015)", "Blorgon Returns (2016)", "The Alien Job (2017)"])
def test_a_dated_title_is_not_read_as_a_part_of_it(title: str) -> None:
    (event,) = extract(f"I really enjoyed {title}", RETRIEVER, COLUMNS)
    assert (event.kind, event.title, event.item_id) == (EventKind.LIKE, title, None)


def test_in_a_conversation_such_a_title_records_nothing() -> None:
    meaning = understand("I loved Blorgon Returns (2016)", RETRIEVER, COLUMNS)
    assert (meaning.events(), meaning.unresolved) == ([], ("Blorgon Returns (2016)",))


@pytest.mark.parametrize(
    ("text", "kind", "target"),
    [
        ("Titanic was so good I fell asleep twice", DISLIKED, "Titanic"),
        ("Titanic was three hours of my life I'll never get back", DISLIKED, "Titanic"),
        ("Alien is another one I love", LIKED, "Alien"),
        ("Alien was hilarious", LIKED, "Alien"),
        ("I prefer Alien to Titanic", LIKED, "Alien"),
        ("I'm not fond of movies like Titanic", DISLIKED, "Titanic"),
        ("Just finished Zodiac. Worth it. 9/10", "rating", "Zodiac"),
        ("Zodiac is on my list", MEANT, "Zodiac"),
        ("something like Zodiac", ALIKE, "Zodiac"),
    ],
)
def test_statements_about_one_title(text: str, kind: str, target: str) -> None:
    assert heard(text) == [(kind, target)]


def test_other_peoples_taste_is_no_event_and_ones_own_beside_it_is() -> None:
    assert heard("my daughter adored Frozen (2013)") == []
    (event,) = extract("My kids love animation, I don't", RETRIEVER, COLUMNS)
    assert (event.kind, event.topic) == (EventKind.DISLIKE, "genre:Animation")


def test_quotes_are_words_of_the_text() -> None:
    text = "Agent: Have you seen Titanic?\nCustomer: Yes, great movie! I'll watch Alien next."
    assert all(event.quote and event.quote in text for event in extract(text, RETRIEVER, COLUMNS))


MIXED = [
    ("a quiet film about getting old, and why the first one?", "recommend, explain"),
    ("I loved Alien, who directed it, and what should I watch next?", "record, details, recommend"),
    ("I hated Jaws; what about The Godfather; and who directed it?", "record, recommend, details"),
    ("why did you suggest Fargo, and do you have anything shorter?", "explain, recommend"),
    ("forget that I like Titanic, and recommend a western", "edit, recommend"),
    ("who directed Blade Runner? also a sci-fi film after 2000 please", "details, recommend"),
    ("a thriller under two hours, who stars in Zodiac?", "recommend, details"),
    ("no horror please, and why not Alien?", "recommend, explain"),
    ("how about something with Tom Hanks, but why no comedies?", "recommend, explain"),
    ("which is longer, Jaws or Alien, and what's a shorter one?", "compare, recommend"),
    ("loved it, next please, and how long is that one?", "recommend, details"),
    ("who wrote Casablanca, when was it made, and do you have other films from the 40s?", "details, search"),
    ("a comedy, not too long, and what did I tell you so far?", "recommend, timeline"),
]


@pytest.mark.parametrize(("text", "intents"), MIXED)
def test_every_act_of_a_mixed_message_is_read(text: str, intents: str) -> None:
    assert ", ".join(understand(text, RETRIEVER, COLUMNS).intents) == intents


def test_each_part_of_a_mixed_message_keeps_its_own_names() -> None:
    meaning = understand("is Alien in French? and something in English please", RETRIEVER, COLUMNS)
    assert meaning.constraints.require == {"language": ("English",)}
    meaning = understand("start over, I want a western", RETRIEVER, COLUMNS)
    assert meaning.topics == ("genre:Western",)
    meaning = understand("I loved Alien, who directed it?", RETRIEVER, COLUMNS)
    assert len(meaning.subjects) == len(meaning.likes) == 1
    assert understand("why the first one?", RETRIEVER, COLUMNS).k is None


def test_a_reader_judges_the_items_about_which_the_rules_hear_no_verdict() -> None:
    asked: list[str] = []

    def reader(message: str, names: Sequence[Name], acts: Sequence[Intent]) -> list[Proposal]:
        asked.append(message)
        return [Proposal("record_preference", {"dislikes": tuple(name.text for name in names)})]

    def found(text: str) -> list[tuple[str, str]]:
        return [
            (str(event.kind), event.title or "")
            for event in extract(text, RETRIEVER, COLUMNS, reader)
            if event.topic is None
        ]

    assert heard("Titanic and me, let me tell you") == []
    assert found("Titanic and me, let me tell you") == [(DISLIKED, "Titanic")]
    asked.clear()
    assert found("I loved Alien") == [(LIKED, "Alien")]
    assert asked == []
    assert found("I loved Alien. Titanic and me, let me tell you") == [(LIKED, "Alien"), (DISLIKED, "Titanic")]
