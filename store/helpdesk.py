"""What a help desk of another maker sends us and what it is to get: conversations side by side, and durable jobs.

A job is one delivery: a webhook to act on ("in") or a call to make ("out"). It is written before anything is done
about it and marked when it is done, so that neither a restart nor an outage of the other side loses one; the same
key a second time changes nothing. Jobs of one conversation and lane run one after the other, in their order.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa

from core.types import Frozen, Id, Instant
from store.db import Database
from store.tables import from_micros, help_jobs, help_threads, key_values, threads, to_micros, turns

Lane = Literal["in", "out"]

KEPT = timedelta(days=30)
"""How long the record of what was done is kept."""

_LATELY = timedelta(minutes=10)
_COPIED_SINCE = "helpdesk:copied_since"

NewJob = tuple[str, "HelpThread", Lane, dict[str, Any]]
"""Key, conversation, lane and payload."""


class HelpThread(Frozen):
    """A conversation of the help desk beside ours.

    Attributes:
        key: the help desk's own name of it ("1/42": account and conversation).
        conversation_id: ours; None until something was said.
        status: as the help desk last told it ("pending": the bot's turn, "open": the staff's, "resolved").
        at: since when it has this status; what is older says nothing new.
        shows: kinds of message that its channel can show beside text ("cards").
    """

    key: Id
    user_id: Id
    conversation_id: Id | None = None
    status: str = "pending"
    shows: tuple[str, ...] = ()
    at: Instant


class Job(Frozen):
    """One delivery.

    Attributes:
        attempts: how often it was tried before.
    """

    seq: int
    key: Id
    user_id: Id
    thread: Id
    lane: Lane
    at: Instant
    payload: dict[str, Any]
    attempts: int = 0


class HelpDesk:
    """Conversations and jobs of help desks; thread-safe, and safe with several processes on one database."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def thread(self, key: str) -> HelpThread | None:
        """A conversation by the help desk's name of it."""
        return self._one(help_threads.c.key == key)

    def begin(self, thread: HelpThread) -> None:
        """Store a conversation; one of the same person that is known stays as it is, another person's is replaced."""
        row = thread.model_dump() | {"shows": list(thread.shows), "at": to_micros(thread.at)}
        with self._db.write() as connection:
            insert = self._db.insert(help_threads).values(row)
            changed = {name: insert.excluded[name] for name in row if name != "key"}
            another = help_threads.c.user_id != insert.excluded.user_id
            connection.execute(insert.on_conflict_do_update(index_elements=["key"], set_=changed, where=another))

    def change(self, before: HelpThread, after: HelpThread) -> None:
        """Store what became different of a conversation, and leave alone what others may have changed meanwhile.

        Nothing happens where it has become another person's.
        """
        told = after.model_dump(include={"conversation_id", "status"}) | {"at": to_micros(after.at)}
        known = before.model_dump(include={"conversation_id", "status"}) | {"at": to_micros(before.at)}
        changed = {name: value for name, value in told.items() if value != known[name]}
        if changed:
            mine = (help_threads.c.key == before.key) & (help_threads.c.user_id == before.user_id)
            with self._db.write() as connection:
                connection.execute(help_threads.update().where(mine).values(changed))

    def add(self, jobs: Sequence[NewJob], at: datetime, done: int = 0, told: Sequence[NewJob] = ()) -> int:
        """Append jobs and mark another as done in the same transaction.

        Args:
            done: number of the job that these come from; 0 for none.
            told: jobs that the help desk itself has made needless, put down as done.

        Returns:
            How many were new.
        """
        moment, added = to_micros(at), 0
        with self._db.write() as connection:
            for place, (key, thread, lane, payload) in enumerate((*jobs, *told)):
                row: dict[str, Any] = {
                    "key": key,
                    "user_id": thread.user_id,
                    "thread": thread.key,
                    "lane": lane,
                    "payload": payload,
                    "done_at": None if place < len(jobs) else moment,
                }
                row |= {"at": moment, "due": moment, "leased": 0, "attempts": 0}
                insert = self._db.insert(help_jobs).values(row).on_conflict_do_nothing(index_elements=["key"])
                added += connection.execute(insert).rowcount
            if done:
                connection.execute(_job(done).values(done_at=moment))
        return added

    def waiting(self, at: datetime, limit: int = 500) -> list[tuple[str, Lane]]:
        """(thread, lane) pairs whose next job is due and nobody's, the one that has waited longest first."""
        first = sa.select(sa.func.min(help_jobs.c.seq)).where(_open()).group_by(help_jobs.c.thread, help_jobs.c.lane)
        moment = to_micros(at)
        free = (help_jobs.c.due <= moment) & (help_jobs.c.leased <= moment)
        query = sa.select(help_jobs.c.thread, help_jobs.c.lane).where(help_jobs.c.seq.in_(first), free)
        with self._db.read() as connection:
            return [(row.thread, row.lane) for row in connection.execute(query.order_by(help_jobs.c.seq).limit(limit))]

    def claim(self, thread: str, lane: Lane, at: datetime, until: datetime) -> Job | None:
        """The next job of a conversation and lane, ours until a moment; None where it is not due or another has it."""
        first = sa.select(help_jobs).where(_open(), help_jobs.c.thread == thread, help_jobs.c.lane == lane)
        with self._db.write() as connection:
            row = connection.execute(first.order_by(help_jobs.c.seq).limit(1)).one_or_none()
            moment = to_micros(at)
            if row is None or row.due > moment or row.leased > moment:
                return None
            free = _job(row.seq).where(help_jobs.c.leased == row.leased)
            if not connection.execute(free.values(leased=to_micros(until))).rowcount:
                return None
        kept = {name: value for name, value in row._mapping.items() if name in Job.model_fields}
        return Job.model_validate(kept | {"at": from_micros(row.at)})

    def done(self, job: Job, at: datetime, remote_id: str | None = None) -> None:
        """Mark a job as done, with the id that the help desk gave to what it made of it."""
        with self._db.write() as connection:
            connection.execute(_job(job.seq).values(done_at=to_micros(at), remote_id=remote_id))

    def postpone(self, job: Job, due: datetime, reason: str) -> None:
        """Try a job again later."""
        changed = {"due": to_micros(due), "leased": 0, "attempts": job.attempts + 1, "reason": reason[:500]}
        with self._db.write() as connection:
            connection.execute(_job(job.seq).values(changed))

    def give_up(self, job: Job, at: datetime, reason: str) -> None:
        """Leave a job that can never succeed; it stays in the record with the reason."""
        with self._db.write() as connection:
            connection.execute(_job(job.seq).values(done_at=to_micros(at), reason=reason[:500]))

    def sent(self, thread: str, since: datetime) -> list[tuple[str | None, dict[str, Any]]]:
        """(remote id, payload) of what was put out for a conversation since a moment."""
        mine = (help_jobs.c.thread == thread) & (help_jobs.c.lane == "out") & (help_jobs.c.at >= to_micros(since))
        query = sa.select(help_jobs.c.remote_id, help_jobs.c.payload).where(mine).order_by(help_jobs.c.seq)
        with self._db.read() as connection:
            return [(row.remote_id, row.payload) for row in connection.execute(query)]

    def unsent(self, thread: str) -> list[dict[str, Any]]:
        """Payloads of what is still to be put out for a conversation."""
        mine = sa.select(help_jobs.c.payload).where(_open(), help_jobs.c.thread == thread, help_jobs.c.lane == "out")
        with self._db.read() as connection:
            return list(connection.scalars(mine.order_by(help_jobs.c.seq)))

    def uncopied(self, at: datetime, ours: Collection[str]) -> list[tuple[HelpThread, int]]:
        """Turns that staff sent from elsewhere than the help desk and that were not put out yet, in their order.

        Of conversations that staff have, or had a moment ago; only what was said since this was asked for the first
        time, and within the time that jobs are kept. Where a webhook is still to be acted on nothing is told: the words
        may be those that it brings.

        Args:
            ours: authors who are no staff.
        """
        after = max(self._copied_since(at), to_micros(at - KEPT / 2))
        jobs = help_jobs.alias()
        key = sa.literal("copy:") + turns.c.conversation_id + ":" + sa.cast(turns.c.turn, sa.String)
        author = turns.c.payload["author"].as_string()
        lately = (threads.c.state == "staff") | (threads.c.updated_at >= to_micros(at - _LATELY))
        query = (
            sa.select(help_threads, turns.c.turn)
            .join(threads, (threads.c.conversation_id == help_threads.c.conversation_id) & lately)
            .join(turns, turns.c.conversation_id == help_threads.c.conversation_id)
            .where(turns.c.at >= after, author.not_in([*ours, ""]), turns.c.payload["reply"].as_string() != "")
            .where(~sa.exists().where(help_jobs.c.key == key))
            .where(
                ~sa.exists().where(jobs.c.thread == help_threads.c.key, jobs.c.lane == "in", jobs.c.done_at.is_(None))
            )
            .order_by(turns.c.at, turns.c.turn)
        )
        with self._db.read() as connection:
            return [(_thread(row), row.turn) for row in connection.execute(query)]

    def _copied_since(self, at: datetime) -> int:
        mine = sa.select(key_values.c.value).where(key_values.c.key == _COPIED_SINCE)
        with self._db.read() as connection:
            known = connection.execute(mine).scalar()
        if known is None:
            known = str(to_micros(at))
            first = self._db.insert(key_values).values(key=_COPIED_SINCE, value=known)
            with self._db.write() as connection:
                connection.execute(first.on_conflict_do_nothing(index_elements=["key"]))
        return int(known)

    def purge(self, at: datetime) -> int:
        """Delete the record of what was done longer ago than `KEPT`; how many jobs."""
        with self._db.write() as connection:
            return connection.execute(help_jobs.delete().where(help_jobs.c.done_at < to_micros(at - KEPT))).rowcount

    def _one(self, condition: sa.ColumnElement[bool]) -> HelpThread | None:
        with self._db.read() as connection:
            row = connection.execute(sa.select(help_threads).where(condition).limit(1)).one_or_none()
        return None if row is None else _thread(row)


def copy_key(conversation_id: str, turn: int) -> str:
    """The key of the job that puts a turn of our staff out."""
    return f"copy:{conversation_id}:{turn}"


def _thread(row: Any) -> HelpThread:
    kept = {name: value for name, value in row._mapping.items() if name in HelpThread.model_fields}
    return HelpThread.model_validate(kept | {"at": from_micros(row.at)})


def _open() -> sa.ColumnElement[bool]:
    return help_jobs.c.done_at.is_(None)


def _job(seq: int) -> sa.Update:
    return help_jobs.update().where(help_jobs.c.seq == seq)
