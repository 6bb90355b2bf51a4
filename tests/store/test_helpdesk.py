"""One contract for help desks' conversations and jobs, run on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from core.desk import Thread
from core.turns import Turn
from store.conversations import Conversations
from store.db import Database
from store.desk import DeskRecords
from store.helpdesk import KEPT, HelpDesk, HelpThread, NewJob, copy_key

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def thread(number: int = 0, **fields: object) -> HelpThread:
    return HelpThread.model_validate({"key": f"1/{number}", "user_id": "ann", "at": NOW} | fields)


def test_conversations_that_are_stuck_do_not_hold_up_the_others(database: Database) -> None:
    desk = HelpDesk(database)
    stuck: list[NewJob] = [(f"stuck:{number}", thread(number), "out", {}) for number in range(6)]
    desk.add([*stuck, ("behind", thread(0), "out", {}), ("free", thread(9), "in", {})], NOW)
    for number in range(5):
        job = desk.claim(f"1/{number}", "out", NOW, NOW + MINUTE)
        assert job is not None
        desk.postpone(job, NOW + MINUTE, "down")
    assert desk.claim("1/5", "out", NOW, NOW + MINUTE) is not None
    assert desk.waiting(NOW, limit=5) == [("1/9", "in")], (
        "what is not due or is somebody's is left out, and what follows"
    )
    assert len(desk.waiting(NOW + MINUTE)) == 7


def test_who_begins_a_conversation_a_second_time_changes_nothing(database: Database) -> None:
    desk = HelpDesk(database)
    desk.begin(thread())
    desk.change(thread(), thread(conversation_id="c1", status="open"))
    desk.begin(thread())
    assert desk.thread("1/0") == thread(conversation_id="c1", status="open")
    desk.begin(thread(user_id="405", shows=("cards",)))
    assert desk.thread("1/0") == thread(user_id="405", shows=("cards",))


def test_changes_at_once_leave_each_others_alone(database: Database) -> None:
    desk = HelpDesk(database)
    desk.begin(thread())
    known = desk.thread("1/0")
    assert known is not None
    desk.change(known, known.model_copy(update={"status": "open", "at": NOW + MINUTE}))
    desk.change(known, known.model_copy(update={"conversation_id": "c1"}))
    assert desk.thread("1/0") == thread(conversation_id="c1", status="open", at=NOW + MINUTE)
    desk.begin(thread(user_id="405"))
    desk.change(known, known.model_copy(update={"conversation_id": "c2"}))
    assert desk.thread("1/0") == thread(user_id="405"), "another person's conversation is none of theirs"


def test_what_was_done_long_ago_is_deleted_and_what_is_open_stays(database: Database) -> None:
    desk = HelpDesk(database)
    desk.add([("old", thread(), "in", {}), ("open", thread(), "in", {})], NOW)
    job = desk.claim("1/0", "in", NOW, NOW + MINUTE)
    assert job is not None
    desk.done(job, NOW)
    assert desk.purge(NOW + KEPT) == 0
    assert desk.purge(NOW + KEPT + MINUTE) == 1
    assert desk.waiting(NOW + MINUTE) == [("1/0", "in")]


def test_what_staff_sent_is_copied_until_it_is_put_down(database: Database) -> None:
    desk, store = HelpDesk(database), Conversations(database)
    talk = store.start("ann", NOW)
    known = thread(conversation_id=talk.id)
    desk.begin(known)
    assert desk.uncopied(NOW, ["driftline"]) == []

    def becomes(state: str, minutes: float) -> None:
        moved = {"state": state, "agent": "maria"}
        DeskRecords(database).change(
            talk, NOW + minutes * MINUTE, lambda at: Thread.model_validate(at.model_dump() | moved)
        )

    becomes("staff", 0)
    for number, (author, reply) in enumerate([("driftline", "Hello."), ("", ""), ("maria", "Yes."), ("maria", "No.")]):
        turn = Turn(conversation_id=talk.id, turn=number, user_id="ann", at=NOW, text="", reply=reply, author=author)
        store.add_turn(turn)
    assert desk.uncopied(NOW, ["driftline"]) == [(known, 2), (known, 3)]
    desk.add([], NOW, told=[(copy_key(talk.id, 2), known, "out", {})])
    assert desk.uncopied(NOW, ["driftline"]) == [(known, 3)]
    assert desk.waiting(NOW) == []
    desk.add([("hook", known, "in", {})], NOW)
    assert desk.uncopied(NOW, ["driftline"]) == [], "the words may be the webhook's"
    job = desk.claim("1/0", "in", NOW, NOW + MINUTE)
    assert job is not None
    desk.done(job, NOW)
    becomes("closed", 1)
    assert desk.uncopied(NOW + 5 * MINUTE, ["driftline"]) == [(known, 3)], "sent right before it was closed"
    assert desk.uncopied(NOW + 60 * MINUTE, ["driftline"]) == []
