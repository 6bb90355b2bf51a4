"""Draft replies: what they say, and what becomes of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agent.build import Workspace
from agent.desk.desk import Desk
from agent.grounding import check
from agent.llm.scripted import ScriptedChatModel, ScriptedClient
from agent.service import Service
from core.errors import InputError, NotFoundError
from store import tables
from tests.agent.desk.conftest import talk


def test_drafts_say_only_what_holds_and_nothing_is_stored(service: Service, desk: Desk, person: str) -> None:
    conversation = talk(service, desk, person, "I love Alien. Three thrillers after 1990 please")
    before = (service.turns(conversation), service.events(person))
    drafts = desk.drafts("maria", conversation)
    assert [draft.tone for draft in drafts] == ["warm", "brief", "formal"]
    assert (service.turns(conversation), service.events(person)) == before
    assert len({draft.text for draft in drafts}) == 3
    for draft in drafts:
        assert draft.checks.supported == draft.checks.claims > 0
        items = service.items(draft.item_ids)
        assert len(items) == 3
        assert all((item.year or 0) > 1990 and item.title in draft.text for item in items.values())
    warm, brief, formal = drafts
    assert len(brief.text) < len(warm.text)
    assert " I " not in f" {formal.text} "
    assert desk.drafts("maria", conversation) == drafts


def test_a_draft_to_an_upset_customer_owns_up(service: Service, desk: Desk, person: str) -> None:
    conversation = talk(service, desk, person, "I already told you twice. A comedy, this is annoying")
    assert "sorry" in desk.drafts("maria", conversation)[0].text
    complaint = talk(service, desk, f"{person}-2", "you charged me twice")
    texts = [draft.text for draft in desk.drafts("maria", complaint)]
    assert all("payment" in text for text in texts)
    assert not any(draft.item_ids for draft in desk.drafts("maria", complaint))
    asked = "my delivery was two hours late and the thriller was broken. can I talk to a person?"
    drafts = desk.drafts("maria", talk(service, desk, f"{person}-3", asked))
    assert all("looking into it" in draft.text and not draft.item_ids for draft in drafts)


def test_a_question_beyond_the_bot_gets_a_question_back(service: Service, desk: Desk, person: str) -> None:
    conversation = talk(service, desk, person, "do you ship to Norway?")
    assert all("tell" in draft.text for draft in desk.drafts("maria", conversation))


def test_who_asked_for_a_person_is_answered_on_what_they_wanted(service: Service, desk: Desk, person: str) -> None:
    conversation = service.chat(person, "three comedies please").conversation_id
    service.chat(person, "let me talk to a human", conversation)
    desk.take("maria", conversation)
    drafts = desk.drafts("maria", conversation)
    assert all(draft.item_ids for draft in drafts)


def test_approved_goes_out_to_the_letter(service: Service, desk: Desk, person: str) -> None:
    conversation = talk(service, desk, person, "Three thrillers after 1990 please")
    draft = desk.drafts("maria", conversation)[0]
    turn = desk.decide("maria", draft.id, "approved", text="something else")
    assert turn is not None
    assert (turn.reply, turn.author, turn.text) == (draft.text, "maria", "")
    assert tuple(card.id for card in turn.items) == draft.item_ids
    assert turn.checks == draft.checks
    assert service.turns(conversation)[-1] == turn
    with pytest.raises(InputError, match="decided already"):
        desk.decide("maria", draft.id, "approved")
    assert desk.drafts("maria", conversation) == ()


def test_edits_and_dismissals_are_feedback(service: Service, desk: Desk, person: str) -> None:
    conversation = talk(service, desk, person, "Three thrillers after 1990 please")
    warm, brief, formal = desk.drafts("maria", conversation)
    with pytest.raises(InputError, match="reason"):
        desk.decide("maria", formal.id, "dismissed", reason="  ")
    with pytest.raises(InputError, match="empty"):
        desk.decide("maria", warm.id, "edited", text=" ")
    with pytest.raises(NotFoundError):
        desk.decide("maria", "none", "approved")
    with pytest.raises(InputError, match="Take it over first"):
        desk.decide("tom", warm.id, "approved")
    assert desk.decide("maria", formal.id, "dismissed", reason="too stiff, mail ann@example.org") is None
    assert desk.drafts("maria", conversation) == (warm, brief)
    turn = desk.decide("maria", warm.id, "edited", text=warm.text.replace("Thank you", "Many thanks"))
    assert turn is not None
    assert turn.reply.startswith("Many thanks")
    figures = desk.review("maria").agents[0]
    assert (figures.drafts, figures.approved, figures.edited, figures.dismissed, figures.sent) == (3, 0, 1, 1, 1)
    assert figures.acceptance == 0.5
    assert 0 < (figures.edit_share or 0) < 0.2
    to_review = desk.review("maria").conversations[0]
    assert to_review.why == ("A draft was dismissed: too stiff, mail [email]",)


def test_there_is_nothing_to_draft_where_nothing_was_asked(service: Service, desk: Desk, person: str) -> None:
    conversation = desk.start("maria", person).conversation_id
    assert desk.drafts("maria", conversation) == ()
    service.chat(person, "hello", conversation)
    desk.send("maria", conversation, "Hello, how can I help?")
    assert desk.drafts("maria", conversation) == ()


def test_a_model_may_word_a_draft_but_not_add_to_it(
    ticking: Workspace, desk: Desk, service: Service, person: str
) -> None:
    conversation = talk(service, desk, person, "I want to see Alien and Aliens, compare them please")
    template = desk.drafts("maria", conversation)[0]
    assert "Alien (1979)" in template.text
    office = desk._office
    truth = "Aliens is newer than Alien."
    lying = ScriptedClient(ScriptedChatModel(replies=(f"{truth} Alien won twelve Oscars in 1850.",)))
    told = Desk(replace(office, client=lying))
    with ticking.database.write() as connection:
        connection.execute(tables.drafts.delete())
    written = told.drafts("maria", conversation)[0]
    assert truth in written.text
    assert "1850" not in written.text
    assert "twelve" not in written.text
    assert written.checks.repaired >= 1


def test_templates_of_drafts_pass_the_check_that_replies_pass(service: Service, desk: Desk) -> None:
    conversation = talk(service, desk, "p3", "where is my taste heading?")
    drafts = desk.drafts("maria", conversation)
    tried = desk._office.bot.rehearse(
        conversation, "p3", "where is my taste heading?", service.now(), desk._office.bot.memory(conversation, "p3")
    )
    for line in drafts[1].text.split(". "):
        assert check(line, tried.draft.evidence).sentence_ok, line


def test_a_draft_that_could_not_go_out_can_be_sent_later(
    service: Service, desk: Desk, person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agent.desk.floor.PATIENCE", 0.05)
    conversation = talk(service, desk, person, "Three thrillers after 1990 please")
    draft = desk.drafts("maria", conversation)[0]
    with (
        desk.turnstiles.one_turn_at_a_time(conversation),
        pytest.raises(InputError, match="in the middle of a message"),
    ):
        desk.decide("maria", draft.id, "approved")
    assert desk.review("maria").agents[0].approved == 0
    assert draft in desk.drafts("maria", conversation)
    turn = desk.decide("maria", draft.id, "approved")
    assert turn is not None
    assert turn.reply == draft.text
