"""The benchmark of extraction: how dialogues are taken from the data, and how agreement with the forms is counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import InputError
from core.turns import HeardEvent
from core.types import EventKind
from evals.extraction import Counts, Opinion, all_liked, by_sentiment_words, compare, opinions, seen_is_liked
from evals.redial import Film, dialogue_of, dialogues, film_of, folded, held_by
from tests.agent.films import columns, films

HELD = held_by(columns(films()))

RECORD = {
    "initiatorWorkerId": 1,
    "movieMentions": {"10": "Alien  (1979)", "11": "Blorgon (2016)", "12": "Titanic (1998)", "13": None},
    "initiatorQuestions": {
        "10": {"seen": 1, "liked": 1, "suggested": 0},
        "11": {"seen": 1, "liked": 0, "suggested": 1},
        "12": {"seen": 0, "liked": 2, "suggested": 1},
    },
    "messages": [
        {"senderWorkerId": 1, "text": "I loved @10"},
        {"senderWorkerId": 2, "text": "Have you seen @11 ?"},
        {"senderWorkerId": 1, "text": "yes, it was boring"},
        {"senderWorkerId": 2, "text": "And @12 ?"},
    ],
}


def test_a_film_is_the_catalogues_by_title_and_year() -> None:
    assert film_of("Titanic  (1998)", HELD).item_id == "tt0120338"
    assert film_of("Titanic (2031)", HELD) == Film("Titanic", 2031, None)
    assert film_of("Godfather, The (1972)", HELD).item_id is not None
    assert folded("The Godfather") == folded("Godfather, The")


def test_dialogue_becomes_a_chat_log_with_titles() -> None:
    dialogue = dialogue_of(RECORD, HELD)
    assert dialogue.log.splitlines()[:2] == [
        "Seeker: I loved Alien (1979)",
        "Recommender: Have you seen Blorgon (2016) ?",
    ]
    assert dialogue.talked_about() == ["10", "11"], "nothing was said after the last film was named"


def test_last_statement_wins_and_a_wish_is_no_sight() -> None:
    def event(kind: EventKind, title: str, value: float) -> HeardEvent:
        return HeardEvent(kind=kind, title=title, value=value, quote="x")

    told = {"1": Film("Alien", 1979), "2": Film("Jaws", 1975), "3": Film("Heat", 1995), "4": Film("Seven", 1995)}
    events = [
        event(EventKind.LIKE, "Alien (1979)", 1.0),
        event(EventKind.DISLIKE, "Alien", -0.7),
        event(EventKind.REQUEST, "Jaws", 0.4),
        event(EventKind.SEEN, "Heat", 0.0),
    ]
    assert opinions(events, told) == {
        "1": Opinion(liked=False, seen=True),
        "2": Opinion(liked=True, seen=None),
        "3": Opinion(liked=None, seen=True),
        "4": Opinion(),
    }
    assert seen_is_liked({"3": Opinion(None, True), "4": Opinion()}) == {"3": Opinion(True, True), "4": Opinion()}


def test_agreement_is_counted_by_aspect() -> None:
    dialogue = dialogue_of(RECORD, HELD)
    counts = {aspect: Counts() for aspect in ("liked", "disliked", "seen")}
    compare({"10": Opinion(True, True), "11": Opinion(True, None)}, dialogue, dialogue.talked_about(), counts)
    assert counts == {"liked": Counts(1, 2, 1), "disliked": Counts(0, 0, 1), "seen": Counts(1, 1, 2)}
    assert counts["liked"].f1 == pytest.approx(2 / 3)


def test_simple_rules() -> None:
    dialogue = dialogue_of(RECORD, HELD)
    assert all_liked(dialogue)["11"] == Opinion(True, True)
    words = by_sentiment_words(dialogue)
    assert (words["10"].liked, words["11"].liked) == (True, False)


def test_missing_data_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="DRIFTLINE_TEST_DATA"):
        dialogues(tmp_path / "none.jsonl.gz", HELD)
