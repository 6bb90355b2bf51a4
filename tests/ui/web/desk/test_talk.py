"""The conversation as the desk shows it: where it changed hands, what is put into replies, what was left behind."""

from __future__ import annotations

import re

from tests.ui.web.desk.conftest import Tab
from tests.ui.web.desk.fake import ShopService


def lines(tab: Tab) -> list[str]:
    """What stands in the conversation, one under the other."""
    return re.findall(r'<p class="dk-(?:words|system)"[^>]*>([^<]*)</p>', tab.text("talk"))


def test_why_it_was_handed_over_stands_above_what_driftline_says_of_it(service: ShopService, tab: Tab) -> None:
    conversation = service.begin("640", "A kettle", service.now())
    service.says(conversation, "agent please", "I am passing you on.", "driftline")
    service.shop.change(conversation, state="waiting", reason="The customer asked for a person.")
    tab.act("open", conversation=conversation)
    assert lines(tab)[-1] == "Handed over to staff: The customer asked for a person."
    service.shop.take("maria", conversation)
    service.says(conversation, "", "maria has joined.", "driftline")
    tab.poll()
    assert lines(tab)[-2:] == ["Handed over to staff: The customer asked for a person.", "maria has joined."]
    service.says(conversation, "are you there?")
    tab.poll()
    assert lines(tab)[-3:-1] == ["Handed over to staff: The customer asked for a person.", "maria has joined."]


def test_what_ends_a_conversation_does_not_hand_it_back(service: ShopService, mine: Tab) -> None:
    mine.act("send", text="A new jar is on its way.")
    mine.act("wrap")
    service.says(service.waiting, "", "This conversation is closed now.", "driftline")
    mine.act("close", summary="A new jar", disposition="resolved")
    assert not any("Handed back" in line for line in lines(mine))
    assert "Closed by maria" in lines(mine)[-1]


def test_a_suggestion_in_a_reply_speaks_to_the_customer(mine: Tab) -> None:
    side = mine.text("side")
    assert "Same leaf as the Assam of your last order" in side
    assert 'data-text="I would suggest Masala Chai, 200 g: Fits."' in side


def test_a_note_is_there_for_whoever_comes_next(service: ShopService, mine: Tab) -> None:
    mine.act("back", note="Wants <b>no</b> plastic")
    other = Tab(service, "tom")
    other.act("open", conversation=service.waiting)
    assert "Wants &lt;b&gt;no&lt;/b&gt; plastic" in other.text("side")
    other.act("open", conversation=service.talking)
    assert "plastic" not in other.text("side")


def test_a_failure_that_comes_again_is_told_again(service: ShopService, mine: Tab) -> None:
    service.shop.fail = "The store is busy."
    for _ in range(2):
        (answer,) = mine.act("send", text="Hello", nonce="n1")
        assert "The store is busy." in (answer.compose or "")


def test_a_customer_without_a_conversation_has_no_mood(tab: Tab) -> None:
    tab.act("customer", user="640")
    assert "dk-feeling" not in tab.text("side")
