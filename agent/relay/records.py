"""Which stored conversation a list of messages continues, from digests of what was said.

A `Record` stands for the list of messages that one conversation has seen. Matching is by content alone and never
crosses people: the records given are those of one person.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from agent.memory import Exchange
from core.types import Frozen, Instant, idempotency_key

AGAIN_WITHIN = timedelta(seconds=20)
"""An equal request that comes this soon after its answer is a repeated delivery; a later one wants another answer."""

_WINDOW = 2
"""Exchanges that a list must have for its conversation to be known by its end alone."""


class Row(Frozen):
    """One exchange of a relayed conversation.

    Attributes:
        turn: the turn that answered it, or that tells of the answer of another program.
        exchange: digest of the message and its answer.
        asked: digest of the whole request that it answered; empty for the answer of another program.
        key: digest of the key under which the request was delivered, if it had one.
    """

    turn: int
    exchange: str
    asked: str = ""
    at: Instant
    key: str = ""


class Record(Frozen):
    """The exchanges of one conversation as the program that relays it knows them, in order."""

    conversation_id: str
    rows: tuple[Row, ...] = ()

    @property
    def exchanges(self) -> tuple[str, ...]:
        """Digests of the exchanges."""
        return tuple(row.exchange for row in self.rows)


def exchange_digest(exchange: Exchange) -> str:
    """Equal for exchanges that differ in white space alone."""
    return idempotency_key(" ".join(exchange.said.split()), " ".join(exchange.replied.split()))


def request_digest(exchanges: Sequence[str], text: str) -> str:
    """Equal for requests with the same exchanges and the same message."""
    return idempotency_key(*exchanges, " ".join(text.split()))


def latest_first(records: Sequence[Record]) -> list[Record]:
    """By the time of their last exchange."""
    return sorted((record for record in records if record.rows), key=lambda record: record.rows[-1].at, reverse=True)


def delivered_before(
    records: Sequence[Record], asked: str, key: str, repeated: bool, now: datetime
) -> tuple[Record, Row] | None:
    """Where a request was answered already.

    Args:
        key: digest of the delivery's key, which then decides alone; empty without one.
        repeated: whether the program says that it repeats itself.
    """
    for record in latest_first(records):
        for row in reversed(record.rows):
            if row.asked != asked:
                continue
            if (row.key == key) if key else (repeated or now - row.at <= AGAIN_WITHIN):
                return record, row
    return None


def continued(records: Sequence[Record], exchanges: Sequence[str]) -> Record | None:
    """The conversation that stands exactly where the list does, or whose end the list is.

    Programs with a small window leave out how a conversation began, so a list that is the whole end of one continues
    it; a single exchange is too little to tell by.
    """
    wanted = tuple(exchanges)
    found = latest_first(records)
    for record in found:
        if record.exchanges == wanted:
            return record
    if len(wanted) >= _WINDOW:
        for record in found:
            if record.exchanges[-len(wanted) :] == wanted:
                return record
    return None


def longest_start(records: Sequence[Record], exchanges: Sequence[str]) -> tuple[Record, int] | None:
    """The conversation that began as the list does for longest, and for how many exchanges."""
    best: tuple[Record, int] | None = None
    for record in latest_first(records):
        common = 0
        for mine, wanted in zip(record.exchanges, exchanges, strict=False):
            if mine != wanted:
                break
            common += 1
        if common and (best is None or common > best[1]):
            best = record, common
    return best
