"""Questions about a customer and the catalogue."""

from __future__ import annotations

import pytest

from agent.desk.desk import Desk
from agent.service import Service
from core.errors import InputError
from core.types import EventKind
from tests.agent.desk.conftest import Tell, talk


@pytest.fixture
def shopper(service: Service, desk: Desk, person: str, tell: Tell) -> tuple[str, str]:
    """A customer with a past, and a conversation with them."""
    tell(person, EventKind.PURCHASE, "Alien", days=150)  # 3 January 2024
    tell(person, EventKind.PURCHASE, "Fargo", days=10)
    tell(person, EventKind.DISLIKE, "Titanic", value=-1.0, text="I could not stand Titanic")
    earlier = service.chat(person, "The delivery was late and the box was damaged").conversation_id
    assert earlier
    return person, talk(service, desk, person, "hello")


def test_the_copilot_answers_from_the_past_with_citations(
    desk: Desk, service: Service, shopper: tuple[str, str]
) -> None:
    person, conversation = shopper
    about = {event.item_id: event.id for event in service.events(person)}
    alien, fargo, titanic = (service.resolve_title(title).matches[0].item_id for title in ("Alien", "Fargo", "Titanic"))
    complained = desk.ask("maria", conversation, "has she complained about delivery before?")
    assert "one complaint" in complained.text[0]
    assert [(entry.turn, entry.text[:12]) for entry in complained.citations] == [(0, "The delivery")]
    winter = desk.ask("maria", conversation, "what did he buy last winter?")
    assert [entry.event_id for entry in winter.citations] == [about[alien]]
    assert "Alien (03 Jan 2024)" in winter.text[0]
    assert "Fargo" not in winter.text[0]
    assert [entry.event_id for entry in desk.ask("maria", conversation, "what does he dislike?").citations] == [
        about[titanic]
    ]
    last = desk.ask("maria", conversation, "when did she last talk to us?")
    assert "01 June 2024" in last.text[0]
    assert last.citations[0].conversation_id != conversation
    orders = desk.ask("maria", conversation, "how many orders has she placed?")
    assert "Two purchases" in orders.text[0]
    assert {entry.event_id for entry in orders.citations} == {about[alien], about[fargo]}


def test_the_copilot_finds_something_like_the_last_order(
    desk: Desk, service: Service, shopper: tuple[str, str]
) -> None:
    person, conversation = shopper
    before = (service.turns(conversation), service.events(person))
    answer = desk.ask("maria", conversation, "find something under two hours like her last order")
    assert answer.items
    assert all(card.numbers["runtime"] <= 120 for card in answer.items)
    assert answer.citations[0].text == "Fargo"
    assert {card.id for card in answer.items} <= {entry.item_id for entry in answer.citations}
    assert not any(" you " in f" {line} " for line in answer.text)
    assert (service.turns(conversation), service.events(person)) == before


def test_the_copilot_looks_ahead_with_the_forecast(desk: Desk) -> None:
    conversation = desk.start("maria", "p2").conversation_id
    answer = desk.ask("maria", conversation, "what would she like next month?")
    assert "%" in answer.text[0]
    assert "their" in answer.text[0].lower()
    assert any(entry.event_id for entry in answer.citations)


def test_the_copilot_says_when_there_is_nothing(desk: Desk, service: Service, person: str) -> None:
    conversation = talk(service, desk, person, "hello")
    for question in ("has she complained about delivery?", "what did he buy last winter?", "how tall is she?"):
        answer = desk.ask("maria", conversation, question)
        assert answer.citations == ()
        assert "othing found in no events and one conversation." in answer.text[-1], question
    with pytest.raises(InputError):
        desk.ask("maria", conversation, " ")


def test_no_answer_of_the_copilot_stands_without_a_citation(desk: Desk, shopper: tuple[str, str]) -> None:
    _, conversation = shopper
    for question in (
        "what does she like?",
        "what should I offer her?",
        "did they mention a box?",
        "is Heat any good for her?",
        "who directed Alien?",
        "where are their interests heading?",
        "what has he watched in 1999?",
        "zzz?",
    ):
        answer = desk.ask("maria", conversation, question)
        assert answer.citations or "othing found" in answer.text[-1], question
