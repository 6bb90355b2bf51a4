"""Chatwoot's side of the contract: payloads as it sends them, and what it is told in return."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from store.erasure import forget_user
from store.helpdesk import KEPT, HelpThread
from tests.ui.api.chatwoot.fakes import SECRET, FakeChatwoot, FakeService
from ui.api import problems
from ui.api.chatwoot import routes
from ui.api.chatwoot.signature import genuine, sign

RECORDED = Path(__file__).parent / "recorded"
THREAD = "3/12"


def recorded(name: str, **changes: Any) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))
    return told | changes


def said(message_id: int, text: str, status: str = "pending", at: float | None = None) -> dict[str, Any]:
    """A customer's message of just now."""
    told = recorded("message_by_contact", id=message_id, content=text, created_at=str(at or time.time()))
    told["conversation"]["status"] = status
    return told


class Shop:
    """An application with the webhook, its service, and the Chatwoot that it answers to."""

    def __init__(self, home: Path) -> None:
        self.service = FakeService(home)
        self.chatwoot = FakeChatwoot()
        app = FastAPI()
        problems.install(app)
        app.include_router(routes.router(self.service, self.chatwoot.transport(), pause=0.02))  # type: ignore[arg-type]
        self.client = TestClient(app, raise_server_exceptions=False)

    def hook(self, told: Any, secret: str = SECRET, stamp: float | None = None) -> Any:
        body = told if isinstance(told, bytes) else json.dumps(told).encode()
        moment = str(int(stamp or time.time()))
        headers = {"x-chatwoot-timestamp": moment, "x-chatwoot-signature": sign(secret, moment, body)}
        return self.client.post("/webhooks/chatwoot", content=body, headers=headers)

    def settle(self) -> None:
        """Wait until nothing is left to do."""
        self.until(lambda: not self.open())

    def open(self) -> list[Any]:
        """Jobs that are not done, due or not."""
        return self.service.helpdesk().waiting(self.service.now() + timedelta(days=1))

    def until(self, true: Callable[[], bool]) -> None:
        end = time.monotonic() + 20
        while not true():
            assert time.monotonic() < end, "it never happened"
            time.sleep(0.01)

    def tell(self, *told: Any) -> None:
        for each in told:
            assert self.hook(each).status_code == 200
        self.settle()


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = Shop(tmp_path)
    with made.client:
        yield made


def test_a_message_is_answered_with_the_items_and_their_reasons(shop: Shop) -> None:
    shop.tell(recorded("message_by_contact"))
    [answer] = shop.chatwoot.public
    assert answer.startswith("Here is one for “something for breakfast under 4, no dairy”.")
    assert "1. Wholegrain cereal, 14 oz: 2.99, you buy it every other week" in answer
    assert shop.chatwoot.calls[0][0] == "3/12/messages"
    assert shop.service.said == [("chatwoot-3-77", "something for breakfast under 4, no dairy", None)]


def test_items_that_the_reply_names_are_not_listed_again(shop: Shop) -> None:
    shop.tell(said(1, "one that is named"))
    assert shop.chatwoot.public == ["1. Wholegrain cereal, 14 oz, at 2.99."]


def test_messages_keep_their_conversation_and_their_order(shop: Shop) -> None:
    shop.tell(*(said(600 + place, f"question {place}") for place in range(6)))
    assert [text for _, text, _ in shop.service.said] == [f"question {place}" for place in range(6)]
    assert {conversation for _, _, conversation in shop.service.said[1:]} == {"c0"}
    assert [answer.split("”")[0] for answer in shop.chatwoot.public] == [
        f"Here is one for “question {place}" for place in range(6)
    ]


def test_a_second_delivery_changes_nothing(shop: Shop) -> None:
    first, second = shop.hook(recorded("message_by_contact")), shop.hook(recorded("message_by_contact"))
    shop.settle()
    assert (first.json(), second.json()) == ({"new": True}, {"new": False})
    assert len(shop.service.said) == len(shop.chatwoot.public) == 1


@pytest.mark.parametrize(
    "name", ["message_by_bot", "private_note", "message_by_automation", "webwidget_triggered", "conversation_created"]
)
def test_what_is_no_message_to_us_is_left_alone(shop: Shop, name: str) -> None:
    assert shop.hook(recorded(name)).json() == {"new": False}
    shop.settle()
    assert not shop.service.said
    assert not shop.chatwoot.calls


def test_a_choice_counts_as_said(shop: Shop) -> None:
    shop.tell(recorded("choice"))
    assert [text for _, text, _ in shop.service.said] == ["pasta"]


def test_only_a_proven_customer_has_their_own_history(shop: Shop) -> None:
    claimed = recorded("message_by_verified_contact", id=1)
    claimed["conversation"]["contact_inbox"]["hmac_verified"] = False
    shop.tell(claimed, recorded("message_by_verified_contact"))
    assert [user for user, _, _ in shop.service.said] == ["chatwoot-3-77", "405"]
    assert shop.service.said[1][2] is None, "what a stranger said is no part of the customer's conversation"


def test_handing_over_tells_the_staff_why_and_opens_the_conversation(shop: Shop) -> None:
    shop.tell(said(1, "something tasty"), said(2, "let me talk to a human"))
    assert shop.chatwoot.public[-1] == "I am passing you on to a colleague."
    assert shop.chatwoot.statuses == ["open"]
    note, drafts = shop.chatwoot.notes
    assert "The customer asked for a person." in note
    assert "Likes cereal." in note
    assert "Of course!" in drafts
    actions = [action.rsplit("/", 1)[1] for action, _ in shop.chatwoot.calls]
    assert actions == ["messages", "messages", "messages", "toggle_status", "messages"]


def test_what_was_sent_before_the_handing_over_does_not_bring_the_bot_back(shop: Shop) -> None:
    before = time.time()
    shop.tell(said(1, "a human please"))
    shop.tell(said(2, "hello?", status="pending", at=before))
    assert shop.service.desk.threads["c0"].state == "waiting"
    assert len(shop.chatwoot.public) == 1
    assert shop.chatwoot.statuses == ["open"]


def test_while_chatwoot_has_not_heard_of_it_the_handing_over_stands(shop: Shop) -> None:
    shop.chatwoot.down = 503
    shop.hook(said(1, "a human please"))
    shop.until(lambda: len(shop.service.said) == 1)
    shop.hook(said(2, "hello?", status="pending", at=time.time() + 1))
    shop.until(lambda: len(shop.service.said) == 2)
    assert shop.service.desk.threads["c0"].state == "waiting"
    shop.chatwoot.down = 0
    shop.settle()
    assert shop.chatwoot.statuses == ["open"]


def test_an_agents_reply_silences_the_bot_until_they_give_it_back(shop: Shop) -> None:
    shop.tell(said(1, "hello"))
    mine = recorded("message_by_agent", created_at=str(time.time()))
    shop.tell(mine, said(2, "thank you, John", status="open"))
    assert shop.service.desk.threads["c0"].agent == "John"
    assert [turn.author for turn in shop.service.turns("c0")] == ["driftline", "John", ""]
    assert len(shop.chatwoot.public) == 1
    back = recorded("conversation_status_changed", updated_at=time.time())
    shop.tell(back, said(3, "and something sweet?"))
    assert shop.service.desk.threads["c0"].state == "bot"
    assert "something sweet" in shop.chatwoot.public[-1]


def test_staff_who_open_a_conversation_have_it(shop: Shop) -> None:
    shop.tell(said(1, "hello"), recorded("conversation_opened", updated_at=time.time()), said(2, "hm", status="open"))
    assert shop.service.desk.threads["c0"].agent == "John"
    assert len(shop.chatwoot.public) == 1


def test_resolving_closes_and_confirms_nothing(shop: Shop) -> None:
    shop.tell(said(1, "a human please"))
    shop.tell(recorded("conversation_resolved", updated_at=time.time()))
    assert shop.service.desk.threads["c0"].state == "closed"


def test_a_conversation_that_was_deleted_here_begins_anew(shop: Shop) -> None:
    shop.tell(said(1, "hello"))
    shop.service.desk.forget("c0")
    shop.tell(said(2, "something sweet"))
    assert [conversation for _, _, conversation in shop.service.said] == [None, None]
    assert "something sweet" in shop.chatwoot.public[-1]


def test_who_writes_to_somebody_at_our_own_desk_is_seen_by_the_staff_there(shop: Shop) -> None:
    shop.tell(said(1, "hello"))
    shop.service.desk.take("Maria", "c0")
    shop.tell(said(2, "are you there?"), said(3, "hello?", status="open"))
    assert len(shop.chatwoot.public) == 1
    assert shop.chatwoot.statuses == ["open"]
    assert [note for note in shop.chatwoot.notes if "Maria has taken this conversation" in note] == [
        shop.chatwoot.notes[0]
    ]


def test_what_staff_send_at_our_own_desk_reaches_the_customer_once(shop: Shop) -> None:
    shop.tell(said(1, "hello"))
    desk = shop.service.desk
    desk.take("Maria", "c0")
    desk.send("Maria", "c0", "Two packets are left.")
    desk.send("Maria", "c0", "Shall I keep them?")
    desk.hand_back("Maria", "c0")
    shop.until(lambda: len(shop.chatwoot.public) == 3)
    shop.tell(recorded("message_by_bot", id=9001, content="Two packets are left."), said(2, "yes please"))
    assert shop.chatwoot.public[1:3] == ["Two packets are left.", "Shall I keep them?"]
    assert len(shop.chatwoot.public) == 4
    assert [turn.author for turn in shop.service.turns("c0")] == ["driftline", "Maria", "Maria", "driftline"]


def test_a_copy_that_comes_back_under_a_persons_name_is_not_said_again(shop: Shop) -> None:
    shop.tell(said(1, "hello"))
    shop.service.desk.take("Maria", "c0")
    shop.service.desk.send("Maria", "c0", "Two packets are left.")
    shop.until(lambda: len(shop.chatwoot.public) == 2)
    shop.tell(recorded("message_by_agent", content="Two packets are left.", id=9001, created_at=str(time.time())))
    assert [turn.author for turn in shop.service.turns("c0")] == ["driftline", "Maria"]


def test_what_staff_write_in_chatwoot_does_not_go_back_to_it(shop: Shop) -> None:
    shop.tell(said(1, "hello"), recorded("message_by_agent", created_at=str(time.time())))
    shop.service.desk.send("John", "c0", "One more thing.")
    shop.until(lambda: len(shop.chatwoot.public) == 2)
    shop.tell(recorded("message_by_agent", id=778, content="And this.", created_at=str(time.time())))
    shop.tell(said(2, "thanks", status="open"))
    assert [turn.reply for turn in shop.service.turns("c0")][2:4] == ["One more thing.", "And this."]
    assert shop.chatwoot.public[1:] == ["One more thing."]


def test_what_was_sent_before_copying_began_stays_where_it_is(tmp_path: Path) -> None:
    before = Shop(tmp_path)
    before.service.desk.start("Maria", "?")
    before.service.desk.send("Maria", "c0", "Long ago.")
    help_desk = before.service.helpdesk()
    begun = HelpThread(key=THREAD, user_id="?", conversation_id="c0", at=before.service.now())
    help_desk.begin(begun)
    assert help_desk.uncopied(before.service.now(), ("driftline",)) == []
    turn = before.service.desk.send("Maria", "c0", "Just now.")
    assert help_desk.uncopied(before.service.now(), ("driftline",)) == [(begun, turn.turn)]
    assert help_desk.uncopied(before.service.now() + KEPT, ("driftline",)) == []


def test_a_try_that_failed_after_the_turn_says_nothing_twice(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.tell(said(1, "hello"))
    failures = iter([True])
    listed = shop.service.items

    def items(ids: Any) -> Any:
        if next(failures, False):
            raise RuntimeError("the disk is full")
        return listed(ids)

    monkeypatch.setattr(shop.service, "items", items)
    shop.tell(said(2, "something  tasty\nand cheap"))
    assert [text for _, text, _ in shop.service.said] == ["hello", "something tasty and cheap"]
    assert len(shop.chatwoot.public) == 2


@pytest.mark.parametrize("identifier", ["x" * 201, "a\u200bb", " "])
def test_an_id_that_cannot_be_used_is_not(shop: Shop, identifier: str) -> None:
    told = recorded("message_by_verified_contact")
    told["conversation"]["meta"]["sender"]["identifier"] = identifier
    shop.tell(told)
    assert [user for user, _, _ in shop.service.said] == ["chatwoot-3-77"]


def test_our_own_message_under_a_persons_name_is_no_agents_reply(shop: Shop) -> None:
    shop.tell(said(1, "hello"))
    [answer] = shop.chatwoot.public
    shop.tell(recorded("message_by_agent", content=answer, id=9000, created_at=str(time.time())))
    assert shop.service.desk.threads["c0"].state == "bot"


@pytest.mark.parametrize("status", [500, 429, 401])
def test_nothing_is_lost_while_chatwoot_is_down(shop: Shop, status: int) -> None:
    shop.chatwoot.down = status
    for place in range(3):
        shop.hook(said(place + 1, f"question {place}"))
    shop.until(lambda: len(shop.service.said) == 3)
    assert not shop.chatwoot.calls
    shop.chatwoot.down = 0
    shop.settle()
    assert [answer.split("”")[0][-1] for answer in shop.chatwoot.public] == ["0", "1", "2"]


def test_a_refused_message_does_not_hold_up_the_others(shop: Shop) -> None:
    shop.chatwoot.down = 404
    shop.tell(said(1, "hello"))
    shop.chatwoot.down = 0
    shop.tell(said(2, "still there?"))
    assert len(shop.chatwoot.public) == 1


def test_a_restart_goes_on_where_it_stopped(tmp_path: Path) -> None:
    first = Shop(tmp_path)
    first.chatwoot.down = 503
    with first.client:
        first.hook(said(1, "hello"))
        first.until(lambda: len(first.service.said) == 1)
    second = Shop(tmp_path)
    with second.client:
        second.settle()
    assert len(second.chatwoot.public) == 1
    assert not second.service.said


def test_a_message_that_cannot_be_answered_goes_to_the_staff(shop: Shop) -> None:
    shop.service.failures = 100
    shop.hook(said(1, "hello"))
    shop.settle()
    assert shop.chatwoot.statuses == ["open"]
    assert not shop.chatwoot.public


def test_a_failure_that_passes_is_not_seen(shop: Shop) -> None:
    shop.service.failures = 2
    shop.tell(said(1, "hello"))
    assert len(shop.chatwoot.public) == 1
    assert not shop.chatwoot.statuses


def test_what_is_wrong_with_a_message_is_said(shop: Shop) -> None:
    shop.tell(said(1, "x" * 5000))
    assert shop.chatwoot.public == ["The message is too long. Say it in fewer words."]


@pytest.mark.parametrize(("secret", "age"), [("wrong", 0), (SECRET, 3600), (SECRET, -3600)])
def test_a_wrong_or_old_signature_is_refused(shop: Shop, secret: str, age: float) -> None:
    answer = shop.hook(recorded("message_by_contact"), secret, time.time() - age)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert shop.client.post("/webhooks/chatwoot", content=b"{}").status_code == 401
    assert not shop.open()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b"{}",
        b'{"event": 7}',
        b'{"event": "message_created"}',
        b'{"event": "message_created", "id": 1, "conversation": {}, "account": {}}',
        b'{"event": "message_created", "id": 1, "conversation": "x", "account": {"id": 1}}',
        b'{"event": "conversation_opened"}',
    ],
)
def test_a_malformed_webhook_is_a_problem_with_its_reason(shop: Shop, body: bytes) -> None:
    answer = shop.hook(body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_an_event_of_a_later_version_is_accepted_and_ignored(shop: Shop) -> None:
    assert shop.hook({"event": "conversation_typing_on", "whatever": [1]}).json() == {"new": False}


def test_personal_data_is_redacted_before_it_is_kept_and_goes_with_the_person(shop: Shop) -> None:
    shop.tell(said(1, "write to jane@shop.example please"))
    assert shop.service.said[0][1] == "write to [email] please"
    with shop.service.database.read() as connection:
        kept = str(connection.exec_driver_sql("SELECT payload FROM help_jobs").fetchall())
    assert "jane@" not in kept
    forgotten = forget_user(shop.service.database, (), "chatwoot-3-77")
    assert (forgotten["help_threads"], forgotten["help_jobs"]) == (1, 2)
    assert shop.service.helpdesk().thread(THREAD) is None


def test_without_settings_there_is_no_such_door(tmp_path: Path) -> None:
    app = FastAPI()
    problems.install(app)
    app.include_router(routes.router(FakeService(tmp_path, secret="")))  # type: ignore[arg-type]
    answer = TestClient(app).post("/webhooks/chatwoot", json={})
    assert answer.status_code == 404
    assert "chatwoot_secret" in answer.json()["remedy"]


def test_a_signature_covers_time_and_body() -> None:
    from datetime import UTC, datetime

    now = datetime(2026, 11, 23, tzinfo=UTC)
    stamp = str(int(now.timestamp()))
    good = sign("s", stamp, b"{}")
    assert genuine("s", stamp, b"{}", good, now)
    assert not genuine("s", stamp, b"{ }", good, now)
    assert not genuine("s", str(int(stamp) + 1), b"{}", good, now)
    assert not genuine("s", "soon", b"{}", good, now)
