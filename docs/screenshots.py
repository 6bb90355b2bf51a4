"""Takes the pictures of the documentation from a running Driftline: `python docs/screenshots.py [ADDRESS]`.

Each picture exists at 1440 and 390 pixels, light and dark, in docs/images. The visitor that it makes for the purpose
erases itself at the end. Needs the test extra and Debian's Chromium.
"""

from __future__ import annotations

import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path(__file__).parent / "images"
QUERY = "I loved Alien and Fargo, something tense but not gory, after 1990"
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
    """A conversation, its timeline, and a known person's page at one size and in one scheme."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector(".welcome")
    keep(page, "welcome", width, scheme)
    page.get_by_label("Your message").fill(QUERY)
    page.keyboard.press("Enter")
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
    context.close()


def keep(page: Page, name: str, width: int, scheme: str) -> None:
    """Write one picture."""
    path = IMAGES / f"{name}-{width}-{scheme}.png"
    page.screenshot(path=path)
    print(path)


if __name__ == "__main__":
    main()
