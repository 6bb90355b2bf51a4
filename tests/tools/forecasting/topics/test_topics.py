from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.errors import InputError
from core.settings import Settings
from store.columns import ItemColumns
from tests.tools.forecasting.worlds import columns_of, directions
from tools.forecasting.topics.clusters import Clusters
from tools.forecasting.topics.topics import CLUSTERS, ClusterTopics, FacetTopics, topic_source


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


@pytest.fixture
def learnt() -> ClusterTopics:
    """Two mugs by one brand and a clock by another."""
    columns = columns_of(["mug", "mug", "clock"], [{"brand": ["A"]}, {"brand": ["A"]}, {"brand": ["B"]}])
    clusters = Clusters(("cluster:mug", "cluster:clock"), directions(2))
    return ClusterTopics(columns, clusters, directions(2)[[0, 0, 1]])


def test_learnt_topics_are_used_as_those_of_a_facet_are(learnt: ClusterTopics) -> None:
    assert learnt.names == ("cluster:mug", "cluster:clock")
    assert [learnt.item_row(f"000{row}") for row in range(3)] == [[(0, 1.0)], [(0, 1.0)], [(1, 1.0)]]
    assert learnt.topic_row("Cluster:Clock", -1.0) == ((1, 1.0),)
    assert learnt.topic_row("brand:a", 1.0) == ((0, 1.0),)
    assert learnt.topic_row("cluster:gone", 1.0) == ()


def test_vectors_of_another_catalogue_are_one_clear_error(learnt: ClusterTopics) -> None:
    with pytest.raises(InputError, match="2 vectors for 3 items"):
        ClusterTopics(learnt.columns, Clusters(("cluster:mug",), directions(1)), directions(2))


def test_topics_are_learnt_when_asked_for_or_when_nothing_was_set_and_the_default_is_missing(
    columns: ItemColumns, learnt: ClusterTopics, tmp_path: Path
) -> None:
    def source(catalogue: ItemColumns, **settings: str) -> str:
        return topic_source(Settings(home=tmp_path, **settings), catalogue)  # type: ignore[arg-type]

    assert source(columns) == source(columns, topic_facet="genre") == "genre"
    assert source(columns, topic_facet="clusters") == source(learnt.columns) == CLUSTERS
    assert source(learnt.columns, topic_facet="brand") == "brand"
    with pytest.raises(InputError, match=r"no facet 'genre'.*\(brand\), or to 'clusters'"):
        source(learnt.columns, topic_facet="genre")
