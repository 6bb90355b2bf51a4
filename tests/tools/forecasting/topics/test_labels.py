from __future__ import annotations

import numpy as np

from tools.forecasting.topics.labels import MOST_WORDS, item_words, labels, stem


def test_words_that_name_nothing_are_left_out() -> None:
    words = item_words("Set of 6 THE t-lights", {"genre": ("Drama", "R"), "country": ("United Kingdom",)}, "with love")
    assert words == ["set", "lights", "love", "drama", "united kingdom"]


def test_plurals_count_as_their_singular() -> None:
    assert [stem(word) for word in ("boxes", "fairies", "trees", "glass", "dishes", "box")] == [
        "box",
        "fairy",
        "tree",
        "glass",
        "dish",
        "box",
    ]


def named(groups: list[list[str]], taken: list[str | None] | None = None) -> tuple[str, ...]:
    words = [item_words(title, {}) for titles in groups for title in titles]
    codes = np.repeat(np.arange(len(groups)), [len(titles) for titles in groups])
    return labels(words, codes, len(groups), taken)


def test_a_label_has_the_words_of_its_group_in_their_usual_order() -> None:
    found = named(
        [
            ["red christmas tree decoration", "christmas tree decorations with bells", "christmas tree decoration"],
            ["tea mug", "tea mugs", "tea mug for tea"],
        ]
    )
    assert found == ("christmas tree decoration", "tea mug")


def test_words_of_all_groups_name_none() -> None:
    kinds = ("mug", "candle", "cushion", "clock")
    assert named([[f"pink set {kind}" for _ in range(20)] for kind in kinds]) == kinds


def test_labels_differ_even_where_groups_do_not() -> None:
    found = named([["tea mug"] * 3, ["tea mug"] * 2, ["tea mug"]])
    assert len(set(found)) == 3
    assert found[0] == "tea mug"
    assert all(len(label.split()) <= MOST_WORDS for label in found)


def test_kept_names_stay_and_are_not_given_twice() -> None:
    found = named([["tea mug"] * 3, ["tea mug"] * 2], ["old name", None])
    assert found == ("old name", "tea mug")
    assert named([["tea mug"], ["tea mug"]], ["tea mug", None])[1] != "tea mug"


def test_a_group_without_words_is_called_other() -> None:
    assert named([["1234"], ["tea mug"]]) == ("other", "tea mug")
    assert labels([], np.zeros(0, dtype=np.int64), 0) == ()
