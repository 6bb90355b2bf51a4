"""The mood of a conversation, on sentences of our own (moods.tsv: part, label, sentence)."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.desk.mood import mood_of

LABELLED = [line.split("\t") for line in (Path(__file__).parent / "moods.tsv").read_text("utf-8").splitlines()]


def accuracy(part: str) -> float:
    rows = [(label, text) for each, label, text in LABELLED if each == part]
    return sum(mood_of([text]).label == label for label, text in rows) / len(rows)


def test_labelled_sentences_are_told_apart() -> None:
    assert len(LABELLED) >= 100
    assert accuracy("tune") >= 0.95
    assert accuracy("held") >= 0.9


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("I am happy with it.", "pleased"),
        ("I am not happy with it.", "annoyed"),
        ("It was not bad.", "calm"),
        ("I am a bit disappointed.", "annoyed"),
        ("I am extremely disappointed and fed up with this.", "angry"),
        ("It could not be better.", "pleased"),
        ("", "calm"),
    ],
)
def test_negation_and_degree_count(text: str, label: str) -> None:
    assert mood_of([text]).label == label


def test_the_sentence_that_it_rests_on_is_quoted() -> None:
    mood = mood_of(["I bought a lamp. This is unacceptable! It is for my sister."])
    assert (mood.label, mood.quote) == ("angry", "This is unacceptable!")
    assert mood.score < -0.5


def test_what_was_said_last_counts_most() -> None:
    assert mood_of(["This is unacceptable!", "ok", "fine", "Thank you so much, great!"]).label == "pleased"
    assert mood_of(["Thank you, great!", "ok", "This is unacceptable!"]).label == "angry"


def test_an_opinion_of_an_item_is_no_mood() -> None:
    assert mood_of(["I hate Titanic, it was terrible"], tastes=["hate Titanic, it was terrible"]).label == "calm"
    assert mood_of(["I hate this, it was terrible"]).label == "angry"


def test_a_mood_lies_between_minus_one_and_one() -> None:
    for _, _, text in LABELLED:
        assert -1 <= mood_of([text] * 6).score <= 1
