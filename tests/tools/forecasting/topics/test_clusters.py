from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.errors import InputError
from tests.tools.forecasting.worlds import KINDS, around, columns_of, directions, shop
from tools.forecasting.topics.clusters import (
    FEWEST,
    MOST,
    Clusters,
    clusters_for,
    learn,
    relearn,
    spherical_kmeans,
)
from tools.forecasting.topics.labels import item_words
from tools.forecasting.topics.topics import ClusterTopics


def test_clusters_are_the_kinds_and_are_named_after_them() -> None:
    vectors, words, kind = shop(20)
    found = learn(vectors, words, len(KINDS))
    assert sorted(found.names) == sorted(f"cluster:{each}" for each in KINDS)
    assert [found.names[code] for code in found.assign(vectors)] == [f"cluster:{KINDS[each]}" for each in kind]
    assert np.linalg.norm(found.centroids, axis=1) == pytest.approx(1)


def test_learning_is_repeatable() -> None:
    vectors, words, _ = shop(20)
    first, second = (learn(vectors, words, 5, seed=3) for _ in range(2))
    assert first.names == second.names
    assert np.array_equal(first.centroids, second.centroids)


def test_the_number_of_clusters_follows_the_size_of_the_catalogue() -> None:
    assert [clusters_for(items) for items in (0, 50, 3_600, 17_000, 10**6)] == [FEWEST, FEWEST, 19, MOST, MOST]
    vectors, words, _ = shop(20)
    assert len(learn(vectors, words).names) == FEWEST


def test_an_item_without_a_vector_belongs_to_no_topic() -> None:
    vectors, words, _ = shop(10)
    vectors[3] = 0
    found = learn(vectors, words, 6)
    assert found.assign(vectors)[3] == -1
    topics = ClusterTopics(columns_of(["x"] * len(vectors)), found, vectors)
    assert topics.item_row("0003") == []
    assert np.asarray(topics.weights.sum(axis=1)).ravel().tolist() == [float(row != 3) for row in range(len(vectors))]


def test_a_new_item_gets_the_nearest_topic_without_learning_again(tmp_path: Path) -> None:
    vectors, words, _ = shop(20)
    found = learn(vectors, words, len(KINDS))
    np.savez(tmp_path / "topics.npz", **found.arrays())  # type: ignore[arg-type]
    with np.load(tmp_path / "topics.npz") as arrays:
        restored = Clusters.restored(arrays)
    assert restored.names == found.names
    new = around(directions(len(KINDS)), [KINDS.index("clock")], 0.08, seed=9)
    assert restored.names[restored.assign(new)[0]] == "cluster:clock"


@pytest.mark.parametrize("rows", [np.zeros((5, 3)), np.zeros((0, 3)), np.tile([1.0, 0, 0], (5, 1))])
def test_too_few_different_vectors_are_one_clear_error(rows: np.ndarray) -> None:
    with pytest.raises(InputError, match=r"cannot be learnt from [01] different vectors.*DRIFTLINE_TOPIC_FACET"):
        learn(rows.astype(np.float32), [["mug"]] * len(rows))


def test_fewer_items_than_clusters_give_a_topic_each() -> None:
    vectors = directions(3)
    assert len(learn(vectors, [["mug"], ["clock"], ["stamp"]], 10).names) == 3


def test_vectors_of_another_embedder_are_one_clear_error() -> None:
    vectors, words, _ = shop(5)
    with pytest.raises(InputError, match=r"length 7.*length 24.*driftline train"):
        learn(vectors, words, 4).assign(np.ones((1, 7), dtype=np.float32))


def test_weights_pull_centroids() -> None:
    vectors = directions(2)
    start = vectors.mean(axis=0, keepdims=True)
    centroid = spherical_kmeans(vectors, start, np.array([3, 1], dtype=np.float32))[0]
    assert centroid == pytest.approx((3 * vectors[0] + vectors[1]) / np.sqrt(10))


def test_empty_clusters_go() -> None:
    vectors, _, _ = shop(5, 2)
    far = -vectors.mean(axis=0, keepdims=True)
    assert len(spherical_kmeans(vectors, np.concatenate([directions(2), far]))) == 2


def test_topics_keep_their_names_and_places_when_the_catalogue_grows() -> None:
    vectors, words, _ = shop(20)
    old = learn(vectors, words, len(KINDS))
    more, more_words, _ = shop(10, seed=5)
    new, change = relearn(old, np.concatenate([vectors, more]), [*words, *more_words], len(KINDS))
    assert new.names == old.names
    assert (change.appeared, change.vanished, change.moved) == ((), (), 0.0)


def test_what_is_new_in_the_catalogue_appears_and_nothing_else_moves() -> None:
    vectors, words, _ = shop(20, 4)
    old = learn(vectors, words, 4)
    lamp = around(directions(len(KINDS)), [5] * 20, 0.08, seed=7)
    everything = np.concatenate([vectors, lamp])
    new, change = relearn(old, everything, [*words, *[item_words("lamp", {})] * 20], 5)
    assert new.names == (*old.names, "cluster:lamp")
    assert (change.appeared, change.vanished) == (("cluster:lamp",), ())
    assert new.assign(vectors).tolist() == old.assign(vectors).tolist()
    assert change.moved == pytest.approx(20 / 100)


def test_what_has_left_the_catalogue_vanishes_and_its_name_is_not_given_to_others() -> None:
    vectors, words, kind = shop(20, 4)
    old = learn(vectors, words, 4)
    left = np.array(kind) != 0
    kept_words = [own for own, stays in zip(words, left, strict=True) if stays]
    new, change = relearn(old, vectors[left], kept_words, 3)
    assert change.vanished == ("cluster:candle",)
    assert set(new.names) == set(old.names) - {"cluster:candle"}
    other = around(directions(len(KINDS)), [4] * 20, 0.08, seed=7)
    _, change = relearn(old, np.concatenate([vectors[left], other]), [*kept_words, *[["candle"]] * 20], 4)
    assert len(change.appeared) == len(change.vanished) == 1
    assert set(change.appeared).isdisjoint(old.names)


def test_the_number_of_topics_stays_until_the_catalogue_is_much_larger() -> None:
    vectors, words, _ = shop(100)
    old = learn(vectors[:300], words[:300])
    assert clusters_for(600) == 8
    assert len(relearn(old, vectors[:400], words[:400])[0].names) == len(old.names)
    assert len(relearn(old, vectors, words)[0].names) > len(old.names)


def test_topics_of_another_embedder_are_learnt_afresh() -> None:
    vectors, words, _ = shop(20)
    old = learn(vectors, words, 6)
    new, change = relearn(old, np.ascontiguousarray(vectors[:, :20]), words, 6)
    assert new.centroids.shape[1] == 20
    assert change.moved == 1.0
