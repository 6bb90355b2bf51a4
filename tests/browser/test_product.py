"""One conversation, end to end: the real product, its real catalogue, a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE, Open

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

QUERY = "I loved Alien and Fargo, something tense but not gory, after 1990"


def test_a_person_asks_judges_and_is_remembered(product_url: str, open_page: Open) -> None:
    page = open_page(product_url, WIDE)
    page.get_by_label("Your message").fill(QUERY)
    page.keyboard.press("Enter")
    expect(page.locator(".turn.done")).to_be_visible(timeout=60_000)
    assert page.locator(".step").count() >= 1

    cards = page.locator(".card")
    assert cards.count() >= 3
    for index in range(cards.count()):
        card = cards.nth(index)
        title = card.locator("h4").inner_text()
        assert int(card.get_attribute("data-year") or 0) > 1990, title
        assert "Horror" not in (card.get_attribute("data-genres") or "").split("|"), title
        assert not re.match(r"(Alien|Fargo)\b\s*\d{4}$", title)
        assert card.locator(".reason .reason-text").first.inner_text().strip(), title
    assert page.locator(".reply").inner_text().strip()

    heard = page.locator(".event")
    assert heard.filter(has_text="Alien").count() >= 1
    assert heard.filter(has_text="Fargo").count() >= 1
    before = heard.count()
    chosen = cards.first
    item = chosen.get_attribute("data-item")
    chosen.get_by_role("button", name=re.compile("Not for me")).click()
    expect(page.locator(f".event.fresh[data-kind=dislike][data-item={item}]")).to_be_visible()
    expect(heard).to_have_count(before + 1)

    like = cards.nth(1).locator(".verdict.like")
    for pressed in ("true", "false", "true"):
        like.click()
        expect(like).to_have_attribute("aria-pressed", pressed)

    page.reload()
    expect(page.locator(f".event[data-kind=dislike][data-item={item}]")).to_be_visible()
    expect(page.locator(f".card[data-item={item}] .verdict.dislike")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".said")).to_have_text(QUERY)

    page.get_by_role("button", name=re.compile("^New")).click()
    expect(page.locator(".turn")).to_have_count(0)
    page.get_by_label("Your message").fill("What should I watch next?")
    page.keyboard.press("Enter")
    expect(page.locator(".turn.done")).to_be_visible(timeout=60_000)
    assert item not in [card.get_attribute("data-item") for card in page.locator(".card").all()]

    page.get_by_role("button", name="Switch", exact=True).click()
    page.get_by_role("button", name="Erase everything about me").click()
    page.get_by_role("button", name="Yes, erase it all").click()
    expect(heard).to_have_count(0)


def test_a_known_person_of_the_demonstration_can_be_looked_at(product_url: str, open_page: Open) -> None:
    page = open_page(product_url, NARROW)
    page.get_by_role("button", name="Switch", exact=True).click()
    person = page.locator(".picks [data-person]").first
    name = person.get_attribute("data-person") or ""
    person.click()
    expect(page.locator(".whose")).to_contain_text(f"Person {name}")
    page.locator(".tabs [data-tab=panel]").click()
    expect(page.locator(".interests .note")).to_contain_text("rating")
    assert page.locator(".event").count() >= 20
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_dials_and_why_this_on_real_films(product_url: str, open_page: Open) -> None:
    page = open_page(product_url, WIDE)
    page.get_by_label("Your message").fill(QUERY)
    page.keyboard.press("Enter")
    expect(page.locator(".turn.done")).to_be_visible(timeout=60_000)
    dial = page.get_by_label("Familiar ↔ adventurous")
    dial.focus()
    page.keyboard.press("End")
    expect(page.locator(".shifted")).to_be_visible(timeout=30_000)
    expect(page.locator(".turn")).to_have_count(1)
    second = page.locator(".card h4").nth(1).inner_text()

    page.locator(".card").first.get_by_role("button", name=re.compile("^Why")).click()
    drawer = page.get_by_role("dialog", name=re.compile("^Why"))
    expect(drawer.locator(".kept")).to_be_visible(timeout=60_000)
    told = drawer.locator(".arithmetic").inner_text().replace("−", "-")
    terms, total = told.replace("+ ", "+").replace("- ", "-").split("=")
    assert sum(round(100 * float(term)) for term in terms.split()) == round(100 * float(total))
    drawer.get_by_role("button", name="What would change without Alien?").click()
    expect(drawer.locator(".preview")).to_contain_text("Without Alien", timeout=30_000)
    drawer.get_by_role("button", name="Remove Alien from your timeline").click()
    expect(drawer.locator(".notice")).to_contain_text("Alien is off your timeline", timeout=30_000)
    page.keyboard.press("Escape")

    page.get_by_label("Your message").fill("tell me more about the second one")
    page.keyboard.press("Enter")
    expect(page.locator(".turn.done")).to_have_count(2, timeout=60_000)
    now = page.locator(".turn").first.locator(".card h4").nth(1).inner_text()
    title = re.sub(r"\s*\d{4}.*", "", now, flags=re.DOTALL)
    assert title in page.locator(".turn").last.locator(".reply").inner_text(), (second, now)
