"""Answering a program that relays a person's whole conversation with every message."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from agent.incoming import check_user, readable
from agent.memory import Exchange
from agent.relay.branching import ELSEWHERE, Rehearse, branch, take_back
from agent.relay.records import (
    Record,
    Row,
    continued,
    delivered_before,
    exchange_digest,
    longest_start,
    request_digest,
)
from agent.relay.wording import left_out, of_staff, reply_of, whole
from agent.state import Done, Text, Update
from agent.turnstiles import Turnstiles
from core.turns import Turn
from core.types import PASSING, Consent, Frozen, Id, idempotency_key
from store.relayed import RelayedRows
from tools.deps import Deps

_KIND = "list:"

Run = Callable[[str, str, str], Iterator[Update]]
"""Runs one turn: user id, message, conversation id."""


class Relayed(Frozen):
    """One request of such a program.

    Attributes:
        user_id: whom it is for; None if the program does not say, and then nothing of it is kept.
        earlier: what was said and answered before, in order.
        text: the message to answer.
        key: names the delivery; two deliveries with one key are one request. Empty without one.
        repeated: whether the program says that it asks again after a failure.
    """

    user_id: Id | None
    earlier: tuple[Exchange, ...] = ()
    text: str
    key: str = ""
    repeated: bool = False


class Placed(Frozen):
    """Where a request was placed.

    Attributes:
        exchange: its place among the exchanges of the conversation, from 1.
        again: the request had been answered before; that answer follows.
        kept: whether the conversation is there afterwards.
    """

    type: Literal["placed"] = "placed"
    conversation_id: Id
    exchange: int
    again: bool = False
    kept: bool = True


class Relay:
    """Finds the conversation that a list of messages continues, and runs only its last message; thread-safe.

    Args:
        run: runs a turn.
        rehearse: tries a turn out.
        forget: erases a person.
    """

    def __init__(
        self, deps: Deps, rows: RelayedRows, run: Run, rehearse: Rehearse, forget: Callable[[str], object]
    ) -> None:
        self._deps, self._rows, self._run, self._rehearse, self._forget = deps, rows, run, rehearse, forget
        self._turnstiles = Turnstiles()

    def stream(self, request: Relayed) -> Iterator[Placed | Update]:
        """Where the request was placed, then its turn as it happens; the last update is `Done`.

        The deltas of `Text` join to all that the program should show. Leaving the iterator early does not break the
        turn off.

        Raises:
            InputError: the message is empty, too long, or has no readable character; or the user id is malformed.
        """
        readable(request.text)
        if request.user_id is None:
            return _to_the_end(self._passing(request))
        check_user(request.user_id)
        return _to_the_end(self._kept(request, request.user_id))

    def forget(self, user_id: str, conversation_id: str) -> None:
        """Keep nothing of a conversation that is gone."""
        self._rows.delete(user_id, _KIND + conversation_id)

    def _kept(self, request: Relayed, user_id: str) -> Iterator[Placed | Update]:
        exchanges = [exchange_digest(exchange) for exchange in request.earlier]
        asked = request_digest(exchanges, request.text)
        key = idempotency_key(request.key) if request.key else ""
        # Deliveries of one request, and edits of one message, wait for each other.
        with self._turnstiles.one_turn_at_a_time(idempotency_key(user_id, *exchanges)):
            records = self._records(user_id)
            before = delivered_before(records, asked, key, request.repeated, self._deps.now())
            turn = self._turn(*before) if before else None
            if before and turn:
                yield from self._again(*before, turn)
                return
            record = self._conversation(user_id, request.earlier, exchanges, records)
            yield Placed(conversation_id=record.conversation_id, exchange=len(record.rows) + 1)
            said: list[str] = []
            for update in self._answer(user_id, request.text, record):
                if isinstance(update, Text):
                    said.append(update.delta)
                if isinstance(update, Done):
                    exchange = exchange_digest(Exchange(said=request.text, replied="".join(said)))
                    row = Row(turn=update.turn.turn, exchange=exchange, asked=asked, at=self._deps.now(), key=key)
                    self._keep(user_id, record.model_copy(update={"rows": (*record.rows, row)}))
                yield update

    def _passing(self, request: Relayed) -> Iterator[Placed | Update]:
        """For nobody in particular: what was said counts for this answer, and is gone with it."""
        user_id = f"{PASSING}{uuid.uuid4().hex}"
        conversations = self._deps.conversations
        conversations.set_consent(Consent(user_id=user_id, at=self._deps.now(), remember=False, learn_from=False))
        try:
            record = branch(self._deps, self._rehearse, user_id, None, 0, request.earlier)
            yield Placed(conversation_id=record.conversation_id, exchange=len(record.rows) + 1, kept=False)
            yield from self._answer(user_id, request.text, record)
        finally:
            self._forget(user_id)

    def _again(self, record: Record, row: Row, turn: Turn) -> Iterator[Placed | Update]:
        position = record.rows.index(row)
        yield Placed(conversation_id=record.conversation_id, exchange=position + 1, again=True)
        yield Text(delta=whole(turn, self._missed(record.conversation_id, record.rows[:position], turn.turn)))
        yield Done(turn=turn)

    def _answer(self, user_id: str, text: str, record: Record) -> Iterator[Update]:
        """The turn, with what staff said meanwhile before it, and the titles that its reply leaves out after it."""
        number = self._deps.conversations.next_turn(record.conversation_id)
        missed = of_staff(self._missed(record.conversation_id, record.rows, number))
        if missed:
            yield Text(delta=f"{missed}\n\n")
        spoken = False
        for update in self._run(user_id, text, record.conversation_id):
            if isinstance(update, Text):
                spoken = True
            if isinstance(update, Done):
                if not spoken:
                    yield Text(delta=reply_of(update.turn))
                if rest := left_out(update.turn):
                    yield Text(delta=f"\n\n{rest}")
            yield update

    def _conversation(
        self, user_id: str, earlier: Sequence[Exchange], exchanges: Sequence[str], records: Sequence[Record]
    ) -> Record:
        """The conversation that the list continues, or a new one that begins with as much of it as is known."""
        found = continued(records, exchanges) if exchanges else None
        if found is not None and self._deps.conversations.get(found.conversation_id) is not None:
            return found
        base, common = longest_start(records, exchanges) or (None, 0)
        if base is not None and common == len(exchanges) == len(base.rows) - 1:
            replaced = self._turn(base, base.rows[-1])
            if replaced is not None:
                take_back(self._deps, replaced)
        return branch(self._deps, self._rehearse, user_id, base, common, earlier)

    def _turn(self, record: Record, row: Row) -> Turn | None:
        turns = self._deps.conversations.turns(record.conversation_id, since=row.turn)
        return next((turn for turn in turns if turn.turn == row.turn), None)

    def _missed(self, conversation_id: str, before: Sequence[Row], number: int) -> list[Turn]:
        """What staff said of themselves between the last exchange and a turn."""
        if not before or number <= before[-1].turn + 1:
            return []
        turns = self._deps.conversations.turns(conversation_id, since=before[-1].turn + 1)
        ours = {"driftline", ELSEWHERE}
        return [turn for turn in turns if turn.turn < number and turn.reply and turn.author not in ours]

    def _records(self, user_id: str) -> list[Record]:
        return [Record.model_validate_json(kept) for kept in self._rows.all(user_id, _KIND).values()]

    def _keep(self, user_id: str, record: Record) -> None:
        self._rows.set(user_id, _KIND + record.conversation_id, record.model_dump_json(exclude_defaults=True))


def _to_the_end(updates: Iterator[Placed | Update]) -> Iterator[Placed | Update]:
    """The updates, all of which happen even where their reader leaves: what was answered must be known as answered."""
    try:
        # Not `yield from`, which would close them together with their reader.
        for update in updates:  # noqa: UP028
            yield update
    except GeneratorExit:
        for _ in updates:
            pass
        raise
