"""How questions of staff are read: times past, subjects, and who is spoken of."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from agent.desk.questions import as_customer, read_question, with_last_order
from agent.desk.spans import span_in
from agent.desk.third_person import about_them
from agent.desk.tones import formal

JUNE = datetime(2024, 6, 12, 15, 30, tzinfo=UTC)


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("what did he buy last winter?", "2023-12-01", "2024-03-01"),
        ("what did she order last summer", "2023-06-01", "2023-09-01"),
        ("orders in March", "2024-03-01", "2024-04-01"),
        ("orders in August", "2023-08-01", "2023-09-01"),
        ("what did they see in May 2022?", "2022-05-01", "2022-06-01"),
        ("last month", "2024-05-01", "2024-06-01"),
        ("this year", "2024-01-01", "2025-01-01"),
        ("last year", "2023-01-01", "2024-01-01"),
        ("last week", "2024-06-03", "2024-06-10"),
        ("yesterday", "2024-06-11", "2024-06-12"),
        ("in 2021", "2021-01-01", "2022-01-01"),
        ("since 2022", "2022-01-01", None),
        ("before April", None, "2024-04-01"),
    ],
)
def test_times_past_are_spans_of_the_calendar(text: str, since: str | None, until: str | None) -> None:
    span = span_in(text, JUNE)
    assert span is not None
    assert span.since == (day(since) if since else None)
    assert span.until == (day(until) if until else None)


def test_a_span_holds_its_start_and_not_its_end() -> None:
    span = span_in("in March", JUNE)
    assert span is not None
    assert span.holds(day("2024-03-01"))
    assert not span.holds(day("2024-04-01"))
    counted = span_in("in the last two weeks", JUNE)
    assert counted is not None
    assert counted.holds(day("2024-06-01"))
    assert not counted.holds(day("2024-05-28"))


@pytest.mark.parametrize("text", ["what does he like?", "may I ask", "something under 20", "find 1917"])
def test_a_question_without_a_time_has_none(text: str) -> None:
    assert span_in(text, JUNE) is None


def test_a_year_follows_the_zone() -> None:
    span = span_in("in 2021", JUNE, "Asia/Tokyo")
    assert span is not None
    assert span.since == datetime(2020, 12, 31, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "kind", "about"),
    [
        ("has she complained about delivery before?", "complaints", "delivery"),
        ("what did he buy?", "purchases", ""),
        ("has the customer ever bought any shoes?", "purchases", "shoe"),
        ("what does he dislike?", "dislikes", ""),
        ("when did she last talk to us?", "contact", ""),
        ("did they mention a birthday?", "said", "birthday"),
        ("what has she watched?", "known", ""),
        ("what does she like?", "likes", ""),
        ("what would she like next month?", "other", ""),
        ("find something under 20 like her last order", "other", ""),
    ],
)
def test_questions_about_the_past_are_told_from_wishes(text: str, kind: str, about: str) -> None:
    question = read_question(text)
    assert (question.kind, question.about) == (kind, about)


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("what would she like next month?", "what would I like next month?"),
        ("where are her interests heading?", "where are my interests heading?"),
        ("recommend something for him", "recommend something for me"),
        ("why would the customer like Alien?", "why would I like Alien?"),
        ("find something like Fargo for her", "find something like Fargo for me"),
    ],
)
def test_a_question_is_put_as_the_customer_would(text: str, there: str) -> None:
    assert as_customer(text) == there


def test_the_last_order_is_named() -> None:
    assert with_last_order("something like her last order", "Heat") == ("something like Heat", True)
    assert with_last_order("something like her last order", None)[1]
    assert with_last_order("something like Alien", "Heat") == ("something like Alien", False)


@pytest.mark.parametrize(
    ("told", "there"),
    [
        ("Because you liked Alien and Heat", "Because they liked Alien and Heat"),
        ("Your interest in horror is rising.", "Their interest in horror is rising."),
        ("You lean more towards horror.", "They lean more towards horror."),
        ("This suits you well.", "This suits them well."),
        ("You Can Count on Me (2000): because you liked it", "You Can Count on Me (2000): because they liked it"),
        ("Close to what you told me before", "Close to what they told us before"),
    ],
)
def test_sentences_to_the_customer_become_sentences_about_them(told: str, there: str) -> None:
    assert about_them(told) == there


def test_a_formal_sentence_speaks_for_the_house_and_leaves_titles_alone() -> None:
    assert formal("I found five films.") == "We found five films."
    assert formal("My Left Foot (1989): what you told me") == "My Left Foot (1989): what you told us"
    assert formal("I Know Where I'm Going! (1945) is a drama.") == "I Know Where I'm Going! (1945) is a drama."
