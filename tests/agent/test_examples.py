"""First messages from a catalogue's own names, prices and years."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from agent.examples import examples
from agent.understanding.acts import AGAIN_ASPECTS
from store.columns import columns_from

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def deps(rows: list[tuple[str, str, dict[str, float]]], topic_facet: str, fame: list[float]) -> Any:
    payloads = [
        (
            str(row),
            {"title": title, "facets": {topic_facet: [topic]}, "numbers": numbers, "available": True},
        )
        for row, (title, topic, numbers) in enumerate(rows)
    ]
    columns = columns_from(payloads, "1", [float("nan")] * len(rows))
    return SimpleNamespace(
        catalog=SimpleNamespace(columns=lambda: columns),
        trends=SimpleNamespace(popularities=lambda at, half_lives: [np.array(fame, np.float32)]),
        settings=SimpleNamespace(topic_facet=topic_facet),
        now=lambda: NOW,
    )


def test_a_shop_is_asked_in_its_own_words() -> None:
    rows = [
        ("Bananas, 1 lb", "Fruit", {"price": 0.6}),
        ("Apples", "Fruit", {"price": 2.0}),
        ("White milk, 1 gal, store brand", "Dairy", {"price": 2.5}),
        ("Yogurt cup, 6 oz", "Dairy", {"price": 0.7}),
    ]
    said = examples(deps(rows, "aisle", [1.0, 0.5, 0.9, 0.4]))
    assert said[0] == "I buy bananas and white milk, what goes with them?"
    assert re.fullmatch(r"something from (fruit|dairy) under \d+", said[1])
    assert said[2] == "what am I running out of?"


def test_films_are_asked_for_by_title_genre_and_year() -> None:
    rows = [("Alien", "Horror", {"year": 1979.0}), ("Fargo", "Crime", {"year": 1996.0})]
    said = examples(deps(rows, "genre", [1.0, 0.5]))
    assert said[0] == "I loved Alien and Fargo"
    assert re.fullmatch(r"something (horror|crime), after 19\d0", said[1])
    assert "taste" in said[2]


def test_a_catalogue_without_events_names_nothing_well_known() -> None:
    said = examples(deps([("Alien", "Horror", {"year": 1979.0})], "genre", [0.0]))
    assert said == ("where is my taste heading?",)


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("what am i running out of?", True),
        ("what do i usually buy with ¤¤¤¤", True),
        ("find something under 20 like her last order", True),
        ("reorder my usuals", True),
        ("what do we need this week", True),
        ("the plot ran out of steam", False),
        ("something other than the usual", False),
        ("i usually like thrillers", False),
    ],
)
def test_wanting_what_one_had_before_is_told_apart(text: str, again: bool) -> None:
    [(_, pattern)] = AGAIN_ASPECTS
    assert bool(pattern.search(text)) is again
