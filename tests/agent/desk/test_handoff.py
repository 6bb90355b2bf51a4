"""Which words hand a conversation over, which do not, and how often."""

from __future__ import annotations

import pytest

from agent.desk.handoff import MOST, Reason, may_hand_over, reason_in, unsure_twice, wants_bot_back
from core.desk import Thread
from core.turns import Turn
from tests.agent.workspace import NOW

ASKED = """
can I talk to a human?
I want to speak to a real person
Could I please chat with someone from your team
agent please
Get me a human
connect me to customer service
I'd like to talk to a manager
Is there someone I can talk to?
I don’t want to talk to a bot
put me through to support
ich möchte mit einem Menschen sprechen
je voudrais parler à un conseiller
quiero hablar con una persona
vorrei parlare con un operatore
转人工
"""
SENSITIVE = {
    "refund": "I want a refund|can I get my money back|I need to return this item|ich will mein Geld zurück|退款",
    "complaint": "I want to file a complaint|my parcel never arrived|the box arrived damaged|where is my order?",
    "legal": "my lawyer will contact you|I'm going to sue you|I will take legal action",
    "fraud": "you charged me twice|there is an unauthorized charge on my card|I did not make this purchase",
    "emergency": "I want to kill myself|I feel suicidal|please call an ambulance|my husband can't breathe",
}
OF_THE_CATALOGUE = """
I loved Suicide Squad
a film about a man who wants to talk to a human
The Return of the King
a legal thriller with a lawyer
a movie about a heart attack survivor
I want to die laughing tonight
recommend a film with a secret agent
give me a real person story
a documentary about customer service
something about fraud
Can you talk about Alien?
no robots please
the virgin suicides
something by a human rights activist
send me a film about people
I want people to laugh
"""


@pytest.mark.parametrize("text", ASKED.strip().splitlines())
def test_a_person_is_asked_for_in_many_words(text: str) -> None:
    reason = reason_in(text)
    assert reason is not None
    assert reason.kind == "asked"


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind in SENSITIVE for text in SENSITIVE[kind].split("|")])
def test_sensitive_subjects_are_told_apart(kind: str, text: str) -> None:
    reason = reason_in(text)
    assert reason is not None
    assert reason.kind == kind


@pytest.mark.parametrize("text", OF_THE_CATALOGUE.strip().splitlines())
def test_what_is_asked_of_the_catalogue_hands_nothing_over(text: str) -> None:
    assert reason_in(text) is None


def test_the_gravest_reason_counts_and_is_quoted() -> None:
    reason = reason_in("Let me talk to a human, you charged me twice")
    assert reason is not None
    assert reason.kind == "fraud"
    assert reason.quote == "charged me twice"
    assert "charged me twice" in reason.text


@pytest.mark.parametrize("text", ["never mind", "ok, forget it, show me comedies", "back to the bot please"])
def test_who_waits_can_go_back_to_the_bot(text: str) -> None:
    assert wants_bot_back(text)
    assert not wants_bot_back(f"somebody said {text}")


def turn(number: int, text: str = "brrr", author: str = "driftline", unsure: bool = True) -> Turn:
    return Turn(
        conversation_id="c", turn=number, user_id="u", at=NOW, text=text, reply="?", author=author, unsure=unsure
    )


def test_unsure_twice_means_in_a_row_and_without_staff_between() -> None:
    assert unsure_twice([turn(0), turn(1)])
    assert not unsure_twice([turn(0)])
    assert not unsure_twice([turn(0), turn(1, unsure=False), turn(2)])
    assert not unsure_twice([turn(0), turn(1, text="", author="maria", unsure=False), turn(2)])
    assert unsure_twice([turn(0), turn(1, text="", unsure=False), turn(2)])


def test_the_same_reason_hands_over_once_unless_it_is_asked_anew_or_an_emergency() -> None:
    thread = Thread(conversation_id="c", user_id="u", opened_at=NOW, updated_at=NOW, handovers=1)
    before = thread.model_copy(update={"handed_for": ("unsure", "refund", "asked")})
    assert may_hand_over(thread, Reason("unsure"))
    assert not may_hand_over(before, Reason("unsure"))
    assert not may_hand_over(before, Reason("refund"))
    assert may_hand_over(before, Reason("complaint"))
    assert may_hand_over(before, Reason("asked"))
    often = before.model_copy(update={"handovers": MOST})
    assert not may_hand_over(often, Reason("asked"))
    assert may_hand_over(often, Reason("emergency"))
