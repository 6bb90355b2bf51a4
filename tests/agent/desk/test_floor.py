"""The staff's side of a conversation: taking it, several at once, giving it back, its end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from agent.build import Workspace, service_of
from agent.desk import floor
from agent.desk.desk import Desk
from agent.llm.scripted import ScriptedClient
from agent.service import Service
from agent.state import Done
from core.errors import InputError, NotFoundError
from tests.agent.conftest import OFFLINE
from tests.agent.desk.conftest import standing


def test_a_closed_conversation_is_open_again_when_the_customer_writes(
    service: Service, desk: Desk, person: str
) -> None:
    conversation = desk.start("maria", person).conversation_id
    desk.close("maria", conversation, desk.wrap_up("maria", conversation))
    assert service.chat(person, "a comedy please", conversation).items
    assert standing(desk, conversation).state == "bot"


def test_of_two_who_take_it_at_once_one_gets_it(service: Service, desk: Desk, person: str) -> None:
    conversation = service.chat(person, "agent please").conversation_id
    outcomes: dict[str, str] = {}
    together = threading.Barrier(4)

    def take(agent: str) -> None:
        together.wait()
        try:
            outcomes[agent] = desk.take(agent, conversation).agent
        except InputError as error:
            outcomes[agent] = str(error)

    threads = [threading.Thread(target=take, args=(name,)) for name in ("maria", "tom", "li", "zoe")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winner = standing(desk, conversation).agent
    assert outcomes.pop(winner) == winner
    assert set(outcomes.values()) == {f"{winner} has this conversation. Ask them to hand it back."}
    joined = [turn for turn in service.turns(conversation) if "joined" in turn.reply]
    assert len(joined) == 1


def test_messages_of_both_sides_at_once_keep_their_order_and_get_lost_nowhere(
    service: Service, desk: Desk, person: str
) -> None:
    conversation = desk.start("maria", person).conversation_id

    def said(number: int) -> Callable[[], object]:
        if number % 2:
            return lambda: desk.send("maria", conversation, f"answer {number}")
        return lambda: service.chat(person, f"question {number}", conversation)

    threads = [threading.Thread(target=said(number)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    turns = service.turns(conversation)
    assert [turn.turn for turn in turns] == list(range(10))
    assert {turn.text or turn.reply for turn in turns} == {
        f"{'answer' if number % 2 else 'question'} {number}" for number in range(10)
    }


def test_only_who_has_it_sends_hands_back_and_closes(service: Service, desk: Desk, person: str) -> None:
    conversation = service.chat(person, "a comedy please").conversation_id
    with pytest.raises(InputError, match="Take it over first"):
        desk.send("maria", conversation, "hello")
    desk.take("maria", conversation)
    with pytest.raises(InputError, match="maria has this conversation"):
        desk.send("tom", conversation, "hello")
    with pytest.raises(InputError, match="Take it over first"):
        desk.hand_back("tom", conversation)
    with pytest.raises(InputError, match="Take it over first"):
        desk.close("tom", conversation, desk.wrap_up("tom", conversation))
    with pytest.raises(InputError, match="empty"):
        desk.send("maria", conversation, " \n ")
    with pytest.raises(InputError, match="own name"):
        desk.take("Driftline", conversation)
    with pytest.raises(NotFoundError):
        desk.take("maria", "none")
    assert desk.take("maria", conversation).agent == "maria"


def test_a_supervisor_may_take_from_an_agent(ticking: Workspace, person: str) -> None:
    settings = ticking.deps.settings.model_copy(update={"desk_supervisors": ("rosa",)})
    service = service_of(
        replace(ticking, deps=replace(ticking.deps, settings=settings)), ScriptedClient(status=OFFLINE)
    )
    conversation = service.desk.start("maria", person).conversation_id
    with pytest.raises(InputError):
        service.desk.take("tom", conversation)
    assert service.desk.take("rosa", conversation).agent == "rosa"
    with pytest.raises(InputError, match="no supervisor"):
        service.desk.review("maria")
    assert [entry.detail for entry in service.desk.audit("rosa", conversation) if entry.action == "took"] == [
        "from maria"
    ]


def test_opening_reads_the_messages(service: Service, desk: Desk, person: str) -> None:
    conversation = desk.start("maria", person).conversation_id
    service.chat(person, "hello", conversation)
    service.chat(person, "anybody?", conversation)
    assert standing(desk, conversation).unread == 2
    assert standing(desk, conversation).last_text == "anybody?"
    assert desk.open("maria", conversation).unread == 0
    service.chat(person, "?", conversation)
    desk.send("maria", conversation, "Here I am.")
    assert standing(desk, conversation).unread == 0


def test_staff_wait_for_the_bot_in_the_middle_of_its_reply_but_not_for_ever(
    service: Service, desk: Desk, person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(floor, "PATIENCE", 0.2)
    conversation = service.chat(person, "a comedy please").conversation_id
    updates = service.stream(person, "another one", conversation)
    next(updates)
    with pytest.raises(InputError, match="middle of a message"):
        desk.take("maria", conversation)
    assert [type(update) for update in updates][-1] is Done
    assert desk.take("maria", conversation).state == "staff"
    assert [turn.author for turn in service.turns(conversation)] == ["driftline"] * 3
