"""What staff do at the desk, by keys and by hand: drafts, suggestions, the queue, the wrap-up, the supervisor."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LogIn, Shop, take
from tests.ui.web.desk.fake import MARTA

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_a_draft_is_edited_or_dismissed_by_keys_and_nothing_else_is_sent(shop: Shop, log_in: LogIn) -> None:
    service = shop.service
    page = log_in(shop.url)
    take(page)
    page.keyboard.press("2")
    expect(page.get_by_role("tab", name=re.compile("Brief"))).to_have_attribute("aria-selected", "true")
    page.keyboard.press("d")
    page.get_by_role("button", name="Wrong tone").click()
    expect(page.get_by_text("Dismissed. Nothing was sent.")).to_be_visible()
    expect(page.get_by_role("tab")).to_have_count(2)
    assert service.turns(service.waiting)[-1].reply == ""

    page.keyboard.press("3")
    page.keyboard.press("1")
    page.keyboard.press("e")
    box = page.get_by_label(re.compile("^Your reply"))
    expect(box).to_be_focused()
    expect(box).to_have_value(re.compile("Marta"))
    page.keyboard.type(" See you!")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".dk-bubble.staff .dk-words")).to_have_text(re.compile("See you!"))
    verdicts = sorted(verdict for verdict, _, _ in service.shop.verdicts.values())
    assert verdicts == ["dismissed", "edited"]


def test_a_suggestion_goes_into_the_draft_by_key(shop: Shop, log_in: LogIn) -> None:
    page = log_in(shop.url)
    take(page)
    expect(page.locator(".dk-offer")).to_have_count(3)
    page.keyboard.press("i")
    box = page.get_by_label(re.compile("^Your reply"))
    expect(box).to_have_value(re.compile("Marta.*I would suggest Masala Chai, 200 g", re.DOTALL))
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+Digit2")
    expect(box).to_have_value(re.compile("Sencha Green Tea"))
    assert shop.service.turns(shop.service.waiting)[-1].reply == ""


def test_the_tones_are_reached_by_arrows_too(shop: Shop, log_in: LogIn) -> None:
    page = log_in(shop.url)
    take(page)
    page.get_by_role("tab", name="Warm").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Brief")).to_be_focused()
    expect(page.locator(".dk-draft.on")).to_have_attribute("data-tone", "brief")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("tab", name="Formal")).to_be_focused()


def test_the_queue_is_walked_and_searched_by_keys(shop: Shop, log_in: LogIn) -> None:
    page = log_in(shop.url)
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".dk-thread").nth(1)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page.locator(".dk-head h2")).to_have_text(f"Customer {MARTA}")
    page.keyboard.press("/")
    page.keyboard.type("kettle")
    expect(page.locator(".dk-queue .dk-thread")).to_have_count(1)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.get_by_label("Use single letters as keys").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    page.wait_for_timeout(500)
    assert shop.service.shop.threads[shop.service.waiting].state == "waiting"


def test_a_citation_leads_to_the_turn_or_the_event(shop: Shop, log_in: LogIn) -> None:
    page = log_in(shop.url)
    take(page)
    page.locator(".dk-cite", has_text="A new honey jar").click()
    expect(page.locator(".dk-turn.dk-flash")).to_contain_text("honey jar arrived broken")
    page.locator(".dk-cite", has_text="Sencha Green Tea").click()
    expect(page.locator(".dk-source .dk-event.cited")).to_contain_text("Sencha Green Tea")
    page.keyboard.press("q")
    page.keyboard.type("Has she complained before?")
    page.keyboard.press("Enter")
    expect(page.locator(".dk-answer")).to_contain_text("nine days late")
    page.locator(".dk-citations .dk-cite").click()
    expect(page.locator(".dk-source .dk-excerpt.cited")).to_contain_text("That is too long")


def test_the_wrap_up_takes_only_what_is_confirmed(shop: Shop, log_in: LogIn) -> None:
    page = log_in(shop.url)
    take(page)
    page.keyboard.press("w")
    dialog = page.get_by_role("dialog", name="Wrap up")
    dialog.get_by_label("Summary").fill("Jar replaced.")
    dialog.get_by_role("button", name="Close the conversation").click()
    expect(dialog.locator(".notice.trouble")).to_contain_text("Choose one.")
    expect(dialog.get_by_label("Summary")).to_have_value("Jar replaced.")
    dialog.get_by_label("Complaint").check()
    dialog.locator("[data-fact=f2]").check()
    dialog.get_by_role("button", name="Close the conversation").click()
    expect(page.get_by_text("The conversation is closed.")).to_be_visible()
    expect(dialog).to_have_count(0)
    assert shop.service.shop.confirmed == ("f2",)
    closed = shop.service.shop.closed_with
    assert closed is not None
    assert (closed.summary, closed.disposition) == ("Jar replaced.", "complaint")


def test_the_supervisor_reads_figures_and_takes_the_trail_along(shop: Shop, log_in: LogIn) -> None:
    agent = log_in(shop.url)
    take(agent)
    agent.keyboard.press("s")
    expect(agent.locator(".dk-supervisor")).to_have_count(0)
    page = log_in(shop.url, "tom")
    page.keyboard.press("s")
    expect(page.locator(".dk-table").first).to_contain_text("83 %")
    page.get_by_label("Agent", exact=True).fill("maria")
    page.get_by_role("button", name="Filter").click()
    expect(page.locator(".dk-audit tbody tr").first).to_contain_text("took over")
    with page.expect_download() as download:
        page.get_by_role("link", name="Export as CSV").click()
    assert "maria,took over" in download.value.path().read_text()
    page.locator(".dk-cards .dk-thread").click()
    expect(page.locator(".dk-head h2")).to_have_text(f"Customer {MARTA}")
