"""Rank fusion and BM25 on their own."""

from __future__ import annotations

import numpy as np
import pytest

from tools.retrieval.fusion import fuse
from tools.retrieval.lexical import Lexical, query_terms, stem, top


def test_fusion_sums_reciprocal_ranks() -> None:
    fused = fuse({"a": [7, 8], "b": [8, 9]}, 10)
    assert [position for position, _, _ in fused] == [8, 7, 9]
    assert fused[0][1] == pytest.approx(1 / 62 + 1 / 61)
    assert fused[0][2] == {"a": 2, "b": 1}
    assert fuse({}, 5) == []


def test_equal_scores_keep_the_order_of_positions() -> None:
    assert [entry[0] for entry in fuse({"a": [5], "b": [3], "c": [4]}, 3)] == [3, 4, 5]
    assert top(np.array([1.0, 2.0, 2.0, 2.0]), 2) == [1, 2]
    assert top(np.array([1.0, 2.0]), 5, floor=1.0) == [1]
    assert top(np.array([]), 3) == []


def test_bm25_finds_words_in_any_number_and_obeys_the_mask() -> None:
    index = Lexical(["A thriller about spies", "A comedy about dogs", "Another thriller", ""])
    every = np.ones(4, dtype=bool)
    assert index.search("thrillers please", every, 5) == [2, 0]
    assert index.search("thrillers", np.array([True, True, False, True]), 5) == [0]
    assert index.search("nothing known", every, 5) == []
    assert Lexical([]).search("x", np.zeros(0, dtype=bool), 5) == []


def test_a_query_of_stop_words_alone_is_kept() -> None:
    assert query_terms("something like her") == ["her"] or query_terms("it") == ["it"]
    assert query_terms("a thriller about it") == ["thriller"]


@pytest.mark.parametrize(
    ("word", "expected"), [("thrillers", "thriller"), ("comedies", "comedy"), ("glass", "glass"), ("bus", "bus")]
)
def test_only_plural_endings_are_taken_off(word: str, expected: str) -> None:
    assert stem(word) == expected
