"""Cards in a browser: verdicts, dials, why, and the events behind them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.browser.conftest import BOTH, QUERY, Open, ask, titles
from tests.ui.web.fake import FakeService

pytestmark = pytest.mark.browser


@BOTH
def test_a_verdict_changes_the_timeline_at_once_and_is_remembered(
    fake_url: str, open_page: Open, viewport: ViewportSize
) -> None:
    page = open_page(fake_url, viewport)
    ask(page)
    card = page.locator(".card").first
    item = card.get_attribute("data-item")
    card.get_by_role("button", name=re.compile("Not for me")).click()
    expect(card.locator(".verdict.dislike")).to_have_attribute("aria-pressed", "true")
    event = page.locator(f".event[data-kind=dislike][data-item={item}]")
    expect(event).to_have_count(1)
    page.reload()
    expect(page.locator(f".card[data-item={item}] .verdict.dislike")).to_have_attribute("aria-pressed", "true")
    expect(event).to_have_count(1)
    expect(page.locator(".said")).to_have_text(QUERY)


def test_events_can_be_changed_and_removed(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    ask(page)
    event = page.locator(".event[data-kind=like]").first
    event.locator("summary").click()
    event.get_by_label("What it was").select_option("dislike")
    event.get_by_label("Weight").fill("-0.4")
    event.get_by_role("button", name="Save").click()
    changed = page.locator(".event.fresh[data-kind=dislike]")
    expect(changed).to_contain_text("weight −0.4")
    before = page.locator(".event").count()
    changed.get_by_role("button", name=re.compile("Remove")).click()
    expect(page.locator(".event")).to_have_count(before - 1)


def test_a_verdict_by_keyboard_keeps_the_focus(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    ask(page)
    button = page.locator(".card").nth(1).locator(".verdict.like")
    button.focus()
    page.keyboard.press("Space")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()
    page.keyboard.press("Space")
    expect(button).to_have_attribute("aria-pressed", "false")


def test_a_dial_changes_the_cards_in_place_and_reload_keeps_them(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    ask(page)
    before = titles(page)
    page.get_by_label("Familiar ↔ adventurous").focus()
    page.keyboard.press("End")
    expect(page.locator(".shifted")).to_be_visible()
    after = titles(page)
    assert after != before
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator(".move").first).to_be_visible()
    expect(page.get_by_label("Familiar ↔ adventurous")).to_be_focused()
    page.reload()
    page.wait_for_selector(".card")
    assert titles(page) == after
    expect(page.get_by_label("Familiar ↔ adventurous")).to_have_attribute("aria-valuetext", "Adventurous")


def test_months_to_come_and_known_films_are_dials_too(fake_url: str, fake: FakeService, open_page: Open) -> None:
    page = open_page(fake_url)
    ask(page)
    later = page.get_by_label("Now ↔ later")
    later.focus()
    page.keyboard.press("Home")
    expect(later).to_have_attribute("aria-valuetext", "now")
    expect(page.locator(".shifted")).to_be_visible()
    page.get_by_label("Hide what I have seen").uncheck()
    expect(page.locator(".card[data-item=tt0116282]")).to_be_visible()
    assert fake.dials == (None, 0, True)


@BOTH
def test_why_is_told_tried_and_changed_in_the_drawer(fake_url: str, open_page: Open, viewport: ViewportSize) -> None:
    page = open_page(fake_url, viewport)
    ask(page)
    why = page.locator(".card").first.get_by_role("button", name=re.compile("^Why"))
    why.focus()
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog", name=re.compile("^Why"))
    expect(drawer.locator(".arithmetic")).to_be_visible()
    expect(drawer.locator(".kept")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    drawer.get_by_role("button", name="What would change without Alien?").click()
    expect(drawer.locator(".preview")).to_contain_text("Without Alien")
    drawer.get_by_role("button", name="Remove Alien from your timeline").click()
    expect(drawer.locator(".notice")).to_contain_text("Alien is off your timeline")
    expect(page.locator(".event[data-item=tt0078748]")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()


def test_the_focus_returns_to_the_card_that_was_asked_about(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    ask(page)
    card = page.locator(".card").nth(2)
    card.focus()
    page.keyboard.press("w")
    expect(page.locator(".drawer .kept")).to_be_visible()
    page.keyboard.press("Escape")
    expect(card.locator(".why")).to_be_focused()


def test_what_was_loved_comes_up_with_its_day(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    ask(page)
    page.get_by_role("button", name="What I loved").click()
    drawer = page.get_by_role("dialog", name="What you loved")
    expect(drawer.locator(".loved li")).to_have_count(2)
    expect(drawer).to_contain_text("Liked, ")
    drawer.get_by_role("button", name="More like this").first.click()
    expect(drawer).to_be_hidden()
    expect(page.locator(".turn.done")).to_have_count(2)
