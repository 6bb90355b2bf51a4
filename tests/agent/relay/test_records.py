from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from agent.memory import Exchange
from agent.relay.records import (
    AGAIN_WITHIN,
    Record,
    Row,
    continued,
    delivered_before,
    exchange_digest,
    longest_start,
    request_digest,
)

THEN = datetime(2024, 6, 1, tzinfo=UTC)


def digests(words: str) -> list[str]:
    return [exchange_digest(Exchange(said=word, replied=f"on {word}")) for word in words.split()]


def record(name: str, words: str, minutes: int = 0, key: str = "") -> Record:
    found = digests(words)
    rows = tuple(
        Row(
            turn=place,
            exchange=digest,
            asked=request_digest(found[:place], words.split()[place]),
            at=THEN + timedelta(minutes=minutes, seconds=place),
            key=key,
        )
        for place, digest in enumerate(found)
    )
    return Record(conversation_id=name, rows=rows)


def test_a_list_continues_the_conversation_that_stands_where_it_does() -> None:
    records = [record("short", "a"), record("mine", "a b"), record("long", "a b c"), record("other", "a x")]
    for words, name in (("a", "short"), ("a b", "mine"), ("a b c", "long"), ("a x", "other")):
        found = continued(records, digests(words))
        assert found is not None
        assert found.conversation_id == name
    assert continued(records, digests("b a")) is None


def test_of_two_that_stand_there_the_latest_is_continued() -> None:
    found = continued([record("new", "a b", minutes=9), record("old", "a b")], digests("a b"))
    assert found is not None
    assert found.conversation_id == "new"


def test_the_whole_end_of_a_conversation_is_known_by_two_exchanges_but_not_by_one() -> None:
    records = [record("mine", "a b c d")]
    assert continued(records, digests("c d")) == records[0]
    assert continued(records, digests("d")) is None
    assert continued(records, digests("b c")) is None


def test_a_list_that_departs_shares_a_beginning() -> None:
    records = [record("mine", "a b c"), record("other", "a x")]
    assert longest_start(records, digests("a b z")) == (records[0], 2)
    assert longest_start(records, digests("a b")) == (records[0], 2)
    assert longest_start(records, digests("z a b")) is None
    assert longest_start(records, []) is None


def test_an_equal_request_is_repeated_soon_after_its_answer_and_asked_anew_later() -> None:
    mine = record("mine", "a b")
    asked = request_digest(digests("a"), "b")
    answered = mine.rows[1].at
    assert delivered_before([mine], asked, "", False, answered + AGAIN_WITHIN) == (mine, mine.rows[1])
    late = answered + AGAIN_WITHIN + timedelta(seconds=1)
    assert delivered_before([mine], asked, "", False, late) is None
    assert delivered_before([mine], asked, "", True, late) == (mine, mine.rows[1])
    assert delivered_before([mine], request_digest(digests("a"), "c"), "", True, late) is None


def test_a_key_decides_alone() -> None:
    mine = record("mine", "a", key="k")
    asked = request_digest([], "a")
    assert delivered_before([mine], asked, "k", False, THEN + timedelta(days=9)) == (mine, mine.rows[0])
    assert delivered_before([mine], asked, "other", True, THEN) is None


@given(st.text(max_size=20), st.text(max_size=20))
def test_white_space_makes_no_difference(said: str, replied: str) -> None:
    spaced = Exchange(said=f" {said}\n", replied=replied.replace(" ", "  \n"))
    assert exchange_digest(Exchange(said=said, replied=replied)) == exchange_digest(spaced)


@given(st.lists(st.sampled_from("abc"), max_size=6), st.lists(st.sampled_from("abc"), max_size=6))
def test_the_common_beginning_is_what_both_begin_with(mine: list[str], wanted: list[str]) -> None:
    found = longest_start([record("mine", " ".join(mine))], digests(" ".join(wanted)))
    common = found[1] if found else 0
    assert mine[:common] == wanted[:common]
    assert common in {len(mine), len(wanted)} or mine[common] != wanted[common]
