"""Bringing a history in a browser: a file of another service, seen, settled, added and taken back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Locator, Page, ViewportSize, expect

from tests.browser.conftest import BOTH, NARROW, Open, look_at, turn_to_panel
from tests.ui.web.fake import FakeService
from tests.ui.web.fake_timeline import SITTING

pytestmark = pytest.mark.browser

NETFLIX = (
    'Title,Date\n"Alien","3/1/19"\n"Fargo","12/24/20"\n"Dark: Season 1: Secrets","1/2/21"\n"bad","soon"\n'
    '"Blade","1/3/21"\n'
)


def payload(text: str, name: str = "NetflixViewingHistory.csv") -> FilePayload:
    return FilePayload(name=name, mimeType="text/csv", buffer=text.encode())


def bring(page: Page, text: str, name: str = "NetflixViewingHistory.csv") -> Locator:
    """Choose a file; the part of the page where it is shown."""
    turn_to_panel(page)
    part = page.locator(".history")
    if part.locator("details").first.get_attribute("open") is None:
        part.get_by_text("Bring your history").click()
    part.get_by_label("Choose a file").set_input_files(payload(text, name))
    return part


def titled(part: Locator, title: str) -> Locator:
    return part.locator(".titles > li").filter(has=part.page.get_by_text(title, exact=True))


@BOTH
def test_a_history_is_seen_settled_added_and_taken_back(
    fake_url: str, fake: FakeService, open_page: Open, uploads: Path, viewport: ViewportSize
) -> None:
    page = open_page(fake_url, viewport)
    own = page.evaluate("localStorage['driftline.own']")
    part = bring(page, NETFLIX)
    expect(part.locator(".sum")).to_have_text("4 rows: 2 matched, 1 to check, 1 unknown; 2019–2021.")
    assert [path for path in uploads.rglob("*") if path.is_file()] == []
    part.get_by_text("One line cannot be used").click()
    expect(part.locator(".faults li")).to_contain_text("its date cannot be read")
    assert not fake.events(own)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0

    part.get_by_label("What is Blade?").select_option(index=1)
    expect(titled(part, "Blade")).to_have_class(re.compile("done"))
    part.get_by_role("button", name="Unknown 1").click()
    dark = part.get_by_label("What is Dark?")
    dark.select_option("")
    part.get_by_label("Look for something else for Dark").fill("The Matrix")
    page.keyboard.press("Enter")
    expect(titled(part, "Dark")).to_have_class(re.compile("done"))
    assert dark.evaluate("select => select.selectedOptions[0].textContent") == "The Matrix (1999)"

    part.get_by_role("button", name="Add 4 events").click()
    expect(page.locator(".undo")).to_contain_text("4 events from Netflix are on your timeline.")
    expect(page.locator(".event")).to_have_count(4)
    expect(page.locator(".interests .chart")).to_be_visible()
    expect(page.locator(".event").first).to_contain_text("imported from Netflix")
    part.get_by_role("button", name="Take back: Netflix").click()
    expect(page.locator(".event")).to_have_count(0)
    assert not fake.events(own)


def test_a_file_is_dropped_into_the_page(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    page.locator(".history summary").first.click()
    held = page.evaluate_handle(
        """text => {
            const held = new DataTransfer();
            held.items.add(new File([text], "NetflixViewingHistory.csv", { type: "text/csv" }));
            return held;
        }""",
        NETFLIX,
    )
    zone = page.locator("[data-drop]")
    zone.dispatch_event("dragover", {"dataTransfer": held})
    expect(zone).to_have_class(re.compile("over"))
    zone.dispatch_event("drop", {"dataTransfer": held})
    expect(page.locator(".preview .sum")).to_contain_text("4 rows")
    page.get_by_role("button", name="Leave it").click()
    expect(zone).to_be_visible()


@pytest.mark.parametrize(
    ("text", "told"), [("", "is empty"), ("just one line", "is no history"), ("\0\0\0\0", "is not a text file")]
)
def test_what_is_no_history_is_said_where_it_was_dropped(
    fake_url: str, open_page: Open, uploads: Path, text: str, told: str
) -> None:
    page = open_page(fake_url, NARROW)
    part = bring(page, text, "notes.csv")
    expect(part.get_by_role("alert")).to_contain_text(told)
    expect(part.locator(".busy")).to_be_hidden()
    assert [path for path in uploads.rglob("*") if path.is_file()] == []
    bring(page, NETFLIX)
    expect(part.locator(".sum")).to_contain_text("2 matched")


def test_a_file_that_is_too_large_is_not_sent(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    page.locator("[data-drop]").evaluate("zone => { zone.dataset.limit = 20 }")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    part = bring(page, NETFLIX)
    expect(part.get_by_role("alert")).to_contain_text("larger than 50 MB")
    assert not any("upload" in url for url in sent)


def test_a_table_of_one_s_own_is_put_right_by_its_columns(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    part = bring(page, "A;B;C\nAlien;Fargo;4\nHeat;Alien;2\n", "mine.csv")
    form = part.locator(".mapping form")
    form.get_by_label("Title").select_option("B")
    form.get_by_role("button", name="Read it again like this").click()
    expect(part.locator(".sum")).to_contain_text("2 rows: 2 matched")
    expect(form.get_by_label("Title")).to_have_value("B")
    part.get_by_role("button", name="Add 2 events").click()
    expect(page.locator(".undo")).to_contain_text("2 events from your table are on your timeline.")
    titles = page.locator(".event b")
    expect(titles.filter(has_text="Fargo")).to_have_count(1)
    expect(titles.filter(has_text="Heat")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".event")).to_have_count(0)


def test_showing_all_events_again_empties_the_filters(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    look_at(page, SITTING)
    form = page.get_by_role("search", name="Find events")
    form.get_by_label("Words").fill("no such title")
    form.locator("[name=kind]").select_option("rating")
    expect(page.locator(".event")).to_have_count(0)
    page.get_by_role("button", name="Show all").click()
    expect(form.get_by_label("Words")).to_have_value("")
    expect(form.locator("[name=kind]")).to_have_value("")
    expect(page.locator(".event")).to_have_count(30)
