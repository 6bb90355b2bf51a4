from __future__ import annotations

import pytest

from tools.scoring.knowledge.titles import Form, fold, stems


@pytest.mark.parametrize(
    ("title", "stem", "number"),
    [
        ("Star Trek II: The Wrath of Khan", "Star Trek", 2),
        ("Star Wars: Episode IV – A New Hope", "Star Wars", 4),
        ("The Godfather Part II", "Godfather", 2),
        ("Kill Bill: Volume 1", "Kill Bill", 1),
        ("Friday the 13th Part VIII: Jason Takes Manhattan", "Friday the 13th", 8),
        ("Jackass Number Two", "Jackass", 2),
        ("Alien 3", "Alien", 3),
        ("Terminator 2: Judgment Day (1991)", "Terminator", 2),
        ("Batman: Mask of the Phantasm", "Batman", None),
        ("Mission: Impossible – Ghost Protocol", "Mission: Impossible", None),
        ("Harry Potter and the Goblet of Fire", "Harry Potter", None),
        ("Saw 3D", "Saw", None),
    ],
)
def test_a_title_tells_its_series_and_its_part(title: str, stem: str, number: int | None) -> None:
    found = {one.text: one.number for one in stems(title)}

    assert found[stem] == number


def test_a_part_of_a_part_counts_within_its_own_stem() -> None:
    found = {stem.text: stem for stem in stems("Harry Potter and the Deathly Hallows – Part 1")}

    assert found["Harry Potter and the Deathly Hallows"].number == 1
    assert found["Harry Potter"].number is None


@pytest.mark.parametrize("title", ["Fahrenheit 451", "Police Story 2013", "Se7en", "Love & Other Drugs", "The Thing"])
def test_other_numbers_and_words_are_no_parts(title: str) -> None:
    assert [stem.form for stem in stems(title)] == [Form.WHOLE]


@pytest.mark.parametrize("title", ["", "...", "?!"])
def test_a_title_without_words_has_no_stem(title: str) -> None:
    assert stems(title) == ()


def test_spellings_of_one_title_fold_alike() -> None:
    assert fold("The Misérables & Co.") == fold("Miserables and Co")
    assert stems("Lord of the Rings, The (1978)")[0].words == stems("The Lord of the Rings")[0].words
    assert fold("The") == ("the",)
