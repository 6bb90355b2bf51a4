"""The desk beside a customer's page: two browsers at once, over the tests' shop, and once over the product itself."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import NARROW, WIDE, Open, free_port, wait_for
from tests.ui.web.desk.fake import MARTA, ShopService
from ui.web.app import mount
from ui.web.desk.access import Access
from ui.web.desk.app import mount_desk

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

LogIn = Callable[..., Page]
PROMPTLY = 8_000
"""Milliseconds within which what one end says has to stand on the other: two seconds, and room for a busy machine."""


class Shop:
    """A running shop: its service, its door and its address."""

    def __init__(self) -> None:
        self.service = ShopService()
        self.access = Access({"maria": "pw-maria", "tom": "pw-tom"}, ("tom",))
        self.url = ""


@contextmanager
def serving(shop: Shop) -> Iterator[Shop]:
    port = free_port()
    app = mount(mount_desk(FastAPI(), shop.service, shop.access), shop.service)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="critical", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    shop.url = f"http://127.0.0.1:{port}/"
    wait_for(f"{shop.url}desk/login", 60)
    try:
        yield shop
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def shop() -> Iterator[Shop]:
    with serving(Shop()) as running:
        yield running


@pytest.fixture
def log_in(browser: Browser) -> Iterator[LogIn]:
    """Opens the desk in a fresh profile as somebody; a script error on any page fails the test."""
    contexts, errors = [], []

    def log_in_at(url: str, name: str = "maria", viewport: ViewportSize = WIDE, scheme: str = "light") -> Page:
        context = browser.new_context(
            viewport=viewport, color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{url}desk/")
        page.get_by_label("Your name").fill(name)
        if page.get_by_label("Password").count():
            page.get_by_label("Password").fill(f"pw-{name}")
        page.get_by_role("button", name="Log in").click()
        page.wait_for_selector(".dk-queue")
        return page

    yield log_in_at
    for context in contexts:
        context.close()
    assert not errors


def take(page: Page) -> None:
    """Open who stands first and take over."""
    page.locator(".dk-thread").first.click()
    expect(page.locator(".dk-head")).to_be_visible()
    page.keyboard.press("t")
    expect(page.locator(".dk-draft.on")).to_be_visible()


def last(page: Page) -> str:
    """The last bubble's words."""
    return page.locator(".dk-bubble .dk-words").last.inner_text()


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
    assert last(page) == "A new jar leaves today."
    page.reload()
    expect(box).to_have_value("")


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
