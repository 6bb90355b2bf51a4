"""One contract for the desk's records, run on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from core.desk import Draft, Fact, Thread, WrapUp
from core.errors import InputError, NotFoundError
from core.results import Slate
from core.turns import HeardEvent, Turn
from core.types import Conversation, EventKind
from store.audit import ERASED, AuditTrail
from store.conversations import Conversations
from store.db import Database
from store.desk import DeskRecords
from store.erasure import export_user, forget_user
from store.exchanges import Exchanges

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


def later(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def conversation(database: Database, user: str, *said: str) -> Conversation:
    store = Conversations(database)
    begun = store.start(user, NOON)
    for number, text in enumerate(said):
        turn = Turn(conversation_id=begun.id, turn=0, user_id=user, at=later(number), text=text, reply="I see.")
        store.append_turn(turn)
    return begun


def becoming(**fields: object) -> Callable[[Thread], Thread]:
    return lambda thread: thread.model_copy(update=fields)


def draft(of: Conversation, name: str, **fields: object) -> Draft:
    values = {"id": name, "conversation_id": of.id, "tone": "warm", "text": "Hello", "at": NOON, **fields}
    return Draft.model_validate(values)


def test_numbers_of_turns_come_from_the_store(database: Database) -> None:
    begun = conversation(database, "ann", "one", "two")
    store = Conversations(database)
    assert [turn.turn for turn in store.turns(begun.id)] == [0, 1]
    assert store.next_turn(begun.id) == 2
    assert [turn.text for turn in store.turns(begun.id, since=1)] == ["two"]
    with pytest.raises(NotFoundError):
        store.append_turn(Turn(conversation_id="none", turn=0, user_id="ann", at=NOON, text="", reply=""))


def test_turns_appended_at_once_get_numbers_of_their_own(database: Database) -> None:
    begun = conversation(database, "ann")
    store = Conversations(database)

    def say(number: int) -> None:
        text = f"message {number}"
        store.append_turn(Turn(conversation_id=begun.id, turn=0, user_id="ann", at=NOON, text=text, reply=""))

    threads = [threading.Thread(target=say, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    turns = store.turns(begun.id)
    assert [turn.turn for turn in turns] == list(range(8))
    assert len({turn.text for turn in turns}) == 8


def test_a_conversation_is_with_the_bot_until_it_is_moved(database: Database) -> None:
    records = DeskRecords(database)
    begun = conversation(database, "ann", "hello there")
    fresh = records.thread(begun.id)
    assert fresh is not None
    assert (fresh.state, fresh.agent, fresh.last_text, fresh.title) == ("bot", "", "hello there", "hello there")
    assert records.thread("none") is None
    moved = records.change(begun, later(5), becoming(state="waiting", reason="asked", handed_for=("asked",), unread=1))
    assert records.thread(begun.id) == moved
    assert (moved.state, moved.reason, moved.handed_for, moved.updated_at) == ("waiting", "asked", ("asked",), later(5))


def test_a_refused_move_leaves_everything_as_it_was(database: Database) -> None:
    records, begun = DeskRecords(database), conversation(database, "ann")
    records.change(begun, later(1), becoming(state="staff", agent="maria"))

    def refuse(_thread: Thread) -> Thread:
        raise InputError("No.")

    with pytest.raises(InputError):
        records.change(begun, later(2), refuse)
    kept = records.thread(begun.id)
    assert kept is not None
    assert (kept.state, kept.agent, kept.updated_at) == ("staff", "maria", later(1))
    with pytest.raises(NotFoundError):
        records.change(begun.model_copy(update={"id": "gone"}), NOON, becoming(state="staff"))


def test_moves_at_once_each_see_what_the_one_before_left(database: Database) -> None:
    records, begun = DeskRecords(database), conversation(database, "ann")

    def count(_number: int) -> None:
        records.change(begun, NOON, lambda thread: thread.model_copy(update={"unread": thread.unread + 1}))

    threads = [threading.Thread(target=count, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = records.thread(begun.id)
    assert kept is not None
    assert kept.unread == 8


def test_the_queue_has_who_waits_first_and_longest(database: Database) -> None:
    records = DeskRecords(database)
    names = ("bot", "late", "early", "urgent", "staff", "closed")
    known = {name: conversation(database, f"user-{name}", f"words of {name}") for name in names}
    records.change(known["late"], NOON, becoming(state="waiting", opened_at=later(9)))
    records.change(known["early"], NOON, becoming(state="waiting", opened_at=later(3)))
    records.change(known["urgent"], NOON, becoming(state="waiting", opened_at=later(20), priority=2))
    records.change(known["staff"], NOON, becoming(state="staff", agent="maria"))
    records.change(known["closed"], NOON, becoming(state="closed"))
    order = [thread.user_id.removeprefix("user-") for thread in records.queue()]
    assert order == ["urgent", "early", "late", "staff", "bot", "closed"]
    assert [thread.user_id for thread in records.queue(state="bot")] == ["user-bot"]
    assert len(records.queue(limit=2)) == 2


def test_the_queue_is_searched_by_customer_title_and_words(database: Database) -> None:
    records = DeskRecords(database)
    begun = conversation(database, "Ann_1", "Hello", "my PARCEL is late, 100% sure")
    conversation(database, "Annx1", "something else")
    for words in ("ann_1", "hello", "parcel", "100%", "i see."):
        assert begun.id in {thread.conversation_id for thread in records.queue(words)}, words
    assert {thread.user_id for thread in records.queue("ann_1")} == {"Ann_1"}
    assert records.queue("100_") == []


def test_customers_who_only_talked_are_found(database: Database) -> None:
    records = DeskRecords(database)
    conversation(database, "ann", "hi")
    conversation(database, "bob", "hi", "again")
    assert [user for user, _, _ in records.talkers("", 10)] == ["bob", "ann"]
    assert records.talkers("AN", 10) == [("ann", NOON, NOON)]


def test_a_draft_is_decided_once(database: Database) -> None:
    records, begun = DeskRecords(database), conversation(database, "ann", "hi")
    first, second = draft(begun, "a"), draft(begun, "b", tone="brief", at=later(1))
    records.add_drafts([first, second], "ann", 0, "maria")
    assert [kept.draft for kept in records.drafts_for(begun.id, 0)] == [first, second]
    assert records.drafts_for(begun.id, 1) == []
    assert records.decide("a", "edited", later(2), sent_text="Hello!", edit_share=0.2)
    assert not records.decide("a", "dismissed", later(3), reason="too late")
    kept = records.draft("a")
    assert kept is not None
    assert (kept.verdict, kept.sent_text, kept.reason, kept.edit_share) == ("edited", "Hello!", None, 0.2)
    assert (kept.agent, kept.user_id, kept.decided_at) == ("maria", "ann", later(2))
    assert [each.draft.id for each in records.drafts_since(later(1))] == ["b"]
    assert records.draft("none") is None


def test_two_who_decide_at_once_are_one_and_one_refused(database: Database) -> None:
    records, begun = DeskRecords(database), conversation(database, "ann", "hi")
    records.add_drafts([draft(begun, "a")], "ann", 0, "maria")
    outcomes: list[bool] = []

    def decide() -> None:
        outcomes.append(records.decide("a", "approved", NOON, sent_text="Hello"))

    threads = [threading.Thread(target=decide) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False] * 5 + [True]


def test_notes_and_wrap_ups_are_kept(database: Database) -> None:
    records, begun = DeskRecords(database), conversation(database, "ann")
    records.add_note(begun, "maria", NOON, "prefers mail")
    records.add_note(begun, "tom", later(1), "called back")
    assert [(note.agent, note.text) for note in records.notes(begun.id)] == [
        ("maria", "prefers mail"),
        ("tom", "called back"),
    ]
    assert records.wrap_up(begun.id) is None
    fact = Fact(id="f", text="Likes Alien", kind=EventKind.LIKE, item_id="alien", value=1, quote="I love Alien", turn=3)
    first = WrapUp(conversation_id=begun.id, summary="fine", disposition="resolved", facts=(fact,))
    records.set_wrap_up(first, "ann", "maria", NOON)
    assert records.wrap_up(begun.id) == first
    second = first.model_copy(update={"summary": "finer"})
    records.set_wrap_up(second, "ann", "maria", later(1))
    assert records.wrap_up(begun.id) == second


def test_the_desk_is_staffed_while_somebody_has_a_conversation_or_had_lately(database: Database) -> None:
    records, begun = DeskRecords(database), conversation(database, "ann")
    assert not records.staffed_since(NOON)
    records.change(begun, later(1), becoming(state="staff", agent="maria"))
    assert records.staffed_since(later(1000))
    records.change(begun, later(2), becoming(state="bot"))
    assert records.staffed_since(later(2))
    assert not records.staffed_since(later(3))


def test_exchanges_tell_what_was_said_and_found(database: Database) -> None:
    store, begun = Conversations(database), conversation(database, "ann", "“quoted” \\ 你好")
    heard = HeardEvent(kind=EventKind.LIKE, item_id="alien", title="Alien", value=1, quote="love Alien")
    blank = Turn(conversation_id=begun.id, turn=0, user_id="ann", at=later(5), text="", reply="")
    empty = Slate(id="s", user_id="ann", at=NOON)
    for said in (
        {"text": "nothing fits", "reply": "Sorry.", "slate": empty},
        {"text": "I love Alien", "author": "", "events": (heard,)},
        {"reply": "Hello", "author": "maria"},
        {"text": "zzz", "reply": "What?", "unsure": True},
    ):
        store.append_turn(blank.model_copy(update=said))
    found = Exchanges(database).of_conversation(begun.id)
    assert [entry.text for entry in found] == ["“quoted” \\ 你好", "nothing fits", "I love Alien", "", "zzz"]
    assert [entry.nothing_found for entry in found] == [False, True, False, False, False]
    assert [entry.by_staff for entry in found] == [False, False, False, True, False]
    assert [entry.unsure for entry in found] == [False, False, False, False, True]
    assert found[2].events == (heard,)
    assert Exchanges(database).of_user("ann") == found
    assert Exchanges(database).of_conversations([begun.id, "none"]) == found
    assert Exchanges(database).of_user("bob") == []


def test_the_trail_keeps_who_did_what_and_a_look_once(database: Database) -> None:
    trail = AuditTrail(database, lambda: NOON)
    trail.write(NOON, "maria", "sent", "c1", "ann", "turn 3")
    for minute in (1, 2, 5, 7):
        trail.look(later(minute), "maria", "opened", "c1", "ann")
    trail.look(later(2), "tom", "opened", "c1", "ann")
    trail.look(later(2), "maria", "looked at the queue")
    trail.look(later(3), "maria", "looked at the queue")
    opened = [entry for entry in trail.entries("c1", actions=("opened",)) if entry.agent == "maria"]
    assert [entry.at for entry in opened] == [later(7), later(1)]
    assert [entry.agent for entry in trail.entries(user_id="ann")] == ["maria", "tom", "maria", "maria"]
    assert len(trail.entries(actions=("looked at the queue",))) == 1
    assert [entry.action for entry in trail.entries(limit=1)] == ["opened"]
    assert [entry.at for entry in trail.entries(limit=1, agent="tom")] == [later(2)]
    assert [entry.detail for entry in trail.entries(actions=("sent",))] == ["turn 3"]


def test_forgetting_a_person_takes_all_that_the_desk_keeps_and_leaves_that_it_happened(database: Database) -> None:
    records, trail = DeskRecords(database), AuditTrail(database, lambda: later(60))
    for user in ("ann", "bob"):
        begun = conversation(database, user, f"{user} says hi")
        records.change(begun, NOON, becoming(state="waiting", last_text=f"{user} says hi"))
        records.add_drafts([draft(begun, f"draft for {user}")], user, 0, "maria")
        records.add_note(begun, "maria", NOON, f"{user} is kind")
        records.set_wrap_up(WrapUp(conversation_id=begun.id, summary=f"{user} left"), user, "maria", NOON)
        trail.write(NOON, "maria", "sent", begun.id, user, f"to {user}")
        trail.write(later(1), "maria", "closed", begun.id, user)
    exported = export_user(database, [trail], "ann")
    places = ("threads", "drafts", "staff_notes", "wrap_ups")
    assert all(len(exported[place]) == 1 for place in places)
    assert [entry["action"] for entry in exported["audit"]] == ["sent", "closed"]
    deleted = forget_user(database, [trail], "ann")
    assert {place: deleted[place] for place in (*places, "audit")} == dict.fromkeys(places, 1) | {"audit": 2}
    left = export_user(database, [trail], "ann")
    assert not any(value for place, value in left.items() if place != "user_id")
    entry = trail.entries()[0]
    assert (entry.action, entry.at, entry.user_id, entry.conversation_id) == (ERASED, later(60), None, None)
    assert "ann" not in entry.model_dump_json()
    assert len(trail.entries(user_id="bob")) == 2
    assert [thread.user_id for thread in records.queue()] == ["bob"]
    assert trail.forget_user("ann") == 0
    assert len(trail.entries(actions=(ERASED,))) == 1
    assert trail.somebody_since(later(1), besides="tom")
    assert not trail.somebody_since(later(1), besides="maria")
    assert not trail.somebody_since(later(2), besides="tom")
