"""Titles in free text: what they refer to, and when to ask."""

from __future__ import annotations

import numpy as np
import pytest

from evals.retrieval_cases import TITLES, TitleCase
from tests.tools.retrieval.conftest import Names
from tools.retrieval.hybrid import HybridRetriever
from tools.retrieval.text import digits, fold, key
from tools.retrieval.titles import TitleIndex, forms


@pytest.mark.parametrize("case", TITLES, ids=lambda case: case.text)
def test_written_cases_over_the_film_catalogue(film_names: Names, case: TitleCase) -> None:
    found = film_names.titles.resolve(case.text)
    meant = f"{found.matches[0].title} ({found.matches[0].year})" if found.status == "resolved" else found.status
    assert meant == case.expected


def test_remakes_are_ambiguous_with_the_better_known_first(retriever: HybridRetriever) -> None:
    found = retriever.resolve_title("King Kong")
    assert found.status == "ambiguous"
    assert [match.year for match in found.matches] == [2005, 1976]


def test_a_film_that_everybody_means_needs_no_question(retriever: HybridRetriever) -> None:
    found = retriever.resolve_title("titanic")
    assert (found.status, found.matches[0].year) == ("resolved", 1997)


@pytest.mark.parametrize(("text", "year"), [("King Kong", 1976), ("king kong (1976)", None), ("King Kong", 1975)])
def test_a_year_settles_it_and_may_be_one_off(retriever: HybridRetriever, text: str, year: int | None) -> None:
    found = retriever.resolve_title(text, year)
    assert (found.status, found.matches[0].year) == ("resolved", 1976)


def test_a_year_that_no_candidate_has_leaves_doubt(retriever: HybridRetriever) -> None:
    found = retriever.resolve_title("Alien", 2010)
    assert (found.status, found.matches[0].title) == ("ambiguous", "Alien")


def test_aliases_are_titles(retriever: HybridRetriever) -> None:
    found = retriever.resolve_title("sen to chihiro")
    assert (found.status, found.matches[0].title) == ("resolved", "Spirited Away")


@pytest.mark.parametrize("text", ["", "   ", "???", "the", "\u200b", "x" * 5000])
def test_anything_can_be_asked(retriever: HybridRetriever, text: str) -> None:
    assert retriever.resolve_title(text).status == "unknown"


def test_titles_without_a_letter_do_no_harm() -> None:
    titles = TitleIndex(["a", "b"], ["$", "…"], {}, np.array([np.nan, np.nan], np.float32), np.zeros(2))
    assert titles.resolve("$").status == "unknown"


def test_the_same_words_in_any_writing_have_one_key() -> None:
    assert key("Mr. & Mrs. Smith") == key("mr and mrs smith")
    assert key("Amélie") == key("AMELIE")
    assert key("Matrix, The") == key("The Matrix") == "matrix"
    assert key("E.T. the Extra-Terrestrial") == "et the extra terrestrial"
    assert fold("½") == "1 2"
    assert digits(["rocky", "ii"]) == digits(["rocky", "two"]) == ["rocky", "2"]
    assert digits(["i", "robot"]) == ["i", "robot"]
    assert digits(["part", "i"]) == ["part", "1"]


def test_a_title_is_known_whole_and_by_its_telling_parts() -> None:
    known = dict(forms("Star Wars: Episode IV – A New Hope"))
    assert known["star wars episode iv a new hope"] == 1.0
    assert known["star wars"] < 1.0
    assert known["new hope"] < 1.0
    assert "part 2" not in dict(forms("Deathly Hallows – Part 2"))
