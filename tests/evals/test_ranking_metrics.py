"""Metrics of ranked lists: against figures worked out by hand, and ties against the model."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from evals.metrics import (
    Lists,
    average_popularity,
    bootstrap_interval,
    bootstrap_intervals,
    evaluate,
    gini,
    miscalibration,
    novelty,
)


def lists(*rows: list[tuple[int, float]], length: int = 30) -> Lists:
    ids = [str(item) for item in range(100)]
    people = [str(row) for row in range(len(rows))]
    told = {person: [(str(item), score) for item, score in row] for person, row in zip(people, rows, strict=True)}
    return Lists.of(told, people, {item: int(item) for item in ids}, length)


def wanted(*rows: list[int], items: int = 100) -> csr_matrix:
    dense = np.zeros((len(rows), items), np.float32)
    for row, chosen in enumerate(rows):
        dense[row, chosen] = 1
    return csr_matrix(dense)


def ranking(count: int) -> list[tuple[int, float]]:
    return [(item, float(-item)) for item in range(count)]


def test_figures_by_hand() -> None:
    found = evaluate(lists(ranking(25), ranking(25), []), wanted([0, 3], [14, 50], [1]))
    ideal = 1 + 1 / np.log2(3)
    assert found.hit.tolist() == [1, 0, 0]
    assert found.ndcg == pytest.approx([(1 + 1 / np.log2(5)) / ideal, 0, 0])
    assert found.recall.tolist() == [1, 0.5, 0]
    assert found.mrr == pytest.approx([1, 1 / 15, 0])
    assert found.coverage == pytest.approx(10 / 100)


def test_what_counts_stands_behind_all_others_of_its_score() -> None:
    tied = [(5, 1.0), (6, 1.0), (7, 1.0), (8, 0.5)]
    found = evaluate(lists(tied, tied), wanted([5], [5, 6]))
    assert found.mrr == pytest.approx([1 / 3, 1 / 2])


def test_a_tie_that_reaches_the_end_of_a_full_list_counts_as_not_listed() -> None:
    tied = [(0, 2.0), (1, 1.0), (2, 1.0)]
    full = evaluate(lists(tied, length=3), wanted([1]))
    longer = evaluate(lists(tied, length=4), wanted([1]))
    assert full.hit.tolist() == [0]
    assert longer.mrr == pytest.approx([1 / 3])


def test_more_relevant_items_than_places_can_be_perfect() -> None:
    assert evaluate(lists(ranking(30)), wanted(list(range(12)))).ndcg == pytest.approx([1])


def test_the_rare_is_novel_and_unpopular() -> None:
    takers = np.array([64, 1, 0, 16])
    found = lists([(0, 1.0)], [(1, 1.0)], [(2, 1.0)], [(0, 2.0), (3, 1.0)])
    assert novelty(found, takers, 64) == pytest.approx([0, 6, 6, 1])
    assert average_popularity(found, takers) == pytest.approx([1, 1 / 3, 0, (1 + 2 / 3) / 2])


def test_gini_is_none_for_even_lists_and_near_one_for_one_item() -> None:
    assert gini(lists(*[[(item, 1.0)] for item in range(20)]), 20) == pytest.approx(0)
    assert gini(lists(*[[(3, 1.0)] for _ in range(20)]), 20) == pytest.approx(19 / 20)


def test_lists_in_a_persons_proportions_are_calibrated() -> None:
    topics = csr_matrix(np.eye(2, dtype=np.float32)[[0, 0, 1, 1]])
    own = np.array([[0.5, 0.5], [0.5, 0.5], [0.0, 0.0]])
    found = miscalibration(lists([(0, 2.0), (2, 1.0)], [(0, 2.0), (1, 1.0)], [(0, 1.0)]), own, topics)
    assert found[0] == pytest.approx(0)
    assert found[1] > 0.5
    assert found[2] == 0


def test_intervals_hold_the_mean_and_know_a_difference_from_chance() -> None:
    rng = np.random.default_rng(0)
    noise, better = rng.normal(0, 1, 400), rng.normal(0.5, 1, 400)
    found = bootstrap_intervals(np.stack([noise, better]))
    assert (found[:, 1] < found[:, 0]).all()
    assert (found[:, 0] < found[:, 2]).all()
    assert found[0, 1] < 0 < found[0, 2]
    assert found[1, 1] > 0
    assert found[1, 2] - found[1, 1] == pytest.approx(2 * 1.96 / 20, rel=0.15)
    assert bootstrap_interval(better, np.zeros(400)) == pytest.approx(tuple(found[1]), abs=0.02)
