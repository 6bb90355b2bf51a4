"""The end of a conversation, what supervisors see of it, and that it can be forgotten."""

from __future__ import annotations

import pytest

from agent.desk.desk import Desk
from agent.service import Service
from core.desk import WrapUp
from core.errors import InputError, NotFoundError
from core.types import EventKind
from tests.agent.desk.conftest import Clock, standing, talk


def test_only_confirmed_facts_enter_the_timeline(service: Service, desk: Desk, person: str) -> None:
    conversation = talk(service, desk, person, "I love Fargo", "I hate Titanic")
    desk.send("maria", conversation, "Noted. I will send you a list tomorrow.")
    proposal = desk.wrap_up("maria", conversation)
    assert [(fact.text, fact.quote) for fact in proposal.facts] == [
        ("Likes Fargo", "love Fargo"),
        ("Dislikes Titanic", "hate Titanic"),
    ]
    assert proposal.follow_ups == ("maria said: “I will send you a list tomorrow.”",)
    assert proposal.disposition in proposal.dispositions
    likes = proposal.facts[0]
    changed = likes.model_copy(update={"text": "Likes horror", "value": -1.0})
    thread = desk.close("maria", conversation, proposal.model_copy(update={"facts": (changed,)}), [likes.id])
    assert thread.state == "closed"
    (event,) = service.events(person)
    assert (event.kind, event.source, event.text, event.value) == (EventKind.LIKE, "desk", "love Fargo", likes.value)
    assert (event.conversation_id, event.turn) == (conversation, 0)
    turns = len(service.turns(conversation))
    assert desk.close("maria", conversation, proposal, [fact.id for fact in proposal.facts]).state == "closed"
    assert len(service.events(person)) == 1
    assert len(service.turns(conversation)) == turns
    kept = desk.wrap_up("maria", conversation)
    assert kept.facts == (likes,)


def test_a_wrap_up_is_refused_before_anything_is_written(service: Service, desk: Desk, person: str) -> None:
    conversation = talk(service, desk, person, "I love Fargo")
    proposal = desk.wrap_up("maria", conversation)
    with pytest.raises(InputError, match="no fact"):
        desk.close("maria", conversation, proposal, ["invented"])
    with pytest.raises(InputError, match="unknown"):
        desk.close("maria", conversation, proposal.model_copy(update={"disposition": "whatever"}))
    with pytest.raises(InputError, match="another conversation"):
        desk.close("maria", conversation, WrapUp(conversation_id="c", summary="", disposition="resolved"))
    assert standing(desk, conversation).state == "staff"
    assert service.events(person) == []


def test_nothing_is_learnt_of_who_does_not_want_it(service: Service, desk: Desk, person: str) -> None:
    service.set_consent(person, remember=False)
    conversation = talk(service, desk, person, "I love Fargo")
    assert desk.wrap_up("maria", conversation).facts == ()


def test_waits_are_measured_and_long_ones_reviewed(service: Service, desk: Desk, person: str, clock: Clock) -> None:
    quick = service.chat(f"{person}-1", "agent please").conversation_id
    slow = service.chat(person, "agent please").conversation_id
    desk.take("maria", quick)
    clock.pass_by(seconds=30)
    desk.send("maria", quick, "Hello!")
    clock.pass_by(minutes=20)
    desk.take("maria", slow)
    service.chat(person, "This is unacceptable, I am furious!", slow)
    desk.send("maria", slow, "I am sorry.")
    waiting = service.chat(f"{person}-3", "agent please").conversation_id
    clock.pass_by(minutes=15)
    review = desk.review("maria")
    assert [(each.agent, each.first_reply_seconds, each.sent) for each in review.agents] == [("maria", 630.0, 2)]
    why = {each.conversation_id: each.why for each in review.conversations}
    assert quick not in why
    assert "The customer waited 20 minutes for the first reply." in why[slow]
    assert any("angry at its end" in line for line in why[slow])
    assert why[waiting] == ("The customer has been waiting for 15 minutes.",)
    assert desk.review("maria", since=clock()).agents == ()


def test_conversations_handed_over_twice_are_reviewed(service: Service, desk: Desk, person: str) -> None:
    conversation = service.chat(person, "agent please").conversation_id
    desk.take("maria", conversation)
    desk.hand_back("maria", conversation)
    service.chat(person, "agent please", conversation)
    (entry,) = desk.review("maria").conversations
    assert (entry.conversation_id, entry.why) == (conversation, ("It was handed over two times.",))


def test_every_look_and_every_sending_is_on_the_trail(service: Service, desk: Desk, person: str) -> None:
    conversation = service.chat(person, "three comedies please").conversation_id
    desk.customers("maria", person)
    desk.open("maria", conversation)
    desk.take("maria", conversation)
    desk.brief("maria", person, conversation)
    desk.offers("maria", conversation)
    draft = desk.drafts("maria", conversation)[1]
    desk.ask("maria", conversation, "what does she like?")
    desk.decide("maria", draft.id, "approved")
    desk.send("maria", conversation, "Anything else?")
    desk.hand_back("maria", conversation)
    trail = desk.audit("rosa", conversation)
    assert [entry.action for entry in reversed(trail)] == [
        "opened",
        "took",
        "read the brief",
        "saw offers",
        "saw drafts",
        "asked the copilot",
        "sent",
        "sent",
        "handed back",
    ]
    assert {(entry.agent, entry.user_id) for entry in trail} == {("maria", person)}
    assert [entry.detail for entry in trail if entry.action == "sent"] == [
        "turn 3, own words",
        "turn 2, brief draft, approved",
    ]
    others = {entry.action for entry in desk.audit("rosa", limit=1000) if entry.conversation_id is None}
    assert {"looked at the queue", "looked for customers", "read the audit trail"} <= others
    assert desk.audit("rosa", user_id=person)[0].conversation_id == conversation


def test_a_forgotten_customer_leaves_nothing_at_the_desk(service: Service, desk: Desk, person: str) -> None:
    conversation = talk(service, desk, person, "I love Fargo. Three comedies please")
    desk.drafts("maria", conversation)
    desk.hand_back("maria", conversation, "a fan of the Coens")
    assert [note.text for note in desk.notes("tom", conversation)] == ["a fan of the Coens"]
    exported = service.export_user(person)
    for place in ("threads", "drafts", "staff_notes", "audit"):
        assert exported[place], place
    deleted = service.forget_user(person)
    assert deleted["audit"] > 0
    assert not any(value for place, value in service.export_user(person).items() if place != "user_id")
    assert desk.thread(conversation) is None
    assert desk.audit("rosa", conversation) == []
    assert [entry.detail for entry in desk.audit("rosa") if entry.action == "erased a person"] == [
        f"{deleted['audit']} entries"
    ]
    with pytest.raises(NotFoundError):
        desk.open("maria", conversation)


def test_what_a_template_says_is_no_promise(service: Service, desk: Desk, person: str) -> None:
    conversation = talk(service, desk, person, "Three thrillers after 1990 please")
    draft = desk.drafts("maria", conversation)[0]
    assert "I will find more like it" in draft.text
    desk.decide("maria", draft.id, "approved")
    assert desk.wrap_up("maria", conversation).follow_ups == ()
