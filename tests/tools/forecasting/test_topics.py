from __future__ import annotations

import numpy as np
import pytest

from core.errors import InputError
from store.columns import ItemColumns
from tools.forecasting.topics import FacetTopics


def test_items_belong_to_their_values_in_equal_part(columns: ItemColumns, topics: FacetTopics) -> None:
    rows = np.asarray(topics.weights.sum(axis=1)).ravel()
    assert set(np.round(rows, 6)) == {0.0, 1.0}
    assert rows[columns.position["zz"]] == 0
    named = {topics.names[topic]: weight for topic, weight in topics.item_row("both")}
    assert named == {"genre:Drama": 0.5, "genre:Comedy": 0.5}
    assert topics.item_row("not in the catalogue") == ()


def test_the_most_common_value_comes_first(topics: FacetTopics) -> None:
    assert set(topics.names[:2]) == {"genre:Drama", "genre:Comedy"}


def test_a_statement_about_a_topic_is_about_it_in_any_case(topics: FacetTopics) -> None:
    row = ((topics.names.index("genre:Horror"), 1.0),)
    assert topics.topic_row("genre:horror", 1.0) == topics.topic_row("genre:Horror", -1.0) == row


def test_a_good_word_for_a_director_speaks_of_their_genres_and_a_bad_one_of_nobody_else(topics: FacetTopics) -> None:
    liked = {topics.names[topic]: weight for topic, weight in topics.topic_row("director:ridley scott", 2.0)}
    assert liked == {"genre:Drama": 0.5, "genre:Comedy": 0.5}
    assert topics.topic_row("director:Ridley Scott", -2.0) == ()
    assert topics.topic_row("director:Nobody", 2.0) == topics.topic_row("mood:tense", 2.0) == ()


def test_trained_names_keep_their_order_and_missing_ones_stay_empty(columns: ItemColumns) -> None:
    topics = FacetTopics(columns, "genre", ("genre:Western", "genre:Gone", "genre:Drama"))
    assert topics.names == ("genre:Western", "genre:Gone", "genre:Drama")
    assert topics.weights[:, [1]].nnz == 0
    assert topics.item_row("both") == [(2, 1.0)]


def test_an_unknown_facet_names_those_there_are(columns: ItemColumns) -> None:
    with pytest.raises(InputError, match=r"'brand'.*director, genre"):
        FacetTopics(columns, "brand")
