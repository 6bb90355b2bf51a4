from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.types import Event, EventKind
from ui.web import words

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


def test_steps_have_a_now_and_a_then() -> None:
    assert words.step("recommend", True) == "Ranking for you"
    assert words.step("recommend", False) == "Ranked for you"
    assert words.step("new_tool", False) == "Ran new tool"


def test_arguments_are_told_as_a_person_would() -> None:
    args = {
        "query": "tense",
        "limits": {"at_least": {"year": 1991.0}, "exclude": {"genre": ["Horror"]}, "require": {}, "at_most": {}},
        "topics": ["genre:Thriller"],
        "k": 6,
    }
    assert words.step_detail(args) == "“tense” · not Horror · 1991 or later · Thriller"
    assert len(words.step_detail({"query": "x" * 400})) <= 140


@pytest.mark.parametrize(
    ("model", "part"),
    [
        ("last value", "most recent"),
        ("running mean", "average of all"),
        ("population", "most people"),
        ("exponentially weighted", "recent periods more"),
        ("dirichlet shrinkage", "own history"),
        ("local level", "slow drift"),
        ("gru", "gru"),
    ],
)
def test_forecasters_have_plain_names(model: str, part: str) -> None:
    assert part in words.forecaster(model)


@pytest.mark.parametrize(
    ("ago", "text"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(minutes=7), "7 min ago"),
        (timedelta(hours=3), "3 h ago"),
        (timedelta(days=2), "2 d ago"),
        (timedelta(days=40), "25 March 2026"),
    ],
)
def test_times_are_relative_while_they_are_near(ago: timedelta, text: str) -> None:
    assert words.when(NOW - ago, NOW) == text


def test_ratings_keep_the_source_s_scale() -> None:
    event = Event(user_id="u", at=NOW, kind=EventKind.RATING, item_id="i", value=0.6, text="8/10")
    assert words.event_kind(event) == "Rated 8/10"


def test_the_words_follow_the_language() -> None:
    event = Event(user_id="u", at=NOW, kind=EventKind.RATING, item_id="i", value=0.6, text="8/10")
    assert words.event_kind(event, "zh") == "评分 8/10"
    assert words.step("recommend", True, "zh") == "正在为您排序"
    assert words.limit("not genre: Horror", "zh") == "不要恐怖"
    assert words.topic("genre:Sci-Fi", "zh") == "科幻"
    assert words.topic("genre:Blaxploitation", "zh") == "Blaxploitation"
    assert words.day(NOW, "zh") == "2026年5月4日"
    assert words.period_label(NOW, "quarter", "zh") == "2026年第2季度"
    assert words.period("month", 1, "zh") == "个月"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("import:movielens", "imported from MovieLens"),
        ("import:letterboxd", "imported from Letterboxd"),
        ("import:my-file", "imported from my-file"),
        ("dialogue", "from the conversation"),
        ("pos_till", "pos till"),
    ],
)
def test_sources_have_names(name: str, told: str) -> None:
    assert words.source(name) == told


def test_topics_and_periods() -> None:
    assert words.topic("genre:Sci-Fi") == "Sci-Fi"
    assert words.limit("year >= 1991") == "1991 or later"
    assert words.limit("not genre: Horror") == "not Horror"
    assert words.limit("genre: Drama or Crime") == "Drama or Crime"
    assert words.period_label(NOW, "month") == "May 2026"
    assert words.period_label(NOW, "quarter") == "Q2 2026"
    assert words.period("month", 3) == "months"
