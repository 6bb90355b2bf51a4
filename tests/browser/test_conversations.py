"""Conversations and people in a browser: left, continued, searched, shared, erased."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import QUERY, Open, ask, look_at
from tests.ui.web.fake import FakeService
from tests.ui.web.fake_timeline import LONG, SITTING

pytestmark = pytest.mark.browser


def test_conversations_can_be_left_and_continued(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    ask(page)
    page.get_by_role("button", name=re.compile("^New")).click()
    expect(page.locator(".welcome")).to_be_visible()
    page.get_by_role("button", name="Switch", exact=True).click()
    page.locator("[data-do=conversation]").first.click()
    expect(page.locator(".said")).to_have_text(QUERY)
    ask(page, "and something funnier")
    expect(page.locator(".turn")).to_have_count(2)


def test_a_known_person_has_a_trend_with_band_and_drift(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    look_at(page, LONG)
    expect(page.locator(".interests .chart")).to_be_visible()
    expect(page.locator(".spark .band").first).to_be_attached()
    expect(page.locator(".interests .moved").first).to_contain_text("more towards sci-fi")
    page.reload()
    expect(page.locator(".whose")).to_contain_text(f"Person {LONG}")


def test_one_sitting_is_told_in_words(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    look_at(page, SITTING)
    expect(page.locator(".interests .note")).to_contain_text("no trend")
    expect(page.locator(".interests .chart")).to_have_count(0)
    page.get_by_role("button", name="Switch", exact=True).click()
    page.get_by_role("button", name="Back to your page").click()
    expect(page.locator(".whose")).to_have_text(re.compile("Your page"))


def test_a_forged_id_shows_an_empty_page_of_one_s_own(fake_url: str, fake: FakeService, open_page: Open) -> None:
    victim = open_page(fake_url)
    ask(victim)
    stolen = victim.evaluate("localStorage['driftline.own']")
    thief = open_page(fake_url)
    thief.evaluate("id => { localStorage['driftline.person'] = id }", stolen)
    thief.reload()
    expect(thief.locator(".notice")).to_contain_text("cannot be opened")
    expect(thief.locator(".event")).to_have_count(0)


def test_erasing_gives_an_empty_page(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    ask(page)
    before = page.evaluate("localStorage['driftline.own']")
    page.get_by_role("button", name="Switch", exact=True).click()
    page.get_by_role("button", name="Erase everything about me").click()
    page.get_by_role("button", name="Yes, erase it all").click()
    expect(page.locator(".event")).to_have_count(0)
    expect(page.locator(".welcome")).to_be_visible()
    assert page.evaluate("localStorage['driftline.own']") != before


def test_an_answer_is_copied_and_a_conversation_taken_along(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page)
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert "None of them is a horror film" in page.evaluate("navigator.clipboard.readText()")
    page.get_by_role("button", name="Switch", exact=True).click()
    for name, begin in (("Markdown", "# "), ("JSON", "{")):
        with page.expect_download() as download:
            page.get_by_role("button", name=name, exact=True).last.click()
        kept = Path(download.value.path()).read_text(encoding="utf-8")
        assert kept.startswith(begin)
        assert QUERY in kept


def test_conversations_are_searched_renamed_shared_and_deleted(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page)
    page.get_by_role("button", name=re.compile("^New")).click()
    expect(page.locator(".welcome")).to_be_visible()
    ask(page, "I loved Heat")
    page.get_by_role("button", name="Switch", exact=True).click()
    threads = page.locator(".threads > li")
    expect(threads).to_have_count(2)
    page.get_by_label("Search titles and words").fill("gory")
    expect(threads).to_have_count(1)
    threads.locator("summary").click()
    threads.get_by_label("Title").fill("Tense evenings")
    threads.get_by_role("button", name="Save").click()
    expect(threads.locator("b")).to_have_text("Tense evenings")
    threads.locator("summary").click()
    threads.get_by_role("button", name="Copy a link").click()
    expect(threads.get_by_role("button", name="Link copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    page.goto(link)
    expect(page.locator(".said")).to_have_text(QUERY)
    assert "?" not in page.url

    stranger = open_page(link)
    expect(stranger.locator(".notice")).to_contain_text("another browser")
    expect(stranger.locator(".turn")).to_have_count(0)

    page.get_by_role("button", name="Switch", exact=True).click()
    mine = threads.filter(has_text="Tense evenings")
    mine.locator("summary").click()
    mine.get_by_role("button", name="Delete").click()
    mine.get_by_role("button", name="Yes, delete it").click()
    expect(threads).to_have_count(1)
    expect(page.locator(".turn")).to_have_count(0)


def test_two_tabs_of_one_person_keep_to_their_conversations(fake_url: str, open_page: Open) -> None:
    first = open_page(fake_url)
    ask(first)
    second = first.context.new_page()
    second.goto(fake_url)
    expect(second.locator(".said")).to_have_text(QUERY)
    second.get_by_role("button", name=re.compile("^New")).click()
    expect(second.locator(".welcome")).to_be_visible()
    ask(second, "I loved Heat")
    asked = "window.driftline.page.ids().conversation"
    assert first.evaluate(asked) != second.evaluate(asked)
    ask(first, "and something funnier")
    expect(first.locator(".turn")).to_have_count(2)
    expect(second.locator(".turn")).to_have_count(1)

    first.get_by_role("button", name="Switch", exact=True).click()
    first.get_by_role("button", name="Erase everything about me").click()
    first.get_by_role("button", name="Yes, erase it all").click()
    expect(second.locator(".welcome")).to_be_visible()
    own = "document.querySelector('.masthead').dataset.own"
    assert second.evaluate(own) == first.evaluate(own)


def test_what_cannot_be_undone_asks_anew_after_a_while(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    page.get_by_role("button", name="Switch", exact=True).click()
    page.get_by_role("button", name="Erase everything about me").click()
    expect(page.get_by_role("button", name="Yes, erase it all")).to_be_visible()
    page.get_by_label("Search titles and words").focus()
    expect(page.get_by_role("button", name="Erase everything about me")).to_be_visible()
