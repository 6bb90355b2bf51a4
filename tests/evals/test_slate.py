from __future__ import annotations

import numpy as np
import pytest

from evals.metrics import Lists
from evals.slate import Place, SlateReport, likeness


def lists(*rows: list[int]) -> Lists:
    items = np.array(rows, np.int32)
    return Lists(items, -np.tile(np.arange(items.shape[1], dtype=np.float32), (len(items), 1)))


def test_likeness_is_the_mean_cosine_of_pairs() -> None:
    rng = np.random.default_rng(0)
    vectors = rng.normal(size=(40, 5)).astype(np.float32)
    centred = vectors - vectors.mean(axis=0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    row = [3, 9, 21, 30]
    pairs = [centred[a] @ centred[b] for a in row for b in row if a < b]
    assert likeness(lists([*row, -1]), vectors)[0] == pytest.approx(np.mean(pairs), abs=1e-5)


def test_only_the_first_ten_count_and_one_item_is_like_nothing() -> None:
    vectors = np.random.default_rng(1).normal(size=(30, 4)).astype(np.float32)
    first = list(range(10))
    found = likeness(lists([*first, 20, 21], [*first, 25, 26], [4, *[-1] * 11]), vectors)
    assert found[0] == found[1]
    assert found[2] == 0


def test_the_table_has_a_line_for_each_place() -> None:
    places = tuple(Place(at, 0.4, 0.1, 0.2, 0.25, 2.5, 0.9, 0.12, 0.0, 0.0, 0.0) for at in (None, 0.0, 1.0))
    lines = SlateReport(100, 1000, places).text().splitlines()
    assert [line.split("  ")[0] for line in lines[2:]] == ["not turned", "0", "1"]
    assert all("0.1200" in line for line in lines[2:])
