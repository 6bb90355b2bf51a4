"""What the desk keeps: where each conversation stands, drafts and what became of them, notes and wrap-ups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.desk import Draft, StaffNote, Thread, ThreadState, Verdict, WrapUp
from core.errors import NotFoundError
from core.types import Conversation
from store.db import Database
from store.tables import conversations, drafts, from_micros, staff_notes, threads, to_micros, turns, wrap_ups

_ORDER: tuple[ThreadState, ...] = ("waiting", "staff", "bot", "closed")
_KEPT = ("state", "agent", "reason", "summary", "priority", "unread", "handovers", "last_text")


@dataclass(frozen=True)
class Decided:
    """A draft as kept: for which turn it was made and shown to whom, and what became of it; None until decided.

    ``edit_share`` is the share of its characters that an edit changed, in [0, 1].
    """

    draft: Draft
    user_id: str
    turn: int
    agent: str
    verdict: Verdict | None = None
    decided_at: datetime | None = None
    sent_text: str | None = None
    reason: str | None = None
    edit_share: float | None = None


class DeskRecords:
    """The desk's records of one workspace; thread-safe."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def thread(self, conversation_id: str) -> Thread | None:
        """Where a conversation stands; with the bot until something else is known. None: no such conversation."""
        with self._db.read() as connection:
            row = connection.execute(_THREADS.where(conversations.c.id == conversation_id)).one_or_none()
            return None if row is None else self._with_words(connection, [row])[0]

    def queue(self, search: str = "", state: ThreadState | None = None, limit: int = 50) -> list[Thread]:
        """Conversations: those that wait first, longest first; then those of staff, then others, the latest first.

        Args:
            search: part of the customer's id, of the title, or of what was said on either side.
        """
        query = _THREADS
        if state is not None:
            query = query.where(_STATE.in_([state]))
        if search:
            within = turns.c.conversation_id == conversations.c.id
            said = [turns.c.payload[side].as_string().icontains(search, autoescape=True) for side in ("text", "reply")]
            spoken = sa.exists().where(within & sa.or_(*said))
            named = [column.icontains(search, autoescape=True) for column in (_USER, conversations.c.title)]
            query = query.where(sa.or_(*named, spoken))
        waited = sa.case((_STATE == "waiting", threads.c.opened_at), else_=-conversations.c.updated_at)
        rank = sa.case({name: place for place, name in enumerate(_ORDER)}, value=_STATE, else_=len(_ORDER))
        priority = sa.func.coalesce(threads.c.priority, 0).desc()
        with self._db.read() as connection:
            rows = connection.execute(query.order_by(rank, priority, waited, conversations.c.id).limit(limit)).all()
            return self._with_words(connection, rows)

    def change(self, conversation: Conversation, at: datetime, move: Callable[[Thread], Thread]) -> Thread:
        """Move a conversation from where it stands; of several at once each sees what the one before left.

        Args:
            move: the thread as it shall be; what it raises leaves everything as it was.
        """
        micros, mine = to_micros(at), threads.c.conversation_id == conversation.id
        fresh = {
            "conversation_id": conversation.id,
            "user_id": conversation.user_id,
            "opened_at": to_micros(conversation.started_at),
            "updated_at": micros,
            "state": "bot",
            "agent": "",
            "reason": "",
            "summary": "",
            "priority": 0,
            "unread": 0,
            "handovers": 0,
            "last_text": "",
            "handed_for": [],
        }
        with self._db.write() as connection:
            connection.execute(self._db.insert(threads).on_conflict_do_nothing(), [fresh])
            connection.execute(sa.select(threads.c.state).where(mine).with_for_update())
            row = connection.execute(_THREADS.where(conversations.c.id == conversation.id)).one_or_none()
            if row is None:
                raise NotFoundError(f"There is no conversation {conversation.id!r}.", "It may have been erased.")
            before = _thread(row)
            after = move(before)
            if after != before:
                kept = {name: getattr(after, name) for name in _KEPT}
                times = {"opened_at": to_micros(after.opened_at), "updated_at": micros}
                connection.execute(
                    threads.update().where(mine).values(**kept, **times, handed_for=list(after.handed_for))
                )
                after = after.model_copy(update={"updated_at": at})
        return after

    def talkers(self, search: str, limit: int) -> list[tuple[str, datetime, datetime]]:
        """People with conversations and ``search`` in their id: when the first began and the last was spoken in, the
        latest first."""
        first, last = sa.func.min(conversations.c.started_at), sa.func.max(conversations.c.updated_at)
        query = sa.select(_USER, first, last).group_by(_USER).order_by(last.desc(), _USER).limit(limit)
        if search:
            query = query.where(_USER.icontains(search, autoescape=True))
        with self._db.read() as connection:
            return [
                (user, from_micros(begun), from_micros(spoken)) for user, begun, spoken in connection.execute(query)
            ]

    def staffed_since(self, since: datetime) -> bool:
        """Whether a member of staff has a conversation, or had one changed since a moment."""
        known = (threads.c.agent != "") & ((threads.c.state == "staff") | (threads.c.updated_at >= to_micros(since)))
        with self._db.read() as connection:
            return connection.execute(sa.select(sa.exists().where(known))).scalar_one()

    def add_drafts(self, made: Sequence[Draft], user_id: str, turn: int, agent: str) -> None:
        """Keep drafts as shown to a member of staff, for the turn that they answer."""
        rows = [
            {
                "id": draft.id,
                "conversation_id": draft.conversation_id,
                "user_id": user_id,
                "turn": turn,
                "agent": agent,
                "at": to_micros(draft.at),
                "payload": draft.model_dump(mode="json"),
            }
            for draft in made
        ]
        if rows:
            with self._db.write() as connection:
                connection.execute(drafts.insert(), rows)

    def draft(self, draft_id: str) -> Decided | None:
        """One draft, or None."""
        found = self._drafts(drafts.c.id == draft_id)
        return found[0] if found else None

    def drafts_for(self, conversation_id: str, turn: int) -> list[Decided]:
        """The drafts of one turn, in the order in which they were made."""
        return self._drafts((drafts.c.conversation_id == conversation_id) & (drafts.c.turn == turn))

    def drafts_since(self, since: datetime | None = None) -> list[Decided]:
        """All drafts made since a moment, in time order."""
        return self._drafts(sa.true() if since is None else drafts.c.at >= to_micros(since))

    def _drafts(self, where: sa.ColumnElement[bool]) -> list[Decided]:
        with self._db.read() as connection:
            rows = connection.execute(sa.select(drafts).where(where).order_by(drafts.c.at, drafts.c.id))
            return [_decided(row) for row in rows]

    def decide(
        self,
        draft_id: str,
        verdict: Verdict,
        at: datetime,
        sent_text: str | None = None,
        reason: str | None = None,
        edit_share: float | None = None,
    ) -> bool:
        """Keep what became of a draft; False where that is known already, which stays."""
        undecided = (drafts.c.id == draft_id) & drafts.c.verdict.is_(None)
        values = {"verdict": verdict, "decided_at": to_micros(at), "sent_text": sent_text, "reason": reason}
        with self._db.write() as connection:
            done = connection.execute(drafts.update().where(undecided).values(**values, edit_share=edit_share))
            return done.rowcount == 1

    def undecide(self, draft_id: str) -> None:
        """Forget what became of a draft, which may be decided again."""
        open_again = dict.fromkeys(("verdict", "decided_at", "sent_text", "reason", "edit_share"))
        with self._db.write() as connection:
            connection.execute(drafts.update().where(drafts.c.id == draft_id).values(**open_again))

    def add_note(self, conversation: Conversation, agent: str, at: datetime, text: str) -> None:
        """Keep a note of a member of staff."""
        row = {"conversation_id": conversation.id, "user_id": conversation.user_id, "agent": agent, "text": text}
        with self._db.write() as connection:
            connection.execute(staff_notes.insert(), [row | {"at": to_micros(at)}])

    def notes(self, conversation_id: str) -> list[StaffNote]:
        """The notes on a conversation in time order."""
        query = sa.select(staff_notes).where(staff_notes.c.conversation_id == conversation_id)
        with self._db.read() as connection:
            rows = connection.execute(query.order_by(staff_notes.c.seq))
            return [_note(row) for row in rows]

    def wrap_up(self, conversation_id: str) -> WrapUp | None:
        """How a conversation was wrapped up last, with the facts that were confirmed; None if it was not."""
        query = sa.select(wrap_ups.c.payload).where(wrap_ups.c.conversation_id == conversation_id)
        with self._db.read() as connection:
            payload = connection.scalars(query).one_or_none()
        return None if payload is None else WrapUp.model_validate(payload)

    def set_wrap_up(self, wrap_up: WrapUp, user_id: str, agent: str, at: datetime) -> None:
        """Keep how a conversation was wrapped up, in the place of an earlier wrap-up."""
        row = {"conversation_id": wrap_up.conversation_id, "user_id": user_id, "agent": agent, "at": to_micros(at)}
        insert = self._db.insert(wrap_ups)
        replaced = {name: insert.excluded[name] for name in ("agent", "at", "payload")}
        with self._db.write() as connection:
            connection.execute(
                insert.on_conflict_do_update(index_elements=["conversation_id"], set_=replaced),
                [row | {"payload": wrap_up.model_dump(mode="json")}],
            )

    def _with_words(self, connection: sa.Connection, rows: Sequence[Any]) -> list[Thread]:
        """The threads of rows; one that is with the bot has its last words in its last turn."""
        found = [_thread(row) for row in rows]
        wanted = [thread.conversation_id for thread in found if thread.state == "bot"]
        words: dict[str, str] = {}
        if wanted:
            mine = turns.c.conversation_id.in_(wanted)
            last = sa.select(turns.c.conversation_id, sa.func.max(turns.c.turn).label("turn")).where(mine)
            latest = last.group_by(turns.c.conversation_id).subquery()
            same = (turns.c.conversation_id == latest.c.conversation_id) & (turns.c.turn == latest.c.turn)
            query = sa.select(turns.c.conversation_id, turns.c.payload["text"].as_string().label("text"))
            words = {row.conversation_id: row.text for row in connection.execute(query.join(latest, same)) if row.text}
        return [
            thread.model_copy(update={"last_text": words[thread.conversation_id]})
            if thread.conversation_id in words
            else thread
            for thread in found
        ]


_STATE: sa.ColumnElement[str] = sa.func.coalesce(threads.c.state, "bot")
_USER = conversations.c.user_id
_THREADS = sa.select(
    conversations.c.id.label("conversation_id"),
    conversations.c.user_id,
    conversations.c.title,
    conversations.c.started_at,
    conversations.c.updated_at.label("spoken_at"),
    *(threads.c[name] for name in (*_KEPT, "handed_for", "opened_at", "updated_at")),
).select_from(conversations.outerjoin(threads, threads.c.conversation_id == conversations.c.id))


def _thread(row: Any) -> Thread:
    fields: dict[str, Any] = {"conversation_id": row.conversation_id, "user_id": row.user_id, "title": row.title}
    if row.state is None:
        return Thread(**fields, opened_at=from_micros(row.started_at), updated_at=from_micros(row.spoken_at))
    fields |= {name: getattr(row, name) for name in _KEPT} | {"handed_for": tuple(row.handed_for)}
    latest = max(row.updated_at, row.spoken_at)
    return Thread(**fields, opened_at=from_micros(row.opened_at), updated_at=from_micros(latest))


def _decided(row: Any) -> Decided:
    return Decided(
        draft=Draft.model_validate(row.payload),
        user_id=row.user_id,
        turn=row.turn,
        agent=row.agent,
        verdict=row.verdict,
        decided_at=None if row.decided_at is None else from_micros(row.decided_at),
        sent_text=row.sent_text,
        reason=row.reason,
        edit_share=row.edit_share,
    )


def _note(row: Any) -> StaffNote:
    return StaffNote(conversation_id=row.conversation_id, agent=row.agent, at=from_micros(row.at), text=row.text)
