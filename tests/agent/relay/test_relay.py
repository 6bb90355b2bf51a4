"""Requests that bring a whole conversation along: what of it is known afterwards."""

from __future__ import annotations

from agent.memory import Exchange
from agent.relay.relay import Placed, Relayed
from agent.service import Service
from agent.state import Done, Text
from core.turns import Turn


def ask(service: Service, user_id: str | None, text: str, *earlier: Exchange) -> tuple[Placed, Turn, Exchange]:
    """Where a request was placed, its turn, and the exchange as the program will tell it the next time."""
    updates = list(service.relay.stream(Relayed(user_id=user_id, earlier=earlier, text=text)))
    placed, done = updates[0], updates[-1]
    assert isinstance(placed, Placed)
    assert isinstance(done, Done)
    replied = "".join(update.delta for update in updates if isinstance(update, Text))
    return placed, done.turn, Exchange(said=text, replied=replied)


def test_a_conversation_that_was_deleted_is_begun_anew_with_all_that_the_program_tells(
    service: Service, person: str
) -> None:
    _, _, first = ask(service, person, "I loved Alien and Fargo")
    placed, _, second = ask(service, person, "something tense", first)
    service.forget_conversation(person, placed.conversation_id)
    assert service.export_user(person)["relayed"] == {}
    again, turn, _ = ask(service, person, "another one", first, second)
    assert again.conversation_id != placed.conversation_id
    assert (again.exchange, turn.turn) == (3, 2)
    assert [kept.text for kept in service.turns(again.conversation_id)] == [first.said, second.said, "another one"]


def test_somebody_unknown_can_ask_about_what_is_popular(service: Service) -> None:
    _, shown, first = ask(service, None, "what is popular right now?")
    assert len(shown.items) > 1
    _, why, _ = ask(service, None, "why the second one?", first)
    assert [(call.tool, call.args["item"]) for call in why.calls] == [("explain", shown.items[1].id)]
