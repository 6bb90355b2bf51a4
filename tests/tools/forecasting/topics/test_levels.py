from __future__ import annotations

import numpy as np
import pytest

from core.errors import InputError
from store.columns import ItemColumns
from tests.tools.forecasting.worlds import columns_of
from tools.forecasting.topics.levels import finer_facet, opened, purity


@pytest.fixture(scope="module")
def grocery() -> ItemColumns:
    """Three departments of three categories of three types, brands across all of them, and a language of almost all."""
    generator = np.random.default_rng(0)
    facets = []
    for row in range(540):
        kind = row % 27
        facets.append(
            {
                "department": [f"d{kind // 9}"],
                "category": [f"c{kind // 3}"],
                "type": [f"t{kind}"],
                "brand": [f"b{generator.integers(30)}"],
                "language": ["English" if generator.random() < 0.95 else "French"],
                "number": [f"n{row}"],
            }
        )
    facets[0]["category"] = ["c8"]  # catalogues have mistakes
    return columns_of(["x"] * len(facets), facets)


def test_each_level_is_found_below_the_one_above(grocery: ItemColumns) -> None:
    assert [finer_facet(grocery, facet) for facet in ("department", "category", "type")] == ["category", "type", None]


def test_a_facet_across_others_lies_below_none_however_common_their_values(grocery: ItemColumns) -> None:
    assert finer_facet(grocery, "language") is None
    assert purity(grocery, "language", "brand") < 0.1
    assert purity(grocery, "department", "number") == 0
    assert purity(grocery, "department", "type") == 1


def test_an_item_of_several_values_lies_within_none_of_them() -> None:
    columns = columns_of(["x"] * 40, [{"genre": ["Drama", f"g{n % 4}"], "director": [f"d{n % 10}"]} for n in range(40)])
    assert finer_facet(columns, "genre") is None


def test_a_topic_opens_into_the_values_that_lie_in_it(grocery: ItemColumns) -> None:
    topics = opened(grocery, "department:D1")
    assert topics is not None
    assert sorted(topics.names) == ["category:c3", "category:c4", "category:c5"]
    inside = np.asarray(topics.weights.sum(axis=1)).ravel()
    assert inside.tolist() == [float(row % 27 // 9 == 1) for row in range(540)]
    assert opened(grocery, "type:t1") is None
    assert opened(grocery, "department:gone") is None
    assert opened(grocery, "cluster:mug") is None


def test_a_facet_that_is_none_is_one_clear_error(grocery: ItemColumns) -> None:
    with pytest.raises(InputError, match=r"no facet 'cluster'.*brand, category"):
        finer_facet(grocery, "cluster")
