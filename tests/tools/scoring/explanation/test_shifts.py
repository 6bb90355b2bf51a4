from __future__ import annotations

import pytest

from core.explanations import Shift
from tools.scoring.explanation.shifts import ordinal, told


def shift(title: str, rank: int | None, rank_then: int | None) -> Shift:
    return Shift(item_id=title.casefold(), title=title, rank=rank, rank_then=rank_then, score=None, score_then=None)


def test_what_leaves_and_what_comes_in_is_told_first() -> None:
    moved = [shift("Contact", 12, 5), shift("Heat", 3, 4), shift("Aliens", 2, 14), shift("Alien", None, 1)]
    assert told(moved, 10, 10, {"alien"}) == (
        "Aliens would be 14th, Contact would come in at 5th and Alien itself could be suggested (1st)"
    )


def test_moves_within_the_list_are_told_where_nothing_else_moves() -> None:
    moved = [shift("Heat", 3, 4), shift("Ronin", 9, 2)]
    assert told(moved, 10, 10) == "Ronin would be 2nd in place of 9th and Heat would be 4th in place of 3rd"


def test_what_is_not_ranked_any_more_is_not_on_the_list() -> None:
    assert told([shift("Heat", 1, None)], 10, 10) == "Heat would not be on the list"
    assert told([], 10, 10) == ""


def test_a_shorter_list_drops_its_end() -> None:
    assert told([shift("Heat", 5, 4)], 5, 3) == "Heat would be 4th"


@pytest.mark.parametrize(
    ("number", "words"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (112, "112th"), (121, "121st")]
)
def test_ordinals(number: int, words: str) -> None:
    assert ordinal(number) == words
