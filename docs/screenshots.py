"""Takes the pictures of the documentation from a running Driftline: `python docs/screenshots.py [ADDRESS]`.

Each picture exists at 1440 and 390 pixels, light and dark, in docs/images. The visitor that it makes for the purpose
erases itself at the end. The desk is opened under the name and password in DESK_NAME and DESK_PASSWORD, or under a name
alone where the server asks for no password. Needs the test extra and Debian's Chromium.
"""

from __future__ import annotations

import os
import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path(__file__).parent / "images"
QUERY = "I loved Alien and Fargo, something tense but not gory, after 1990"
PLEA = "That is not what I wanted, I would like to talk to a person"
QUESTION = "Is there anything like Fargo that is funny?"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


def main() -> None:
    """Take all pictures."""
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8470/"
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for (width, height), scheme in product(((1440, 900), (390, 844)), ("light", "dark")):
            visit(browser, address, width, height, scheme)
        browser.close()


def visit(browser: Browser, address: str, width: int, height: int, scheme: str) -> None:
    """A conversation, its timeline, a known person's page and the desk at one size and in one scheme."""
    page = fresh(browser, width, height, scheme)
    page.goto(address)
    page.wait_for_selector(".welcome")
    keep(page, "welcome", width, scheme)
    say(page, QUERY)
    page.wait_for_selector(".turn.done", timeout=60_000)
    verdicts = page.locator(".card .verdict.like")
    if verdicts.count():
        verdicts.first.click()
        page.wait_for_selector(".verdict.like[aria-pressed=true]")
    page.evaluate("document.activeElement.blur(); document.querySelector('.turn').scrollIntoView()")
    keep(page, "chat", width, scheme)
    if width < 1000:
        page.locator(".tabs [data-tab=panel]").click()
        keep(page, "timeline", width, scheme)
        page.locator(".tabs [data-tab=chat]").click()
    desk(browser, page, address, width, height, scheme)
    page.get_by_role("button", name="Switch", exact=True).click()
    people = page.locator(".picks [data-person]")
    if people.count():
        people.first.click()
        page.wait_for_selector(".whose.stranger")
        keep(page, "person", width, scheme)
        page.get_by_role("button", name="Switch", exact=True).click()
        page.get_by_role("button", name="Back to your page").click()
        page.wait_for_selector(".whose:not(.stranger)")
        page.get_by_role("button", name="Switch", exact=True).click()
    page.get_by_role("button", name="Erase everything about me").click()
    page.get_by_role("button", name="Yes, erase it all").click()
    page.wait_for_selector(".welcome", state="attached")
    page.context.close()


def desk(browser: Browser, customer: Page, address: str, width: int, height: int, scheme: str) -> None:
    """The customer asks for a person, and somebody of the staff answers; then the supervisor's page."""
    say(customer, PLEA)
    page = fresh(browser, width, height, scheme)
    page.goto(f"{address}desk/login")
    keep(page, "desk-login", width, scheme)
    page.get_by_label("Your name").fill(os.environ.get("DESK_NAME", "maria"))
    secret = page.locator("#password")
    if secret.count():
        secret.fill(os.environ.get("DESK_PASSWORD", ""))
    page.get_by_role("button", name="Log in").click()
    page.wait_for_selector(".dk-thread.waiting", timeout=30_000)
    keep(page, "desk-queue", width, scheme)
    page.locator(".dk-thread.waiting").first.click()
    page.locator(".dk-head [data-do=take]").click()
    page.wait_for_selector(".dk-compose", timeout=30_000)
    say(customer, QUESTION)
    page.wait_for_selector(".dk-draft.on", timeout=60_000)
    page.wait_for_selector(".dk-offer", state="attached", timeout=60_000)
    keep(page, "desk", width, scheme)
    if width < 1000:
        page.locator(".dk-tabs [data-tab=side]").click()
        keep(page, "desk-customer", width, scheme)
        page.locator(".dk-tabs [data-tab=talk]").click()
    page.locator("[data-do=wrap]").click()
    page.wait_for_selector("dialog.dk-wrap[open]", timeout=30_000)
    keep(page, "desk-wrap-up", width, scheme)
    page.locator("[data-do=unwrap]").click()
    page.wait_for_selector("dialog.dk-wrap", state="detached")
    page.locator(".dk-head .dk-pop summary").click()
    page.locator(".dk-head .dk-pop form button").click()
    page.wait_for_selector(".dk-not-mine", timeout=30_000)
    supervisor = page.locator(".dk-views [data-view=supervisor]")
    if supervisor.count():
        supervisor.click()
        page.wait_for_selector(".dk-supervisor", timeout=30_000)
        keep(page, "supervisor", width, scheme)
    page.context.close()


def fresh(browser: Browser, width: int, height: int, scheme: str) -> Page:
    """A page in a profile of its own."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    return context.new_page()


def say(page: Page, words: str) -> None:
    """Say something on the chat page."""
    page.get_by_label("Your message").fill(words)
    page.keyboard.press("Enter")


def keep(page: Page, name: str, width: int, scheme: str) -> None:
    """Write one picture."""
    path = IMAGES / f"{name}-{width}-{scheme}.png"
    page.screenshot(path=path)
    print(path)


if __name__ == "__main__":
    main()
