"""A conversation from the bot to the staff and back, from the customer's side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agent.build import Workspace, service_of
from agent.desk.desk import Desk
from agent.llm.scripted import ScriptedClient
from agent.service import Service
from agent.state import Done, Text
from core.errors import NotFoundError
from tests.agent.conftest import OFFLINE
from tests.agent.desk.conftest import Clock, standing

BEYOND_THE_BOT = ("do you ship to Norway?", "what are your opening hours?")


def test_a_customer_who_asks_is_handed_over_and_told_so(service: Service, desk: Desk, person: str) -> None:
    first = service.chat(person, "I loved Alien. Something tense, no horror")
    turn = service.chat(person, "Can I talk to a human please?", first.conversation_id)
    assert (turn.turn, turn.author, turn.items) == (1, "driftline", ())
    assert "colleague" in turn.reply
    thread = standing(desk, first.conversation_id)
    assert (thread.state, thread.unread, thread.handovers, thread.agent) == ("waiting", 1, 1, "")
    assert "asked for a person" in thread.reason
    assert thread.last_text == "Can I talk to a human please?"
    assert desk.queue("maria")[0].conversation_id == first.conversation_id


def test_the_summary_is_grounded_in_what_was_stored(service: Service, desk: Desk, person: str) -> None:
    first = service.chat(person, "I loved Alien. Something tense, no horror")
    service.chat(person, "let me speak to a person", first.conversation_id)
    thread = standing(desk, first.conversation_id)
    who, wants, tried, limits, mood, why = thread.summary.splitlines()
    assert who == "Who: Known since June 2024, four events."
    assert wants == "Wants: “I loved Alien. Something tense, no horror”"
    assert all(card.title in tried for card in first.items)
    assert limits == "Limits: no horror."
    assert mood == "Mood: calm"
    assert why.startswith("Why here: The customer asked for a person.")


def test_the_bot_never_talks_over_a_person(service: Service, desk: Desk, person: str) -> None:
    conversation = service.chat(person, "a comedy please").conversation_id
    service.chat(person, "agent please", conversation)
    updates = list(service.stream(person, "Something with Tom Hanks, please", conversation))
    assert [type(update) for update in updates] == [Done]
    assert isinstance(updates[0], Done)
    waiting = updates[0].turn
    assert (waiting.reply, waiting.author, waiting.items, waiting.calls) == ("", "", (), ())
    desk.take("maria", conversation)
    during = service.chat(person, "I love Fargo", conversation)
    assert (during.reply, during.author) == ("", "")
    sent = desk.send("maria", conversation, "Hello!\n\nI am Maria.")
    assert (sent.text, sent.reply, sent.author) == ("", "Hello!\n\nI am Maria.", "maria")
    turns = service.turns(conversation)
    assert [turn.turn for turn in turns] == list(range(len(turns)))
    assert [turn.author for turn in turns] == ["driftline", "driftline", "", "driftline", "", "maria"]
    assert service.turns(conversation)[-1] == sent


def test_what_is_said_to_staff_is_heard_but_not_recorded(service: Service, desk: Desk, person: str) -> None:
    conversation = desk.start("maria", person).conversation_id
    turn = service.chat(person, "I love Fargo, my mail is ann@example.org", conversation)
    assert "ann@example.org" not in turn.text
    assert [(event.title, event.event_id) for event in turn.events] == [("Fargo", None)]
    assert service.events(person) == []


def test_after_the_hand_back_the_bot_knows_what_was_said_meanwhile(service: Service, desk: Desk, person: str) -> None:
    first = service.chat(person, "something tense after 1990")
    conversation = first.conversation_id
    desk.take("maria", conversation)
    service.chat(person, "and nothing over two hours", conversation)
    desk.send("maria", conversation, "I will hand you back then.")
    thread = desk.hand_back("maria", conversation, "wants it short")
    assert (thread.state, thread.unread) == ("bot", 0)
    told = service.turns(conversation)[-1]
    assert (told.author, told.text) == ("driftline", "")
    assert "maria" in told.reply
    again = service.chat(person, "what would you suggest now?", conversation)
    assert again.author == "driftline"
    assert again.turn == told.turn + 1
    assert again.items
    assert all(card.numbers["runtime"] <= 120 and (card.year or 0) > 1990 for card in again.items)
    assert not {card.id for card in again.items} & {card.id for card in first.items}


def test_unsure_twice_in_a_row_hands_over_once(service: Service, desk: Desk, person: str) -> None:
    first = service.chat(person, BEYOND_THE_BOT[0])
    assert first.unsure
    assert standing(desk, first.conversation_id).state == "bot"
    second = service.chat(person, BEYOND_THE_BOT[1], first.conversation_id)
    thread = standing(desk, first.conversation_id)
    assert (thread.state, thread.handed_for) == ("waiting", ("unsure",))
    assert "not understood you twice" in second.reply
    assert service.turns(first.conversation_id)[-1] == second
    desk.take("maria", first.conversation_id)
    desk.hand_back("maria", first.conversation_id)
    for text in BEYOND_THE_BOT:
        assert "colleague" not in service.chat(person, text, first.conversation_id).reply
    assert standing(desk, first.conversation_id).state == "bot"


def test_being_understood_in_between_starts_anew(service: Service, desk: Desk, person: str) -> None:
    conversation = service.chat(person, BEYOND_THE_BOT[0]).conversation_id
    service.chat(person, "a comedy please", conversation)
    service.chat(person, BEYOND_THE_BOT[1], conversation)
    assert standing(desk, conversation).state == "bot"
    for text in ("thanks", "hello", "ok"):
        assert not service.chat(person, text, conversation).unsure


def test_the_streamed_words_are_the_stored_ones(service: Service, desk: Desk, person: str) -> None:
    conversation = service.chat(person, BEYOND_THE_BOT[0]).conversation_id
    for text in (BEYOND_THE_BOT[1], "never mind", "I want a refund"):
        updates = list(service.stream(person, text, conversation))
        assert isinstance(updates[-1], Done)
        streamed = "".join(update.delta for update in updates if isinstance(update, Text))
        assert streamed == updates[-1].turn.reply


def test_a_sensitive_subject_comes_before_others(service: Service, desk: Desk, person: str) -> None:
    calm = service.chat(f"{person}-calm", "agent please")
    upset = service.chat(person, "you charged me twice!")
    ahead = [thread.conversation_id for thread in desk.queue("maria", state="waiting")]
    assert ahead == [upset.conversation_id, calm.conversation_id]
    assert standing(desk, upset.conversation_id).priority == 1


def test_an_emergency_points_to_help_whoever_has_the_conversation(service: Service, desk: Desk, person: str) -> None:
    turn = service.chat(person, "I want to kill myself")
    assert "112" in turn.reply
    assert "988" in turn.reply
    assert standing(desk, turn.conversation_id).priority == 2
    again = service.chat(person, "I feel suicidal", turn.conversation_id)
    assert "112" in again.reply
    desk.take("maria", turn.conversation_id)
    assert service.chat(person, "I feel suicidal", turn.conversation_id).reply == ""


def test_a_handover_never_loops(service: Service, desk: Desk, person: str) -> None:
    conversation = service.chat(person, "I want a refund").conversation_id
    desk.take("maria", conversation)
    desk.hand_back("maria", conversation)
    service.chat(person, "a refund I said", conversation)
    assert standing(desk, conversation).state == "bot"
    for _ in range(3):
        service.chat(person, "I want to talk to a person", conversation)
        assert standing(desk, conversation).state == "waiting"
        desk.take("maria", conversation)
        desk.hand_back("maria", conversation)
    refused = service.chat(person, "I want to talk to a person", conversation)
    assert standing(desk, conversation).state == "bot"
    assert "four times" in refused.reply


def test_who_waits_can_go_on_with_the_bot(service: Service, desk: Desk, person: str) -> None:
    conversation = service.chat(person, "agent please").conversation_id
    assert service.chat(person, "never mind", conversation).author == "driftline"
    assert standing(desk, conversation).state == "bot"
    assert service.chat(person, "a comedy please", conversation).items


def test_where_nobody_is_there_it_is_said_and_a_note_is_left(service: Service, person: str) -> None:
    turn = service.chat(person, "can I talk to a human?")
    thread = standing(service.desk, turn.conversation_id)
    assert "Nobody of the staff is at the desk" in turn.reply
    assert "passing you on" not in turn.reply
    assert (thread.state, thread.priority) == ("bot", 1)
    assert "asked for a person" in thread.reason
    assert service.chat(person, "a comedy please", turn.conversation_id).items
    assert service.desk.queue("maria")[0].conversation_id == turn.conversation_id


def test_the_desk_is_no_longer_staffed_hours_after_the_last_look(
    service: Service, desk: Desk, person: str, clock: Clock
) -> None:
    clock.pass_by(hours=9)
    assert "Nobody" in service.chat(person, "agent please").reply


def test_accounts_in_the_settings_make_a_staffed_desk(ticking: Workspace, person: str) -> None:
    settings = ticking.deps.settings.model_copy(update={"desk_agents": {"maria": "secret"}})
    workspace = replace(ticking, deps=replace(ticking.deps, settings=settings))
    service = service_of(workspace, ScriptedClient(status=OFFLINE))
    turn = service.chat(person, "agent please")
    assert standing(service.desk, turn.conversation_id).state == "waiting"


def test_the_button_asks_as_words_do(service: Service, desk: Desk, person: str) -> None:
    conversation = service.chat(person, "a comedy please").conversation_id
    thread = desk.request_human(person, conversation, "my mail is ann@example.org")
    assert thread.state == "waiting"
    assert "ann@example.org" not in thread.reason
    turns = len(service.turns(conversation))
    assert desk.request_human(person, conversation) == thread
    assert len(service.turns(conversation)) == turns
    with pytest.raises(NotFoundError):
        desk.request_human("somebody else", conversation)
