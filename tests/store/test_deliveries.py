from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from store.db import Database
from store.deliveries import ABANDONED, KEPT, Deliveries
from store.erasure import export_user, forget_user

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)


def test_a_request_is_taken_on_by_one_and_its_outcome_told_to_the_others(database: Database) -> None:
    deliveries = Deliveries(database)
    with ThreadPoolExecutor(8) as pool:
        claims = list(pool.map(lambda _: deliveries.claim("ann", "k", "digest", NOW), range(8)))
    assert claims.count(None) == 1
    assert all(claim.conversation_id is None for claim in claims if claim is not None)
    deliveries.complete("ann", "k", "conversation", 3)
    kept = deliveries.claim("ann", "k", "other", NOW)
    assert kept is not None
    assert (kept.digest, kept.at, kept.conversation_id, kept.turn) == ("digest", NOW, "conversation", 3)
    assert deliveries.claim("bea", "k", "digest", NOW) is None, "a key is one person's"


def test_what_failed_or_died_may_be_sent_again(database: Database) -> None:
    deliveries = Deliveries(database)
    assert deliveries.claim("ann", "failed", "d", NOW) is None
    deliveries.release("ann", "failed")
    assert deliveries.claim("ann", "failed", "d", NOW) is None
    late = NOW + ABANDONED + timedelta(seconds=1)
    assert deliveries.claim("ann", "failed", "d", NOW + ABANDONED) is not None
    assert deliveries.claim("ann", "failed", "d", late) is None
    deliveries.complete("ann", "failed", "conversation")
    assert deliveries.claim("ann", "failed", "d", late + ABANDONED * 2) is not None, "an outcome is kept"


def test_a_request_that_is_released_while_others_ask_for_it_is_taken_on_by_one_of_them(database: Database) -> None:
    deliveries = Deliveries(database)

    def ask(_: int) -> None:
        for _ in range(40):
            if deliveries.claim("ann", "k", "d", NOW) is None:
                deliveries.release("ann", "k")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(ask, range(4)))
    assert deliveries.claim("ann", "k", "d", NOW) is None


def test_they_are_a_persons_own(database: Database) -> None:
    Deliveries(database).claim("ann", "k", "d", NOW)
    assert export_user(database, (), "ann")["deliveries"][0]["key"] == "k"
    assert forget_user(database, (), "ann")["deliveries"] == 1
    assert export_user(database, (), "ann")["deliveries"] == []


def test_outcomes_of_long_ago_are_not_kept(database: Database) -> None:
    deliveries = Deliveries(database)
    for person in ("ann", "bea"):
        assert deliveries.claim(person, "old", "d", NOW) is None
        deliveries.complete(person, "old", "conversation")
    assert deliveries.claim("ann", "new", "d", NOW + KEPT) is None
    assert {row["key"] for row in export_user(database, (), "ann")["deliveries"]} == {"old", "new"}
    assert deliveries.claim("ann", "old", "d", NOW + KEPT + timedelta(seconds=1)) is None
    assert export_user(database, (), "bea")["deliveries"], "each person's go with their own next request"
