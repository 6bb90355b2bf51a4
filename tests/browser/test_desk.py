"""The desk beside a customer's page: two browsers at once, over the tests' shop, and once over the product itself."""

from __future__ import annotations

import re
import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import NARROW, PROMPTLY, LogIn, Open, Shop, last, take

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_two_people_talk_through_two_browsers(shop: Shop, open_page: Open, log_in: LogIn) -> None:
    customer = open_page(shop.url)
    customer.get_by_label("Your message").fill("Which kettle pours slowly?")
    customer.keyboard.press("Enter")
    expect(customer.locator(".turn.done")).to_be_visible()
    desk = log_in(shop.url)
    customer.get_by_role("button", name="Talk to a person").click()
    newcomer = desk.locator(".dk-thread.waiting", has_text="Which kettle pours slowly?")
    expect(newcomer).to_be_visible(timeout=PROMPTLY + 1000)
    newcomer.click()
    expect(desk.locator(".dk-bubble.customer")).to_have_text(re.compile("Which kettle pours slowly"))
    assert not customer.get_by_text("maria").count()

    desk.get_by_role("button", name="Take over").first.click()
    expect(desk.locator(".dk-compose")).to_be_visible()
    customer.get_by_label("Your message").fill("It should be quiet, too.")
    customer.keyboard.press("Enter")
    expect(desk.get_by_text("It should be quiet, too.").first).to_be_visible(timeout=PROMPTLY)
    expect(desk.locator(".dk-draft.on")).to_be_visible()
    draft = desk.locator(".dk-draft.on .dk-draft-text").inner_text()
    assert not customer.get_by_text(draft[:30]).count()

    desk.keyboard.press("Control+Enter")
    expect(customer.get_by_text(draft[:30])).to_be_visible(timeout=PROMPTLY)
    expect(customer.get_by_text("maria").first).to_be_visible()
    desk.get_by_label(re.compile("^Your reply")).fill("I am looking for one.")
    desk.keyboard.press("Control+Enter")
    expect(customer.get_by_text("I am looking for one.")).to_be_visible(timeout=PROMPTLY)
    expect(desk.get_by_label(re.compile("^Your reply"))).to_have_value("")

    desk.keyboard.press("Escape")
    desk.keyboard.press("h")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Handed back to Driftline.").first).to_be_visible()
    customer.get_by_label("Your message").fill("And something like Alien?")
    customer.keyboard.press("Enter")
    expect(customer.locator(".turn").last.locator(".reply")).to_contain_text("Here are films")


def test_words_outlive_a_failure_and_a_reload(shop: Shop, log_in: LogIn) -> None:
    service = shop.service
    page = log_in(shop.url)
    take(page)
    service.shop.fail = "The line is down."
    box = page.get_by_label(re.compile("^Your reply"))
    box.fill("A new jar leaves today.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".notice.trouble")).to_have_text("The line is down. Try again in a moment.")
    expect(box).to_have_value("A new jar leaves today.")
    page.reload()
    expect(box).to_have_value("A new jar leaves today.")
    service.shop.fail = ""
    page.locator(".dk-compose button.solid").click()
    expect(box).to_have_value("")
    expect(last(page)).to_have_text("A new jar leaves today.")
    page.reload()
    expect(box).to_have_value("")


def test_a_narrow_screen_shows_one_column_at_a_time_and_nothing_is_cut_off(shop: Shop, log_in: LogIn) -> None:
    page = log_in(shop.url, "tom", NARROW, "dark")
    expect(page.locator("#dl-desk-queue")).to_be_visible()
    expect(page.locator("#dl-desk-talk")).to_be_hidden()
    page.locator(".dk-thread").first.click()
    expect(page.locator("#dl-desk-queue")).to_be_hidden()
    page.locator(".dk-head [data-do=take]").click()
    expect(page.locator(".dk-draft.on")).to_be_visible()
    for tab in ("queue", "talk", "side"):
        page.locator(f".dk-tabs [data-tab={tab}]").click()
        spilling = page.evaluate(
            "[...document.querySelectorAll('#dl-page *')].filter(e => e.offsetParent && !e.closest('.dk-scroll, .sr')"
            " && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.className).slice(0, 5)"
        )
        assert spilling == [], tab
    page.get_by_role("button", name="Supervisor").click()
    expect(page.locator(".dk-supervisor")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_login_that_ended_says_so_and_keeps_the_words(shop: Shop, log_in: LogIn) -> None:
    page = log_in(shop.url)
    take(page)
    box = page.get_by_label(re.compile("^Your reply"))
    box.fill("Half a sentence")
    del shop.access.accounts["maria"]
    expect(page.locator(".dk-banner")).to_contain_text("Your login has ended", timeout=20_000)
    expect(box).to_have_value("Half a sentence")


def test_staff_and_a_visitor_of_the_product_talk(product_url: str, open_page: Open, log_in: LogIn) -> None:
    # Somebody has to be at the desk for the customer to be handed over.
    desk = log_in(product_url, f"ann{time.time_ns()}")
    expect(desk.locator(".dk-queue, #dl-queue").first).to_be_visible(timeout=15_000)
    customer = open_page(product_url)
    customer.get_by_label("Your message").fill("I loved Alien and Fargo, something tense but not gory, after 1990")
    customer.keyboard.press("Enter")
    expect(customer.locator(".turn.done")).to_be_visible(timeout=30_000)
    customer.get_by_label("Your message").fill("I want to talk to a person, please")
    customer.keyboard.press("Enter")
    desk.locator(".dk-thread.waiting", has_text="talk to a person").first.click()
    expect(desk.locator(".dk-brief")).to_contain_text("Known since", timeout=30_000)
    desk.keyboard.press("t")
    expect(desk.locator(".dk-compose")).to_be_visible()
    customer.get_by_label("Your message").fill("Is there anything funny like Fargo?")
    customer.keyboard.press("Enter")
    expect(desk.locator(".dk-draft.on")).to_be_visible(timeout=30_000)
    desk.keyboard.press("Control+Enter")
    expect(desk.locator(".dk-bubble.staff")).to_have_count(1, timeout=15_000)
    expect(customer.locator("#dl-log")).to_contain_text("ann", timeout=15_000)
    desk.keyboard.press("h")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Handed back to Driftline.").first).to_be_visible(timeout=15_000)


def test_hours_are_those_of_who_reads_them(shop: Shop, browser: Browser) -> None:
    context = browser.new_context(timezone_id="Asia/Kathmandu")
    page = context.new_page()
    page.goto(f"{shop.url}desk/")
    page.get_by_label("Your name").fill("maria")
    page.get_by_label("Password").fill("pw-maria")
    page.get_by_role("button", name="Log in").click()
    page.locator(".dk-thread").first.click()
    first = page.locator(".dk-bubble.customer time").first
    expect(first).to_be_visible()
    at = datetime.fromisoformat(first.get_attribute("datetime") or "")
    there = f"{at.astimezone(ZoneInfo('Asia/Kathmandu')):%H:%M}"
    assert first.inner_text() == there
    shop.service.says(shop.service.waiting, "Are you there?")
    expect(page.locator(".dk-bubble.customer")).to_have_count(3)
    assert first.inner_text() == there
    context.close()
