"""Turns in a browser: streamed, stopped, edited, answered by the staff."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.browser.conftest import BOTH, QUERY, Open, ask, serving
from tests.ui.web.fake import FakeService

pytestmark = pytest.mark.browser


@BOTH
def test_a_turn_shows_its_steps_its_cards_and_its_words(open_page: Open, viewport: ViewportSize) -> None:
    with serving(FakeService(pace=0.3)) as url:
        page = open_page(url, viewport)
        page.get_by_label("Your message").fill(QUERY)
        page.keyboard.press("Enter")
        expect(page.locator(".turn.running .step").first).to_be_visible()
        expect(page.get_by_role("button", name="Stop")).to_be_visible()
        expect(page.locator(".turn.done")).to_be_visible()
        expect(page.locator(".steps summary")).to_contain_text("3 steps in")
        cards = page.locator(".card")
        assert cards.count() == 6
        for index in range(6):
            assert cards.nth(index).locator(".reason").count() >= 1


def test_shift_enter_makes_a_line_and_enter_sends(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    box = page.get_by_label("Your message")
    box.fill("one")
    box.press("Shift+Enter")
    box.type("two")
    expect(box).to_have_value("one\ntwo")
    box.press("Enter")
    expect(box).to_have_value("")
    expect(page.locator(".turn.done .said")).to_have_text(re.compile("one\\s*two"))


def test_an_example_starts_a_conversation(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    page.locator(".example").first.click()
    expect(page.locator(".turn.done .said")).to_have_text(QUERY)


def test_a_failure_is_one_line_and_gives_the_words_back(open_page: Open) -> None:
    service = FakeService()
    with serving(service) as url:
        page = open_page(url)
        service.fail = "The store is busy."
        page.get_by_label("Your message").fill("something quiet")
        page.keyboard.press("Enter")
        expect(page.locator("#dl-log .trouble")).to_contain_text("The store is busy. Try again in a moment.")
        expect(page.get_by_label("Your message")).to_have_value("something quiet")
        service.fail = ""
        page.keyboard.press("Enter")
        expect(page.locator(".turn.done")).to_be_visible()


def test_stop_keeps_what_came(open_page: Open) -> None:
    with serving(FakeService(pace=0.8)) as url:
        page = open_page(url)
        page.get_by_label("Your message").fill(QUERY)
        page.keyboard.press("Enter")
        expect(page.locator(".card").first).to_be_visible()
        page.get_by_role("button", name="Stop").click()
        expect(page.locator(".turn.stopped")).to_be_visible()
        assert page.locator(".card").count() == 6
        expect(page.get_by_role("button", name="Send")).to_be_visible()


def test_the_last_message_is_edited_in_place(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    ask(page)
    page.get_by_role("button", name="Edit", exact=True).click()
    box = page.get_by_label("Your message")
    expect(box).to_have_value(QUERY)
    expect(page.locator(".editing")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".editing")).to_be_hidden()
    expect(box).to_have_value("")
    page.get_by_role("button", name="Edit", exact=True).click()
    box.fill("I loved Heat")
    page.keyboard.press("Enter")
    expect(page.locator(".turn.done .said")).to_have_text("I loved Heat")
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator(".event[data-kind=like]")).to_have_count(1)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".turn.running")).to_be_visible()
    expect(page.locator(".turn.done .said")).to_have_text("I loved Heat")
    expect(page.locator(".turn")).to_have_count(1)


def test_a_quick_reply_is_sent_with_one_press(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    ask(page)
    first = page.locator(".card h4").first.inner_text().split(" 2")[0].split(" 1")[0]
    page.get_by_role("button", name="More like the first").click()
    expect(page.locator(".said").last).to_have_text(f"More like {first}")
    expect(page.locator(".turn.done")).to_have_count(2)
    expect(page.locator(".quick")).to_have_count(1)


def test_a_person_of_the_staff_takes_over_and_hands_back(fake_url: str, fake: FakeService, open_page: Open) -> None:
    page = open_page(fake_url)
    ask(page)
    own = page.evaluate("localStorage['driftline.own']")
    conversation = page.evaluate("localStorage['driftline.conversation']")
    page.get_by_role("button", name="Talk to a person").click()
    expect(page.locator(".banner")).to_contain_text("One will be with you")
    page.get_by_label("Your message").fill("it never came")
    page.keyboard.press("Enter")
    expect(page.locator(".waiting-person")).to_be_visible()
    fake.desk.take("Maria", own, conversation)
    fake.desk.say("Maria", own, conversation, "I am looking for it.")
    expect(page.locator(".turn.staff")).to_contain_text("I am looking for it.", timeout=8_000)
    expect(page.locator(".turn.staff .author")).to_have_text("Maria")
    expect(page.locator(".banner")).to_contain_text("You are talking to Maria")
    expect(page.get_by_placeholder("Write to Maria")).to_be_visible()
    fake.desk.hand_back(own, conversation)
    expect(page.locator(".banner")).to_contain_text("Driftline again", timeout=8_000)
