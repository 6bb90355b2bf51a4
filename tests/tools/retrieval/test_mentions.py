"""Catalogue names in free text, with titles that are ordinary words as traps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from core.mentions import Mention
from evals.retrieval_cases import MENTIONS, MentionCase
from tests.tools.retrieval.conftest import FILMS, Names
from tools.retrieval.hybrid import HybridRetriever


def named(mentions: list[Mention]) -> list[str]:
    return [mention.value if mention.kind == "title" else f"{mention.kind}:{mention.value}" for mention in mentions]


@pytest.mark.parametrize("case", MENTIONS, ids=lambda case: case.text)
def test_written_cases_over_the_film_catalogue(film_names: Names, case: MentionCase) -> None:
    assert sorted(set(named(film_names.finder.find(case.text)))) == sorted(case.expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I loved Alien and Fargo, something tense but not gory, after 1990", ["Alien", "Fargo"]),
        ("i loved alien and fargo", ["Alien", "Fargo"]),
        ("Once my friends saw it, they told her: after that, something big came up", []),
        ("i love you all, kids, friends and funny people", []),
        ("I loved Once, Up and Her", ["Once", "Up", "Her"]),
        ('I watched "It" and "Kids"', ["It", "Kids"]),
        ("Something tense", []),
        ("After work I am tense", []),
        ("the lord of the rings: the two towers was great", ["The Lord of the Rings: The Two Towers"]),
        ("i loved the shawshank redemtion", ["The Shawshank Redemption"]),
        ("the godfather part ii is better than the godfather", ["The Godfather Part II", "The Godfather"]),
        ("Peter Jackson films", ["director:Peter Jackson"]),
        ("with tom hanks", ["actor:Tom Hanks"]),
        ("animated, in Japanese", ["genre:Animation", "language:Japanese"]),
        ("something for 20 dollars", []),
    ],
)
def test_traps(retriever: HybridRetriever, text: str, expected: list[str]) -> None:
    assert named(retriever.mentions(text)) == expected


def test_a_mention_spans_its_words_and_its_year(retriever: HybridRetriever) -> None:
    text = "I loved King Kong (1976) a lot"
    (mention,) = retriever.mentions(text)
    assert text[mention.start : mention.end] == "King Kong (1976)"
    assert mention.resolution is not None
    assert (mention.resolution.status, mention.resolution.matches[0].year) == ("resolved", 1976)


def test_an_ambiguous_title_carries_its_candidates(retriever: HybridRetriever) -> None:
    (mention,) = retriever.mentions("I loved King Kong")
    assert mention.resolution is not None
    assert mention.resolution.status == "ambiguous"
    assert {match.item_id for match in mention.resolution.matches} == {"f005", "f006"}


@given(
    text=st.text(max_size=80)
    | st.lists(
        st.sampled_from(
            [item.title for item in FILMS]
            + ["I loved", "and", ",", "horror", "like", '"', "(1990)", "rom-com", "PG-13", ". "]
        ),
        max_size=12,
    ).map(" ".join)
)
@hypothesis_settings(max_examples=300, deadline=None)
def test_mentions_are_in_order_without_overlaps(retriever: HybridRetriever, text: str) -> None:
    end = 0
    for mention in retriever.mentions(text):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
        assert (mention.kind == "title") == (mention.resolution is not None)
        if mention.resolution is not None:
            assert mention.resolution.matches[0].title == mention.value
